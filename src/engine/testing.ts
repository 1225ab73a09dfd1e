import { createHash } from 'node:crypto';
import type { LogPipeline, MetricPipeline } from '../detect/contract';
import { createLogPipeline } from '../detect/logs/pipeline';
import { probeLogModel } from '../detect/logs/probe';
import { exportTfjs, startTfBackend } from '../detect/logs/tf-autoencoder';
import { createMetricPipeline } from '../detect/metrics/pipeline';
import { probeMetricModel } from '../detect/metrics/probe';
import { ok } from '../domain/result';
import type { Replay } from '../ingest/replay';
import { createSimulator, type Simulator } from '../sim/simulator';
import { openMemoryBackend } from '../storage/memory-backend';
import { type StoreHandle, storeOver } from '../storage/store';
import { Engine } from './engine';
import type { LogScorer, MetricScorer, Source, TruthSource } from './ports';

/** The real parts, wired in one thread: what the worker files do, without workers. */
export interface TestBench {
  readonly engine: Engine;
  readonly store: StoreHandle;
  /** The ports that the engine calls. A test may put another method in one's place. */
  readonly parts: { readonly source: Source; readonly metric: MetricScorer; readonly log: LogScorer };
  /** What the scoreboard is told. A test may put another method in its place. */
  readonly truth: { truth: TruthSource['truth']; normalEvents: TruthSource['normalEvents'] };
  /** The simulated cloud that the source plays: what it knows of itself. */
  fleet(): Simulator;
  /** A file in place of the fleet, as the sim worker does it: `create` makes a replay at its first step. undefined: back to the fleet. */
  play(create: (() => Replay) | undefined): void;
  now(): number;
  /** Moves the wall clock. */
  elapse(ms: number): void;
  /** Turns of the loop until `done`; throws after `turns`. */
  runUntil(done: () => boolean, turns?: number): Promise<void>;
  /** Lets so much data time pass at 1x. */
  runFor(ms: number): Promise<void>;
}

const START = Date.UTC(2026, 0, 5, 12);

export async function createBench(
  store: StoreHandle = storeOver(openMemoryBackend(), () => undefined),
): Promise<TestBench> {
  const backend = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!backend.ok) throw new Error(backend.error.message);
  let now = START;
  let ids = 0;
  let simulator: Simulator | undefined;
  let replay: Replay | undefined;
  let createReplay: (() => Replay) | undefined;
  let metric: MetricPipeline | undefined;
  let log: LogPipeline | undefined;
  const got = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('used before open');
    return value;
  };
  const source: Source = {
    openFleet: (options) => {
      const created = createSimulator(options);
      if (!created.ok) return created;
      simulator = created.value;
      replay = undefined;
      return ok(simulator.info());
    },
    pull: (steps) =>
      replay?.pull(steps) ?? {
        batch: got(simulator).pull(steps),
        done: false,
        catalog: got(simulator).takeCatalog(),
      },
    rewind: () => {
      replay = createReplay?.();
    },
    inject: (request, refusals) => got(simulator).inject(request, refusals),
    stopInjection: (id) => got(simulator).stopInjection(id),
    stopAll: () => got(simulator).stopAll(),
    record: (title) => got(simulator).record(title),
    injections: () => got(simulator).injections(),
    setBlocked: (devices) => got(simulator).setBlocked(devices),
    checkpoint: () => structuredClone(got(simulator).checkpoint()),
  };
  const metricScorer: MetricScorer = {
    open: (catalog, config) => {
      metric = createMetricPipeline(catalog, config);
    },
    setCatalog: (catalog) => got(metric).setCatalog(catalog),
    configure: (config) => got(metric).configure(config),
    score: (batch, seq, suspect) => got(metric).score(batch, seq, suspect),
    train: () => got(metric).train(),
    state: () => got(metric).state(),
    save: () => got(metric).save(),
    load: (saved) => got(metric).load(saved),
    probe: (saved) => probeMetricModel(saved),
    tracePaths: (query, limit) => got(metric).tracePaths(query, limit),
  };
  const logScorer: LogScorer = {
    open: (config) => {
      log?.dispose();
      log = createLogPipeline(config, backend.value);
      return ok(undefined);
    },
    configure: (config) => got(log).configure(config),
    score: (batch, seq, suspect) => got(log).score(batch, seq, suspect),
    train: (effort) =>
      got(log).train(
        () => undefined,
        () => false,
        effort,
      ),
    cancelTraining: () => undefined,
    state: () => got(log).state(),
    templates: () => got(log).templates(),
    templateEvents: () => got(log).templateEvents(),
    save: () => got(log).save(),
    load: (saved) => got(log).load(saved),
    probe: (saved) => probeLogModel(saved, backend.value),
    exportTfjs: (saved) => exportTfjs(saved),
  };
  const truth: TestBench['truth'] = {
    // A test that plays a source of its own has no simulator, and so no truth.
    truth: (from, to) => simulator?.truth(from, to) ?? [],
    normalEvents: (from, to) => simulator?.normalEvents(from, to) ?? [],
  };
  const engine = new Engine({
    source,
    truth,
    metric: metricScorer,
    log: logScorer,
    store,
    wallClock: () => now,
    newId: () => `id${ids++}`,
    sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    appVersion: 'test',
    onChange: () => undefined,
  });
  const runUntil = async (done: () => boolean, turns = 5000): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      if (done()) return;
      now += await engine.advance();
    }
    throw new Error(`not reached in ${turns} turns: ${JSON.stringify(engine.state())}`);
  };
  return {
    engine,
    store,
    parts: { source, metric: metricScorer, log: logScorer },
    truth,
    fleet: () => got(simulator),
    play: (create) => {
      createReplay = create;
      replay = create?.();
    },
    now: () => now,
    elapse: (ms) => {
      now += ms;
    },
    runUntil,
    runFor: (ms) => {
      const until = now + ms;
      return runUntil(() => now >= until, 100 + ms);
    },
  };
}
