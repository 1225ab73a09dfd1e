import { beforeAll, expect, it } from 'vitest';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import { createBench, type TestBench } from './testing';

const SPEED = 10;

/** A calm fleet that has run for a while, as a backup, and when it was left: each absence begins from it, in a store of its own. */
let left = { backup: '', at: 0 };

async function openCalmFleet(): Promise<TestBench> {
  const bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, ambientFaults: false });
  expect((await bench.engine.start(undefined)).ok).toBe(true);
  const { warmUpSteps, backfillSteps } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone >= warmUpSteps + backfillSteps);
  return bench;
}

beforeAll(async () => {
  const bench = await openCalmFleet();
  await bench.runFor(20_000);
  await bench.engine.flush();
  left = { backup: await bench.store.exportBackup(), at: bench.now() };
}, 60_000);

/** Alerts of the fleet after it was away for `awayMs` and has gone on for `afterMs` of its own time. */
async function alertsAfter(awayMs: number, afterMs: number): Promise<string[]> {
  const store = storeOver(openMemoryBackend(), () => undefined);
  expect((await store.importBackup(left.backup)).ok).toBe(true);
  const bench = await createBench(store);
  bench.elapse(left.at - bench.now() + awayMs);
  expect((await bench.engine.start(undefined)).ok).toBe(true);
  await bench.runUntil(() => bench.engine.run.trained);
  // More steps a turn than at 1x: the same data in a fraction of the turns.
  bench.engine.setSpeed(SPEED);
  await bench.runFor(afterMs / SPEED);
  return (await store.alerts({ limit: 100 })).map((alert) => `${alert.deviceName} ${alert.reason}`);
}

it.each([
  ['a few seconds', 5_000],
  ['ten minutes', 600_000],
  ['half a day', 43_200_000],
])(
  'raises no alert because the fleet was away for %s',
  async (_, awayMs) => {
    expect(await alertsAfter(awayMs, 400_000)).toEqual([]);
  },
  60_000,
);

it('leaves no gap in the data after a short absence, and scores again when the worker of the metrics came back', async () => {
  const bench = await openCalmFleet();
  await bench.runFor(10_000);
  await bench.engine.reconnect('metric');
  await bench.runFor(60_000);
  expect(await bench.store.alerts({ limit: 10 })).toEqual([]);
}, 60_000);
