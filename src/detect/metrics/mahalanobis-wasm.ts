import type { FeatureMatrix } from '../contract';
import { CELLS, createKnots, type Knots, stepsOf } from '../knots';
import { DISTANCE_WASM } from './distance-wasm-bytes';
import type { Ellipsoid } from './mahalanobis-kernel';
import { reserveBytes, startWasm, type WasmHost, type WasmMemory } from './wasm-host';

/** Rows that the module takes together, and that go through it at once. */
const LANES = 4;
export const BLOCK_ROWS = 64;
/** Numbers of 8 bytes that a column and a knot take: as scripts/wasm/distance.ts lays them out. */
const COLUMN_NUMBERS = 6;
const KNOT_NUMBERS = 4;
/** Rows of the triangle that stand column by column. */
const QUAD = 4;

interface Exports {
  readonly distances: (
    rows: number,
    groups: number,
    rowBytes: number,
    table: number,
    columns: number,
    weights: number,
    v: number,
    out: number,
  ) => void;
}

/** Where things stand in the memory, in bytes. */
interface Layout {
  readonly cells: number;
  readonly knots: number;
  readonly weights: number;
  readonly v: number;
  readonly out: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What the memory holds now: it is written anew for each other ellipsoid, as few memories are allowed in a browser. */
interface Held {
  readonly ellipsoid: Ellipsoid;
  readonly layout: Layout;
  readonly rows: Float32Array;
  readonly lengths: Float64Array;
}

let host: WasmHost<Exports> | 'none' | undefined;
let held: Held | undefined;

/**
 * The squared distances of rows [from, to), at most BLOCK_ROWS of them, neither joined with the distance apart nor divided: one entry a row from 0 on in
 * an array that stands until the next call. Equal to the bit to what JavaScript gives. undefined where the host has no WebAssembly SIMD
 * or no memory.
 */
export function readDistances(
  ellipsoid: Ellipsoid,
  { f, data }: FeatureMatrix,
  from: number,
  to: number,
): Float64Array | undefined {
  host ??= startWasm<Exports>(DISTANCE_WASM) ?? 'none';
  if (host === 'none' || f !== ellipsoid.features) return undefined;
  if (held?.ellipsoid !== ellipsoid) held = hold(host.memory, ellipsoid);
  if (held === undefined) return undefined;
  const { layout, rows, lengths } = held;
  rows.set(data.subarray(from * f, to * f));
  // What is left over of the last group holds rows of before: they are gone through as well, and left behind.
  const groups = Math.ceil((to - from) / LANES);
  const { weights, v, out } = layout;
  host.exports.distances(layout.rows, groups, 4 * f, 0, ellipsoid.columns.length, weights, v, out);
  return lengths;
}

function hold(memory: WasmMemory, ellipsoid: Ellipsoid): Held | undefined {
  const knots = createKnots(ellipsoid.maps.starts, ellipsoid.maps.x);
  const layout = planLayout(ellipsoid);
  if (!reserveBytes(memory, layout.bytes)) return undefined;
  writeColumns(memory.buffer, ellipsoid, knots, layout);
  writeWeights(new Float64Array(memory.buffer, layout.weights), ellipsoid);
  return {
    ellipsoid,
    layout,
    rows: new Float32Array(memory.buffer, layout.rows, BLOCK_ROWS * ellipsoid.features),
    lengths: new Float64Array(memory.buffer, layout.out, BLOCK_ROWS),
  };
}

function planLayout({ features, columns, maps }: Ellipsoid): Layout {
  const k = columns.length;
  const cells = 8 * COLUMN_NUMBERS * k;
  const knots = cells + 2 * CELLS * k;
  const weights = knots + 8 * KNOT_NUMBERS * maps.x.length;
  const v = weights + 4 * k * (k + 1);
  const out = v + 8 * LANES * k;
  const rows = out + 8 * BLOCK_ROWS;
  return { cells, knots, weights, v, out, rows, bytes: rows + 4 * BLOCK_ROWS * features };
}

/** The table of columns at the start of the memory, the cells of each, and what a knot needs to map a value up to the next one. */
function writeColumns(buffer: ArrayBuffer, { columns, maps, mean }: Ellipsoid, found: Knots, layout: Layout): void {
  const addresses = new Int32Array(buffer);
  const table = new Float64Array(buffer);
  const cells = new Uint16Array(buffer, layout.cells);
  const knots = new Float64Array(buffer, layout.knots);
  const { starts, x, g } = maps;
  for (let c = 0; c < columns.length; c++) {
    const [first, end] = [starts[c], starts[c + 1]];
    const at = c * COLUMN_NUMBERS;
    addresses.set(
      [4 * columns[c], layout.knots + 8 * KNOT_NUMBERS * first, layout.cells + 2 * CELLS * c, stepsOf(found, c)],
      2 * at,
    );
    table.set([x[first], found.perCell[c], mean[c]], at + 2);
    for (let cell = 0; cell < CELLS; cell++) cells[c * CELLS + cell] = found.knot[c * CELLS + cell] - first;
    for (let k = first; k < end - 1; k++) {
      knots.set([x[k], g[k], g[k + 1] - g[k], x[k + 1] - x[k]], k * KNOT_NUMBERS);
    }
    // No value is at or above it: the way ends at the knot before the last.
    knots.fill(Number.NaN, (end - 1) * KNOT_NUMBERS, end * KNOT_NUMBERS);
  }
}

/** Four rows of the triangle column by column up to the diagonal of the first, then what is beyond it; the rows left over one by one. */
function writeWeights(out: Float64Array, { columns, whiten }: Ellipsoid): void {
  const k = columns.length;
  let at = 0;
  let row = 0;
  for (; row + QUAD <= k; row += QUAD) {
    for (let column = 0; column < row + QUAD; column++) {
      for (let i = Math.max(row, column); i < row + QUAD; i++) {
        out[at] = whiten[i * k + column];
        at += 1;
      }
    }
  }
  for (; row < k; row++) {
    out.set(whiten.subarray(row * k, row * k + row + 1), at);
    at += row + 1;
  }
}
