/** Time constant of the decaying count: about the lines of the last ten seconds. */
export const BURST_MS = 10_000;
/** Pairs of device and template that are followed at once; beyond it those silent for longest are dropped. */
export const MAX_PAIRS = 20_000;
const PAIR_BASE = 0x1_0000;

/** How often each device has lately written each template. */
export interface BurstCounter {
  /** Counts one line. Gives the lines of this device and template in the last seconds, each weighted by exp(-age / BURST_MS); at least 1. */
  count(device: number, template: number, t: number): number;
  clear(): void;
  /** The counts that have not decayed to nothing, the one used last at the end. */
  save(): SavedBursts;
  /** Goes on from saved counts in place of its own; undefined = from none. */
  restore(saved: SavedBursts | undefined): void;
}

/** Counts as columns: pair (template * 65536 + device), decaying count, and the time that it holds for. */
export interface SavedBursts {
  readonly pairs: Float64Array;
  readonly counts: Float64Array;
  readonly t: Float64Array;
}

/** A count below this changes no score that a person would see. */
const FORGOTTEN = 1e-4;

/** Counts with bounded memory. Times are ms; a little backwards, or NaN, counts as no time passed, a leap backwards as that much time passed: the lines are read again. */
export function createBurstCounter(): BurstCounter {
  // Map order = order of last use, so the first entries are the ones silent for longest.
  const pairs = new Map<number, { value: number; t: number }>();
  return {
    count(device, template, t) {
      const key = template * PAIR_BASE + device;
      const pair = pairs.get(key);
      if (pair === undefined) {
        if (pairs.size >= MAX_PAIRS) dropOldest(pairs, MAX_PAIRS >> 3);
        pairs.set(key, { value: 1, t });
        return 1;
      }
      const passed = t - pair.t;
      if (passed > 0 || passed < -BURST_MS) {
        pair.value *= Math.exp(-Math.abs(passed) / BURST_MS);
        pair.t = t;
      }
      pair.value += 1;
      pairs.delete(key);
      pairs.set(key, pair);
      return pair.value;
    },
    clear: () => pairs.clear(),
    save() {
      let newest = Number.NEGATIVE_INFINITY;
      for (const { t } of pairs.values()) if (t > newest) newest = t;
      const alive = [...pairs].filter(([, { value, t }]) => value * Math.exp((t - newest) / BURST_MS) >= FORGOTTEN);
      return {
        pairs: Float64Array.from(alive, ([key]) => key),
        counts: Float64Array.from(alive, ([, { value }]) => value),
        t: Float64Array.from(alive, ([, { t }]) => t),
      };
    },
    restore(saved) {
      pairs.clear();
      saved?.pairs.forEach((key, i) => {
        pairs.set(key, { value: saved.counts[i], t: saved.t[i] });
      });
    },
  };
}

/**
 * How far a decaying count is above what is usual, in standard deviations of a Poisson count: >= 0. A template that has come in bursts before
 * makes no news by coming in one as large. count: from BurstCounter; ratePerMs: lines of this template a device writes in a millisecond, 0 for one
 * never seen; peak: its largest count before, at least 1.
 */
export function burstScore(count: number, ratePerMs: number, peak: number): number {
  const expected = Math.max(ratePerMs * BURST_MS, peak - 1);
  return Math.max(0, (count - 1 - expected) / Math.sqrt(1 + expected));
}

function dropOldest(pairs: Map<number, unknown>, n: number): void {
  let left = n;
  for (const key of pairs.keys()) {
    if (left-- <= 0) return;
    pairs.delete(key);
  }
}
