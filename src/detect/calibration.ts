import type { PlainData } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import { MAX_RARITY } from '../domain/scores';
import { fitCensoredTail, fitTail, heaviestOf, MAX_SHAPE, type Tail, tailDecades, tailExcess } from './gpd';
import { createKnots, findKnot, type Knots } from './knots';
import { orderOf } from './order';
import { readArray, readNumber, readObject } from './read-saved';

/** Share of the reference window that the tail is fitted to (Siffer et al. 2017 start their tail at the 98th percentile). */
const TAIL_SHARE = 0.02;
/** Fewer exceedances than this say nothing about a tail, so a short window gives a larger share of itself. */
const MIN_EXCEEDANCES = 16;
/** Points of the empirical part. Linear in between: finer than the sampling error of 20,000 reference scores. */
const KNOTS = 64;

/**
 * Raw score -> rarity, learned from reference scores of normal samples. Monotone; 0 at and below the smallest reference score.
 * raw and rarity are the empirical part (both ascending, rarity = -log10 of the share of references at or above raw, linear in between);
 * beyond the last knot a generalised Pareto tail goes on.
 */
export interface Calibration {
  readonly n: number;
  readonly raw: Float64Array;
  readonly rarity: Float64Array;
  readonly tail: Tail;
}

export interface CalibrationOptions {
  /** Share of the references that the tail is fitted to, (0, 0.5]. Default TAIL_SHARE; less keeps to what was counted further out. */
  readonly tailShare?: number;
  /** Share of the highest references that are taken for trouble, [0, 0.5): not counted, and of the tail only known to lie beyond the others. Default 0. */
  readonly trim?: number;
  /** Standard errors that are added to the shape of the tail (`heaviestOf`), >= 0. Default 0. */
  readonly doubt?: number;
}

/**
 * Fits a calibration to raw scores of normal samples that the model was not grown on (any order; not kept, not changed).
 * Non-finite scores are left out. Errors: too-few-rows under 8 finite scores.
 * Degenerate: all references equal gives rarity 0 at that value and a very short tail above it.
 */
export function fitCalibration(
  reference: ArrayLike<number>,
  { tailShare = TAIL_SHARE, trim = 0, doubt = 0 }: CalibrationOptions = {},
): Result<Calibration, 'too-few-rows'> {
  const order = orderOf(reference);
  const trimmed = Math.floor(trim * order.n);
  const n = order.n - trimmed;
  if (n < 8) return err('too-few-rows', `calibration needs at least 8 finite scores, got ${n}`);
  const exceedances = Math.min(Math.floor(n / 2), Math.max(Math.ceil(n * tailShare), MIN_EXCEEDANCES));
  const smallest = order.valueAt(0);
  const start = order.valueAt(n - exceedances);
  const raw: number[] = [smallest];
  const rarity: number[] = [0];
  for (let k = 1; k <= KNOTS; k++) {
    const rank = Math.round(n * (exceedances / n) ** (k / KNOTS));
    const value = order.valueAt(n - rank);
    // Ties: the share at or above a value counts all of its copies, so the first rank that reached it stands.
    if (value <= raw[raw.length - 1]) continue;
    raw.push(value);
    rarity.push(-Math.log10((order.countAtLeast(value) - trimmed) / n));
  }
  const excesses = order.valuesFrom(n - exceedances).map((value) => value - start);
  const floor = Math.max(Math.abs(start), Math.abs(smallest), 1e-3) * 1e-3;
  const tail = trimmed > 0 ? fitCensoredTail(excesses, trimmed, floor) : fitTail(excesses, floor);
  return ok({
    n,
    raw: Float64Array.from(raw),
    rarity: Float64Array.from(rarity),
    tail: doubt > 0 ? heaviestOf(tail, { n: exceedances, doubt, maxShape: MAX_SHAPE }) : tail,
  });
}

/**
 * Rarity of one raw score, 0..cap; NaN stays NaN; +Infinity gives `cap`. A cap above MAX_RARITY (the default) keeps apart, for ranking, what
 * is rarer than any probability that could be meant.
 */
export function rarityOf(calibration: Calibration, score: number, cap = MAX_RARITY): number {
  const { raw, rarity, tail } = calibration;
  if (Number.isNaN(score)) return Number.NaN;
  const last = raw.length - 1;
  if (score >= raw[last]) return Math.min(cap, rarity[last] + tailDecades(tail, score - raw[last]));
  if (score <= raw[0]) return 0;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (raw[middle] <= score) low = middle;
    else high = middle;
  }
  return rarityAt(calibration, low, score);
}

function rarityAt({ raw, rarity }: Calibration, low: number, score: number): number {
  const share = (score - raw[low]) / (raw[low + 1] - raw[low]);
  return rarity[low] + share * (rarity[low + 1] - rarity[low]);
}

/** A calibration with what is needed to look many scores up. Derived: never saved. */
export interface RarityLookup {
  readonly calibration: Calibration;
  readonly knots: Knots;
}

export function createRarityLookup(calibration: Calibration): RarityLookup {
  const { raw } = calibration;
  return { calibration, knots: createKnots(Int32Array.of(0, raw.length), raw) };
}

/**
 * `rarityOf` of scores[from..to) into the same places of `out`, quicker: most scores lie among the quantiles, where halving what is left is one
 * wrong guess after another.
 */
export function lookUpRarities(
  { calibration, knots }: RarityLookup,
  scores: Float32Array,
  out: Float32Array,
  from: number,
  to: number,
): void {
  const { raw } = calibration;
  const [first, last] = [raw[0], raw[raw.length - 1]];
  for (let i = from; i < to; i++) {
    const score = scores[i];
    out[i] =
      score > first && score < last
        ? rarityAt(calibration, findKnot(knots, 0, score), score)
        : rarityOf(calibration, score);
  }
}

/** The smallest raw score whose rarity reaches `target` (0..MAX_RARITY): the inverse of `rarityOf`. */
export function rawAtRarity(calibration: Calibration, target: number): number {
  const { raw, rarity, tail } = calibration;
  const last = raw.length - 1;
  if (target >= rarity[last]) return raw[last] + tailExcess(tail, target - rarity[last]);
  if (target <= 0) return raw[0];
  const high = rarity.findIndex((value) => value >= target);
  const share = (target - rarity[high - 1]) / (rarity[high] - rarity[high - 1]);
  return raw[high - 1] + share * (raw[high] - raw[high - 1]);
}

/** The calibration as plain values; holds at most 65 quantiles, never the reference window. */
export function saveCalibration(calibration: Calibration): PlainData {
  return {
    n: calibration.n,
    raw: calibration.raw.slice(),
    rarity: calibration.rarity.slice(),
    shape: calibration.tail.shape,
    scale: calibration.tail.scale,
  };
}

/** Reads what `saveCalibration` gave, trusting nothing. Errors: bad-model naming the field. */
export function loadCalibration(saved: unknown, path = 'calibration'): Result<Calibration, 'bad-model'> {
  const object = readObject(saved, path, ['n', 'raw', 'rarity', 'shape', 'scale']);
  if (!object.ok) return object;
  const n = readNumber(object.value.n, `${path}.n`, 8, 1e12);
  if (!n.ok) return n;
  const raw = readArray(object.value.raw, `${path}.raw`, Float64Array, { maxLength: 1024 });
  if (!raw.ok) return raw;
  const rarity = readArray(object.value.rarity, `${path}.rarity`, Float64Array, {
    length: raw.value.length,
    min: 0,
    max: MAX_RARITY,
  });
  if (!rarity.ok) return rarity;
  const shape = readNumber(object.value.shape, `${path}.shape`, 0, 1);
  if (!shape.ok) return shape;
  const scale = readNumber(object.value.scale, `${path}.scale`, Number.MIN_VALUE);
  if (!scale.ok) return scale;
  if (raw.value.length === 0) return err('bad-model', `${path}.raw is empty`);
  for (let i = 1; i < raw.value.length; i++) {
    if (!(raw.value[i] > raw.value[i - 1]) || !(rarity.value[i] >= rarity.value[i - 1])) {
      return err('bad-model', `${path} must ascend, got ${raw.value[i]} after ${raw.value[i - 1]} at ${i}`);
    }
  }
  const tail = { shape: shape.value, scale: scale.value };
  return ok({ n: n.value, raw: raw.value, rarity: rarity.value, tail });
}
