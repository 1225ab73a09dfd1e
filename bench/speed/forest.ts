import type { FeatureMatrix } from '../../src/detect/contract';
import { type ForestTrees, growForest } from '../../src/detect/metrics/forest-grow';
import {
  compileForest,
  meanPathLength,
  type PathSummer,
  scoreForest,
  sumPathsInJs,
} from '../../src/detect/metrics/forest-kernel';
import { hasWasmKernel, sumPathsInWasm } from '../../src/detect/metrics/forest-wasm';
import { createRandom } from '../../src/domain/random';
import { type Clock, type Figure, medianOf, secondsOf } from './figures';

/** Trees and rows of a tree, as everywhere. */
const TREES = 100;
const SUBSAMPLE = 256;
const TRAINED_ON = 5000;
/** Rows that are compared with the reference in double precision. */
const CHECKED_ROWS = 20_000;

export interface ForestRound {
  readonly n: number;
  readonly f: number;
  readonly rounds: number;
  readonly where: string;
  readonly clock: Clock;
  /** Called once a round: gives the seconds of a peer on the same rows, if there is one. */
  readonly peer?: (() => Promise<number>) | undefined;
}

/** n rows of f standard normal features: always the same. */
export function speedRows(n: number, f: number): FeatureMatrix {
  const random = createRandom(1, 'speed rows');
  const data = new Float32Array(n * f);
  for (let i = 0; i < data.length; i++) data[i] = random.normal();
  return { n, f, data };
}

/** The forest that scores them. */
export function speedForest({ n, f, data }: FeatureMatrix): ForestTrees {
  const columns = Array.from({ length: f }, (_, column) => column);
  return growForest({ n: Math.min(n, TRAINED_ON), f, data }, { columns, trees: TREES, subsample: SUBSAMPLE, seed: 1 });
}

/** Scores the rows with both kernels, round by round. Errors as exceptions: kernels that differ are no benchmark. */
export async function measureForest(
  rows: FeatureMatrix,
  { n, f, rounds, where, clock, peer }: ForestRound,
): Promise<Figure[]> {
  const forest = speedForest(rows);
  const kernel = compileForest(forest);
  const score = (sum: PathSummer, out: Float32Array, from: FeatureMatrix): void => scoreForest(kernel, from, out, sum);
  const inJs = new Float32Array(n);
  const inWasm = new Float32Array(n);
  const warm = { n: Math.min(n, CHECKED_ROWS), f, data: rows.data };
  score(sumPathsInJs, inJs, warm);
  score(sumPathsInWasm, inWasm, warm);
  const seconds: { readonly js: number[]; readonly wasm: number[]; readonly peer: number[] } = {
    js: [],
    wasm: [],
    peer: [],
  };
  for (let round = 0; round < rounds; round++) {
    seconds.js.push(secondsOf(clock, () => score(sumPathsInJs, inJs, rows)));
    seconds.wasm.push(secondsOf(clock, () => score(sumPathsInWasm, inWasm, rows)));
    if (peer) seconds.peer.push(await peer());
  }
  const differing = inJs.findIndex((value, row) => value !== inWasm[row]);
  if (differing >= 0)
    throw new Error(`row ${differing}: JavaScript ${inJs[differing]}, WebAssembly ${inWasm[differing]}`);
  const what = (name: string): string => `forest, ${f} features: ${name}`;
  const [js, wasm] = [medianOf(seconds.js), medianOf(seconds.wasm)];
  const figures: Figure[] = [
    { where, what: what('JavaScript'), value: n / js, unit: 'rows/s' },
    { where, what: what('WebAssembly'), value: hasWasmKernel() ? n / wasm : Number.NaN, unit: 'rows/s' },
    { where, what: what('WebAssembly, node visits'), value: (n * TREES * kernel.depth) / wasm / 1e6, unit: 'M/s' },
    {
      where,
      what: what('largest difference from float64'),
      value: worstDifference(forest, warm, inJs),
      unit: '',
      target: { kind: 'at most', value: 1e-6 },
    },
  ];
  if (peer) {
    const sklearn = medianOf(seconds.peer);
    figures.push(
      { where, what: what('scikit-learn'), value: n / sklearn, unit: 'rows/s' },
      {
        where,
        what: what('JavaScript over scikit-learn'),
        value: sklearn / js,
        unit: 'x',
        target: { kind: 'at least', value: 10 },
      },
      {
        where,
        what: what('WebAssembly over scikit-learn'),
        value: sklearn / wasm,
        unit: 'x',
        target: { kind: 'at least', value: 30 },
      },
    );
  }
  return figures;
}

/** Largest absolute difference between scores and the formula of the paper in double precision, node by node. */
function worstDifference(forest: ForestTrees, { n, f, data }: FeatureMatrix, scores: Float32Array): number {
  const { roots, left, right, feature, threshold, size, subsample } = forest;
  let worst = 0;
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (const root of roots) {
      let at = root;
      let depth = 0;
      for (; left[at] !== 0; depth++) at = root + (data[row * f + feature[at]] < threshold[at] ? left[at] : right[at]);
      sum += depth + meanPathLength(size[at]);
    }
    const wanted = 2 ** (-sum / roots.length / meanPathLength(subsample));
    worst = Math.max(worst, Math.abs(scores[row] - wanted));
  }
  return worst;
}
