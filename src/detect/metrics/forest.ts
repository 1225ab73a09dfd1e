import { err, ok, type Result } from '../../domain/result';
import type { DetectError, DetectorSpec, FittedMetricDetector, MetricDetector } from '../contract';
import { checkFit, varyingColumns } from './fit-checks';
import { addShortening, expectedPaths, normaliseShares } from './forest-explain';
import { type ForestTrees, growForest } from './forest-grow';
import { compileForest, scoreForest } from './forest-kernel';
import { loadForest, MAX_SUBSAMPLE, saveForest } from './forest-saved';
import { tracePaths } from './forest-trace';
import { sumPathsInWasm } from './forest-wasm';

const spec: DetectorSpec = {
  id: 'isolation-forest',
  label: 'Isolation Forest',
  description: 'Random splits isolate what is few and different after a few steps (Liu, Ting, Zhou 2008).',
  params: [
    {
      key: 'trees',
      label: 'Trees',
      unit: '',
      min: 10,
      max: 500,
      default: 100,
      step: 1,
      help: 'More trees give steadier scores and cost time in proportion.',
    },
    {
      key: 'subsample',
      label: 'Rows per tree',
      unit: 'rows',
      min: 8,
      max: MAX_SUBSAMPLE,
      default: 256,
      step: 1,
      help: 'Small subsamples keep anomalies apart from the crowd.',
    },
  ],
};

/** Isolation Forest: raw score 2^(-mean path / c(psi)) in (0, 1]; about 0.5 for the ordinary. Constant columns are never split. */
export const isolationForest: MetricDetector = {
  spec,
  fit(features, options): Result<FittedMetricDetector, DetectError> {
    const params = checkFit(spec, features, options.params);
    if (!params.ok) return params;
    const columns = varyingColumns(features);
    if (columns.length === 0)
      return err('nothing-varies', `all ${features.f} features are constant over ${features.n} rows`);
    const { trees, subsample } = params.value;
    return ok(fittedForest(growForest(features, { columns, trees, subsample, seed: options.seed })));
  },
  load(saved): Result<FittedMetricDetector, DetectError> {
    const forest = loadForest(saved, spec.id);
    return forest.ok ? ok(fittedForest(forest.value)) : forest;
  },
};

function fittedForest(forest: ForestTrees): FittedMetricDetector {
  const kernel = compileForest(forest);
  const expected = expectedPaths(forest, kernel);
  return {
    features: forest.features,
    score: (features, out) => scoreForest(kernel, features, out, sumPathsInWasm),
    explain: (row) => {
      const parts = new Float32Array(forest.features);
      addShortening(kernel, expected, row, parts);
      return normaliseShares(parts);
    },
    tracePaths: (row, names) => tracePaths(forest, row, names),
    save: () => saveForest(forest),
  };
}
