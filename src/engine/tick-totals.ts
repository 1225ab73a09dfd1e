import type { TickRow } from './frame-builder';

/** Sums up one or more time steps into one chart point: mean and highest value a metric, flagged samples, highest score. */
export interface TickTotals {
  add(values: ArrayLike<number>, device: number, focused: number | undefined, flagged: boolean, score: number): void;
  /** Ends the step; gives a chart point when `stride` steps are together. */
  endStep(t: number): TickRow | undefined;
  /** The unfinished point, if any. */
  flush(): TickRow | undefined;
}

/** metricCount columns; stride: time steps a chart point (1 for the fleet; more for files too long to draw whole). */
export function createTickTotals(metricCount: number, stride: number): TickTotals {
  let sum = new Float64Array(metricCount);
  let count = new Uint32Array(metricCount);
  let high = new Float32Array(metricCount).fill(Number.NaN);
  let focus = new Float32Array(metricCount).fill(Number.NaN);
  let flaggedCount = 0;
  let highest = Number.NaN;
  let steps = 0;
  let time = 0;

  const finish = (): TickRow => {
    const tick = {
      t: time,
      mean: Float32Array.from(sum, (total, m) => (count[m] === 0 ? Number.NaN : total / count[m])),
      high,
      focus,
      flagged: flaggedCount,
      score: highest,
    };
    sum = new Float64Array(metricCount);
    count = new Uint32Array(metricCount);
    high = new Float32Array(metricCount).fill(Number.NaN);
    focus = new Float32Array(metricCount).fill(Number.NaN);
    flaggedCount = 0;
    highest = Number.NaN;
    steps = 0;
    return tick;
  };

  return {
    add: (values, device, focused, flagged, score) => {
      for (let m = 0; m < metricCount; m++) {
        const value = values[m];
        if (!Number.isFinite(value)) continue;
        sum[m] += value;
        count[m]++;
        if (!(high[m] >= value)) high[m] = value;
        if (device === focused) focus[m] = value;
      }
      if (flagged) flaggedCount++;
      if (score > highest || Number.isNaN(highest)) highest = score;
    },
    endStep: (t) => {
      if (steps === 0) time = t;
      steps++;
      return steps >= stride ? finish() : undefined;
    },
    flush: () => (steps === 0 ? undefined : finish()),
  };
}
