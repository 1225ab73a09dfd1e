/**
 * A generalised Pareto tail: P(excess > x | over the start) = (1 + shape x / scale)^(-1 / shape), exp(-x / scale) for shape 0.
 * shape in [0, MAX_SHAPE]; scale > 0, in the unit of the excess.
 */
export interface Tail {
  readonly shape: number;
  readonly scale: number;
}

/**
 * A bounded tail (negative shape) would call the first score beyond its end impossible, so shape is never below 0; above 0.35 the
 * tail gets so heavy that no score would ever be critical.
 */
export const MAX_SHAPE = 0.35;
/** Weight, in exceedances, of the prior guess that the tail is nearly exponential: steadies fits to few exceedances. */
const PRIOR_WEIGHT = 20;
const PRIOR_SHAPE = 0.05;

/**
 * Fits a tail to excesses over its start (ascending, >= 0) by probability-weighted moments (Hosking and Wallis 1987, section 4), with the
 * shape pulled towards PRIOR_SHAPE and clamped to [0, maxShape]; the scale then keeps the mean excess. minScale > 0 is the smallest scale given.
 * Degenerate: empty or all zero gives an exponential tail of minScale.
 */
export function fitTail(excesses: Float64Array, minScale: number, maxShape = MAX_SHAPE): Tail {
  const n = excesses.length;
  let mean = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    mean += excesses[i] / n;
    weighted += ((1 - (i + 0.65) / n) * excesses[i]) / n;
  }
  const spread = mean - 2 * weighted;
  if (!(mean > 0) || !(spread > 0)) return { shape: PRIOR_SHAPE, scale: Math.max(minScale, mean || 0) };
  const estimate = 2 - mean / spread;
  const shrunk = (n * estimate + PRIOR_WEIGHT * PRIOR_SHAPE) / (n + PRIOR_WEIGHT);
  const shape = Math.min(maxShape, Math.max(0, shrunk));
  return { shape, scale: Math.max(minScale, mean * (1 - shape)) };
}

/**
 * The same where the `censored` (>= 0) largest excesses are only known to be as large as the largest of the others: exponential but for PRIOR_SHAPE, since so few
 * of them say nothing of a shape (maximum likelihood: Epstein and Sobel 1953). Degenerate: as `fitTail`, also where no other is left.
 */
export function fitCensoredTail(excesses: ArrayLike<number>, censored: number, minScale: number): Tail {
  const known = excesses.length - censored;
  let sum = 0;
  for (let i = 0; i < known; i++) sum += excesses[i];
  const mean = known > 0 ? (sum + censored * excesses[known - 1]) / known : 0;
  return { shape: PRIOR_SHAPE, scale: Math.max(minScale, mean * (1 - PRIOR_SHAPE)) };
}

/**
 * The heaviest tail that n exceedances (>= 0) leave possible: the fitted one with `doubt` (>= 0) standard errors added to its shape, up to maxShape in
 * (0, 1); the mean excess is kept. Standard error: that of a Pareto shape, (1 + shape) / sqrt(n), less what the prior of `fitTail` takes.
 */
export function heaviestOf(
  { shape, scale }: Tail,
  { n, doubt, maxShape }: { readonly n: number; readonly doubt: number; readonly maxShape: number },
): Tail {
  const error = ((1 + shape) * Math.sqrt(n)) / (n + PRIOR_WEIGHT);
  const heaviest = Math.min(maxShape, shape + doubt * error);
  return { shape: heaviest, scale: (scale * (1 - heaviest)) / (1 - shape) };
}

/** -log10 of the probability that an excess is larger than x >= 0. 0 at 0; +Infinity for +Infinity. */
export function tailDecades(tail: Tail, x: number): number {
  const nats = tail.shape < 1e-6 ? x / tail.scale : Math.log1p((tail.shape * x) / tail.scale) / tail.shape;
  return nats / Math.LN10;
}

/** The inverse of `tailDecades`: the excess at which the probability has fallen by `decades`. */
export function tailExcess(tail: Tail, decades: number): number {
  const nats = decades * Math.LN10;
  return tail.shape < 1e-6 ? nats * tail.scale : (Math.expm1(nats * tail.shape) / tail.shape) * tail.scale;
}
