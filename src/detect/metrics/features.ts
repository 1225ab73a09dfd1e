import type { MetricSpec } from '../../domain/catalog';
import type { MetricBatch } from '../../domain/telemetry';
import type { Pace } from './pace';
import type { Tracks } from './tracks';

/** Above so many metrics volatility and drift are left out: the covariance of all features grows with their square. */
export const RICH_METRICS = 16;
/** Weights of a new sample: the fast mean spans about 10 samples, volatility 20, the lagged mean 80 (leaks, creep, slope). */
const FAST = 1 / 6;
const WOBBLE = 1 / 10;
const LAG = 1 / 40;
/** A pause of so many usual gaps is a hole in the data, not a jump. */
const HOLE_GAPS = 20;
/** Features are linear up to so many standard deviations and logarithmic beyond: finite for any float, still growing. */
const LINEAR_SD = 4;
const LARGEST = 3.4e38;
/** A reading so many times as far from typical as the device's deviation, its level and 1 is a broken one: no fault multiplies a metric so. */
const BROKEN = 1000;

export const RICH_KINDS = ['level', 'mean', 'change', 'volatility', 'drift'] as const;
export const LEAN_KINDS = ['level', 'mean', 'change'] as const;

/**
 * Features of each metric, in order: feature kinds.length * metric + kind. Slow data is judged without drift and volatility: over hours and days
 * both are what the time of day does.
 */
export function featureKinds(metrics: number, pace: Pace = 'live'): readonly string[] {
  return metrics <= RICH_METRICS && pace === 'live' ? RICH_KINDS : LEAN_KINDS;
}

/** Names such as `cpu_usage level`, in the order of the feature matrix. */
export function featureNames(metrics: readonly MetricSpec[], pace: Pace = 'live'): string[] {
  return metrics.flatMap((metric) => featureKinds(metrics.length, pace).map((kind) => `${metric.key} ${kind}`));
}

/** z inside +-4, +-(4 + 4 ln(|z| / 4)) beyond: odd, monotone, smooth; about 350 for the largest float32. NaN gives 0. */
export function compress(z: number): number {
  if (z <= LINEAR_SD && z >= -LINEAR_SD) return z;
  if (z > 0) return LINEAR_SD * (1 + Math.log(Math.min(z, 1e300) / LINEAR_SD));
  return z < 0 ? -LINEAR_SD * (1 + Math.log(Math.min(-z, 1e300) / LINEAR_SD)) : 0;
}

/** The m values of one row with infinities at the largest float32; NaN = missing. Returns how many are there. */
export function readValues(batch: MetricBatch, row: number, out: Float64Array, at: number, metrics: number): number {
  let present = 0;
  for (let metric = 0; metric < metrics; metric++) {
    const value = metric < batch.metrics.length ? batch.metrics[metric][row] : Number.NaN;
    out[at + metric] = value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
    if (!Number.isNaN(value)) present++;
  }
  return present;
}

/**
 * Moves a device's windows one sample on and writes what they hold, in the metric's unit, to out[to..]: value, fast mean, change, and for
 * rich features recent mean absolute change and fast mean less lagged mean. As many numbers as there are features. A missing value
 * (values[at + metric] is NaN) gives NaN throughout; what the first sample cannot have (change, recent change) is NaN too. t: ms. A hole in
 * the data, or a clock that jumps back, starts the windows anew. A broken reading (an infinity, a counter that overflowed) is shown by value and
 * change, but not taken into the windows: what is left of it would take an hour to fade. scales: as `tracks.readScales` gives them; they are not
 * changed.
 */
export function stepWindows(
  tracks: Tracks,
  slot: number,
  t: number,
  values: Float64Array,
  at: number,
  scales: Float64Array,
  out: Float64Array,
  to: number,
): void {
  stepTime(tracks, slot, t);
  const {
    metrics: m,
    last: lasts,
    change: changes,
    fast: fasts,
    lagged: laggeds,
    wobble: wobbles,
    covariance,
  } = tracks;
  const kinds = featureKinds(m, tracks.pace).length;
  const rich = kinds === RICH_KINDS.length;
  const isOwn = tracks.ownShare(slot) >= 1;
  const sinceMeanT = t - tracks.meanT[slot];
  for (let metric = 0; metric < m; metric++) {
    const value = values[at + metric];
    const write = to + metric * kinds;
    // Nothing is called in here: a call would have the engine look every column up again.
    if (Number.isNaN(value)) {
      for (let k = write; k < write + kinds; k++) out[k] = Number.NaN;
      continue;
    }
    const i = slot * m + metric;
    const last = lasts[i];
    if ((value > BROKEN || value < -BROKEN) && isBroken(scales[3 * metric], scales[3 * metric + 1], value)) {
      out[write] = value;
      out[write + 1] = fasts[i];
      out[write + 2] = value - last;
      changes[i] = Number.NaN;
      if (!rich) continue;
      out[write + 3] = wobbles[i];
      out[write + 4] = fasts[i] - laggeds[i];
      continue;
    }
    const known = !Number.isNaN(last);
    // NaN where there is none before it.
    const change = value - last;
    // Means that begin at the first value would be too calm for a while; a device that is known begins as if it had been typical.
    const resumes = !known && isOwn;
    const start = resumes ? scales[3 * metric] : value;
    const before = known ? fasts[i] : start;
    const fast = before + FAST * (value - before);
    const offset = value - (known ? laggeds[i] : start);
    const lagged = value - (1 - LAG) * offset;
    lasts[i] = value;
    changes[i] = change;
    fasts[i] = fast;
    laggeds[i] = lagged;
    covariance[i] = (1 - LAG) * covariance[i] + LAG * sinceMeanT * offset;
    out[write] = value;
    out[write + 1] = fast;
    out[write + 2] = change;
    if (!rich) continue;
    let wobble = resumes ? scales[3 * metric + 2] : wobbles[i];
    // The first change stands for the recent ones; a running mean from 0 would call every start calm.
    if (known) wobble = Number.isNaN(wobble) ? Math.abs(change) : wobble + WOBBLE * (Math.abs(change) - wobble);
    wobbles[i] = wobble;
    out[write + 3] = wobble;
    out[write + 4] = fast - lagged;
  }
}

/**
 * Scales what `stepWindows` wrote (windows[at..]) by a device's scaler (`tracks.readScales`) into features out[to..]; the same number of entries.
 * Whatever is missing, or has no scaler yet, gives 0 (typical). Always finite.
 */
export function scaleFeatures(
  tracks: Tracks,
  scales: Float64Array,
  windows: Float64Array,
  at: number,
  out: Float32Array,
  to: number,
): void {
  const m = tracks.metrics;
  const kinds = featureKinds(m, tracks.pace).length;
  const rich = kinds === RICH_KINDS.length;
  const slow = tracks.pace === 'slow';
  for (let metric = 0; metric < m; metric++) {
    const read = at + metric * kinds;
    const write = to + metric * kinds;
    const typical = scales[3 * metric];
    const deviation = scales[3 * metric + 1];
    const perSd = 1 / deviation;
    // Days of data hold the size of the level's own changes: in its unit a change counts for what it does to the level.
    const usualStep = slow ? deviation : scales[3 * metric + 2];
    out[write] = compress((windows[read] - typical) * perSd);
    out[write + 1] = compress((windows[read + 1] - typical) * perSd);
    out[write + 2] = compress(windows[read + 2] / usualStep);
    if (!rich) continue;
    // Half of the usual step as a floor on both sides: stillness is only mildly odd, a storm is not bounded.
    out[write + 3] = compress(3 * Math.log((windows[read + 3] / usualStep + 0.5) / 1.5));
    out[write + 4] = compress(windows[read + 4] * perSd);
  }
}

/** Signed change per minute over the lagged window (exponentially weighted least squares); 0 before there are two samples. */
export function slopePerMinute(tracks: Tracks, slot: number, metric: number): number {
  const variance = tracks.varianceT[slot];
  if (!(variance > 0)) return 0;
  const slope = (tracks.covariance[slot * tracks.metrics + metric] / variance) * 60_000;
  return Number.isFinite(slope) ? slope : 0;
}

/** Never where nothing is typical yet. */
function isBroken(typical: number, deviation: number, value: number): boolean {
  return Math.abs(value - typical) > BROKEN * Math.max(deviation, 1 + Math.abs(typical));
}

function stepTime(tracks: Tracks, slot: number, t: number): void {
  const gap = t - tracks.lastT[slot];
  if (gap < 0 || (tracks.seen[slot] > 3 && gap > HOLE_GAPS * Math.max(tracks.usualGap[slot], 1))) {
    tracks.clearWindows(slot);
  }
  if (tracks.seen[slot] === 0) {
    tracks.meanT[slot] = t;
  } else {
    const usual = tracks.usualGap[slot];
    tracks.usualGap[slot] = usual === 0 ? gap : usual + 0.1 * (gap - usual);
    const offset = t - tracks.meanT[slot];
    tracks.meanT[slot] += LAG * offset;
    tracks.varianceT[slot] = (1 - LAG) * (tracks.varianceT[slot] + LAG * offset * offset);
  }
  tracks.lastT[slot] = t;
  tracks.seen[slot] += 1;
}
