/** Standard deviation of normal values over their median absolute deviation: 1 / Phi^-1(3/4). */
export const NORMAL_MAD = 1.4826;
/** Standard deviation of normal values over their mean absolute deviation: sqrt(pi / 2). */
export const NORMAL_MEAN_DEVIATION = 1.2533;

/** Median; sorts a copy. NaN for nothing. */
export function medianOf(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
