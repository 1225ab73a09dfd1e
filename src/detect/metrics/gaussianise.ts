import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import type { FeatureMatrix } from '../contract';
import { createKnots, findKnot, type Knots } from '../knots';
import { readArray, readObject } from '../read-saved';

/**
 * Monotone maps, one per column, after which each column is about standard normal: piecewise linear through quantiles of the
 * training rows, straight on beyond the outermost ones. A column that jumps now and then by nature (a garbage collection) gets a long tail and
 * does not deafen the distance to the other columns.
 * Column c has the knots starts[c]..starts[c + 1): x in the feature's unit ascending, g in standard deviations ascending.
 */
export interface GaussianMaps {
  readonly starts: Int32Array;
  readonly x: Float64Array;
  readonly g: Float64Array;
}

/** Knots lie so far apart, in standard deviations, out to where fewer than MIN_TAIL_ROWS rows are left. */
const KNOT_STEP = 0.25;
const MIN_TAIL_ROWS = 5;
const MAX_KNOTS = 64;

/** Standard normal distribution function; absolute error under 1e-7 (Abramowitz and Stegun 1964, 26.2.17). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? 1 - upper : upper;
}

/** What a standard normal value exceeds with this probability, (0, 0.5]; absolute error under 4.5e-4 (Abramowitz and Stegun 1964, 26.2.23). 0.5 gives 0. */
export function normalExceeded(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return Math.max(0, t - above / below);
}

/** Fits the maps of some columns, each of which varies over the rows. */
export function fitGaussianMaps({ n, f, data }: FeatureMatrix, columns: Uint16Array): GaussianMaps {
  const starts = [0];
  const x: number[] = [];
  const g: number[] = [];
  for (const column of columns) {
    const sorted = Float32Array.from({ length: n }, (_, row) => data[row * f + column]).sort();
    addKnots(sorted, x, g);
    starts.push(x.length);
  }
  return { starts: Int32Array.from(starts), x: Float64Array.from(x), g: Float64Array.from(g) };
}

/** Quantiles of one column. Ties share the middle of their ranks; the outer slopes are never steeper than the middle one. */
function addKnots(sorted: Float32Array, x: number[], g: number[]): void {
  const n = sorted.length;
  const first = x.length;
  const spread =
    Math.max(quantile(sorted, 0.84) - quantile(sorted, 0.16), 1e-6 * Math.abs(sorted[n - 1] - sorted[0]), 1e-9) / 2;
  for (let z = -4; z <= 4; z += KNOT_STEP) {
    const share = normalShare(z);
    if (z !== 0 && n * Math.min(share, 1 - share) < MIN_TAIL_ROWS) continue;
    const value = quantile(sorted, share);
    // A run of equal values maps to one point; the next different value goes on from there.
    if (x.length > first && value <= x[x.length - 1] + 1e-9 * spread) {
      if (Math.abs(z) < Math.abs(g[g.length - 1])) g[g.length - 1] = z;
      continue;
    }
    x.push(value);
    g.push(z);
  }
  const last = x.length - 1;
  const below = last > first ? (g[first + 1] - g[first]) / (x[first + 1] - x[first]) : 1 / spread;
  const above = last > first ? (g[last] - g[last - 1]) / (x[last] - x[last - 1]) : 1 / spread;
  const left = Math.min(below, 1 / spread);
  const right = Math.min(above, 1 / spread);
  x.splice(first, 0, x[first] - 1 / left);
  g.splice(first, 0, g[first] - 1);
  x.push(x[x.length - 1] + 1 / right);
  g.push(g[g.length - 1] + 1);
}

function quantile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** The map of column c (its position among the fitted columns) at one value. Finite for finite values. */
export function gaussianise({ starts, x, g }: GaussianMaps, c: number, value: number): number {
  let low = starts[c];
  let high = starts[c + 1] - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  return g[low] + ((value - x[low]) * (g[high] - g[low])) / (x[high] - x[low]);
}

/** Maps with what is needed to look values up quickly. Derived: never saved. */
export interface MapLookup {
  readonly maps: GaussianMaps;
  readonly knots: Knots;
}

export function createLookup(maps: GaussianMaps): MapLookup {
  return { maps, knots: createKnots(maps.starts, maps.x) };
}

/** `gaussianise` to the bit, several times as fast. */
export function lookUp({ maps, knots }: MapLookup, c: number, value: number): number {
  const { x, g } = maps;
  const low = findKnot(knots, c, value);
  return g[low] + ((value - x[low]) * (g[low + 1] - g[low])) / (x[low + 1] - x[low]);
}

/** Maps that change nothing, for so many columns. */
export function identityMaps(columns: number): GaussianMaps {
  return {
    starts: Int32Array.from({ length: columns + 1 }, (_, c) => 2 * c),
    x: Float64Array.from({ length: 2 * columns }, (_, k) => (k % 2 === 0 ? -1 : 1)),
    g: Float64Array.from({ length: 2 * columns }, (_, k) => (k % 2 === 0 ? -1 : 1)),
  };
}

/** The maps as plain values: quantiles only. */
export function saveGaussianMaps(maps: GaussianMaps): PlainData {
  return { starts: maps.starts.slice(), x: maps.x.slice(), g: maps.g.slice() };
}

/** Reads what `saveGaussianMaps` gave for `columns` columns. Errors: bad-model naming the field. */
export function loadGaussianMaps(saved: unknown, columns: number, path: string): Result<GaussianMaps, 'bad-model'> {
  const object = readObject(saved, path, ['starts', 'x', 'g']);
  if (!object.ok) return object;
  const starts = readArray(object.value.starts, `${path}.starts`, Int32Array, { length: columns + 1, min: 0 });
  if (!starts.ok) return starts;
  const length = starts.value[columns];
  if (starts.value[0] !== 0 || length > columns * MAX_KNOTS) return err('bad-model', `${path}.starts must run from 0`);
  const x = readArray(object.value.x, `${path}.x`, Float64Array, { length, min: -1e12, max: 1e12 });
  if (!x.ok) return x;
  const g = readArray(object.value.g, `${path}.g`, Float64Array, { length, min: -100, max: 100 });
  if (!g.ok) return g;
  for (let c = 0; c < columns; c++) {
    const [from, to] = [starts.value[c], starts.value[c + 1]];
    if (to - from < 2) return err('bad-model', `${path}: column ${c} needs at least 2 knots, got ${to - from}`);
    for (let k = from + 1; k < to; k++) {
      if (!(x.value[k] - x.value[k - 1] > 1e-12) || g.value[k] < g.value[k - 1]) {
        return err('bad-model', `${path} must ascend, got ${x.value[k]} after ${x.value[k - 1]} in column ${c}`);
      }
    }
  }
  return ok({ starts: starts.value, x: x.value, g: g.value });
}
