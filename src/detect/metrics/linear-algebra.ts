/**
 * Lower Cholesky factor L (row-major, f x f, upper part 0) of a symmetric positive definite matrix: L L' = a.
 * undefined when the matrix is not positive definite. `l`: what it is written into, its upper part 0.
 */
export function cholesky(
  a: Float64Array,
  f: number,
  l: Float64Array = new Float64Array(f * f),
): Float64Array | undefined {
  for (let i = 0; i < f; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * f + j];
      for (let k = 0; k < j; k++) sum -= l[i * f + k] * l[j * f + k];
      if (i === j) {
        if (!(sum > 0)) return undefined;
        l[i * f + i] = Math.sqrt(sum);
      } else {
        l[i * f + j] = sum / l[j * f + j];
      }
    }
  }
  return l;
}

/** Inverse of a lower triangular matrix with a positive diagonal, itself lower triangular. `inverse`: as `l` of `cholesky`. */
export function invertLower(l: Float64Array, f: number, inverse: Float64Array = new Float64Array(f * f)): Float64Array {
  for (let column = 0; column < f; column++) {
    for (let i = column; i < f; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= l[i * f + k] * inverse[k * f + column];
      inverse[i * f + column] = sum / l[i * f + i];
    }
  }
  return inverse;
}

/** Rows that stay in the cache while all pairs of columns go over them. */
const CHUNK_ROWS = 64;

/**
 * Sum of (x - mean)(x - mean)' over some rows of k columns each (data row-major), as a k x k matrix of which only the lower triangle counts.
 * Each entry is added up row by row in the order given, so the result is to the bit that of the plain loop; blocks of 2 x 4 entries are
 * held in registers, which takes a third of its time. No rows give zeros.
 */
export function scatterOf(data: Float64Array, k: number, rows: Uint32Array, mean: Float64Array): Float64Array {
  const wide = Math.ceil(k / 4) * 4;
  const sums = new Float64Array(wide * wide);
  /** Centred values, column after column; the columns that fill up the last block stay 0. */
  const chunk = new Float64Array(wide * CHUNK_ROWS);
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows.length - from);
    for (let r = 0; r < count; r++) {
      const at = rows[from + r] * k;
      for (let j = 0; j < k; j++) chunk[j * CHUNK_ROWS + r] = data[at + j] - mean[j];
    }
    for (let i = 0; i < wide; i += 2) for (let j = 0; j <= i + 1; j += 4) addBlock(sums, wide, chunk, count, i, j);
  }
  const scatter = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) scatter[i * k + j] = sums[i * wide + j];
  return scatter;
}

/** Adds the products of columns i and i + 1 with columns j to j + 3 over `count` rows of a chunk. */
function addBlock(sums: Float64Array, wide: number, chunk: Float64Array, count: number, i: number, j: number): void {
  const first = i * wide + j;
  const second = first + wide;
  let a = sums[first];
  let b = sums[first + 1];
  let c = sums[first + 2];
  let d = sums[first + 3];
  let e = sums[second];
  let f = sums[second + 1];
  let g = sums[second + 2];
  let h = sums[second + 3];
  const u = i * CHUNK_ROWS;
  const v = j * CHUNK_ROWS;
  for (let r = 0; r < count; r++) {
    const x = chunk[u + r];
    const y = chunk[u + CHUNK_ROWS + r];
    const p = chunk[v + r];
    const q = chunk[v + CHUNK_ROWS + r];
    const s = chunk[v + 2 * CHUNK_ROWS + r];
    const t = chunk[v + 3 * CHUNK_ROWS + r];
    a += x * p;
    b += x * q;
    c += x * s;
    d += x * t;
    e += y * p;
    f += y * q;
    g += y * s;
    h += y * t;
  }
  sums[first] = a;
  sums[first + 1] = b;
  sums[first + 2] = c;
  sums[first + 3] = d;
  sums[second] = e;
  sums[second + 1] = f;
  sums[second + 2] = g;
  sums[second + 3] = h;
}
