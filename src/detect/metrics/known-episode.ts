/** An episode is like a known one while it is flagged for no more than so many times as long, and some samples. */
const LONGER_TIMES = 1.5;
const LONGER_BY = 10;
/** A number that is further out by so much is as far out: in the compressed deviations of features, one deviation, or a quarter more beyond four. */
const REACH = 1;
/** Rarer by so many factors of ten is as rare. */
const RARER_BY = 1;
/** Share of a sample's squared departure that may lie beyond that: noise in the other features. All of it may be larger by so much. */
const ELSEWHERE = 0.1;
const LARGER_TIMES = 1.1;

/**
 * What an episode looked like: between which values each of its numbers was (lo, hi; in compressed deviations), the length of its longest such vector (size),
 * how rare its rarest sample was (peak), and how many samples were flagged. samples: flagged ones of all episodes like it.
 */
export interface KnownEpisode {
  readonly lo: Float32Array;
  readonly hi: Float32Array;
  readonly size: number;
  readonly peak: number;
  readonly flagged: number;
  samples: number;
  /** Device and its sample number up to which log lines may revoke it; of a loaded one none, -1. */
  readonly device: number;
  readonly until: number;
}

/** Whether so many flagged samples are no more than an episode of that kind has. */
export function isAsLong({ flagged }: KnownEpisode, samples: number): boolean {
  return samples <= LONGER_BY + LONGER_TIMES * flagged;
}

/** Whether a sample is no rarer than an episode of that kind is. */
export function isAsRare({ peak }: KnownEpisode, rarity: number): boolean {
  return rarity <= peak + RARER_BY;
}

/** Whether values depart the way the known ones did, and no further. */
export function isLike({ lo, hi, size }: KnownEpisode, values: Float32Array): boolean {
  let beyond = 0;
  let all = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    const out = Math.max(0, lo[k] - REACH - value, value - hi[k] - REACH);
    beyond += out * out;
    all += value * value;
  }
  return beyond <= ELSEWHERE * all && all <= LARGER_TIMES * LARGER_TIMES * size * size;
}
