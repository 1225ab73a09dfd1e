import type { MetricBatch } from '../../domain/telemetry';
import { SLOW_SMOOTHING } from './model';

/** Running mean of each member's raw score by device; NaN = none yet. Slow data only; never saved. */
export interface SmoothedScores {
  /** By member, then device. */
  columns: Float64Array[];
}

export function createSmoothed(members: number): SmoothedScores {
  return { columns: Array.from({ length: members }, () => new Float64Array(0)) };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveSmoothed(smoothed: SmoothedScores, devices: number): void {
  smoothed.columns = smoothed.columns.map((column) => {
    if (column.length >= devices) return column;
    const next = new Float64Array(devices).fill(Number.NaN);
    next.set(column);
    return next;
  });
}

/**
 * Replaces the fresh raw scores of one member, for batch rows from `from` on, by each device's running mean, in place. A row without values
 * leaves it as it is.
 */
export function smoothScores(column: Float64Array, batch: MetricBatch, from: number, scores: Float32Array): void {
  for (let i = 0; i < scores.length; i++) {
    const device = batch.device[from + i];
    const before = column[device];
    if (batch.metrics.every((values) => Number.isNaN(values[from + i]))) continue;
    column[device] = Number.isNaN(before) ? scores[i] : before + SLOW_SMOOTHING * (scores[i] - before);
    scores[i] = column[device];
  }
}
