import {
  assembleModule,
  type Code,
  f32,
  f32x4,
  get,
  I32,
  i32,
  i32x4,
  repeat,
  seq,
  set,
  tee,
  V128,
  v128,
  type WasmFunction,
  when,
} from './assembler';

/**
 * The scoring kernel of the Isolation Forest (src/detect/metrics/forest-wasm.ts calls it). All addresses are in bytes.
 *
 * A tree of `width` leaves: entry i (1 to width - 1, in heap order) is 8 bytes at tree + 8 i: the offset of its feature in a tile, then
 * its threshold; leaf i (width to 2 width - 1) is 4 bytes at tree + 4 width + 4 i. Trees follow one another, 12 width bytes each.
 * A tile holds 16 rows: feature after feature, 16 values each, so that the active rows are a few cache lines whatever their number. The first
 * cache line of the memory belongs to the walk.
 */
export const TILE_ROWS = 16;
const LANES = 4;
const NODE_BYTES = 8;
/** Where the rows of a full tile stand in their tree is kept from here on. */
const WALK_AT = 0;
const ROWS_IN_LOCALS = 8;
/** Levels that are walked four rows at once. */
const TOP_LEVELS = 3;
/** Depth of trees grown on 256 rows, the default. */
const USUAL_LEVELS = 8;

/**
 * transpose(rows, tiles, count, f): count tiles of 16 rows each, from row-major rows at `rows`.
 */
function transpose(): WasmFunction {
  const [rows, tiles, count, f] = [0, 1, 2, 3];
  const [feature, rowBytes, from] = [4, 5, 6];
  const copyValue = (lane: number): Code =>
    seq(
      get(tiles),
      get(from),
      f32.load(),
      f32.store(lane * 4),
      lane === TILE_ROWS - 1 ? [] : seq(get(from), get(rowBytes), i32.add, set(from)),
    );
  const copyFeature = seq(
    get(rows),
    set(from),
    ...Array.from({ length: TILE_ROWS }, (_, lane) => copyValue(lane)),
    seq(get(tiles), i32.constant(TILE_ROWS * 4), i32.add, set(tiles)),
    seq(get(rows), i32.constant(4), i32.add, set(rows)),
    seq(get(feature), i32.constant(1), i32.sub, tee(feature)),
  );
  const copyTile = seq(
    seq(get(f), set(feature)),
    repeat(copyFeature),
    // `rows` has gone on by one row; 15 more lie before the next tile.
    seq(get(rows), get(rowBytes), i32.constant(TILE_ROWS - 1), i32.mul, i32.add, set(rows)),
    seq(get(count), i32.constant(1), i32.sub, tee(count)),
  );
  return {
    name: 'transpose',
    params: [I32, I32, I32, I32],
    locals: [I32, I32, I32],
    body: seq(get(f), i32.constant(2), i32.shl, set(rowBytes), repeat(copyTile)),
  };
}

/**
 * sum(tree, trees, levels, width, tiles, count, tileBytes, out, half): adds the path length in each tree to out[row], in float32, tree by tree.
 * levels: depth of the trees, at least 4. out: one float32 for each of the 16 count rows, and for 8 more where half is not 0: the first rows of the tile
 * after the others. With `fixedLevels` the walk is written out for that depth, which is 10 % faster, and `levels` is not looked at; without, there
 * is no half tile.
 *
 * The first three levels go four rows at once: both children are compared and the right one is selected, which costs seven comparisons
 * for four rows in place of twelve. Below, each of the 16 rows walks by itself, one level at a time, so that 16 chains of loads overlap;
 * `index = 2 index + (value >= threshold)` has no branch. Where 16 rows stand is kept in memory, at a constant address: kept in locals, which are
 * more than there are registers, the engine would put off the comparisons of a level and store their operands instead (6 % slower). Eight rows
 * are kept in locals.
 */
function sum(name: string, fixedLevels?: number): WasmFunction {
  const [tree, trees, levels, width, tiles, count, tileBytes, out, half] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const params = Array.from({ length: 9 }, () => I32);
  const locals: number[] = [];
  /** n new locals of a type; gives their numbers. */
  const declare = (type: number, n: number): number[] =>
    Array.from({ length: n }, () => params.length + locals.push(type) - 1);
  const [tile, tilesLeft, level, to, leaves, node] = declare(I32, 6);
  const column = declare(I32, 8);
  const walk = declare(I32, ROWS_IN_LOCALS);
  const threshold = declare(V128, 8);
  const [first, second, third] = declare(V128, 3);

  const loadTop = seq(
    ...[1, 2, 3, 4, 5, 6, 7].map((node) =>
      seq(
        seq(get(tree), i32.load(node * NODE_BYTES), set(column[node])),
        seq(get(tree), v128.loadSplat(node * NODE_BYTES + 4), set(threshold[node])),
      ),
    ),
  );
  const compare = (node: number, part: number): Code =>
    seq(get(tile), get(column[node]), i32.add, v128.load(part * 16), get(threshold[node]), f32x4.ge);
  const choose = (left: number, right: number, part: number, mask: number): Code =>
    seq(compare(right, part), compare(left, part), get(mask), v128.select);
  const bit = (mask: number, value: number): Code =>
    seq(get(mask), i32.constant(value), i32x4.splat, v128.and, v128.or);
  // After three levels a row stands on node 8 + 4 a + 2 b + c, times 8 bytes.
  const walkTop = (part: number, inMemory: boolean): Code =>
    seq(
      seq(compare(1, part), set(first)),
      seq(choose(2, 3, part, first), set(second)),
      seq(choose(6, 7, part, second), choose(4, 5, part, second), get(first), v128.select, set(third)),
      seq(i32.constant(8 * NODE_BYTES), i32x4.splat),
      seq(bit(first, 4 * NODE_BYTES), bit(second, 2 * NODE_BYTES), bit(third, NODE_BYTES), set(first)),
      inMemory
        ? seq(i32.constant(WALK_AT), get(first), v128.store(part * 16))
        : seq(...[0, 1, 2, 3].map((lane) => seq(get(first), i32x4.extract(lane), set(walk[part * LANES + lane])))),
    );
  const standsAt = (row: number, inMemory: boolean): Code =>
    inMemory ? seq(i32.constant(WALK_AT), i32.load(row * 4)) : get(walk[row]);
  const walkDown = (row: number, inMemory: boolean): Code => {
    const next = seq(
      seq(standsAt(row, inMemory), set(node)),
      seq(get(tile), get(tree), get(node), i32.add, i32.load(), i32.add, f32.load(row * 4)),
      seq(get(tree), get(node), i32.add, f32.load(4), f32.ge),
      seq(i32.constant(3), i32.shl, get(node), i32.constant(1), i32.shl, i32.add),
    );
    return inMemory ? seq(i32.constant(WALK_AT), next, i32.store(row * 4)) : seq(next, set(walk[row]));
  };
  const addLeaves = (part: number, inMemory: boolean): Code => {
    const address = (lane: number): Code =>
      seq(get(leaves), standsAt(part * LANES + lane, inMemory), i32.constant(1), i32.shrU, i32.add);
    return seq(
      get(to),
      seq(address(0), v128.loadSplat(), set(first)),
      ...[1, 2, 3].map((lane) => seq(address(lane), get(first), v128.loadLane(lane), set(first))),
      seq(get(to), v128.load(part * 16), get(first), f32x4.add, v128.store(part * 16)),
    );
  };
  /** The first rows of a tile, a multiple of four. */
  const walkRows = (n: number): Code => {
    const inMemory = n > ROWS_IN_LOCALS;
    const parts = Array.from({ length: n / LANES }, (_, part) => part);
    const downOnce = seq(...Array.from({ length: n }, (_, row) => walkDown(row, inMemory)));
    return seq(
      ...parts.map((part) => walkTop(part, inMemory)),
      fixedLevels === undefined
        ? seq(
            seq(get(levels), i32.constant(TOP_LEVELS), i32.sub, set(level)),
            repeat(seq(downOnce, get(level), i32.constant(1), i32.sub, tee(level))),
          )
        : seq(...Array.from({ length: fixedLevels - TOP_LEVELS }, () => downOnce)),
      ...parts.map((part) => addLeaves(part, inMemory)),
    );
  };
  const doTile = seq(
    walkRows(TILE_ROWS),
    seq(get(tile), get(tileBytes), i32.add, set(tile)),
    seq(get(to), i32.constant(TILE_ROWS * 4), i32.add, set(to)),
    seq(get(tilesLeft), i32.constant(1), i32.sub, tee(tilesLeft)),
  );
  const doTree = seq(
    loadTop,
    seq(get(tiles), set(tile)),
    seq(get(out), set(to)),
    seq(get(tree), get(width), i32.constant(2), i32.shl, i32.add, set(leaves)),
    when(seq(get(count), tee(tilesLeft)), repeat(doTile)),
    fixedLevels === undefined ? [] : when(get(half), walkRows(ROWS_IN_LOCALS)),
    seq(get(tree), get(width), i32.constant(12), i32.mul, i32.add, set(tree)),
    seq(get(trees), i32.constant(1), i32.sub, tee(trees)),
  );
  return { name, params, locals, body: repeat(doTree) };
}

/** The module's bytes: always the same. */
export function assembleForestModule(): Uint8Array<ArrayBuffer> {
  return assembleModule([transpose(), sum('sum'), sum(`sum${USUAL_LEVELS}`, USUAL_LEVELS)]);
}
