import type { FeatureMatrix } from '../contract';
import { type ForestKernel, type PathSummer, sumPathsInJs } from './forest-kernel';
import { FOREST_WASM } from './forest-wasm-bytes';
import { reserveBytes, startWasm, type WasmHost, type WasmMemory } from './wasm-host';

/** Rows of a tile, and the bytes of a node and a leaf: as scripts/wasm/forest.ts lays them out. */
const TILE_ROWS = 16;
/** A tile costs the same however full it is: with fewer rows JavaScript is quicker. */
const WORTH_A_TILE = 5;
/** The last tile of trees of the usual depth can be walked by half: a fleet of 24 devices fills one and a half. */
const HALF_TILE = TILE_ROWS / 2;
/** Of the memory: where the rows of a tile stand. The trees come after it. */
const WALK_BYTES = 64;
const NODE_BYTES = 8;
const LEAF_BYTES = 4;
/** Trees with fewer levels are left to JavaScript: the module takes three at once. */
const MIN_DEPTH = 4;
/** The depth that the module has code of its own for. */
const USUAL_DEPTH = 8;
/** Bytes of rows that go through all trees together, so that they stay in the second-level cache. */
const BLOCK_BYTES = 131_072;
const MAX_BLOCK_ROWS = 1024;

type Sum = (
  tree: number,
  trees: number,
  levels: number,
  width: number,
  tiles: number,
  count: number,
  tileBytes: number,
  out: number,
  half: number,
) => void;
interface Exports {
  readonly transpose: (rows: number, tiles: number, count: number, f: number) => void;
  readonly sum: Sum;
  readonly sum8: Sum;
}

/** Where things stand in the memory, in bytes, for one forest and number of features. */
interface Layout {
  readonly tileBytes: number;
  readonly blockRows: number;
  readonly rowsAt: number;
  readonly tilesAt: number;
  readonly outAt: number;
  readonly bytes: number;
}

/** What the memory holds now, one forest at a time: a browser allows few memories, and forests come and go. */
interface Held {
  readonly kernel: ForestKernel;
  readonly f: number;
  readonly layout: Layout;
  readonly rows: Float32Array;
  readonly sums: Float32Array;
}

/** The one instance of a worker. A host that refuses is not asked again: JavaScript scores the same. */
let host: WasmHost<Exports> | 'none' | undefined;
let held: Held | undefined;

/**
 * `sumPathsInJs` by WebAssembly: equal to the bit, about two and a half times as fast. The last rows of a batch where they hardly fill a
 * tile of 16, forests of fewer than 4 levels, and hosts without WebAssembly SIMD get the JavaScript kernel. The memory is shared by all forests of a worker and
 * never larger than the largest forest (12 bytes a node) and 300 KB of rows need.
 */
export const sumPathsInWasm: PathSummer = (kernel, features, out) => {
  const { n, f, data } = features;
  const left = n % TILE_ROWS;
  const tiled = kernel.depth < MIN_DEPTH ? 0 : left < WORTH_A_TILE ? n - left : n;
  const running = tiled > 0 ? startHost() : undefined;
  if (running && !(held?.kernel === kernel && held.f === f)) held = hold(running.memory, kernel, f);
  if (running === undefined || held === undefined) {
    sumPathsInJs(kernel, features, out);
    return;
  }
  const { trees, depth, width } = kernel;
  const { layout, rows, sums } = held;
  const { blockRows, tileBytes, rowsAt, tilesAt, outAt } = layout;
  const { transpose } = running.exports;
  const usual = depth === USUAL_DEPTH;
  const sum = usual ? running.exports.sum8 : running.exports.sum;
  for (let from = 0; from < tiled; from += blockRows) {
    const to = Math.min(tiled, from + blockRows);
    // What the last rows of an unfilled tile hold from before is walked as well, and left behind.
    const tiles = Math.ceil((to - from) / TILE_ROWS);
    rows.set(data.subarray(from * f, to * f));
    sums.fill(0, 0, tiles * TILE_ROWS);
    transpose(rowsAt, tilesAt, tiles, f);
    const last = (to - from) % TILE_ROWS;
    const halves = usual && last > 0 && last <= HALF_TILE ? 1 : 0;
    sum(WALK_BYTES, trees, depth, width, tilesAt, tiles - halves, tileBytes, outAt, halves);
    for (let row = from; row < to; row++) out[row] = sums[row - from];
  }
  if (tiled < n) sumPathsInJs(kernel, restOf(features, tiled), out.subarray(tiled, n));
};

/** Whether this host runs the module. Starts it when it was not asked for before. */
export function hasWasmKernel(): boolean {
  return startHost() !== undefined;
}

function startHost(): WasmHost<Exports> | undefined {
  host ??= startWasm<Exports>(FOREST_WASM) ?? 'none';
  return host === 'none' ? undefined : host;
}

/** Makes room for the forest and rows of f features, and writes the forest. undefined when the memory cannot be had. */
function hold(memory: WasmMemory, kernel: ForestKernel, f: number): Held | undefined {
  const layout = planLayout(kernel, f);
  if (!reserveBytes(memory, layout.bytes)) return undefined;
  const { buffer } = memory;
  writeForest(buffer, kernel);
  const rows = new Float32Array(buffer, layout.rowsAt, layout.blockRows * f);
  return { kernel, f, layout, rows, sums: new Float32Array(buffer, layout.outAt, layout.blockRows) };
}

function planLayout({ trees, width }: ForestKernel, f: number): Layout {
  const tileBytes = TILE_ROWS * 4 * f;
  const most = Math.min(MAX_BLOCK_ROWS * 4 * f, BLOCK_BYTES);
  const blockTiles = Math.max(1, Math.floor(most / tileBytes));
  const rowsAt = align(WALK_BYTES + trees * (NODE_BYTES + LEAF_BYTES) * width);
  const tilesAt = rowsAt + align(blockTiles * tileBytes);
  const outAt = tilesAt + align(blockTiles * tileBytes);
  const blockRows = blockTiles * TILE_ROWS;
  return { tileBytes, blockRows, rowsAt, tilesAt, outAt, bytes: outAt + blockRows * 4 };
}

/** Nodes and leaves of all trees, one after the other. A feature stands as the offset of its column in a tile of any f. */
function writeForest(buffer: ArrayBuffer, { trees, width, feature, threshold, leaf }: ForestKernel): void {
  const offsets = new Int32Array(buffer);
  const numbers = new Float32Array(buffer);
  for (let tree = 0; tree < trees; tree++) {
    const at = WALK_BYTES / 4 + tree * 3 * width;
    for (let node = 1; node < width; node++) {
      offsets[at + 2 * node] = feature[tree * width + node] * TILE_ROWS * 4;
      numbers[at + 2 * node + 1] = threshold[tree * width + node];
    }
    numbers.set(leaf.subarray(tree * width, (tree + 1) * width), at + 2 * width);
  }
}

function restOf({ n, f, data }: FeatureMatrix, from: number): FeatureMatrix {
  return { n: n - from, f, data: data.subarray(from * f, n * f) };
}

/** The next multiple of a cache line. */
function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
