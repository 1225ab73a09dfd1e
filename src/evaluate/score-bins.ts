import type { ScorePoint } from '../domain/scoreboard';
import { MAX_RARITY } from '../domain/scores';

/** Scores are counted in bins of 1/256 of a decade, so that memory does not grow with the run. */
export const BINS = 4096;
/** Two members at the cap join to 12 * sqrt(2): with the default weights nothing is cut off. */
const TOP = MAX_RARITY * Math.SQRT2;
const BINS_PER_UNIT = BINS / TOP;

export type ScoreBins = Uint32Array;

export function createBins(): ScoreBins {
  return new Uint32Array(BINS);
}

/** Bin of a score on the rarity scale; what lies outside [0, 12 * sqrt(2)) counts in the first or last bin. The score must not be NaN. */
export function binOf(score: number): number {
  return Math.max(0, Math.min(BINS - 1, Math.floor(score * BINS_PER_UNIT)));
}

/** Lower edge of a bin. */
export function binEdge(bin: number): number {
  return bin / BINS_PER_UNIT;
}

/** Adds the counts of one histogram to another. */
export function addBins(to: ScoreBins, from: ScoreBins): void {
  for (let bin = 0; bin < BINS; bin++) to[bin] += from[bin];
}

export interface BinnedPrecision {
  /** Average precision with the scores of a bin taken as equal. NaN without positives. */
  readonly value: number;
  /** The exact one lies between these, whatever the order within the bins. */
  readonly low: number;
  readonly high: number;
}

/**
 * Average precision from counts by score. Within a bin the precision at any threshold is at least that of one positive behind all the
 * bin's negatives, and at most that of all its positives before them: that gives the bounds.
 */
export function binnedAveragePrecision(positives: ScoreBins, negatives: ScoreBins): BinnedPrecision {
  const total = positives.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  let hits = 0;
  let rows = 0;
  const area = { value: 0, low: 0, high: 0 };
  for (let bin = BINS - 1; bin >= 0; bin--) {
    const p = positives[bin];
    const n = negatives[bin];
    if (p > 0) {
      area.value += (p / total) * ((hits + p) / (rows + p + n));
      area.low += (p / total) * ((hits + 1) / (rows + n + 1));
      area.high += (p / total) * ((hits + p) / (rows + p));
    }
    hits += p;
    rows += p + n;
  }
  return area;
}

/** Most points that a curve is drawn with. */
export const MAX_CURVE_POINTS = 200;

/**
 * The precision-recall curve at the bins' lower edges, highest threshold first, at most MAX_CURVE_POINTS: the first and the last point, and
 * between them one for each step of recall. Empty without positives.
 */
export function binnedCurve(positives: ScoreBins, negatives: ScoreBins): readonly ScorePoint[] {
  const total = positives.reduce((sum, count) => sum + count, 0);
  const points: ScorePoint[] = [];
  let hits = 0;
  let rows = 0;
  for (let bin = BINS - 1; bin >= 0; bin--) {
    hits += positives[bin];
    rows += positives[bin] + negatives[bin];
    if (positives[bin] > 0) points.push({ threshold: binEdge(bin), precision: hits / rows, recall: hits / total });
  }
  return thin(points);
}

function thin(points: readonly ScorePoint[]): readonly ScorePoint[] {
  if (points.length <= MAX_CURVE_POINTS) return points;
  const kept: ScorePoint[] = [points[0]];
  const last = points[points.length - 1];
  const stepOf = (point: ScorePoint): number => Math.floor(point.recall * (MAX_CURVE_POINTS - 2));
  for (const point of points) {
    if (point !== last && stepOf(point) > stepOf(kept[kept.length - 1])) kept.push(point);
  }
  return [...kept, last];
}
