/** A seeded stream of random numbers. The same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Whole number in [0, n). n must be a positive integer. */
  int(n: number): number;
  /** Standard normal (mean 0, standard deviation 1). */
  normal(): number;
  /** One entry of a non-empty list. */
  pick<T>(items: readonly T[]): T;
  /** Four 32-bit words that `resumeRandom` continues from exactly. */
  save(): RandomState;
}

export type RandomState = readonly [number, number, number, number];

/**
 * Starts a stream. `seed` is any integer; `label` names the use, so that two uses of one seed are independent.
 * Generator: sfc32 (Doty-Humphrey, PractRand); seeding: splitmix32 over the seed and an FNV-1a hash of the label.
 */
export function createRandom(seed: number, label = ''): Random {
  let state = (seed ^ hashText(label)) >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const random = resumeRandom([word(), word(), word(), 1]);
  for (let i = 0; i < 12; i++) random.next();
  return random;
}

/** Continues a stream from what `save` returned. */
export function resumeRandom(saved: RandomState): Random {
  let [a, b, c, d] = saved;
  const next32 = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const next = (): number => next32() / 4294967296;
  return {
    next,
    int: (n) => Math.floor(next() * n),
    // Box-Muller; 1 - u keeps the logarithm finite. The second value is thrown away so that the state is four words only.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    save: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

/** FNV-1a, 32 bits, over UTF-16 code units. Degenerate: '' gives the offset basis. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
