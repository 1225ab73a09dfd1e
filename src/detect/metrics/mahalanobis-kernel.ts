import type { FeatureMatrix } from '../contract';
import { createLookup, type GaussianMaps, lookUp } from './gaussianise';
import { BLOCK_ROWS, readDistances } from './mahalanobis-wasm';

/** Columns used, their maps to normality, the mean after it, and W = L^-1, so that the squared distance is |W (g(x) - mean)|^2. */
export interface Ellipsoid {
  readonly features: number;
  readonly columns: Uint16Array;
  readonly maps: GaussianMaps;
  readonly mean: Float64Array;
  /** k x k, row-major, lower triangular. */
  readonly whiten: Float64Array;
  readonly apart: Apart | undefined;
}

/**
 * The distance with all correlations left out, and how much it weighs, in (0, 1], in the geometric mean with the joint one. The joint one
 * sees what stopped moving together, and makes as much of a feature that hardly ever varied; the other one sees how far how many features are.
 */
export interface Apart {
  readonly weight: number;
  /** One over each column's own standard deviation. */
  readonly perSd: Float64Array;
}

/** Rows that go through the triangle together: each sum waits for its last addition, four of them at once hide the wait. */
const LANES = 4;
const LARGEST = 3e38;

/**
 * A function that writes the squared distance of n rows (joined with the one apart), over the number of columns used, into out[0..n). Finite
 * for finite rows. A row's distance does not depend on the rows beside it, to the bit. In WebAssembly where the host has it and nothing is joined.
 */
export function createDistances(ellipsoid: Ellipsoid): (rows: FeatureMatrix, out: Float32Array) => void {
  const inJs = createDistancesInJs(ellipsoid);
  if (ellipsoid.apart) return inJs;
  const k = ellipsoid.columns.length;
  return (rows, out) => {
    for (let from = 0; from < rows.n; from += BLOCK_ROWS) {
      const to = Math.min(rows.n, from + BLOCK_ROWS);
      const lengths = readDistances(ellipsoid, rows, from, to);
      if (lengths === undefined) {
        inJs(rows, out);
        return;
      }
      for (let row = from; row < to; row++) out[row] = Math.min(lengths[row - from] / k, LARGEST);
    }
  };
}

/** The same in JavaScript: what runs everywhere, and what any other must equal to the bit. */
export function createDistancesInJs(ellipsoid: Ellipsoid): (rows: FeatureMatrix, out: Float32Array) => void {
  const { columns, mean, whiten, apart } = ellipsoid;
  const lookup = createLookup(ellipsoid.maps);
  const k = columns.length;
  /** Centred values of four rows, column by column. */
  const v = new Float64Array(k * LANES);
  const lengths = new Float64Array(LANES);
  const single = v.subarray(0, k);
  return ({ n, f, data }, out) => {
    for (let from = 0; from < n; from += LANES) {
      if (n - from === 1) {
        for (let c = 0; c < k; c++) single[c] = lookUp(lookup, c, data[from * f + columns[c]]) - mean[c];
        const joint = squaredLength(whiten, single);
        out[from] = Math.min((apart ? joinApart(apart, joint, single) : joint) / k, LARGEST);
        break;
      }
      // Two or three rows at the end: the last one is repeated.
      for (let lane = 0; lane < LANES; lane++) {
        const at = Math.min(from + lane, n - 1) * f;
        for (let c = 0; c < k; c++) v[c * LANES + lane] = lookUp(lookup, c, data[at + columns[c]]) - mean[c];
      }
      squaredLengths(whiten, v, lengths);
      if (apart)
        for (let lane = 0; lane < LANES; lane++) lengths[lane] = joinApart(apart, lengths[lane], v, lane, LANES);
      const to = Math.min(n, from + LANES);
      for (let row = from; row < to; row++) out[row] = Math.min(lengths[row - from] / k, LARGEST);
    }
  };
}

/** |W v|^2 for a lower triangular W. Four of its rows go together, for the same reason. */
export function squaredLength(whiten: Float64Array, v: Float64Array): number {
  const k = v.length;
  let length = 0;
  let i = 0;
  for (; i + 3 < k; i += 4) {
    const a = i * k;
    const b = a + k;
    const c = b + k;
    const d = c + k;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let j = 0; j <= i; j++) {
      const x = v[j];
      p += whiten[a + j] * x;
      q += whiten[b + j] * x;
      r += whiten[c + j] * x;
      s += whiten[d + j] * x;
    }
    q += whiten[b + i + 1] * v[i + 1];
    r += whiten[c + i + 1] * v[i + 1];
    s += whiten[d + i + 1] * v[i + 1];
    r += whiten[c + i + 2] * v[i + 2];
    s += whiten[d + i + 2] * v[i + 2];
    s += whiten[d + i + 3] * v[i + 3];
    length += p * p;
    length += q * q;
    length += r * r;
    length += s * s;
  }
  for (; i < k; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += whiten[i * k + j] * v[j];
    length += sum * sum;
  }
  return length;
}

/** |W v|^2 of each of four vectors that lie side by side, for a lower triangular W. */
function squaredLengths(whiten: Float64Array, v: Float64Array, out: Float64Array): void {
  const k = v.length / LANES;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < k; i++) {
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    const at = i * k;
    for (let j = 0; j <= i; j++) {
      const w = whiten[at + j];
      const x = j * LANES;
      p += w * v[x];
      q += w * v[x + 1];
      r += w * v[x + 2];
      s += w * v[x + 3];
    }
    a += p * p;
    b += q * q;
    c += r * r;
    d += s * s;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** The weighted geometric mean of a joint distance and the distance apart of values that stand `stride` places apart from `from` on. */
function joinApart({ weight, perSd }: Apart, joint: number, v: Float64Array, from = 0, stride = 1): number {
  let sum = 0;
  for (let c = 0; c < perSd.length; c++) sum += (perSd[c] * v[c * stride + from]) ** 2;
  return joint ** (1 - weight) * sum ** weight;
}
