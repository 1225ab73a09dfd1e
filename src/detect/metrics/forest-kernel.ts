import type { FeatureMatrix } from '../contract';
import type { ForestTrees } from './forest-grow';

const EULER_GAMMA = 0.5772156649;

/** Mean path length of an unsuccessful search in a binary search tree of n rows (Liu, Ting, Zhou 2008, equation 1); 0 for n < 2. */
export function meanPathLength(n: number): number {
  if (n < 2) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER_GAMMA) - (2 * (n - 1)) / n;
}

/**
 * A forest as perfect trees in heap order: node i of a tree has the children 2i and 2i + 1, the root is 1, `width` = 2^depth leaves.
 * Entry tree * width + i holds feature and threshold of inner node i; entry tree * width + (i - width) of `leaf` the path length of leaf i
 * (its depth + c(rows in it)). A leaf above the last level is repeated under itself, so any way down gives the same value.
 */
export interface ForestKernel {
  readonly trees: number;
  readonly depth: number;
  readonly width: number;
  readonly feature: Uint16Array;
  readonly threshold: Float32Array;
  readonly leaf: Float32Array;
  /** -1 / (trees x c(subsample)): turns a sum of path lengths into the exponent of the score. */
  readonly exponent: number;
}

/** Turns trees into the arrays that are scored. Deterministic, so a saved forest gives the same bits again. */
export function compileForest(forest: ForestTrees): ForestKernel {
  const trees = forest.roots.length;
  const depth = forest.maxDepth;
  const width = 2 ** depth;
  const feature = new Uint16Array(trees * width);
  const threshold = new Float32Array(trees * width);
  const leaf = new Float32Array(trees * width);
  const place = (tree: number, node: number, heap: number, level: number, value: number | undefined): void => {
    const at = forest.roots[tree] + node;
    const isLeaf = value !== undefined || forest.left[at] === 0;
    const path = isLeaf ? (value ?? level + meanPathLength(forest.size[at])) : undefined;
    if (heap >= width) {
      leaf[tree * width + heap - width] = path ?? 0;
      return;
    }
    feature[tree * width + heap] = isLeaf ? 0 : forest.feature[at];
    threshold[tree * width + heap] = isLeaf ? 0 : forest.threshold[at];
    place(tree, isLeaf ? node : forest.left[at], 2 * heap, level + 1, path);
    place(tree, isLeaf ? node : forest.right[at], 2 * heap + 1, level + 1, path);
  };
  for (let tree = 0; tree < trees; tree++) place(tree, 0, 1, 0, undefined);
  const normal = Math.max(meanPathLength(forest.subsample), 1e-9);
  return { trees, depth, width, feature, threshold, leaf, exponent: -1 / (trees * normal) };
}

/** Rows that go through all trees together: their values stay in the cache meanwhile. */
const BLOCK_ROWS = 512;

/**
 * Anomaly score 2^(-E[path] / c(psi)) of every row into out[0..n): (0, 1], higher = more anomalous. `sumPaths` may be another kernel.
 * `Number(x >= t)` compiles to no branch (a random split makes each branch a coin toss); eight walks at once hide the latency of the
 * loads: eight rows in one tree, or, for the rows left over, one row in four trees. Sums are float32 in the order of the trees either way.
 */
export function scoreForest(
  kernel: ForestKernel,
  features: FeatureMatrix,
  out: Float32Array,
  sumPaths: PathSummer = sumPathsInJs,
): void {
  sumPaths(kernel, features, out);
  // exp is several times faster than a power of 2 and as exact.
  const exponent = kernel.exponent * Math.LN2;
  for (let row = 0; row < features.n; row++) out[row] = Math.exp(out[row] * exponent);
}

/** Writes the sum over all trees of each row's path length into out[0..n): float32, added in the order of the trees. */
export type PathSummer = (kernel: ForestKernel, features: FeatureMatrix, out: Float32Array) => void;

/** The kernel that runs everywhere, and the one that any other must equal to the bit. */
export function sumPathsInJs(kernel: ForestKernel, { n, f, data }: FeatureMatrix, out: Float32Array): void {
  const eights = n - (n % 8);
  out.fill(0, 0, eights);
  for (let from = 0; from < eights; from += BLOCK_ROWS) {
    sumEightRows(kernel, data, f, from, Math.min(eights, from + BLOCK_ROWS), out);
  }
  for (let row = eights; row < n; row++) out[row] = sumOneRow(kernel, data, row * f);
}

/**
 * Rows [from, to), a multiple of 8. The root is the same for all rows of a tree, so it is read once. Views of one tree spare the engine the
 * overflow checks on an offset, which are worth 40 %.
 */
function sumEightRows(
  kernel: ForestKernel,
  data: Float32Array,
  f: number,
  from: number,
  to: number,
  out: Float32Array,
): void {
  const { trees, depth, width } = kernel;
  for (let tree = 0; tree < trees; tree++) {
    const columns = kernel.feature.subarray(tree * width, (tree + 1) * width);
    const limits = kernel.threshold.subarray(tree * width, (tree + 1) * width);
    const paths = kernel.leaf.subarray(tree * width, (tree + 1) * width);
    const column = columns[1];
    const limit = limits[1];
    for (let row = from; row < to; row += 8) {
      const r0 = row * f;
      const r1 = r0 + f;
      const r2 = r1 + f;
      const r3 = r2 + f;
      const r4 = r3 + f;
      const r5 = r4 + f;
      const r6 = r5 + f;
      const r7 = r6 + f;
      let i0 = 2 | Number(data[r0 + column] >= limit);
      let i1 = 2 | Number(data[r1 + column] >= limit);
      let i2 = 2 | Number(data[r2 + column] >= limit);
      let i3 = 2 | Number(data[r3 + column] >= limit);
      let i4 = 2 | Number(data[r4 + column] >= limit);
      let i5 = 2 | Number(data[r5 + column] >= limit);
      let i6 = 2 | Number(data[r6 + column] >= limit);
      let i7 = 2 | Number(data[r7 + column] >= limit);
      for (let level = 1; level < depth; level++) {
        i0 = (i0 << 1) | Number(data[r0 + columns[i0]] >= limits[i0]);
        i1 = (i1 << 1) | Number(data[r1 + columns[i1]] >= limits[i1]);
        i2 = (i2 << 1) | Number(data[r2 + columns[i2]] >= limits[i2]);
        i3 = (i3 << 1) | Number(data[r3 + columns[i3]] >= limits[i3]);
        i4 = (i4 << 1) | Number(data[r4 + columns[i4]] >= limits[i4]);
        i5 = (i5 << 1) | Number(data[r5 + columns[i5]] >= limits[i5]);
        i6 = (i6 << 1) | Number(data[r6 + columns[i6]] >= limits[i6]);
        i7 = (i7 << 1) | Number(data[r7 + columns[i7]] >= limits[i7]);
      }
      out[row] += paths[i0 - width];
      out[row + 1] += paths[i1 - width];
      out[row + 2] += paths[i2 - width];
      out[row + 3] += paths[i3 - width];
      out[row + 4] += paths[i4 - width];
      out[row + 5] += paths[i5 - width];
      out[row + 6] += paths[i6 - width];
      out[row + 7] += paths[i7 - width];
    }
  }
}

function sumOneRow(kernel: ForestKernel, data: Float32Array, at: number): number {
  const { trees, depth, width, feature, threshold, leaf } = kernel;
  const fours = trees - (trees % 4);
  let sum = 0;
  let tree = 0;
  for (; tree < fours; tree += 4) {
    const a = tree * width;
    const b = a + width;
    const c = b + width;
    const d = c + width;
    let i = 1;
    let j = 1;
    let k = 1;
    let l = 1;
    for (let level = 0; level < depth; level++) {
      i = (i << 1) | Number(data[at + feature[a + i]] >= threshold[a + i]);
      j = (j << 1) | Number(data[at + feature[b + j]] >= threshold[b + j]);
      k = (k << 1) | Number(data[at + feature[c + k]] >= threshold[c + k]);
      l = (l << 1) | Number(data[at + feature[d + l]] >= threshold[d + l]);
    }
    sum = Math.fround(sum + leaf[a + i - width]);
    sum = Math.fround(sum + leaf[b + j - width]);
    sum = Math.fround(sum + leaf[c + k - width]);
    sum = Math.fround(sum + leaf[d + l - width]);
  }
  for (; tree < trees; tree++) {
    const base = tree * width;
    let i = 1;
    for (let level = 0; level < depth; level++) {
      i = (i << 1) | Number(data[at + feature[base + i]] >= threshold[base + i]);
    }
    sum = Math.fround(sum + leaf[base + i - width]);
  }
  return sum;
}
