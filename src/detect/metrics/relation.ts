import { cholesky, invertLower } from './linear-algebra';

/** Weight of no correlation at all: keeps metrics that always moved alike from being told apart by their rounding. */
const APART = 0.05;

/**
 * How a device's metrics go together: what each is expected to be from the others. `inverse`: of the correlation matrix, m x m; `deviation`: of
 * each metric, in its unit, > 0.
 */
export interface Relation {
  readonly inverse: Float64Array;
  readonly deviation: Float64Array;
}

/** Correlations of the covariance matrix at cov[at..at + m * m), given each metric's deviation. */
export function correlationsOf(cov: Float64Array, at: number, deviation: Float64Array): Float64Array {
  const m = deviation.length;
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) out[i * m + j] = cov[at + i * m + j] / (deviation[i] * deviation[j]);
  }
  return out;
}

/** The relation of correlations (m x m; its diagonal is taken as 1) and deviations; undefined when no covariance is like that. */
export function relate(correlations: Float64Array, deviation: Float64Array): Relation | undefined {
  const m = deviation.length;
  const softened = correlations.map((value, i) => (i % (m + 1) === 0 ? 1 : (1 - APART) * value));
  const lower = cholesky(softened, m);
  if (!lower) return undefined;
  const inverse = new Float64Array(m * m);
  const l = invertLower(lower, m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let k = Math.max(i, j); k < m; k++) inverse[i * m + j] += l[k * m + i] * l[k * m + j];
    }
  }
  return { inverse, deviation };
}

/**
 * Departures (m values in the metrics' units) less what the other metrics' departures let expect, into `out`: the regression of each metric on all
 * others. A load that moves all of them as usual leaves next to nothing.
 */
export function leaveUnexplained({ inverse, deviation }: Relation, departures: Float64Array, out: Float64Array): void {
  const m = deviation.length;
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += (inverse[i * m + j] * departures[j]) / deviation[j];
    out[i] = (sum * deviation[i]) / inverse[i * (m + 1)];
  }
}

/** Standard deviation of what is left of a metric, in its unit. */
export function unexplainedDeviation({ inverse, deviation }: Relation, metric: number): number {
  return deviation[metric] / Math.sqrt(inverse[metric * (deviation.length + 1)]);
}
