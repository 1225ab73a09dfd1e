import type { ForestTrees } from './forest-grow';
import { type ForestKernel, meanPathLength } from './forest-kernel';

/**
 * Path length that a training row expects from each node on, the node's own depth included: entry tree * 2 * width + i for node i in heap order, as
 * the kernel has them. What the kernel repeats under a leaf expects what the leaf does.
 */
export function expectedPaths(forest: ForestTrees, { trees, width }: ForestKernel): Float32Array {
  const byNode = expectedByNode(forest);
  const expected = new Float32Array(trees * 2 * width);
  const place = (tree: number, node: number, heap: number): void => {
    const at = forest.roots[tree] + node;
    const isLeaf = forest.left[at] === 0;
    expected[tree * 2 * width + heap] = byNode[at];
    if (heap >= width) return;
    place(tree, isLeaf ? node : forest.left[at], 2 * heap);
    place(tree, isLeaf ? node : forest.right[at], 2 * heap + 1);
  };
  for (let tree = 0; tree < trees; tree++) place(tree, 0, 1);
  return expected;
}

function expectedByNode(forest: ForestTrees): Float32Array {
  const expected = new Float32Array(forest.feature.length);
  const visit = (root: number, node: number, depth: number): number => {
    const at = root + node;
    const { left, right, size } = forest;
    if (left[at] === 0) {
      expected[at] = depth + meanPathLength(size[at]);
      return expected[at];
    }
    const l = visit(root, left[at], depth + 1);
    const r = visit(root, right[at], depth + 1);
    const rows = size[at];
    expected[at] = rows > 0 ? (l * size[root + left[at]] + r * size[root + right[at]]) / rows : (l + r) / 2;
    return expected[at];
  };
  for (const root of forest.roots) visit(root, 0, 0);
  return expected;
}

/**
 * How much each feature shortens one row's paths, over all trees: every split on the way gets the change of the expected path length
 * (Saabas 2014, tree interpretation). out: one entry a feature, in path steps; negative = the feature looks ordinary. All trees are walked to
 * the last level, where nothing changes below a leaf: no branch to guess wrong.
 */
export function addShortening(
  { trees, depth, width, feature, threshold }: ForestKernel,
  expected: Float32Array,
  row: Float32Array,
  out: Float32Array,
): void {
  for (let tree = 0; tree < trees; tree++) {
    const nodes = tree * width;
    const paths = 2 * nodes;
    let at = 1;
    let before = expected[paths + at];
    for (let level = 0; level < depth; level++) {
      const column = feature[nodes + at];
      at = (at << 1) | Number(row[column] >= threshold[nodes + at]);
      const after = expected[paths + at];
      out[column] += before - after;
      before = after;
    }
  }
}

/** The positive ones of the first n entries (default: all) scaled to add to 1, negative ones to 0; equal parts when none is positive. In place. */
export function normaliseShares(parts: Float32Array, n = parts.length): Float32Array {
  let total = 0;
  for (let i = 0; i < n; i++) {
    parts[i] = parts[i] > 0 && Number.isFinite(parts[i]) ? parts[i] : 0;
    total += parts[i];
  }
  if (!(total > 0) || !Number.isFinite(total)) return parts.fill(1 / n, 0, n);
  for (let i = 0; i < n; i++) parts[i] /= total;
  return parts;
}
