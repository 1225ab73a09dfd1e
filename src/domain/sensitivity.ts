/** Rows of less than four a minute are slow: see `detect/metrics/pace.ts`. */
export const SLOW_SAMPLES_PER_DAY = 5760;
/**
 * Scores of slow data are smoothed: one that is high stays so for about so many samples, which are one alarm. A budget of alarms is a
 * budget of so many times as many samples (the extremal index of Leadbetter 1983, inverted).
 */
export const SLOW_ALARM_SAMPLES = 10;
/** Largest contamination that can be asked for, as in scikit-learn: more than half would not be anomalies. */
export const MAX_CONTAMINATION = 0.5;

const DAY_MS = 86_400_000;

/** Samples of one device in a day. stepMs: milliseconds between two of them, > 0. */
export function samplesPerDayAt(stepMs: number): number {
  return DAY_MS / stepMs;
}

/**
 * The sensitivity said the other way: the share of all samples that a budget of false alarms per device and day lets be flagged, in
 * (0, 0.5]. samplesPerDay: of one device, > 0. Moves the threshold only, never the model. Degenerate: NaN where an argument is not a
 * positive number.
 */
export function contaminationOfBudget(falseAlarmsPerDay: number, samplesPerDay: number): number {
  if (!(falseAlarmsPerDay > 0) || !(samplesPerDay > 0)) return Number.NaN;
  return Math.min(MAX_CONTAMINATION, (falseAlarmsPerDay * samplesOfAnAlarm(samplesPerDay)) / samplesPerDay);
}

/** The inverse of `contaminationOfBudget`: false alarms per device and day that a contamination in (0, 0.5] stands for. */
export function budgetOfContamination(contamination: number, samplesPerDay: number): number {
  if (!(contamination > 0) || !(samplesPerDay > 0)) return Number.NaN;
  return (Math.min(MAX_CONTAMINATION, contamination) * samplesPerDay) / samplesOfAnAlarm(samplesPerDay);
}

function samplesOfAnAlarm(samplesPerDay: number): number {
  return samplesPerDay <= SLOW_SAMPLES_PER_DAY ? SLOW_ALARM_SAMPLES : 1;
}
