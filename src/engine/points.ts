import type { LogBatch, MetricBatch } from '../domain/telemetry';
import type { LogVerdicts, MetricVerdicts } from '../domain/verdicts';

/** One device at one time step, with what both detectors said of it. */
export interface Point {
  readonly t: number;
  readonly device: number;
  /** Row in the metric batch; -1 when only log lines came. */
  readonly row: number;
  readonly metricRarity: number;
  /** Rarest line of the step; NaN when none was scored. */
  readonly logRarity: number;
  /** Lines of this device in this step, rarest first, at most MAX_LINES. */
  readonly lines: readonly number[];
}

const MAX_LINES = 5;

/**
 * Joins metric rows and log lines to points, ordered by time, then as they stand in the batch. A line belongs to the first time
 * step at or after it, since a sample sums up the time before it (the last step when it is later than all). Without metric rows each distinct time is a step.
 * n of the verdicts must equal n of their batches.
 */
export function joinPoints(
  metrics: MetricBatch,
  metricVerdicts: MetricVerdicts,
  logs: LogBatch,
  logVerdicts: LogVerdicts,
): Point[] {
  const steps = distinctTimes(metrics.n > 0 ? metrics.t : logs.t);
  const linesByStep = groupLines(logs, steps);
  const points: Point[] = [];
  let row = 0;
  steps.forEach((t, step) => {
    const lines = linesByStep[step];
    for (; row < metrics.n && metrics.t[row] === t; row++) {
      const device = metrics.device[row];
      const own = rarestFirst(lines.get(device), logVerdicts);
      if (own.length > 0) lines.delete(device);
      points.push({
        t,
        device,
        row,
        metricRarity: metricVerdicts.rarity[row],
        logRarity: rarityOfFirst(own, logVerdicts),
        lines: own,
      });
    }
    for (const [device, unordered] of lines) {
      const own = rarestFirst(unordered, logVerdicts);
      points.push({
        t,
        device,
        row: -1,
        metricRarity: Number.NaN,
        logRarity: rarityOfFirst(own, logVerdicts),
        lines: own,
      });
    }
  });
  return points;
}

function distinctTimes(t: Float64Array): number[] {
  const times: number[] = [];
  for (let i = 0; i < t.length; i++) if (i === 0 || t[i] !== t[i - 1]) times.push(t[i]);
  return times;
}

function groupLines(logs: LogBatch, steps: readonly number[]): Map<number, number[]>[] {
  const byStep = steps.map(() => new Map<number, number[]>());
  if (steps.length === 0) return byStep;
  let step = 0;
  for (let line = 0; line < logs.n; line++) {
    while (step + 1 < steps.length && steps[step] < logs.t[line]) step++;
    const lines = byStep[step].get(logs.device[line]);
    if (lines === undefined) byStep[step].set(logs.device[line], [line]);
    else lines.push(line);
  }
  return byStep;
}

const NONE: readonly number[] = [];

function rarestFirst(lines: readonly number[] | undefined, verdicts: LogVerdicts): readonly number[] {
  if (lines === undefined) return NONE;
  if (lines.length === 1) return lines;
  const value = (line: number): number => (Number.isNaN(verdicts.rarity[line]) ? -1 : verdicts.rarity[line]);
  return [...lines].sort((a, b) => value(b) - value(a)).slice(0, MAX_LINES);
}

function rarityOfFirst(lines: readonly number[], verdicts: LogVerdicts): number {
  return lines.length === 0 ? Number.NaN : verdicts.rarity[lines[0]];
}
