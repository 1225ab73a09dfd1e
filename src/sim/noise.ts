import { hashText, type Random, type RandomState } from '../domain/random';

/**
 * Random numbers without a state of their own: each is a hash of who asks (a key), when (a tick) and for what (a slot). So a fleet of
 * 10,000 devices has no 20,000 generators to keep, to step and to save, and what one device draws never moves another's numbers.
 */

/** The finaliser of splitmix32: every bit of x moves every bit of the result. Gives 32 bits, signed. */
export function mix32(x: number): number {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** The key of one use of a seed. seed: any safe integer; label names the use. */
export function streamKey(seed: number, label: string): number {
  const high = Math.floor(seed / 4294967296);
  return mix32(hashText(label) ^ mix32(mix32(seed) + Math.imul(high, 0x9e3779b9)));
}

/** What a tick contributes, hashed so that two keys never give the same numbers a few ticks apart. tick: whole, >= 0. */
export function tickKey(tick: number): number {
  return mix32(Math.imul(tick | 0, 0x9e3779b9) ^ Math.floor(tick / 4294967296));
}

/** The 32 bits of a moment of a key; `drawAt` takes them apart into slots. */
export function momentKey(key: number, tickBits: number): number {
  return mix32(key ^ tickBits);
}

/** 32 random bits of one slot of a moment. slot: small whole number. */
export function drawAt(moment: number, slot: number): number {
  return mix32(moment + Math.imul(slot + 1, 0x85ebca6b));
}

/** Uniform in [0, 1) from 32 bits. */
export function uniformOf(bits: number): number {
  return (bits >>> 0) / 4294967296;
}

const TABLE_BITS = 12;
const TABLE_SIZE = 1 << TABLE_BITS;
const REST = 1 / (1 << (32 - TABLE_BITS));
/** Quantiles of the normal distribution at i / TABLE_SIZE. The two ends stand where a sample of 32 times the size would end. */
const QUANTILES = Float64Array.from({ length: TABLE_SIZE + 1 }, (_, i) =>
  normalQuantile(Math.min(1 - 1 / (32 * TABLE_SIZE), Math.max(1 / (32 * TABLE_SIZE), i / TABLE_SIZE))),
);

/** Standard normal from 32 bits: a table of quantiles, straight lines between them. Within +-4.2. */
export function normalOf(bits: number): number {
  const u = bits >>> 0;
  const i = u >>> (32 - TABLE_BITS);
  const low = QUANTILES[i];
  return low + (QUANTILES[i + 1] - low) * (u & ((1 << (32 - TABLE_BITS)) - 1)) * REST;
}

/** A stream that can be set to any moment: what draws texts. Generator: splitmix32. */
export interface SeekableRandom extends Random {
  /** Starts anew at 32 bits. */
  seek(bits: number): void;
}

/** A stream at moment 0 until it is set to another. */
export function createSeekableRandom(): SeekableRandom {
  let state = 0;
  const next32 = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix32(state);
  };
  return {
    seek: (bits) => {
      state = bits | 0;
    },
    next: () => uniformOf(next32()),
    int: (n) => Math.floor(uniformOf(next32()) * n),
    normal: () => normalOf(next32()),
    pick: (items) => items[Math.floor(uniformOf(next32()) * items.length)] as (typeof items)[number],
    save: (): RandomState => [state >>> 0, 0, 0, 0],
  };
}

/** Acklam's rational approximation (2003), relative error below 1.2e-9. p in (0, 1). */
export function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const polynomial = (terms: readonly number[], x: number): number => terms.reduce((sum, term) => sum * x + term, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / polynomial([...d, 1], q);
  }
  if (p > 1 - 0.02425) return -normalQuantile(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(a, r) * q) / polynomial([...b, 1], r);
}
