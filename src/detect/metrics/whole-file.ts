/** A backward mean over about 9 rows: twice as flat as the forward one, which has been over the scores already. */
const BACKWARD = 0.2;

/**
 * For a file that is there as a whole: goes over the ranking scores of each device's rows once more, from the end, so that an event's first
 * rows share in what only its later ones show, and a lone row counts for less. device: one entry a row. `rank` is not changed; NaN stays NaN and does not weigh.
 * Not causal: not for streams.
 */
export function lookBack(rank: Float32Array, device: ArrayLike<number>): Float32Array {
  const seen = rank.slice();
  const means = new Map<number, number>();
  for (let row = rank.length - 1; row >= 0; row--) {
    if (Number.isNaN(rank[row])) continue;
    const after = means.get(device[row]);
    seen[row] = after === undefined ? rank[row] : after + BACKWARD * (rank[row] - after);
    means.set(device[row], seen[row]);
  }
  return seen;
}
