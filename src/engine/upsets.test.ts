import { beforeAll, beforeEach, expect, it } from 'vitest';
import { runId } from '../domain/ids';
import type { SavedModel } from '../domain/models';
import type { Settings } from '../domain/settings';
import { createReplay, type Replay } from '../ingest/replay';
import { readWhole } from '../ingest/testing';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import { createBench, type TestBench } from './testing';

let bench: TestBench;
const device = (i: number) => bench.engine.run.catalog.devices[i].id;

/** A fleet that has been trained, as a backup: each test goes on from it in a store of its own. */
let trained = '';

async function openFleet(): Promise<void> {
  const store = storeOver(openMemoryBackend(), () => undefined);
  expect((await store.importBackup(trained)).ok).toBe(true);
  bench = await createBench(store);
  expect((await bench.engine.start(undefined)).ok).toBe(true);
  expect(bench.engine.run.trained).toBe(true);
}

async function openNewFleet(settings: Partial<Settings>): Promise<TestBench> {
  const made = await createBench();
  await made.engine.setSettings({ ...made.engine.settings, ambientFaults: false, deviceCount: 6, ...settings });
  expect((await made.engine.start(undefined)).ok).toBe(true);
  const { warmUpSteps, backfillSteps } = made.engine.run.info;
  await made.runUntil(() => made.engine.run.stepsDone >= warmUpSteps + backfillSteps);
  return made;
}

/** Wall time in even pieces, whatever the speed. A turn that fails is followed by the next one. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    bench.elapse(50);
    await bench.engine.advance().catch(() => undefined);
  }
}

/** The load is tenfold for ten rows from `spikeFrom` on. */
function csv(rows: number, id = 'file-1', spikeFrom = rows): () => Replay {
  const lines = Array.from({ length: rows }, (_, i) => {
    const t = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
    const isSpike = i >= spikeFrom && i < spikeFrom + 10;
    return `${t},${(isSpike ? 500 : 50) + ((i * 7) % 11)},${20 + ((i * 5) % 7)}`;
  });
  const parsed = readWhole(['time,load,latency', ...lines].join('\n'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return () => createReplay(parsed.value, runId(id));
}

function logFile(rows: number, panicAt = rows): () => Replay {
  const lines = Array.from({ length: rows }, (_, i) => {
    const t = new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString();
    return i === panicAt ? `${t} CRITICAL kernel panic: no root` : `${t} INFO request ${i} took ${i % 90} ms`;
  });
  const parsed = readWhole(lines.join('\n'), { name: 'app.log' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return () => createReplay(parsed.value, runId('file-log'));
}

/** Opens a file as the engine worker does. */
async function openFile(create: () => Replay, models: 'train' | 'active' = 'train'): Promise<void> {
  bench.play(create);
  const opened = await bench.engine.openFile(create().info, models);
  expect(opened).toEqual({ ok: true, value: undefined });
}

const storedSamples = async (id = bench.engine.run.info.runId): Promise<number[]> => {
  await bench.engine.flush();
  const chunks = await bench.store.telemetry(id, 0, Number.POSITIVE_INFINITY);
  return chunks.flatMap((chunk) => [...chunk.t].filter((_, i) => chunk.device[i] === 0));
};

beforeAll(async () => {
  const { engine, store } = await openNewFleet({});
  await engine.flush();
  trained = await store.exportBackup();
}, 60_000);

beforeEach(openFleet, 60_000);

it('scores a batch again whose scorer died, so that no sample is missing and none is counted twice', async () => {
  await bench.engine.quarantine([device(1)], 'by hand');
  await pass(5000);
  const before = await storedSamples();
  const batchesBefore = bench.engine.run.refusedBatches.get(device(1)) ?? 0;
  const { metric, source } = bench.parts;
  const { score } = metric;
  const { pull } = source;
  let deaths = 2;
  let batches = 0;
  metric.score = (...args) => {
    if (deaths-- > 0) throw new Error('the metric worker is not running');
    return score(...args);
  };
  source.pull = (steps) => {
    batches++;
    return pull(steps);
  };
  await pass(20_000);
  const grown = (await storedSamples()).slice(before.length - 1);
  expect(grown.length).toBeGreaterThan(10);
  expect(grown.every((t, i) => i === 0 || t - grown[i - 1] === 1000)).toBe(true);
  expect((bench.engine.run.refusedBatches.get(device(1)) ?? 0) - batchesBefore).toBe(batches);
});

it('ends the ongoing alert of a device that an operator quarantines', async () => {
  await bench.engine.inject({
    fault: 'disk-failure',
    target: { kind: 'device', deviceId: device(2) },
    origin: bench.engine.run.info.regions[0].id,
    intensity: 0.9,
    durationMs: 120_000,
  });
  const ongoing = async () =>
    (await bench.store.alerts({ limit: 100 })).filter((a) => a.deviceId === device(2) && a.state === 'ongoing');
  await bench.runFor(40_000);
  expect(await ongoing()).toHaveLength(1);
  expect((await bench.engine.quarantine([device(2)], 'by hand')).ok).toBe(true);
  expect(await ongoing()).toEqual([]);
});

it('goes back to the fleet when the source dies while a file is open, and keeps the file run apart', async () => {
  const fleet = bench.engine.run.info.runId;
  await openFile(csv(400));
  await bench.engine.advance();
  await bench.engine.reconnect('sim');
  expect(bench.engine.run.info).toMatchObject({ runId: fleet, kind: 'fleet' });
  expect((await bench.store.runs()).filter((run) => run.runId === runId('file-1')).map((run) => run.kind)).toEqual([
    'file',
  ]);
});

it('stays paused when the source dies', async () => {
  bench.engine.setPaused(true);
  await bench.engine.reconnect('sim');
  expect(bench.engine.state()).toEqual({ kind: 'paused' });
});

it('goes on with its models when a scorer dies while the source is opened again', async () => {
  const id = bench.engine.run.info.runId;
  const { metric } = bench.parts;
  const { open } = metric;
  metric.open = () => {
    throw new Error('the metric worker is not running');
  };
  await expect(bench.engine.reconnect('sim')).rejects.toThrow('not running');
  metric.open = open;
  await pass(1000);
  await bench.engine.reconnect('metric');
  expect([bench.engine.run.info.runId, bench.engine.run.trained]).toEqual([id, true]);
  expect(bench.engine.detection.active('logs')).toBeDefined();
  const before = bench.engine.run.counters.samples;
  await pass(5000);
  expect(bench.engine.run.counters.samples).toBeGreaterThan(before);
});

it('never stores a time twice when the source dies at 60 times real time', async () => {
  bench.engine.setSpeed(60);
  await pass(6500);
  await bench.engine.reconnect('sim');
  await pass(3000);
  const t = await storedSamples();
  expect(t.length).toBeGreaterThan(500);
  expect(t.every((at, i) => i === 0 || at > t[i - 1])).toBe(true);
});

it('keeps the fleet when a file is closed that is no longer open', async () => {
  const fleet = bench.engine.run;
  expect((await bench.engine.closeFile()).ok).toBe(true);
  expect(bench.engine.run).toBe(fleet);
});

it('saves a run under its own seed, whatever the settings say meanwhile', async () => {
  const id = bench.engine.run.info.runId;
  await bench.engine.setSettings({ ...bench.engine.settings, seed: 7 });
  bench.elapse(6000);
  await bench.engine.flush();
  await bench.runFor(3000);
  await bench.engine.flush();
  const [stored] = await bench.store.runs();
  expect([stored.runId, stored.seed]).toEqual([id, 1]);
});

it('scores a fleet that goes on with its own models, not with those of another seed', async () => {
  const first = bench.engine.detection.active('metrics')?.info.id;
  await bench.engine.flush();
  await bench.engine.setSettings({ ...bench.engine.settings, seed: 7 });
  await bench.engine.openFleet(undefined);
  const { warmUpSteps } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone > warmUpSteps);
  await bench.engine.flush();
  expect(bench.engine.detection.active('metrics')?.info.id).not.toBe(first);
  const second = await createBench(bench.store);
  await second.engine.start(1);
  expect(second.engine.detection.active('metrics')?.info.id).toBe(first);
});

it('writes nothing of the old run after everything was erased', async () => {
  await bench.engine.inject({
    fault: 'crypto-mining',
    target: { kind: 'device', deviceId: device(3) },
    origin: bench.engine.run.info.regions[0].id,
    intensity: 0.9,
    durationMs: 120_000,
  });
  await bench.runFor(30_000);
  const old = new Set((await bench.store.alerts({ limit: 100 })).map((alert) => alert.id));
  expect(old.size).toBeGreaterThan(0);
  bench.engine.reset();
  await bench.store.erase();
  await bench.engine.setSettings({ ...bench.engine.settings, deviceCount: 6 });
  await bench.engine.start(undefined);
  await bench.runFor(1000);
  await bench.engine.flush();
  expect((await bench.store.alerts({ limit: 100 })).filter((alert) => old.has(alert.id))).toEqual([]);
});

it('opens a log file with the active models, though the metric model has nothing to score in it', async () => {
  await openFile(logFile(400), 'active');
  await bench.runUntil(() => bench.engine.run.finished);
  expect(bench.engine.run.counters.logLines).toBe(400);
});

it('trains on all lines of a log file and finds what is odd among them', async () => {
  await openFile(logFile(900, 600));
  await bench.runUntil(() => bench.engine.run.finished);
  expect(bench.engine.detection.active('logs')?.info.rows).toBe(900);
  const alerts = await bench.store.alerts({ runId: runId('file-log'), limit: 10 });
  expect(alerts.map((alert) => alert.cause)).toEqual(['log-error']);
});

it('ends the alerts of a file over which another one is opened', async () => {
  const ongoing = async () => (await bench.store.alerts({ limit: 100 })).filter((alert) => alert.state === 'ongoing');
  await openFile(csv(6000, 'file-1', 4088));
  // A pull ends at this row, where the alert is still open.
  await bench.runUntil(() => bench.engine.run.counters.samples >= 4096);
  expect(await ongoing()).toHaveLength(1);
  await openFile(csv(400, 'file-2'));
  expect(await ongoing()).toEqual([]);
  await bench.runUntil(() => bench.engine.run.finished);
  expect(bench.engine.run.counters.samples).toBe(400);
});

it('trains on a file that is opened while the fleet is trained', async () => {
  const { log } = bench.parts;
  const { train } = log;
  let free: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  log.train = async () => {
    log.train = train;
    await held;
    return { ok: false, error: { code: 'cancelled', message: 'cancelled' } };
  };
  log.cancelTraining = () => free();
  const training = bench.engine.retrain('logs');
  await openFile(logFile(400));
  expect((await training).ok).toBe(false);
  await bench.runUntil(() => bench.engine.run.finished);
  expect(bench.engine.detection.active('logs')?.info.trainedOn).toBe('app.log');
});

it('never saves an imported model as the trained one', async () => {
  bench = await openNewFleet({});
  const text = await bench.engine.exportModels();
  if (!text.ok) throw new Error(text.error.message);
  const before = bench.engine.detection.active('metrics') as SavedModel;
  await bench.runFor(30_000);
  const { metric } = bench.parts;
  const { train } = metric;
  metric.train = async () => {
    const trained = await train();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return trained;
  };
  const [trained, imported] = await Promise.all([
    bench.engine.retrain('metrics'),
    bench.engine.importModels(text.value),
  ]);
  expect([trained.ok, imported.ok]).toEqual([true, true]);
  const models = (await bench.store.models()).filter((model) => model.kind === 'metrics');
  expect(new Set(models.map((model) => model.version)).size).toBe(models.length);
  const stored = trained.ok ? await bench.store.model(trained.value.id) : undefined;
  expect(stored?.content).not.toEqual(before.content);
  expect(bench.engine.detection.active('metrics')?.info.origin).toBe('imported');
});

it('trains a detector that is switched on only after the warm-up', async () => {
  bench = await openNewFleet({ metricsOn: false, autoRetrain: false });
  expect(bench.engine.detection.active('metrics')).toBeUndefined();
  await bench.engine.setSettings({ ...bench.engine.settings, metricsOn: true });
  await bench.runUntil(() => bench.engine.detection.active('metrics') !== undefined);
});

it('leaves an imported model in its place, however many rows came since', async () => {
  const text = await bench.engine.exportModels();
  if (!text.ok) throw new Error(text.error.message);
  expect((await bench.engine.importModels(text.value)).ok).toBe(true);
  await bench.engine.setSettings({ ...bench.engine.settings, retrainEvery: 500 });
  bench.engine.setSpeed(60);
  await pass(6000);
  const origins = (['metrics', 'logs'] as const).map((kind) => bench.engine.detection.active(kind)?.info.origin);
  expect(origins).toEqual(['imported', 'imported']);
});

it('rests between two trainings, however often one is due', async () => {
  const { metric } = bench.parts;
  const { score, train } = metric;
  let trainings = 0;
  metric.score = async (...args) => ({ ...(await score(...args)), retrainDue: true });
  metric.train = () => {
    trainings++;
    return train();
  };
  await bench.runFor(40_000);
  expect(trainings).toBe(2);
});

it('asks a large fleet for its history in pieces of bounded size', async () => {
  const made = await createBench();
  const { source } = made.parts;
  const { pull } = source;
  const rows: number[] = [];
  source.pull = async (steps) => {
    const pulled = await pull(steps);
    rows.push(pulled.batch.metrics.n);
    return pulled;
  };
  await made.engine.setSettings({ ...made.engine.settings, deviceCount: 3000, logsOn: false });
  expect((await made.engine.start(undefined)).ok).toBe(true);
  await made.runUntil(() => rows.length > 0, 2);
  expect(rows).toEqual([12_000, 12_000, 12_000]);
});

it('does not try a failing training again at every step', async () => {
  const { log } = bench.parts;
  let tries = 0;
  log.train = () => {
    tries++;
    return { ok: false, error: { code: 'backend', message: 'no memory left' } };
  };
  const { score } = log;
  log.score = async (...args) => ({ ...(await score(...args)), retrainDue: true });
  await bench.runFor(20_000);
  expect(tries).toBe(1);
});
