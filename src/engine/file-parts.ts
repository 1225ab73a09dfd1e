import { stepStarts } from '../detect/file-batches';
import { lookBack } from '../detect/metrics/whole-file';
import { emptyLogBatch, type MetricBatch, type TelemetryBatch } from '../domain/telemetry';
import type { MetricVerdicts } from '../domain/verdicts';

/** So many time steps of a batch, judged at once. */
export interface BatchPart {
  readonly batch: TelemetryBatch;
  readonly steps: number;
}

/**
 * Cuts a batch of metrics into parts of `steps` time steps, columns of their own; a batch of lines alone stays whole, and counts for as many steps
 * as were `pulled`. The lines go with the first part.
 */
export function cutBatch(batch: TelemetryBatch, steps: number, pulled: number): BatchPart[] {
  if (batch.metrics.n === 0) return [{ batch, steps: pulled }];
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
