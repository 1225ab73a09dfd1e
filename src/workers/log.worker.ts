import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { expose } from 'comlink';
import type { LogPipeline } from '../detect/contract';
import { createLogPipeline } from '../detect/logs/pipeline';
import { probeLogModel } from '../detect/logs/probe';
import { exportTfjs, startTfBackend } from '../detect/logs/tf-autoencoder';
import { err, ok } from '../domain/result';
import type { LogApi } from './api';
import { moveBuffers } from './transfer';

const BACKEND_DEADLINE_MS = 10_000;

let pipeline: LogPipeline | undefined;
let cancelled = false;
const backend = startTfBackend({ wasmUrl: new URL(wasmUrl, self.location.href).href, deadlineMs: BACKEND_DEADLINE_MS });

function opened(): LogPipeline {
  if (pipeline === undefined) throw new Error('log worker: used before open');
  return pipeline;
}

const api: LogApi & { ping(): true } = {
  ping: () => true,
  open: async (config) => {
    const started = await backend;
    if (!started.ok) return err('backend', started.error.message);
    pipeline?.dispose();
    pipeline = createLogPipeline(config, started.value);
    return ok(undefined);
  },
  configure: (config) => opened().configure(config),
  score: (batch, seq, suspect) => moveBuffers(opened().score(batch, seq, suspect)),
  train: (effort) => {
    cancelled = false;
    return opened().train(
      () => undefined,
      () => cancelled,
      effort,
    );
  },
  cancelTraining: () => {
    cancelled = true;
  },
  state: () => opened().state(),
  templates: () => opened().templates(),
  templateEvents: () => opened().templateEvents(),
  save: () => opened().save(),
  load: (saved) => opened().load(saved),
  probe: async (saved) => {
    const started = await backend;
    return started.ok ? probeLogModel(saved, started.value) : err('backend', started.error.message);
  },
  exportTfjs: (saved) => exportTfjs(saved),
};

expose(api);
