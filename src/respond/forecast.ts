/** Where a trend leads. */
export interface Forecast {
  /** Signed, in the metric's unit. */
  readonly slopePerMinute: number;
  /** 0..1, share of the variance (of block medians, so that single outliers do not count) that the trend explains. */
  readonly fit: number;
  /** Milliseconds from the last point until the trend line meets the limit; 0 when it is there already. */
  readonly breachInMs: number;
}

export interface ForecastInput {
  /** n times, ascending, ms since 1970 UTC. Points whose time or value is not finite are skipped. */
  readonly t: ArrayLike<number>;
  /** n values in the metric's unit. */
  readonly values: ArrayLike<number>;
  /** Value that must not be reached, in the same unit. */
  readonly limit: number;
  /** From which side the limit is reached; default `rising`. */
  readonly towards?: 'rising' | 'falling';
}

const MIN_POINTS = 30;
const HORIZON_MS = 24 * 3_600_000;
/** A trend is extended at most this many times the span in which it was seen. */
const MAX_STRETCH = 40;
/** Points are joined to this many blocks, each its median: outliers fall out and the cost of all pairs stays fixed. */
const MAX_BLOCKS = 30;
/** Mann-Kendall statistic in standard deviations, corrected for autocorrelation. */
const MIN_SIGNIFICANCE = 3;
const MIN_FIT = 0.75;
/** Steepness of each half against the whole: a step or a climb that has ended is no trend to extrapolate. */
const MIN_HALF_SLOPE = 0.5;

/**
 * Fits a robust trend (Theil 1950, Sen 1968) and says when it meets the limit. undefined when there are fewer than 30 finite points, no
 * time passes, no significant and steady trend towards the limit stands out of the noise, or the limit is further
 * than 24 h or than 40 times the span that was seen.
 * Significance: Mann-Kendall with the variance inflated for the residuals' autocorrelation (Yue and Wang 2004), since telemetry drifts by itself.
 */
export function forecastBreach(input: ForecastInput): Forecast | undefined {
  if (!Number.isFinite(input.limit)) return undefined;
  const sign = input.towards === 'falling' ? -1 : 1;
  const points = finitePoints(input, sign);
  if (points.t.length < MIN_POINTS) return undefined;
  const blocks = joinBlocks(points);
  const slope = theilSen(blocks);
  if (!(slope > 0) || !Number.isFinite(slope)) return undefined;
  const level = median(blocks.v.map((v, i) => v - slope * blocks.t[i]));
  if (trendSignificance(blocks, slope, level) < MIN_SIGNIFICANCE) return undefined;
  if (!isSteady(blocks, slope)) return undefined;
  const fit = explainedShare(blocks, slope, level);
  if (!(fit >= MIN_FIT)) return undefined;
  const end = level + slope * points.t[points.t.length - 1];
  const breachInMs = Math.max(0, (sign * input.limit - end) / slope);
  const span = points.t[points.t.length - 1];
  if (!(breachInMs <= Math.min(HORIZON_MS, MAX_STRETCH * span))) return undefined;
  return { slopePerMinute: sign * slope * 60_000, fit, breachInMs };
}

interface Points {
  /** Milliseconds since the first point. */
  readonly t: readonly number[];
  /** Turned so that the limit is reached by rising. */
  readonly v: readonly number[];
}

function finitePoints(input: ForecastInput, sign: 1 | -1): Points {
  const t: number[] = [];
  const v: number[] = [];
  let origin: number | undefined;
  for (let i = 0; i < Math.min(input.t.length, input.values.length); i++) {
    if (!Number.isFinite(input.t[i]) || !Number.isFinite(input.values[i])) continue;
    origin ??= input.t[i];
    t.push(input.t[i] - origin);
    v.push(sign * input.values[i]);
  }
  return { t, v };
}

function joinBlocks({ t, v }: Points): Points {
  const count = Math.min(MAX_BLOCKS, t.length);
  const blocks = { t: [] as number[], v: [] as number[] };
  for (let b = 0; b < count; b++) {
    const from = Math.floor((b * t.length) / count);
    const to = Math.floor(((b + 1) * t.length) / count);
    blocks.t.push(t.slice(from, to).reduce((sum, x) => sum + x, 0) / (to - from));
    blocks.v.push(median(v.slice(from, to)));
  }
  return blocks;
}

/** Median slope over all pairs; NaN when no time passes. */
function theilSen({ t, v }: Points): number {
  const slopes: number[] = [];
  for (let i = 0; i < t.length; i++) {
    for (let j = i + 1; j < t.length; j++) if (t[j] > t[i]) slopes.push((v[j] - v[i]) / (t[j] - t[i]));
  }
  return median(slopes);
}

/** Mann-Kendall S over its standard deviation, which grows with the lag-1 autocorrelation of the residuals. */
function trendSignificance({ t, v }: Points, slope: number, level: number): number {
  const n = v.length;
  let s = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) s += Math.sign(v[j] - v[i]);
  const variance = (n * (n - 1) * (2 * n + 5)) / 18;
  const r = autocorrelation(v.map((value, i) => value - level - slope * t[i]));
  return s / Math.sqrt((variance * (1 + r)) / (1 - r));
}

/** Lag-1, bias of short series with a trend taken out removed (Kendall 1954: about -(1 + 4r) / n), kept in [0, 0.95]. */
function autocorrelation(residuals: readonly number[]): number {
  const n = residuals.length;
  const mean = residuals.reduce((sum, x) => sum + x, 0) / n;
  let products = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    squares += (residuals[i] - mean) ** 2;
    if (i > 0) products += (residuals[i] - mean) * (residuals[i - 1] - mean);
  }
  if (!(squares > 0)) return 0;
  const r = products / squares;
  return Math.min(0.95, Math.max(0, r + (1 + 4 * r) / n));
}

function isSteady({ t, v }: Points, slope: number): boolean {
  const half = Math.floor(t.length / 2);
  const first = theilSen({ t: t.slice(0, half), v: v.slice(0, half) });
  const second = theilSen({ t: t.slice(half), v: v.slice(half) });
  return first >= MIN_HALF_SLOPE * slope && second >= MIN_HALF_SLOPE * slope;
}

function explainedShare({ t, v }: Points, slope: number, level: number): number {
  const mean = v.reduce((sum, x) => sum + x, 0) / v.length;
  let total = 0;
  let left = 0;
  for (let i = 0; i < v.length; i++) {
    total += (v[i] - mean) ** 2;
    left += (v[i] - level - slope * t[i]) ** 2;
  }
  return total > 0 ? Math.min(1, Math.max(0, 1 - left / total)) : 0;
}

/** NaN for an empty list. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
