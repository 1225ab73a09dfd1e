/** Time constant of the decaying count: about the lines of the last ten seconds. */
export const BURST_MS = 10_000;
/** Pairs of device and template that are followed at once; beyond it those silent for longest are dropped. */
const MAX_PAIRS = 20_000;
const PAIR_BASE = 0x1_0000;

/** How often each device has lately written each template. */
export interface BurstCounter {
  /** Counts one line. Gives the lines of this device and template in the last seconds, each weighted by exp(-age / BURST_MS); at least 1. */
  count(device: number, template: number, t: number): number;
  clear(): void;
}

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
