import { expose } from 'comlink';
import { err, ok } from '../domain/result';
import { createReplay, type Replay } from '../ingest/replay';
import type { ParsedFile } from '../ingest/types';
import { createSimulator, type Simulator } from '../sim/simulator';
import type { SimApi } from './api';
import { inspect, parseFile } from './file-reader';
import { moveBuffers } from './transfer';

let simulator: Simulator | undefined;
let opened: { readonly parsed: ParsedFile; replay: Replay } | undefined;
let cancelled = false;

function fleet(): Simulator {
  if (simulator === undefined) throw new Error('sim worker: used before a fleet was opened');
  return simulator;
}

const api: SimApi & { ping(): true } = {
  ping: () => true,
  openFleet: (options) => {
    const created = createSimulator(options);
    if (!created.ok) return created;
    simulator = created.value;
    opened = undefined;
    return ok(simulator.info());
  },
  pull: (steps) =>
    moveBuffers(opened === undefined ? { batch: fleet().pull(steps), done: false } : opened.replay.pull(steps)),
  rewind: () => {
    if (opened !== undefined) opened.replay = createReplay(opened.parsed, opened.replay.info.runId);
  },
  inject: (request) => fleet().inject(request),
  stopInjection: (id) => fleet().stopInjection(id),
  injections: () => fleet().injections(),
  checkpoint: () => fleet().checkpoint(),

  preview: async (file) => {
    const plan = await inspect(file);
    return plan.ok ? ok(plan.value.preview) : plan;
  },
  openFile: async (file, mapping, runId, onProgress) => {
    cancelled = false;
    const parsed = await parseFile(file, mapping, onProgress, () => cancelled);
    if (!parsed.ok) return parsed;
    const replay = createReplay(parsed.value, runId);
    opened = { parsed: parsed.value, replay };
    const { rows, badRows, problems, labels, notes } = parsed.value;
    return ok({
      info: replay.info,
      rows,
      badRows,
      problems,
      hasLabels: labels !== undefined,
      notes: [...notes, ...replay.notes],
    });
  },
  cancelOpen: () => {
    cancelled = true;
  },
  closeFile: () => {
    opened = undefined;
    return simulator === undefined ? err('no-fleet', 'no fleet was opened') : ok(simulator.info());
  },
  labels: () => opened?.parsed.labels?.slice(),
};

expose(api);
