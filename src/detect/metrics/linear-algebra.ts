/**
 * Lower Cholesky factor L (row-major, f x f, upper part 0) of a symmetric positive definite matrix: L L' = a.
 * undefined when the matrix is not positive definite.
 */
export function cholesky(a: Float64Array, f: number): Float64Array | undefined {
  const l = new Float64Array(f * f);
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

/** Inverse of a lower triangular matrix with a positive diagonal, itself lower triangular. */
export function invertLower(l: Float64Array, f: number): Float64Array {
  const inverse = new Float64Array(f * f);
  for (let column = 0; column < f; column++) {
    for (let i = column; i < f; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= l[i * f + k] * inverse[k * f + column];
      inverse[i * f + column] = sum / l[i * f + i];
    }
  }
  return inverse;
}
