import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readArray, readInteger, readObject } from '../read-saved';
import type { ForestTrees } from './forest-grow';

export const MAX_TREES = 1000;
export const MAX_SUBSAMPLE = 1024;
const MAX_FEATURES = 512;
/** Entries of the compiled arrays: bounds the memory that a model file can ask for (about 10 bytes an entry). */
const MAX_COMPILED = 2_000_000;

/** The forest as plain values: flat arrays only. */
export function saveForest(forest: ForestTrees): PlainData {
  return {
    features: forest.features,
    subsample: forest.subsample,
    maxDepth: forest.maxDepth,
    roots: forest.roots.slice(),
    feature: forest.feature.slice(),
    threshold: forest.threshold.slice(),
    left: forest.left.slice(),
    right: forest.right.slice(),
    size: forest.size.slice(),
  };
}

/**
 * Reads what `saveForest` gave, trusting nothing: sizes, feature indexes, finite thresholds, children inside their tree and after their
 * parent (so no cycle), each node reached once, depth, and row counts that add up. Errors: bad-model naming tree and node.
 */
export function loadForest(saved: unknown, path = 'forest'): Result<ForestTrees, 'bad-model'> {
  const keys = ['features', 'subsample', 'maxDepth', 'roots', 'feature', 'threshold', 'left', 'right', 'size'];
  const object = readObject(saved, path, keys);
  if (!object.ok) return object;
  const given = object.value;
  const features = readInteger(given.features, `${path}.features`, 1, MAX_FEATURES);
  if (!features.ok) return features;
  const subsample = readInteger(given.subsample, `${path}.subsample`, 2, MAX_SUBSAMPLE);
  if (!subsample.ok) return subsample;
  const maxDepth = readInteger(given.maxDepth, `${path}.maxDepth`, 1, Math.ceil(Math.log2(MAX_SUBSAMPLE)));
  if (!maxDepth.ok) return maxDepth;
  const roots = readArray(given.roots, `${path}.roots`, Int32Array, { maxLength: MAX_TREES, min: 0 });
  if (!roots.ok) return roots;
  const trees = roots.value.length;
  if (trees === 0) return err('bad-model', `${path}.roots is empty: a forest needs at least one tree`);
  if (trees * 2 ** maxDepth.value > MAX_COMPILED) {
    return err('bad-model', `${path}: ${trees} trees of depth ${maxDepth.value} are more than this app scores`);
  }
  const limit = trees * (2 * subsample.value - 1);
  const feature = readArray(given.feature, `${path}.feature`, Uint16Array, {
    maxLength: limit,
    max: features.value - 1,
  });
  if (!feature.ok) return feature;
  const length = feature.value.length;
  const threshold = readArray(given.threshold, `${path}.threshold`, Float32Array, { length });
  if (!threshold.ok) return threshold;
  const left = readArray(given.left, `${path}.left`, Int32Array, { length, min: 0 });
  if (!left.ok) return left;
  const right = readArray(given.right, `${path}.right`, Int32Array, { length, min: 0 });
  if (!right.ok) return right;
  const size = readArray(given.size, `${path}.size`, Int32Array, { length, min: 0, max: subsample.value });
  if (!size.ok) return size;
  const forest: ForestTrees = {
    features: features.value,
    subsample: subsample.value,
    maxDepth: maxDepth.value,
    roots: roots.value,
    feature: feature.value,
    threshold: threshold.value,
    left: left.value,
    right: right.value,
    size: size.value,
  };
  for (let tree = 0; tree < trees; tree++) {
    const fault = findFault(forest, tree);
    if (fault !== undefined) return err('bad-model', `${path}, tree ${tree}: ${fault}`);
  }
  return ok(forest);
}

/** What is wrong with one tree; undefined when it is sound. */
function findFault(forest: ForestTrees, tree: number): string | undefined {
  const { roots, left, right, size, subsample, maxDepth, feature } = forest;
  const root = roots[tree];
  const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
  const nodes = end - root;
  if (tree === 0 && root !== 0) return `starts at node ${root} instead of 0`;
  if (nodes < 1) return `has no node (starts at ${root}, the next one at ${end})`;
  if (nodes > 2 * subsample - 1)
    return `has ${nodes} nodes, at most ${2 * subsample - 1} fit a subsample of ${subsample}`;
  if (size[root] !== subsample) return `holds ${size[root]} rows instead of ${subsample}`;
  const depth = new Int32Array(nodes).fill(-1);
  depth[0] = 0;
  for (let node = 0; node < nodes; node++) {
    const l = left[root + node];
    const r = right[root + node];
    if (depth[node] < 0) return `node ${node} hangs on no parent`;
    if (l === 0 && r === 0) continue;
    if (depth[node] >= maxDepth) return `node ${node} is deeper than ${maxDepth}`;
    for (const child of [l, r]) {
      if (child <= node || child >= nodes) return `child ${child} of node ${node} must be in (${node}, ${nodes})`;
      if (depth[child] >= 0) return `node ${child} has two parents`;
      depth[child] = depth[node] + 1;
    }
    if (size[root + l] + size[root + r] !== size[root + node]) {
      return `rows of the children of node ${node} add to ${size[root + l] + size[root + r]} instead of ${size[root + node]}`;
    }
  }
  return undefined;
}
