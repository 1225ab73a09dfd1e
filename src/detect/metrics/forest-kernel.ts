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

/**
 * Anomaly score 2^(-E[path] / c(psi)) of every row into out[0..n): (0, 1], higher = more anomalous.
 * `Number(x >= t)` compiles to no branch (a random split makes each branch a coin toss); four walks at once hide the latency of the
 * loads: four rows in one tree, or, for the rows left over, one row in four trees. Sums are float32 in the order of the trees either way.
 */
export function scoreForest(kernel: ForestKernel, features: FeatureMatrix, out: Float32Array): void {
  const { n, f, data } = features;
  const blocked = n - (n % 4);
  out.fill(0, 0, n);
  if (blocked > 0) sumFourRows(kernel, data, f, blocked, out);
  for (let row = blocked; row < n; row++) out[row] = sumOneRow(kernel, data, row * f);
  for (let row = 0; row < n; row++) out[row] = 2 ** (out[row] * kernel.exponent);
}

function sumFourRows(kernel: ForestKernel, data: Float32Array, f: number, n: number, out: Float32Array): void {
  const { trees, depth, width, feature, threshold, leaf } = kernel;
  for (let tree = 0; tree < trees; tree++) {
    const base = tree * width;
    const leaves = base - width;
    for (let row = 0; row < n; row += 4) {
      const a = row * f;
      const b = a + f;
      const c = b + f;
      const d = c + f;
      let i = 1;
      let j = 1;
      let k = 1;
      let l = 1;
      for (let level = 0; level < depth; level++) {
        i = (i << 1) | Number(data[a + feature[base + i]] >= threshold[base + i]);
        j = (j << 1) | Number(data[b + feature[base + j]] >= threshold[base + j]);
        k = (k << 1) | Number(data[c + feature[base + k]] >= threshold[base + k]);
        l = (l << 1) | Number(data[d + feature[base + l]] >= threshold[base + l]);
      }
      out[row] += leaf[leaves + i];
      out[row + 1] += leaf[leaves + j];
      out[row + 2] += leaf[leaves + k];
      out[row + 3] += leaf[leaves + l];
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
