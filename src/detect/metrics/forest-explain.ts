import type { ForestTrees } from './forest-grow';
import { meanPathLength } from './forest-kernel';

/** Path length that a training row expects from each node on, the node's own depth included: Float32, one entry a node. */
export function expectedPaths(forest: ForestTrees): Float32Array {
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
 * (Saabas 2014, tree interpretation). out: one entry a feature, in path steps; negative = the feature looks ordinary.
 */
export function addShortening(forest: ForestTrees, expected: Float32Array, row: Float32Array, out: Float32Array): void {
  const { feature, threshold, left, right } = forest;
  for (const root of forest.roots) {
    let at = root;
    while (left[at] !== 0) {
      const next = root + (row[feature[at]] >= threshold[at] ? right[at] : left[at]);
      out[feature[at]] += expected[at] - expected[next];
      at = next;
    }
  }
}

/** Positive entries scaled to add to 1, negative ones to 0; equal parts when none is positive. In place. */
export function normaliseShares(parts: Float32Array): Float32Array {
  let total = 0;
  for (let i = 0; i < parts.length; i++) {
    parts[i] = parts[i] > 0 && Number.isFinite(parts[i]) ? parts[i] : 0;
    total += parts[i];
  }
  if (!(total > 0) || !Number.isFinite(total)) return parts.fill(1 / parts.length);
  for (let i = 0; i < parts.length; i++) parts[i] /= total;
  return parts;
}
