const { fround } = Math;

/** Keeps the logarithm of an output of exactly 0 or 1 finite; float32 has steps of 6e-8 below 1. */
const LOG_FLOOR = fround(1e-6);
const ONE_AND_FLOOR = fround(1 + 1e-6);

/** In place: rows of `bias.length` sums become relu(sum + bias). */
export function ascend(sums: Float32Array, bias: Float32Array): void {
  const units = bias.length;
  for (let from = 0; from < sums.length; from += units) {
    for (let j = 0; j < units; j++) sums[from + j] = Math.max(0, fround(sums[from + j] + bias[j]));
  }
}

/** In place: an error does not reach back through a unit that gave nothing. given: what the units gave, same shape. */
export function maskDead(error: Float32Array, given: Float32Array): void {
  for (let i = 0; i < error.length; i++) if (!(given[i] > 0)) error[i] = 0;
}

/** Sums of the columns of n rows of `units` values, row-major, added in float32 from the first row on. */
export function columnSums(values: Float32Array, n: number, units: number): Float32Array {
  const sums = new Float32Array(units);
  for (let row = 0; row < n; row++) for (let j = 0; j < units; j++) sums[j] += values[row * units + j];
  return sums;
}

/**
 * Mean binary cross-entropy, wanted and given in [0, 1], same length. It learns slots of 0 and 1 in a third of the steps that the squared error needs, whose
 * gradient dies with the sigmoid. Degenerate: no values: NaN.
 */
export function crossEntropy(wanted: Float32Array, given: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < wanted.length; i++) {
    sum += wanted[i] * Math.log(given[i] + LOG_FLOOR) + (1 - wanted[i]) * Math.log(ONE_AND_FLOOR - given[i]);
  }
  return -sum / wanted.length;
}

/**
 * The derivative of `crossEntropy` by what went into the sigmoid that gave `given`. Every step is rounded to float32, in the order in which
 * TensorFlow takes them.
 */
export function errorAtOutput(wanted: Float32Array, given: Float32Array): Float32Array {
  const error = new Float32Array(wanted.length);
  const share = fround(-1 / wanted.length);
  for (let i = 0; i < error.length; i++) {
    const w = wanted[i];
    const g = given[i];
    const absent = fround(fround(share * fround(1 - w)) / fround(ONE_AND_FLOOR - g));
    const present = fround(fround(share * w) / fround(g + LOG_FLOOR));
    error[i] = fround(present - absent) * fround(g * fround(1 - g));
  }
  return error;
}
