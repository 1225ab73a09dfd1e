import { cholesky, invertLower } from './linear-algebra';

/** Weight of no correlation at all: keeps metrics that always moved alike from being told apart by their rounding. */
const APART = 0.05;

/**
 * How a device's metrics go together: what each is expected to be from the others. `inverse`: of the correlation matrix, m x m; `deviation`: of
 * each metric, in its unit, > 0; `left`: of what the others leave unexplained of it. Used again for the next device: nothing is allocated for a look.
 */
export interface Relation {
  readonly inverse: Float64Array;
  readonly deviation: Float64Array;
  readonly left: Float64Array;
  /** What it is worked out in: m x m each. */
  readonly work: readonly [Float64Array, Float64Array, Float64Array];
}

/** Room for the relation of m metrics. */
export function createRelation(m: number): Relation {
  const square = (): Float64Array => new Float64Array(m * m);
  const [deviation, left] = [new Float64Array(m), new Float64Array(m)];
  return { inverse: square(), deviation, left, work: [square(), square(), square()] };
}

/** Correlations of the covariance matrix at cov[at..at + m * m), given each metric's deviation, into out (m x m). */
export function readCorrelations(cov: Float64Array, at: number, deviation: Float64Array, out: Float64Array): void {
  const m = deviation.length;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) out[i * m + j] = cov[at + i * m + j] / (deviation[i] * deviation[j]);
  }
}

/**
 * Works out the relation of correlations (m x m; its diagonal is taken as 1) and of the deviations that stand in it. False when no covariance is like
 * that; the relation then means nothing.
 */
export function relate(relation: Relation, correlations: Float64Array): boolean {
  const { inverse, deviation, left, work } = relation;
  const [softened, lower, l] = work;
  const m = deviation.length;
  for (let i = 0; i < m * m; i++) softened[i] = i % (m + 1) === 0 ? 1 : (1 - APART) * correlations[i];
  if (!cholesky(softened, m, lower)) return false;
  invertLower(lower, m, l);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < m; k++) sum += l[k * m + i] * l[k * m + j];
      inverse[i * m + j] = sum;
      inverse[j * m + i] = sum;
    }
    left[i] = deviation[i] / Math.sqrt(inverse[i * (m + 1)]);
  }
  return true;
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
