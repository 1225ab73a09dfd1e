import { type GrownNode, IsolationForest } from 'ml-isolation-forest';
import { createRandom, type Random } from '../../domain/random';
import type { FeatureMatrix } from '../contract';

/**
 * A forest as flat arrays, node by node, trees one after another; the root of tree k is node roots[k]. Left takes x < threshold.
 * left and right are node numbers inside the tree (0 = its root, so 0 marks a leaf). size: training rows that reached the node.
 * No training rows. feature counts in the rows' own columns.
 */
export interface ForestTrees {
  readonly features: number;
  readonly subsample: number;
  readonly maxDepth: number;
  readonly roots: Int32Array;
  readonly feature: Uint16Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly size: Int32Array;
}

/** Depth at which trees are cut: the average depth of a random tree on psi rows (Liu, Ting, Zhou 2008, algorithm 1). */
export function depthLimit(subsample: number): number {
  return Math.max(1, Math.ceil(Math.log2(subsample)));
}

/**
 * Grows `trees` isolation trees with ml-isolation-forest, each on its own seeded subsample without replacement.
 * features: finite rows. columns: the columns that vary (at least one): only these are split. subsample is cut to the number of rows.
 * The same seed gives the same trees.
 */
export function growForest(
  features: FeatureMatrix,
  options: {
    readonly columns: readonly number[];
    readonly trees: number;
    readonly subsample: number;
    readonly seed: number;
  },
): ForestTrees {
  const { columns, trees, seed } = options;
  const subsample = Math.min(options.subsample, features.n);
  const maxDepth = depthLimit(subsample);
  const order = Uint32Array.from({ length: features.n }, (_, row) => row);
  const flat = new TreeWriter();
  for (let tree = 0; tree < trees; tree++) {
    const random = createRandom(seed, `isolation tree ${tree}`);
    const rows = drawRows(features, order, subsample, columns, random);
    flat.addTree(growTree(rows, random), random, columns, maxDepth);
  }
  return { features: features.f, subsample, maxDepth, ...flat.finish() };
}

/** The first `subsample` steps of a Fisher-Yates shuffle of `order`, as the package wants rows: arrays of the varying columns. */
function drawRows(
  { n, f, data }: FeatureMatrix,
  order: Uint32Array,
  subsample: number,
  columns: readonly number[],
  random: Random,
): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < subsample; i++) {
    const j = i + random.int(n - i);
    const row = order[j];
    order[j] = order[i];
    order[i] = row;
    rows.push(columns.map((column) => data[row * f + column]));
  }
  return rows;
}

/**
 * One tree. The package reads Math.random and takes no generator, so the global is replaced for this synchronous call and put back
 * whatever happens: nothing else can run in between.
 */
function growTree(rows: readonly (readonly number[])[], random: Random): GrownNode {
  const forest = new IsolationForest({ nEstimators: 1 });
  const original = Math.random;
  Math.random = random.next;
  try {
    forest.train(rows);
  } finally {
    Math.random = original;
  }
  return forest.forest[0];
}

/**
 * The node from `node` on that parts its rows, or a leaf whose rows are all equal. The package also draws columns that are constant among a
 * node's rows: such a split isolates nothing and would only spend depth, the more the coarser the data, so another one is drawn in its
 * place, as scikit-learn does. Where the package ended above the depth limit because of them, it goes on from the leaf's rows.
 */
function findSplit(node: GrownNode, random: Random): GrownNode {
  let at = node;
  for (;;) {
    if (at.left !== undefined && at.right !== undefined) {
      const parted = hasRows(at.left) && hasRows(at.right);
      if (parted) return at;
      at = hasRows(at.left) ? at.left : at.right;
    } else {
      const rows = at.trainingSet ?? [];
      if (rows.every((row) => row.every((value, column) => value === rows[0][column]))) return at;
      at = growTree(rows, random);
    }
  }
}

function hasRows(node: GrownNode): boolean {
  if (node.left !== undefined && node.right !== undefined) return hasRows(node.left) || hasRows(node.right);
  return (node.trainingSet?.length ?? 0) > 0;
}

/** The smallest float32 that is at least `value`, so that x >= value and x >= roundUp(value) agree for every float32 x. */
export function roundUpToFloat32(value: number): number {
  const nearest = Math.fround(value);
  if (nearest >= value) return nearest;
  const bits = new Int32Array(1);
  const view = new Float32Array(bits.buffer);
  view[0] = nearest;
  // The next float up: one more in magnitude above zero, one less below; -0 and 0 go to the smallest positive.
  if (nearest === 0) bits[0] = 1;
  else bits[0] += nearest > 0 ? 1 : -1;
  return view[0];
}

/** Writes the package's linked nodes as flat arrays, cut at a depth: the package itself goes one level too deep. */
class TreeWriter {
  private readonly roots: number[] = [];
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly size: number[] = [];

  addTree(root: GrownNode, random: Random, columns: readonly number[], maxDepth: number): void {
    this.roots.push(this.feature.length);
    this.addNode(root, { random, columns, root: this.feature.length }, maxDepth);
  }

  finish(): Pick<ForestTrees, 'roots' | 'feature' | 'threshold' | 'left' | 'right' | 'size'> {
    return {
      roots: Int32Array.from(this.roots),
      feature: Uint16Array.from(this.feature),
      threshold: Float32Array.from(this.threshold),
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      size: Int32Array.from(this.size),
    };
  }

  /** Returns the node's number inside its tree. Children come after their parent. */
  private addNode(
    grown: GrownNode,
    tree: { readonly random: Random; readonly columns: readonly number[]; readonly root: number },
    levels: number,
  ): number {
    const node = levels > 0 ? findSplit(grown, tree.random) : grown;
    const at = this.feature.length;
    const inner = levels > 0 && node.left !== undefined && node.right !== undefined;
    this.feature.push(inner ? tree.columns[node.splitColumn ?? 0] : 0);
    this.threshold.push(inner ? roundUpToFloat32(node.splitValue ?? 0) : 0);
    this.left.push(0);
    this.right.push(0);
    this.size.push(countRows(node));
    if (levels > 0 && node.left !== undefined && node.right !== undefined) {
      this.left[at] = this.addNode(node.left, tree, levels - 1);
      this.right[at] = this.addNode(node.right, tree, levels - 1);
    }
    return at - tree.root;
  }
}

function countRows(node: GrownNode): number {
  if (node.left !== undefined && node.right !== undefined) return countRows(node.left) + countRows(node.right);
  return node.trainingSet?.length ?? 0;
}
