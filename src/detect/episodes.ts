import type { IntervalRules } from './intervals';

/**
 * Scores as they came, for counting the alarms that a threshold would raise. at: place of each sample, ascending; samples that follow each other
 * on a device are 1 apart, those of two devices lie further apart than any alarm lasts.
 */
export interface PlayedScores {
  readonly scores: ArrayLike<number>;
  readonly at: ArrayLike<number>;
}

/**
 * By sample, the highest threshold at which it would open an alarm: it and one more of the last `openWindow` samples reach that (the rule of two
 * hits in `intervals.ts`). -Infinity where none came shortly before; NaN never.
 */
export function openingLevels(
  { scores, at }: PlayedScores,
  { openWindow }: Pick<IntervalRules, 'openWindow'>,
): Float64Array {
  return Float64Array.from(scores, (score, i) => {
    let before = Number.NEGATIVE_INFINITY;
    for (let k = i - 1; k >= 0 && at[i] - at[k] < openWindow; k--) if (scores[k] > before) before = scores[k];
    return Math.min(score, before);
  });
}

/**
 * Peaks of the alarms that `threshold` would raise, in order of time: stretches of opening levels that reach it again within `gap` samples, as an
 * alert stays open or is opened again.
 */
export function alarmPeaks(
  levels: Float64Array,
  at: ArrayLike<number>,
  { threshold, gap }: { readonly threshold: number; readonly gap: number },
): Float64Array {
  const peaks: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < levels.length; i++) {
    if (!(levels[i] >= threshold)) continue;
    if (at[i] - last <= gap) peaks[peaks.length - 1] = Math.max(peaks[peaks.length - 1], levels[i]);
    else peaks.push(levels[i]);
    last = at[i];
  }
  return Float64Array.from(peaks);
}
