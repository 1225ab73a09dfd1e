import { err, ok, type Result } from '../../domain/result';
import type { DetectError, DetectorSpec, FittedMetricDetector, MetricDetector } from '../contract';
import { readArray, readObject } from '../read-saved';
import { checkFit, varyingColumns } from './fit-checks';
import { normaliseShares } from './forest-explain';
import { medianOf, NORMAL_MAD } from './robust';

const spec: DetectorSpec = {
  id: 'robust-z',
  label: 'Largest robust z',
  description: 'The largest departure of any one feature from its median, in robust standard deviations.',
  params: [],
};

interface Centres {
  readonly centre: Float64Array;
  /** One over the robust standard deviation; 0 for a constant column: it never speaks. */
  readonly perSd: Float64Array;
}

/** The simplest detector: raw score = largest |z| over the features, >= 0. */
export const robustZ: MetricDetector = {
  spec,
  fit(features, options): Result<FittedMetricDetector, DetectError> {
    const params = checkFit(spec, features, options.params);
    if (!params.ok) return params;
    const columns = varyingColumns(features);
    if (columns.length === 0)
      return err('nothing-varies', `all ${features.f} features are constant over ${features.n} rows`);
    const { n, f, data } = features;
    const centre = new Float64Array(f);
    const perSd = new Float64Array(f);
    for (const column of columns) {
      const values = Float64Array.from({ length: n }, (_, row) => data[row * f + column]);
      centre[column] = medianOf(values);
      const departures = values.map((value) => Math.abs(value - centre[column]));
      const mean = departures.reduce((sum, value) => sum + value / n, 0);
      // More than half of the values equal makes the MAD 0 although the column varies: the mean departure stands in.
      perSd[column] = 1 / Math.max(NORMAL_MAD * medianOf(departures), mean, 1e-6 * Math.abs(centre[column]), 1e-9);
    }
    return ok(fitted({ centre, perSd }));
  },
  load(saved): Result<FittedMetricDetector, DetectError> {
    const object = readObject(saved, spec.id, ['centre', 'perSd']);
    if (!object.ok) return object;
    const centre = readArray(object.value.centre, `${spec.id}.centre`, Float64Array, {
      maxLength: 512,
      min: -1e38,
      max: 1e38,
    });
    if (!centre.ok) return centre;
    const length = centre.value.length;
    if (length === 0) return err('bad-model', `${spec.id}.centre is empty`);
    const perSd = readArray(object.value.perSd, `${spec.id}.perSd`, Float64Array, { length, min: 0, max: 1e12 });
    return perSd.ok ? ok(fitted({ centre: centre.value, perSd: perSd.value })) : perSd;
  },
};

function fitted({ centre, perSd }: Centres): FittedMetricDetector {
  const f = centre.length;
  return {
    features: f,
    score: ({ n, data }, out) => {
      for (let row = 0; row < n; row++) {
        let largest = 0;
        for (let j = 0; j < f; j++) largest = Math.max(largest, Math.abs(data[row * f + j] - centre[j]) * perSd[j]);
        out[row] = Math.min(largest, 3e38);
      }
    },
    explain: (row) => normaliseShares(Float32Array.from(row, (value, j) => Math.abs(value - centre[j]) * perSd[j])),
    save: () => ({ centre: centre.slice(), perSd: perSd.slice() }),
  };
}
