import { expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { sampleAlert, sampleRun } from '../storage/sample-records';
import { createBench } from './testing';

it('keeps as many runs as the settings say, the open one among them, and no alert of the others', async () => {
  const bench = await createBench();
  const { engine, store } = bench;
  await engine.setSettings({ ...DEFAULT_SETTINGS, deviceCount: 2, keepRuns: 3 });
  // Of the wall's future: only that it is open keeps the present run.
  const later = bench.now() + 1e9;
  const others = [4, 1, 3, 2].map((n) => ({ ...sampleRun(runId(`old-${n}`), n), savedAt: later + n }));
  for (const run of others) await store.putRun(run);
  await store.putAlerts(others.map((run) => sampleAlert(`of ${run.runId}`, run.startedAt, run.runId)));
  await engine.start(undefined);
  await bench.runUntil(() => engine.run.trained);
  await engine.flush();
  await bench.runFor(2500);
  expect((await store.runs()).map((run) => run.runId)).toEqual([runId('old-3'), runId('old-4'), engine.run.info.runId]);
  const alerts = await store.alerts({ limit: 50 });
  expect(alerts.filter(({ id }) => id.startsWith('of')).map(({ runId: run }) => run)).toEqual(['old-4', 'old-3']);
});
