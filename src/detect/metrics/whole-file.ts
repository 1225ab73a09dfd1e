/** A backward mean over about 9 rows: twice as flat as the forward one, which has been over the scores already. */
const BACKWARD = 0.2;

/**
 * For a file that is there as a whole: goes over the ranking scores of one device's rows once more, from the end, so that an event's first
 * rows share in what only its later ones show, and a lone row counts for less. `rank` is not changed; NaN stays NaN and does not weigh.
 * Not causal: not for streams.
 */
export function lookBack(rank: Float32Array): Float32Array {
  const seen = rank.slice();
  let mean = Number.NaN;
  for (let row = rank.length - 1; row >= 0; row--) {
    if (Number.isNaN(rank[row])) continue;
    mean = Number.isNaN(mean) ? rank[row] : mean + BACKWARD * (rank[row] - mean);
    seen[row] = mean;
  }
  return seen;
}
