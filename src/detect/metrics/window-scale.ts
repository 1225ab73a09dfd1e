import { medianOf, NORMAL_MEAN_DEVIATION } from './robust';

/** Huber (1964): departures beyond so many standard deviations pull no harder. */
export const CLIP_SD = 3;
/** Steps towards the resting point: each leaves only the share of values that are clipped. */
const REST_ROUNDS = 12;
/** What an infinity counts as. */
export const LARGEST = 3.4e38;

/**
 * Standard deviation of a whole training window that neither a few outliers nor a column that is nearly always at rest can spoil: from the
 * quartiles, but not under a quarter of the plain one, nor under a hundredth of the range. Once on the rest a change as small as the noise of
 * the quartiles would count for hundreds of deviations.
 */
export function windowDeviation(values: Float64Array): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  if (n === 0) return 1;
  const mean = sorted.reduce((sum, value) => sum + value / n, 0);
  const range = sorted[n - 1] - sorted[0];
  // A constant column: a departure of a twentieth of its level is news. Asked of the range: the sums below leave rounding errors.
  if (!(range > 0)) return Math.max(0.05 * Math.abs(mean), 1e-3);
  const plain = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0));
  const quartiles = (sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))]) / 1.349;
  return Math.max(quartiles, plain / 4, range / 100);
}

/** How far each value is from `centre`. */
export function distancesFrom(centre: number, values: Float64Array): Float64Array {
  const distances = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) distances[k] = Math.abs(values[k] - centre);
  return distances;
}

/**
 * Where the running centre and spread come to rest on these values, from their median: of skewed values above it (Huber's location), and scores told from the
 * median would be those of another device than the one that is judged.
 */
export function restingScale(values: Float64Array, median: number): { readonly rest: number; readonly spread: number } {
  let rest = median;
  let spread = spreadAround(rest, values);
  for (let round = 0; round < REST_ROUNDS; round++) {
    const reach = CLIP_SD * NORMAL_MEAN_DEVIATION * Math.max(spread, 1e-4 * Math.abs(rest), 1e-9);
    let pull = 0;
    for (let k = 0; k < values.length; k++) pull += Math.max(-reach, Math.min(reach, values[k] - rest)) / values.length;
    rest += pull;
    spread = meanUpTo((CLIP_SD + 1) * NORMAL_MEAN_DEVIATION * spread, distancesFrom(rest, values));
  }
  return { rest, spread };
}

/** Mean departure from `centre`, none counting for more than the running estimate lets it. */
function spreadAround(centre: number, values: Float64Array): number {
  return boundedMean(distancesFrom(centre, values), (CLIP_SD + 1) * NORMAL_MEAN_DEVIATION);
}

/** The mean of magnitudes none of which counts for more than `limit` means: the resting point of the running estimates. */
export function boundedMean(magnitudes: Float64Array, limit: number): number {
  let estimate = medianOf(magnitudes) || meanUpTo(LARGEST, magnitudes);
  for (let round = 0; round < 12; round++) estimate = meanUpTo(limit * estimate, magnitudes);
  return estimate;
}

function meanUpTo(bound: number, magnitudes: Float64Array): number {
  const n = magnitudes.length;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += Math.min(magnitudes[k], bound) / n;
  return sum;
}
