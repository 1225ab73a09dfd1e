import { expect, it } from 'vitest';
import { createLogPipeline } from '../detect/logs/pipeline';
import { startTfBackend } from '../detect/logs/tf-autoencoder';
import { scoreLogFile } from '../detect/score-file';
import { runId } from '../domain/ids';
import { createRandom } from '../domain/random';
import { anomalyScore } from '../domain/scores';
import { createReplay } from '../ingest/replay';
import { readWhole } from '../ingest/testing';
import { createBench } from './testing';

const LINES = 2000;
const BURST = { from: 1200, until: 1300 } as const;
const RUN = runId('log-1');

/** A service's log, some lines at the same time, one every two seconds on the mean. burst: what stands at half of the lines of BURST, which come five times as fast. */
function parseLog(burst?: string) {
  const random = createRandom(4, 'whole log');
  const usual = (i: number): string => {
    if (i % 50 === 7) return `WARN slow query took ${500 + random.int(900)} ms on table orders`;
    if (i % 200 === 11) return `ERROR upstream timed out after ${3000 + random.int(2000)} ms while calling payments`;
    return i % 3 === 0 ? `INFO cache hit for key user:${random.int(10_000)}` : `INFO request ${i} took ${i % 90} ms`;
  };
  let t = Date.UTC(2026, 0, 5);
  const lines = Array.from({ length: LINES }, (_, i) => {
    const inBurst = burst !== undefined && i >= BURST.from && i < BURST.until;
    t += (inBurst ? 200 : 1000) * random.int(5);
    const isOdd = inBurst && i % 2 === 0;
    return `${new Date(t).toISOString()} ${isOdd ? burst : usual(i)}`;
  });
  const parsed = readWhole(lines.join('\n'), { name: 'app.log' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

async function openLog(burst?: string) {
  const file = parseLog(burst);
  const bench = await createBench();
  const replay = () => createReplay(file, RUN);
  bench.play(replay);
  expect((await bench.engine.openFile(replay().info, 'train')).ok).toBe(true);
  await bench.runUntil(() => bench.engine.run.finished);
  await bench.engine.flush();
  return { file, bench, alerts: await bench.store.alerts({ runId: RUN, limit: 100 }) };
}

it('scores the lines of an opened log as the benchmarks score a whole file, and alerts on the outbreak in it', async () => {
  const { file, bench, alerts } = await openLog('ERROR disk write failed on volume data1: no space left on device');
  const backend = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!backend.ok) throw new Error(backend.error.message);
  const { logs } = file;
  const scored = await scoreLogFile((config) => createLogPipeline(config, backend.value), logs, {
    mode: { kind: 'whole' },
    settings: bench.engine.settings,
    stepMs: (logs.t[logs.n - 1] - logs.t[0]) / logs.n,
  });
  if (!scored.ok) throw new Error(scored.error.message);
  const chunks = await bench.store.logs(RUN, 0, Number.POSITIVE_INFINITY);
  expect(chunks.flatMap((chunk) => [...chunk.score])).toEqual([
    ...Float32Array.from(scored.value.rarity, anomalyScore),
  ]);
  expect(chunks.flatMap((chunk) => [...chunk.template])).toEqual([...scored.value.template]);
  const threshold = bench.engine.detection.thresholds().log;
  const flagged = [...scored.value.rarity].map((rarity) => Number(rarity >= threshold));
  expect(flagged).toEqual([...scored.value.flagged]);
  expect(alerts).toHaveLength(1);
  expect(alerts[0].openedAt).toBeGreaterThanOrEqual(logs.t[BURST.from]);
  expect(alerts[0].lastAt).toBeLessThanOrEqual(logs.t[BURST.until + 20]);
  expect(alerts[0].logs[0]?.message).toContain('disk write failed');
  expect(bench.engine.detection.active('logs')?.info.rows).toBe(LINES);
}, 20_000);

it('alerts on the flood of an error that the log knows, and on nothing in a log without any trouble', async () => {
  const flood = await openLog('ERROR upstream timed out after 4100 ms while calling payments');
  expect(flood.alerts.map((alert) => alert.cause)).toEqual(['log-error']);
  expect(flood.alerts[0].openedAt).toBeGreaterThanOrEqual(flood.file.logs.t[BURST.from]);
  expect((await openLog()).alerts).toEqual([]);
}, 30_000);
