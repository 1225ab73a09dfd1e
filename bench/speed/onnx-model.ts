import type { ForestTrees } from '../../src/detect/metrics/forest-grow';
import { meanPathLength } from '../../src/detect/metrics/forest-kernel';

/** Field of a protocol buffer: number, then a whole number, a float, a text or an embedded message. */
type Field = readonly [number: number, value: number | string | Uint8Array | { readonly float: number }];

const encoder = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** Protocol buffers' wire format; only whole numbers >= 0. */
function message(...fields: readonly Field[]): Uint8Array {
  const parts = fields.map(([number, value]) => {
    if (typeof value === 'number') return Uint8Array.from([...varint(number * 8), ...varint(value)]);
    if (typeof value === 'object' && 'float' in value) {
      return Uint8Array.from([...varint(number * 8 + 5), ...new Uint8Array(Float32Array.of(value.float).buffer)]);
    }
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    return Buffer.concat([Uint8Array.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
  });
  return Buffer.concat(parts);
}

const ints = (name: string, values: readonly number[]): Uint8Array =>
  message([1, name], ...values.map((value): Field => [8, value]), [20, 7]);
const floats = (name: string, values: readonly number[]): Uint8Array =>
  message([1, name], ...values.map((value): Field => [7, { float: value }]), [20, 6]);
const texts = (name: string, values: readonly string[]): Uint8Array =>
  message([1, name], ...values.map((value): Field => [9, value]), [20, 8]);

/** A float32 tensor of rows x columns; the number of rows is open. */
function tensor(name: string, columns: number): Uint8Array {
  const shape = message([1, message([2, 'n'])], [1, message([1, columns])]);
  return message([1, name], [2, message([1, message([1, 1], [2, shape])])]);
}

/**
 * The forest as an ONNX model with one TreeEnsembleRegressor (ai.onnx.ml 1): input `rows` [n, features], output `paths` [n, 1], the sum of
 * the path lengths over all trees.
 */
export function writeOnnxModel(forest: ForestTrees): Uint8Array {
  const { roots, left, right, feature, threshold, size } = forest;
  const nodes = { tree: [] as number[], id: [] as number[], isLeaf: [] as boolean[], path: [] as number[] };
  roots.forEach((root, tree) => {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    const depth = new Map([[0, 0]]);
    for (let node = 0; node < end - root; node++) {
      const level = depth.get(node) ?? 0;
      const isLeaf = left[root + node] === 0;
      if (!isLeaf) for (const child of [left[root + node], right[root + node]]) depth.set(child, level + 1);
      nodes.tree.push(tree);
      nodes.id.push(node);
      nodes.isLeaf.push(isLeaf);
      nodes.path.push(level + meanPathLength(size[root + node]));
    }
  });
  const leaves = nodes.isLeaf.flatMap((isLeaf, at) => (isLeaf ? [at] : []));
  const attributes = [
    ints('nodes_treeids', nodes.tree),
    ints('nodes_nodeids', nodes.id),
    ints('nodes_featureids', [...feature]),
    floats('nodes_values', [...threshold]),
    texts(
      'nodes_modes',
      nodes.isLeaf.map((isLeaf) => (isLeaf ? 'LEAF' : 'BRANCH_LT')),
    ),
    ints('nodes_truenodeids', [...left]),
    ints('nodes_falsenodeids', [...right]),
    ints(
      'target_treeids',
      leaves.map((at) => nodes.tree[at]),
    ),
    ints(
      'target_nodeids',
      leaves.map((at) => nodes.id[at]),
    ),
    ints(
      'target_ids',
      leaves.map(() => 0),
    ),
    floats(
      'target_weights',
      leaves.map((at) => nodes.path[at]),
    ),
    message([1, 'n_targets'], [3, 1], [20, 2]),
  ];
  const node = message(
    [1, 'rows'],
    [2, 'paths'],
    [4, 'TreeEnsembleRegressor'],
    ...attributes.map((attribute): Field => [5, attribute]),
    [7, 'ai.onnx.ml'],
  );
  const graph = message([1, node], [2, 'forest'], [11, tensor('rows', forest.features)], [12, tensor('paths', 1)]);
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 17])], [8, message([1, 'ai.onnx.ml'], [2, 1])]);
}
