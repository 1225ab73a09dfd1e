import type { ForestPaths, TreePath, TreeStep } from '../../domain/trace';
import type { ForestTrees } from './forest-grow';
import { meanPathLength } from './forest-kernel';

/**
 * Follows one row of `forest.features` finite values through every tree, node by node. names: one a feature. A tree that is a single leaf
 * gives a path without steps. The length of a path is the leaf's depth + c(training rows in it) (Liu, Ting, Zhou 2008, algorithm 3).
 */
export function tracePaths(forest: ForestTrees, row: Float32Array, names: readonly string[]): ForestPaths {
  const paths = Array.from(forest.roots, (root, tree) => tracePath(forest, root, tree, row, names));
  const total = paths.reduce((sum, path) => sum + path.length, 0);
  return { cPsi: meanPathLength(forest.subsample), meanLength: total / paths.length, paths };
}

function tracePath(
  { feature, threshold, left, right, size }: ForestTrees,
  root: number,
  tree: number,
  row: Float32Array,
  names: readonly string[],
): TreePath {
  const steps: TreeStep[] = [];
  let at = root;
  while (left[at] !== 0) {
    const value = row[feature[at]];
    const goesLeft = !(value >= threshold[at]);
    steps.push({ feature: feature[at], name: names[feature[at]], threshold: threshold[at], value, goesLeft });
    at = root + (goesLeft ? left[at] : right[at]);
  }
  return { tree, steps, leafSize: size[at], length: steps.length + meanPathLength(size[at]) };
}
