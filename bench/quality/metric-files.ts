import { existsSync } from 'node:fs';
import { createMetricPipeline } from '../../src/detect/metrics/pipeline';
import { type FileMode, scoreMetricFile } from '../../src/detect/score-file';
import type { Settings } from '../../src/domain/settings';
import type { MetricBatch } from '../../src/domain/telemetry';
import type { FileJob } from './jobs';
import { formatScore, formatTable } from './table';
import { readMetricTable } from './telemetry';

/** Ten points for each factor of ten, as the app shows it, without its ceiling at 100: ties would hide an order. */
const SCORE_PER_RARITY = 10;

/** Scores one metrics file with the shipped pipeline: `timestamp,score,alert,top`, a row for each row of the file. */
export function scoreMetrics(job: FileJob, settings: Settings): { readonly text: string; readonly rows: number } {
  const table = readMetricTable(job.path);
  const history = job.history === undefined ? undefined : readHistory(job.history);
  const mode: FileMode<MetricBatch> =
    job.use === 'history' && history
      ? { kind: 'history', rows: history }
      : { kind: job.use === 'whole' ? 'whole' : 'stream' };
  const scored = scoreMetricFile(createMetricPipeline, table.catalog, table.batch, {
    mode,
    settings,
    stepMs: table.stepMs,
    onProgress: job.onProgress,
  });
  if (!scored.ok) console.warn(`${job.rel}: not scored, ${scored.error.message}`);
  const keys = table.catalog.metrics.map((metric) => metric.key);
  const rows = table.times.map((time, row) => {
    if (!scored.ok) return [time, '', '0', ''];
    const { rank, alert, explanations } = scored.value;
    const top = explanations.get(row)?.contributions.map((part) => keys[part.metric] ?? '') ?? [];
    return [time, formatScore(rank[row] * SCORE_PER_RARITY), String(alert[row]), top.join(';')];
  });
  return { text: formatTable(['timestamp', 'score', 'alert', 'top'], rows), rows: table.batch.n + (history?.n ?? 0) };
}

function readHistory(path: string): MetricBatch {
  if (!existsSync(path)) throw new Error(`${path} is missing: there is nothing to learn from`);
  return readMetricTable(path).batch;
}
