import { expect, it } from 'vitest';
import { createBench } from './testing';

/** Alerts of a fleet without faults, after it was away for `awayMs` and has gone on for `afterMs`. */
async function alertsAfter(awayMs: number, afterMs: number): Promise<string[]> {
  const first = await createBench();
  await first.engine.setSettings({ ...first.engine.settings, ambientFaults: false });
  expect((await first.engine.start(undefined)).ok).toBe(true);
  const { warmUpSteps, backfillSteps } = first.engine.run.info;
  await first.runUntil(() => first.engine.run.stepsDone >= warmUpSteps + backfillSteps);
  await first.runFor(20_000);
  await first.engine.flush();
  const second = await createBench(first.store);
  second.elapse(first.now() - second.now() + awayMs);
  expect((await second.engine.start(undefined)).ok).toBe(true);
  await second.runUntil(() => second.engine.run.trained);
  await second.runFor(afterMs);
  return (await first.store.alerts({ limit: 100 })).map((alert) => `${alert.deviceName} ${alert.reason}`);
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
  const bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, ambientFaults: false });
  await bench.engine.start(undefined);
  const { warmUpSteps, backfillSteps } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone >= warmUpSteps + backfillSteps);
  await bench.runFor(10_000);
  await bench.engine.reconnect('metric');
  await bench.runFor(60_000);
  expect(await bench.store.alerts({ limit: 10 })).toEqual([]);
}, 60_000);
