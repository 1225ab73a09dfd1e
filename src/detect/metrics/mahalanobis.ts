import { err, ok, type Result } from '../../domain/result';
import type { DetectError, DetectorSpec, FeatureMatrix, FittedMetricDetector, MetricDetector } from '../contract';
import { readArray, readInteger, readNumber, readObject } from '../read-saved';
import { checkFit, varyingColumns } from './fit-checks';
import { normaliseShares } from './forest-explain';
import {
  createLookup,
  fitGaussianMaps,
  type GaussianMaps,
  gaussianise,
  identityMaps,
  loadGaussianMaps,
  lookUp,
  saveGaussianMaps,
} from './gaussianise';
import { cholesky, invertLower, scatterOf } from './linear-algebra';
import { type Apart, createDistances, type Ellipsoid, squaredLength } from './mahalanobis-kernel';

const spec: DetectorSpec = {
  id: 'mahalanobis',
  label: 'Mahalanobis distance',
  description:
    'Distance from the mean in units of the joint spread: sees magnitude, and features that stop moving together.',
  params: [
    {
      key: 'shrinkage',
      label: 'Shrinkage',
      unit: '',
      min: 0.001,
      max: 1,
      default: 0.05,
      step: 0.001,
      help: 'How far the correlations are pulled towards none. More is steadier on few rows.',
    },
    {
      key: 'trim',
      label: 'Trimmed share',
      unit: '',
      min: 0,
      max: 0.3,
      default: 0.02,
      step: 0.01,
      help: 'The farthest rows of the first fit are left out of the second one, so that a few anomalies do not widen it.',
    },
    {
      key: 'gaussianise',
      label: 'Map to normality',
      unit: '',
      min: 0,
      max: 1,
      default: 1,
      step: 1,
      help: '1: each feature is mapped to a normal distribution first. 0: features count as they are, so that magnitude counts in full.',
    },
    {
      key: 'apart',
      label: 'Weight of each feature by itself',
      unit: '',
      min: 0,
      max: 1,
      default: 0,
      step: 0.1,
      help: '0: the joint distance alone. 1: the distance as if no features moved together. Between: their weighted geometric mean.',
    },
  ],
};

const MAX_FEATURES = 512;
/**
 * Keeps the covariance positive definite where two features are copies of each other, or one is constant. Features are about standard
 * normal, so a thirtieth of a standard deviation.
 */
const RIDGE = 1e-3;

/**
 * Raw score: squared distance over the number of features used (joined with the one of each feature by itself where `apart` is above 0); about 1
 * for the ordinary, without an upper bound.
 */
export const mahalanobis: MetricDetector = {
  spec,
  fit(features, options): Result<FittedMetricDetector, DetectError> {
    const params = checkFit(spec, features, options.params);
    if (!params.ok) return params;
    const varying = Uint16Array.from(varyingColumns(features));
    if (varying.length === 0)
      return err('nothing-varies', `all ${features.f} features are constant over ${features.n} rows`);
    const { shrinkage, trim, gaussianise: mapping, apart: weight } = params.value;
    // A map needs a column that varies; the bare distance has a use for the others: one that leaves its rest is news.
    const columns = mapping >= 0.5 ? varying : Uint16Array.from({ length: features.f }, (_, column) => column);
    const maps = mapping >= 0.5 ? fitGaussianMaps(features, columns) : identityMaps(columns.length);
    const mapped = mapRows(features, columns, maps);
    const all = Uint32Array.from({ length: features.n }, (_, row) => row);
    const first = fitShape(mapped, all, shrinkage);
    if (first === undefined) return err('nothing-varies', 'the covariance of the features is not positive definite');
    const kept = trim > 0 ? nearestRows(mapped, first, Math.max(8, Math.ceil(features.n * (1 - trim)))) : undefined;
    const { mean, whiten, perSd } = (kept && fitShape(mapped, kept, shrinkage)) ?? first;
    const apart = weight > 0 ? { weight, perSd } : undefined;
    return ok(fitted({ features: features.f, columns, maps, mean, whiten, apart }));
  },
  load: loadEllipsoid,
};

interface Shape {
  readonly mean: Float64Array;
  readonly whiten: Float64Array;
  readonly perSd: Float64Array;
}

/** Rows of the used columns only, mapped to normality: row-major, n x k. */
interface MappedRows {
  readonly n: number;
  readonly k: number;
  readonly data: Float64Array;
}

function mapRows({ n, f, data }: FeatureMatrix, columns: Uint16Array, maps: GaussianMaps): MappedRows {
  const k = columns.length;
  const mapped = new Float64Array(n * k);
  const lookup = createLookup(maps);
  for (let row = 0; row < n; row++) {
    for (let c = 0; c < k; c++) mapped[row * k + c] = lookUp(lookup, c, data[row * f + columns[c]]);
  }
  return { n, k, data: mapped };
}

function fitShape({ k, data }: MappedRows, rows: Uint32Array, shrinkage: number): Shape | undefined {
  const mean = new Float64Array(k);
  for (let r = 0; r < rows.length; r++) {
    const at = rows[r] * k;
    for (let j = 0; j < k; j++) mean[j] += data[at + j] / rows.length;
  }
  const covariance = scatterOf(data, k, rows, mean);
  // Few rows for many features make correlations up: pulled towards none by at least k / n (Ledoit and Wolf 2004, in spirit).
  const pull = Math.min(1, Math.max(shrinkage, k / rows.length));
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) {
      covariance[i * k + j] *= (1 - pull) / rows.length;
      covariance[j * k + i] = covariance[i * k + j];
    }
    covariance[i * k + i] = covariance[i * k + i] / rows.length + RIDGE;
  }
  const perSd = Float64Array.from({ length: k }, (_, i) => 1 / Math.sqrt(covariance[i * k + i]));
  const l = cholesky(covariance, k);
  return l && { mean, whiten: invertLower(l, k), perSd };
}

/** The `count` rows nearest to the mean (more where distances are equal). */
function nearestRows({ n, k, data }: MappedRows, shape: Shape, count: number): Uint32Array {
  const centred = new Float64Array(k);
  const distances = Float64Array.from({ length: n }, (_, row) => {
    for (let j = 0; j < k; j++) centred[j] = data[row * k + j] - shape.mean[j];
    return squaredLength(shape.whiten, centred);
  });
  const limit = distances.slice().sort()[Math.min(n, count) - 1];
  return Uint32Array.from({ length: n }, (_, row) => row).filter((row) => distances[row] <= limit);
}

/** Each feature's part v_j (S^-1 v)_j of the squared distance; a negative part (explained by the others) counts as none. */
function explainRow({ features, columns, maps, mean, whiten }: Ellipsoid, row: Float32Array): Float32Array {
  const k = columns.length;
  const parts = new Float32Array(features);
  const v = new Float64Array(k);
  for (let c = 0; c < k; c++) v[c] = gaussianise(maps, c, row[columns[c]]) - mean[c];
  const inverse = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    let sum = 0;
    const at = i * k;
    for (let j = 0; j <= i; j++) sum += whiten[at + j] * v[j];
    for (let j = 0; j <= i; j++) inverse[j] += whiten[at + j] * sum;
  }
  for (let j = 0; j < k; j++) parts[columns[j]] = v[j] * inverse[j];
  return normaliseShares(parts);
}

function fitted(ellipsoid: Ellipsoid): FittedMetricDetector {
  const { features, columns, maps, mean, whiten, apart } = ellipsoid;
  return {
    features,
    score: createDistances(ellipsoid),
    explain: (row) => explainRow(ellipsoid, row),
    save: () => ({
      features,
      columns: columns.slice(),
      maps: saveGaussianMaps(maps),
      mean: mean.slice(),
      whiten: whiten.slice(),
      ...(apart ? { apart: apart.weight, perSd: apart.perSd.slice() } : {}),
    }),
  };
}

const KEYS = ['features', 'columns', 'maps', 'mean', 'whiten'];
/** Only where the distance apart has a weight. */
const APART_KEYS = ['apart', 'perSd'];

function loadEllipsoid(saved: unknown): Result<FittedMetricDetector, DetectError> {
  const hasApart = typeof saved === 'object' && saved !== null && 'apart' in saved;
  const object = readObject(saved, spec.id, [...KEYS, ...(hasApart ? APART_KEYS : [])]);
  if (!object.ok) return object;
  const features = readInteger(object.value.features, `${spec.id}.features`, 1, MAX_FEATURES);
  if (!features.ok) return features;
  const columns = readArray(object.value.columns, `${spec.id}.columns`, Uint16Array, {
    maxLength: features.value,
    max: features.value - 1,
  });
  if (!columns.ok) return columns;
  const k = columns.value.length;
  if (k === 0) return err('bad-model', `${spec.id}.columns is empty`);
  for (let j = 1; j < k; j++) {
    if (columns.value[j] <= columns.value[j - 1]) {
      return err('bad-model', `${spec.id}.columns must ascend, got ${columns.value[j]} at ${j}`);
    }
  }
  const maps = loadGaussianMaps(object.value.maps, k, `${spec.id}.maps`);
  if (!maps.ok) return maps;
  const mean = readArray(object.value.mean, `${spec.id}.mean`, Float64Array, { length: k, min: -1e6, max: 1e6 });
  if (!mean.ok) return mean;
  const whiten = readArray(object.value.whiten, `${spec.id}.whiten`, Float64Array, {
    length: k * k,
    min: -1e6,
    max: 1e6,
  });
  if (!whiten.ok) return whiten;
  const apart = hasApart ? loadApart(object.value, k) : ok(undefined);
  if (!apart.ok) return apart;
  const shape = { mean: mean.value, whiten: whiten.value, apart: apart.value };
  return ok(fitted({ features: features.value, columns: columns.value, maps: maps.value, ...shape }));
}

function loadApart(saved: Readonly<Record<string, unknown>>, k: number): Result<Apart, 'bad-model'> {
  const weight = readNumber(saved.apart, `${spec.id}.apart`, Number.MIN_VALUE, 1);
  if (!weight.ok) return weight;
  const perSd = readArray(saved.perSd, `${spec.id}.perSd`, Float64Array, { length: k, min: 0, max: 1e6 });
  return perSd.ok ? ok({ weight: weight.value, perSd: perSd.value }) : perSd;
}
