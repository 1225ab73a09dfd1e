import type { FeatureMatrix } from '../../src/detect/contract';
import { isolationForest } from '../../src/detect/metrics/forest';
import type { MetricBatch } from '../../src/domain/telemetry';
import type { FileJob } from './jobs';
import { formatScore, formatTable } from './table';
import { readMetricTable } from './telemetry';

/**
 * The forest by itself on raw values, grown on the train file at its defaults (100 trees of 256 rows): `timestamp,score`. No features, no
 * calibration, no alerts: shows whether the forest is right, by comparison with scikit-learn's (bench/peers/plain_forest.py).
 */
export function scorePlainForest(job: FileJob, seed: number): { readonly text: string; readonly rows: number } {
  if (job.history === undefined) throw new Error(`${job.rel} has no rows to learn from`);
  const train = rawRows(readMetricTable(job.history).batch);
  const table = readMetricTable(job.path);
  const test = rawRows(table.batch);
  const fitted = isolationForest.fit(train, { seed });
  if (!fitted.ok) throw new Error(`${job.rel}: ${fitted.error.message}`);
  const scores = new Float32Array(test.n);
  fitted.value.score(test, scores);
  const rows = table.times.map((time, row) => [time, formatScore(scores[row])]);
  return { text: formatTable(['timestamp', 'score'], rows), rows: train.n + test.n };
}

/** Missing values as 0: the sets that this is run on have none. */
function rawRows({ n, metrics }: MetricBatch): FeatureMatrix {
  const f = metrics.length;
  const data = new Float32Array(n * f);
  metrics.forEach((column, metric) => {
    for (let row = 0; row < n; row++) data[row * f + metric] = Number.isNaN(column[row]) ? 0 : column[row];
  });
  return { n, f, data };
}
