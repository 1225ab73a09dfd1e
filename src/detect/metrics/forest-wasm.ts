import type { FeatureMatrix } from '../contract';
import { type ForestKernel, type PathSummer, sumPathsInJs } from './forest-kernel';
import { FOREST_WASM } from './forest-wasm-bytes';

/** Rows of a tile, and the bytes of a node and a leaf: as scripts/wasm/forest.ts lays them out. */
const TILE_ROWS = 16;
/** A tile costs the same however full it is: with fewer rows JavaScript is quicker. */
const WORTH_A_TILE = 5;
/** The last tile of trees of the usual depth can be walked by half: a fleet of 24 devices fills one and a half. */
const HALF_TILE = TILE_ROWS / 2;
const NODE_BYTES = 8;
const LEAF_BYTES = 4;
/** Trees with fewer levels are left to JavaScript: the module takes three at once. */
const MIN_DEPTH = 4;
/** The depth that the module has code of its own for. */
const USUAL_DEPTH = 8;
const PAGE_BYTES = 65_536;
/** Bytes of rows that go through all trees together, so that they stay in the second-level cache. */
const BLOCK_BYTES = 131_072;
const MAX_BLOCK_ROWS = 1024;

/** What is used of WebAssembly: the pure folders compile without the host's types. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Wasm {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: unknown) => { readonly exports: unknown };
}
type Sum = (
  tree: number,
  trees: number,
  levels: number,
  width: number,
  tiles: number,
  count: number,
  tileBytes: number,
  out: number,
) => void;
interface Exports {
  readonly transpose: (rows: number, tiles: number, count: number, f: number) => void;
  readonly sum: Sum;
  readonly sum8: Sum;
  readonly sum8Half: Sum;
}

/** The one instance of a worker. Its memory holds one forest at a time: a browser allows few memories, and forests come and go. */
interface Host extends Exports {
  readonly memory: WasmMemory;
  forest: ForestKernel | undefined;
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
  const layout = planLayout(kernel, f);
  if (running === undefined || !holdForest(running, kernel, layout)) {
    sumPathsInJs(kernel, features, out);
    return;
  }
  const { trees, depth, width } = kernel;
  const { blockRows, tileBytes, rowsAt, tilesAt, outAt } = layout;
  const rows = new Float32Array(running.memory.buffer, rowsAt, blockRows * f);
  const sums = new Float32Array(running.memory.buffer, outAt, blockRows);
  const usual = depth === USUAL_DEPTH;
  const sum = usual ? running.sum8 : running.sum;
  for (let from = 0; from < tiled; from += blockRows) {
    const to = Math.min(tiled, from + blockRows);
    // What the last rows of an unfilled tile hold from before is walked as well, and left behind.
    const tiles = Math.ceil((to - from) / TILE_ROWS);
    rows.set(data.subarray(from * f, to * f));
    sums.fill(0, 0, tiles * TILE_ROWS);
    running.transpose(rowsAt, tilesAt, tiles, f);
    const last = (to - from) % TILE_ROWS;
    const halves = usual && last > 0 && last <= HALF_TILE ? 1 : 0;
    if (tiles > halves) sum(0, trees, depth, width, tilesAt, tiles - halves, tileBytes, outAt);
    if (halves > 0) {
      const at = tiles - 1;
      running.sum8Half(0, trees, depth, width, tilesAt + at * tileBytes, 1, tileBytes, outAt + at * TILE_ROWS * 4);
    }
    out.set(sums.subarray(0, to - from), from);
  }
  if (tiled < n) sumPathsInJs(kernel, restOf(features, tiled), out.subarray(tiled, n));
};

/** Whether this host runs the module. Starts it when it was not asked for before. */
export function hasWasmKernel(): boolean {
  return startHost() !== undefined;
}

let host: Host | 'none' | undefined;

/** Once a worker. A host that refuses (no SIMD, a policy against WebAssembly, no memory) is not asked again: JavaScript scores the same. */
function startHost(): Host | undefined {
  if (host === undefined) {
    const wasm = (globalThis as { readonly WebAssembly?: Wasm }).WebAssembly;
    host = wasm === undefined ? 'none' : startInstance(wasm);
  }
  return host === 'none' ? undefined : host;
}

function startInstance(wasm: Wasm): Host | 'none' {
  try {
    const bytes = Uint8Array.from(atob(FOREST_WASM), (character) => character.charCodeAt(0));
    const memory = new wasm.Memory({ initial: 1 });
    const { exports } = new wasm.Instance(new wasm.Module(bytes), { env: { memory } });
    const { transpose, sum, sum8, sum8Half } = exports as Exports;
    return { memory, transpose, sum, sum8, sum8Half, forest: undefined };
  } catch {
    return 'none';
  }
}

/** Makes room for the forest and writes it, unless it is there. False when the memory cannot be had. */
function holdForest(running: Host, kernel: ForestKernel, layout: Layout): boolean {
  const missing = layout.bytes - running.memory.buffer.byteLength;
  if (missing > 0) {
    try {
      running.memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch {
      return false;
    }
  }
  if (running.forest !== kernel) writeForest(running.memory.buffer, kernel);
  running.forest = kernel;
  return true;
}

function planLayout({ trees, width }: ForestKernel, f: number): Layout {
  const tileBytes = TILE_ROWS * 4 * f;
  const most = Math.min(MAX_BLOCK_ROWS * 4 * f, BLOCK_BYTES);
  const blockTiles = Math.max(1, Math.floor(most / tileBytes));
  const rowsAt = align(trees * (NODE_BYTES + LEAF_BYTES) * width);
  const tilesAt = rowsAt + align(blockTiles * tileBytes);
  const outAt = tilesAt + align(blockTiles * tileBytes);
  const blockRows = blockTiles * TILE_ROWS;
  return { tileBytes, blockRows, rowsAt, tilesAt, outAt, bytes: outAt + blockRows * 4 };
}

/** Nodes and leaves of all trees at the start of the memory. A feature stands as the offset of its column in a tile of any f. */
function writeForest(buffer: ArrayBuffer, { trees, width, feature, threshold, leaf }: ForestKernel): void {
  const offsets = new Int32Array(buffer);
  const numbers = new Float32Array(buffer);
  for (let tree = 0; tree < trees; tree++) {
    const at = tree * 3 * width;
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
