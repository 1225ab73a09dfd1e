import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { createBench, type TestBench } from '../engine/testing';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import type { SimApi } from './api';
import type { ColumnMapping } from './file-api';
import { createFileSession, type FileProgress, type FileSession } from './file-session';
import type { Called } from './line';
import { createSimApi } from './sim-api';

let trained = '';
let bench: TestBench;
let sim: SimApi;
let files: FileSession;
let looping: Promise<void>;
let stopped = false;

const MAPPING: ColumnMapping = { time: 'time', device: undefined, label: undefined, metrics: ['load'] };
const quiet: FileProgress = () => undefined;

/** A minute a row; big enough that reading takes several pieces and scoring several turns. */
function csv(rows: number): File {
  const lines = Array.from({ length: rows }, (_, i) => `${1_700_000_000 + i * 60},${50 + ((i * 7) % 11)}`);
  return new File([`time,load\n${lines.join('\n')}\n`], 'load.csv');
}

/** The bench with the sim worker's own source in place of its simulator. */
async function openBench(settings = false): Promise<TestBench> {
  const store = storeOver(openMemoryBackend(), () => undefined);
  if (trained !== '') expect((await store.importBackup(trained)).ok).toBe(true);
  const made = await createBench(store);
  sim = createSimApi();
  Object.assign(made.parts.source, sim);
  if (settings) await made.engine.setSettings({ ...made.engine.settings, ambientFaults: false, deviceCount: 4 });
  expect((await made.engine.start(undefined)).ok).toBe(true);
  return made;
}

/** The engine worker's loop. */
async function loop(): Promise<void> {
  while (!stopped) {
    bench.elapse(20);
    await bench.engine.exclusive(() => bench.engine.advance());
    files.look();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const isScoring = async (): Promise<void> => {
  while (bench.engine.isOpen && !(bench.engine.run.info.kind === 'file' && bench.engine.run.counters.samples > 0))
    await new Promise((resolve) => setTimeout(resolve, 1));
};

beforeAll(async () => {
  const made = await openBench(true);
  await made.runUntil(() => made.engine.run.trained);
  await made.engine.flush();
  trained = await made.store.exportBackup();
}, 60_000);

beforeEach(async () => {
  bench = await openBench();
  let runs = 0;
  files = createFileSession({
    engine: bench.engine,
    sim: sim as unknown as Called<SimApi>,
    newRunId: () => runId(`file-${runs++}`),
    callback: (call) => call,
  });
  stopped = false;
  looping = loop();
});

afterEach(async () => {
  stopped = true;
  await looping;
});

it('gives every row of the file to the file run, and none to the fleet that goes on while it is read', async () => {
  const fleet = bench.engine.run;
  bench.engine.setSpeed(60);
  const opened = await files.open(csv(9000), MAPPING, 'train', quiet);
  expect(opened).toMatchObject({ ok: true, value: { rows: 9000 } });
  expect(bench.engine.run.counters.samples).toBe(9000);
  expect(fleet.counters.droppedRows).toBe(0);
  const chunks = await bench.store.telemetry(fleet.info.runId, 0, Number.POSITIVE_INFINITY);
  expect(chunks.every((chunk) => chunk.metrics.length === fleet.catalog.metrics.length)).toBe(true);
});

it('settles when the fleet is asked back before the file is scored', async () => {
  const fleet = bench.engine.run;
  const opening = files.open(csv(60_000), MAPPING, 'train', quiet);
  await isScoring();
  expect((await files.close()).ok).toBe(true);
  expect(await opening).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(bench.engine.run).toBe(fleet);
});

it('settles when everything is erased while the file is scored', async () => {
  const opening = files.open(csv(60_000), MAPPING, 'train', quiet);
  await isScoring();
  await bench.engine.exclusive(async () => {
    bench.engine.reset();
    await bench.store.erase();
    await bench.engine.start(undefined);
  });
  expect(await opening).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(bench.engine.run.info.kind).toBe('fleet');
});

it.each(['reading', 'training', 'scoring'] as const)('goes back to the fleet when cancelled while %s', async (when) => {
  const fleet = bench.engine.run;
  let told = false;
  const opened = await files.open(csv(60_000), MAPPING, 'train', (phase) => {
    if (phase !== when || told) return;
    told = true;
    void files.cancel();
  });
  expect(told).toBe(true);
  expect(opened).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(bench.engine.run).toBe(fleet);
});

it('refuses a second file while one is being opened, and takes it afterwards', async () => {
  const first = files.open(csv(3000), MAPPING, 'train', quiet);
  expect(await files.open(csv(400), MAPPING, 'train', quiet)).toMatchObject({ ok: false, error: { code: 'busy' } });
  expect((await first).ok).toBe(true);
  expect((await files.open(csv(400), MAPPING, 'train', quiet)).ok).toBe(true);
  expect(bench.engine.run.counters.samples).toBe(400);
});

it('answers commands within one batch while a long file is scored', async () => {
  const opening = files.open(csv(60_000), MAPPING, 'train', quiet);
  await isScoring();
  const before = bench.engine.run.counters.samples;
  await bench.engine.exclusive(() => bench.engine.setFocus(0));
  expect(bench.engine.run.counters.samples - before).toBeLessThanOrEqual(2 * 2000);
  await files.cancel();
  await opening;
});
