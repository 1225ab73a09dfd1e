import { mergeSegments, overlaps, type Segment } from './segments';

/**
 * Range-aware precision and recall after Tatbul et al. 2018, "Precision and Recall for Time Series" (NeurIPS), with these choices:
 * - alpha, the weight of existence (was the event noticed at all) against the covered part: 0.5 for recall, 0 for precision, where the paper
 *   has no existence;
 * - gamma, the reward for coverage in x pieces: 1 / x;
 * - delta, the positional bias: flat, every sample of an event counts the same. When it was noticed is told by the time to detect.
 */
const ALPHA = 0.5;
const gamma = (pieces: number): number => 1 / pieces;

/** Milliseconds that two segments of a device share; a single sample lasts stepMs. 0 when they do not overlap. */
export function sharedMs(a: Segment, b: Segment, stepMs: number): number {
  return overlaps(a, b) ? Math.min(a.to, b.to) - Math.max(a.from, b.from) + stepMs : 0;
}

/** How much of a range others cover, and in how many pieces. */
export interface Coverage {
  readonly coveredMs: number;
  readonly pieces: number;
}

/** Coverage of `range` by others that do not overlap each other. */
export function coverageOf(range: Segment, others: readonly Segment[], stepMs: number): Coverage {
  const shared = others.map((other) => sharedMs(range, other, stepMs)).filter((ms) => ms > 0);
  return { coveredMs: shared.reduce((sum, ms) => sum + ms, 0), pieces: shared.length };
}

/** Part that is covered, 0..1, less in pieces. 0 when nothing is. */
export function overlapReward(range: Segment, coverage: Coverage, stepMs: number): number {
  if (coverage.pieces === 0) return 0;
  return (coverage.coveredMs / (range.to - range.from + stepMs)) * gamma(coverage.pieces);
}

/** Range recall of one event, 0..1: half for being noticed at all, half for the part covered. */
export function rangeRecallOf(event: Segment, coverage: Coverage, stepMs: number): number {
  return ALPHA * (coverage.pieces > 0 ? 1 : 0) + (1 - ALPHA) * overlapReward(event, coverage, stepMs);
}

/** Range precision of one alert, 0..1: the part of it that events cover, overlapping events taken as one. */
export function rangePrecisionOf(alert: Segment, events: readonly Segment[], stepMs: number): number {
  return overlapReward(alert, coverageOf(alert, mergeSegments(events), stepMs), stepMs);
}
