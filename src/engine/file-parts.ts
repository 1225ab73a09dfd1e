import { LINES_JUDGED_AT_ONCE, stepStarts } from '../detect/file-batches';
import { lookBack } from '../detect/metrics/whole-file';
import { emptyLogBatch, type MetricBatch, sliceLogLines, type TelemetryBatch } from '../domain/telemetry';
import type { MetricVerdicts } from '../domain/verdicts';

/** So many time steps of a batch, judged at once. */
export interface BatchPart {
  readonly batch: TelemetryBatch;
  readonly steps: number;
}

/**
 * Cuts a batch of a file into parts that are judged at once, columns of their own: metrics into `steps` time steps each, lines alone into
 * LINES_JUDGED_AT_ONCE, so that not too many of them want their explanation at once. A file has metrics or lines, never both. pulled: the steps of the
 * batch, which its first part of lines counts for.
 */
export function cutBatch(batch: TelemetryBatch, steps: number, pulled: number): BatchPart[] {
  if (batch.metrics.n === 0) return cutLines(batch, pulled);
  const starts = stepStarts(batch.metrics.t);
  const all = starts.length - 1;
  const parts: BatchPart[] = [];
  for (let step = 0; step < all; step += steps) {
    const to = Math.min(all, step + steps);
    const metrics = sliceRows(batch.metrics, starts[step], starts[to]);
    const logs = step === 0 ? batch.logs : emptyLogBatch();
    parts.push({ batch: { ...batch, metrics, logs }, steps: to - step });
  }
  return parts;
}

function cutLines(batch: TelemetryBatch, pulled: number): BatchPart[] {
  const { logs } = batch;
  if (logs.n <= LINES_JUDGED_AT_ONCE) return [{ batch, steps: pulled }];
  const parts: BatchPart[] = [];
  for (let from = 0; from < logs.n; ) {
    const to = endOfPart(logs.t, from);
    parts.push({ batch: { ...batch, logs: sliceLogLines(logs, from, to) }, steps: from === 0 ? pulled : 0 });
    from = to;
  }
  return parts;
}

/** Lines of one time stay together where there are not too many: they are one sample of their device. */
function endOfPart(t: Float64Array, from: number): number {
  const most = Math.min(t.length, from + LINES_JUDGED_AT_ONCE);
  if (most === t.length) return most;
  let to = most;
  while (to > from && t[to] === t[to - 1]) to--;
  return to > from ? to : most;
}

function sliceRows(batch: MetricBatch, from: number, to: number): MetricBatch {
  return {
    n: to - from,
    t: batch.t.slice(from, to),
    device: batch.device.slice(from, to),
    metrics: batch.metrics.map((column) => column.slice(from, to)),
  };
}

/** What the rows of a file are ranked by, collected as they are scored. */
export interface FileRanks {
  add(batch: MetricBatch, verdicts: MetricVerdicts): void;
  /** One entry a row, in the order in which they came, looked over once more from the file's end; NaN = not scorable. */
  finish(): Float32Array;
}

export function createFileRanks(): FileRanks {
  const ranks: Float32Array[] = [];
  const devices: Uint16Array[] = [];
  return {
    add: (batch, verdicts) => {
      ranks.push(verdicts.rank ?? verdicts.rarity);
      devices.push(batch.device);
    },
    finish: () => {
      const n = ranks.reduce((sum, part) => sum + part.length, 0);
      const rank = new Float32Array(n);
      const device = new Uint16Array(n);
      let at = 0;
      ranks.forEach((part, i) => {
        rank.set(part, at);
        device.set(devices[i], at);
        at += part.length;
      });
      return lookBack(rank, device);
    },
  };
}
