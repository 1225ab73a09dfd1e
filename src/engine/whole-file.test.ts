import { expect, it } from 'vitest';
import { intervalRules } from '../detect/intervals';
import { createMetricPipeline } from '../detect/metrics/pipeline';
import { scoreMetricFile } from '../detect/score-file';
import { runId } from '../domain/ids';
import { createRandom } from '../domain/random';
import { anomalyScore } from '../domain/scores';
import type { MetricBatch } from '../domain/telemetry';
import { createReplay } from '../ingest/replay';
import { readWhole } from '../ingest/testing';
import { createBench } from './testing';

const SHIFT_AT = 1500;

/** Two hosts, a row a minute: noise, a spike, a level shift for good, a missing value, a time at which one host is silent. */
function parseFile(rows: number) {
  const random = createRandom(5, 'whole file');
  const lines: string[] = [];
  for (let i = 0; i < rows; i++) {
    const t = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
    const spike = i >= 900 && i < 912 ? 60 : 0;
    const level = i >= SHIFT_AT ? 70 : 30;
    lines.push(`${t},web,${level + spike + 3 * random.normal()},${i === 40 ? '' : 200 + 9 * random.normal()}`);
    if (i !== 77) lines.push(`${t},db,${20 + random.normal()},${500 + 20 * random.normal()}`);
  }
  const parsed = readWhole(['time,host,cpu,net', ...lines].join('\n'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  if (parsed.value.kind !== 'metrics') throw new Error('not metrics');
  return parsed.value;
}

it('scores, flags and ranks an opened file as the benchmarks score a whole file, and does not flag a level that stays', async () => {
  const file = parseFile(3000);
  const bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, deviceCount: 2 });
  await bench.engine.start(undefined);
  const replay = () => createReplay(file, runId('file-1'));
  bench.play(replay);
  expect((await bench.engine.openFile(replay().info, 'train')).ok).toBe(true);
  await bench.runUntil(() => bench.engine.run.finished);
  await bench.engine.flush();
  const rows: MetricBatch = file.metrics;
  const scored = scoreMetricFile(createMetricPipeline, file.catalog, rows, {
    mode: { kind: 'whole' },
    settings: bench.engine.settings,
    stepMs: replay().info.stepMs,
  });
  if (!scored.ok) throw new Error(scored.error.message);
  const chunks = await bench.store.telemetry(runId('file-1'), 0, Number.POSITIVE_INFINITY);
  const engine = {
    score: chunks.flatMap((chunk) => [...chunk.metricScore]),
    flagged: chunks.flatMap((chunk) => [...chunk.flagged]),
  };
  expect(engine.score).toEqual([...Float32Array.from(scored.value.rarity, anomalyScore)]);
  expect(engine.flagged).toEqual([...scored.value.flagged]);
  expect(bench.engine.run.rank).toEqual(scored.value.rank);
  const alerts = await bench.store.alerts({ limit: 100 });
  // An interval that opens again within the refractory is the same alert.
  const { refractorySamples } = intervalRules(1440);
  const opened = [0, 1].flatMap((device) => {
    const open = [...scored.value.alert].filter((_, row) => rows.device[row] === device);
    return open.filter((on, i) => on === 1 && !open.slice(Math.max(0, i - refractorySamples - 1), i).includes(1));
  });
  expect(alerts).toHaveLength(opened.length);
  expect(alerts.some((alert) => alert.openedAt >= rows.t[0] + 900 * 60_000)).toBe(true);
  const share = engine.flagged.filter((on) => on === 1).length / rows.n;
  expect(share).toBeLessThan(0.02);
  expect(bench.engine.detection.active('metrics')?.info.rows).toBeGreaterThan(5000);
});
