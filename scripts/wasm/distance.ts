import {
  assembleModule,
  type Code,
  F64,
  f32,
  f64,
  f64x2,
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

/** Rows that go together: two vectors of two. */
const LANES = 4;
const PAIRS = [0, 1];
/** Cells of a column's range less one: `src/detect/knots.ts`. */
const LAST_CELL = 255;
/** Rows of the triangle that go together: eight sums hide the wait for an addition. */
const QUAD = [0, 1, 2, 3];
const V_BYTES = LANES * 8;

/** Bytes of what the table says of a column, and of a knot: as `src/detect/metrics/mahalanobis-wasm.ts` lays them out. */
const COLUMN_BYTES = 48;
const COLUMN = { source: 0, knots: 4, cells: 8, steps: 12, first: 16, perCell: 24, mean: 32 };
const KNOT_SHIFT = 5;
const KNOT = { x: 0, g: 8, rise: 16, run: 24, nextX: 32 };

/**
 * distances(rows, groups, rowBytes, table, columns, weights, v, out): the squared Mahalanobis distance of `groups` times four rows that stand
 * row-major at `rows` (float32), into out (float64), equal to the bit to `createDistances` of src/detect/metrics/mahalanobis-kernel.ts. All addresses are in bytes.
 *
 * First each column of the table is mapped to normality: its cell gives a knot, `steps` comparisons without a branch the right one, and the four values,
 * less the mean, stand in v side by side. Then the triangle: weights hold four of its rows column by column up to the diagonal, then
 * what is beyond it, the next four, and at last the rows that are left over one by one.
 */
function distances(): WasmFunction {
  const [rows, groups, rowBytes, table, columns, weights, v, out] = [0, 1, 2, 3, 4, 5, 6, 7];
  const params = Array.from({ length: 8 }, () => I32);
  const locals: number[] = [];
  /** n new locals of a type; gives their numbers. */
  const declare = (type: number, n: number): number[] =>
    Array.from({ length: n }, () => params.length + locals.push(type) - 1);
  const [column, from, to, left, knots, cells, weight, terms] = declare(I32, 8);
  const knot = declare(I32, LANES);
  const value = declare(F64, LANES);
  const pair = declare(V128, 2);
  const length = declare(V128, 2);
  const sum = declare(V128, 2 * QUAD.length);
  const [scratch] = declare(V128, 1);

  const add = (local: number, bytes: number): Code => seq(get(local), i32.constant(bytes), i32.add, set(local));
  const count = (local: number): Code => seq(get(local), i32.constant(1), i32.sub, tee(local));

  const readValue = (lane: number): Code =>
    seq(
      seq(get(from), f32.load(), f64.promote, set(value[lane])),
      lane === LANES - 1 ? [] : seq(get(from), get(rowBytes), i32.add, set(from)),
    );
  const findCells = (p: number): Code => {
    const readKnot = (lane: number): Code =>
      seq(
        seq(get(knots), get(cells), get(scratch), i32x4.extract(lane), i32.constant(1), i32.shl, i32.add),
        seq(i32.load16(), i32.constant(KNOT_SHIFT), i32.shl, i32.add, set(knot[2 * p + lane])),
      );
    return seq(
      seq(get(value[2 * p]), f64x2.splat, get(value[2 * p + 1]), f64x2.replace(1), tee(pair[p])),
      seq(get(column), v128.loadSplat64(COLUMN.first), f64x2.sub),
      seq(get(column), v128.loadSplat64(COLUMN.perCell), f64x2.mul, i32x4.truncate),
      seq(i32.constant(0), i32x4.splat, i32x4.max, i32.constant(LAST_CELL), i32x4.splat, i32x4.min, set(scratch)),
      readKnot(0),
      readKnot(1),
    );
  };
  const stepOn = (lane: number): Code =>
    seq(
      seq(get(knot[lane]), get(knot[lane]), f64.load(KNOT.nextX), get(value[lane]), f64.le),
      seq(i32.constant(KNOT_SHIFT), i32.shl, i32.add, set(knot[lane])),
    );
  const ofKnots = (p: number, field: number): Code =>
    seq(seq(get(knot[2 * p + 1]), get(knot[2 * p]), v128.load64(field)), v128.loadLane64(1, field));
  const mapPair = (p: number): Code =>
    seq(
      get(to),
      ofKnots(p, KNOT.g),
      seq(get(pair[p]), ofKnots(p, KNOT.x), f64x2.sub, ofKnots(p, KNOT.rise), f64x2.mul, ofKnots(p, KNOT.run)),
      seq(f64x2.div, f64x2.add, get(column), v128.loadSplat64(COLUMN.mean), f64x2.sub, v128.store(16 * p)),
    );
  const mapColumn = seq(
    seq(get(rows), get(column), i32.load(COLUMN.source), i32.add, set(from)),
    ...[0, 1, 2, 3].map(readValue),
    seq(get(column), i32.load(COLUMN.knots), set(knots), get(column), i32.load(COLUMN.cells), set(cells)),
    ...PAIRS.map(findCells),
    seq(get(column), i32.load(COLUMN.steps), set(terms)),
    repeat(seq(...[0, 1, 2, 3].map(stepOn), count(terms))),
    ...PAIRS.map(mapPair),
    add(column, COLUMN_BYTES),
    add(to, V_BYTES),
    count(left),
  );

  /** sum[row] += weight at `offset` times v at `to` + `vOffset`, of both pairs. */
  const addTerm = (row: number, offset: number, vOffset = 0): Code =>
    seq(
      seq(get(weight), v128.loadSplat64(offset), set(scratch)),
      ...PAIRS.map((p) => {
        const into = sum[2 * row + p];
        return seq(get(into), get(scratch), get(to), v128.load(vOffset + 16 * p), f64x2.mul, f64x2.add, set(into));
      }),
    );
  const clear = (row: number): Code =>
    seq(...PAIRS.map((p) => seq(i32.constant(0), i32x4.splat, set(sum[2 * row + p]))));
  const square = (row: number): Code =>
    seq(
      ...PAIRS.map((p) =>
        seq(get(length[p]), get(sum[2 * row + p]), get(sum[2 * row + p]), f64x2.mul, f64x2.add, set(length[p])),
      ),
    );
  /** What stands beyond the diagonal of the first of four rows: [row, how many columns beyond], in the order of the sums. */
  const corner = [1, 2, 3].flatMap((beyond) => QUAD.filter((row) => row >= beyond).map((row) => [row, beyond]));
  const begin = seq(get(v), set(to), get(knots), set(terms));
  const doQuad = seq(
    ...QUAD.map(clear),
    begin,
    repeat(seq(...QUAD.map((row) => addTerm(row, 8 * row)), add(weight, 32), add(to, V_BYTES), count(terms))),
    ...corner.map(([row, beyond], i) => addTerm(row, 8 * i, V_BYTES * (beyond - 1))),
    add(weight, 8 * corner.length),
    ...QUAD.map(square),
    add(knots, QUAD.length),
    count(left),
  );
  const doRow = seq(
    clear(0),
    begin,
    repeat(seq(addTerm(0, 0), add(weight, 8), add(to, V_BYTES), count(terms))),
    square(0),
    add(knots, 1),
    count(left),
  );
  const doGroup = seq(
    seq(get(table), set(column), get(v), set(to), get(columns), set(left)),
    repeat(mapColumn),
    ...PAIRS.map((p) => seq(i32.constant(0), i32x4.splat, set(length[p]))),
    // From here on `knots` is how many columns the present row of the triangle has.
    seq(get(weights), set(weight), i32.constant(1), set(knots)),
    when(seq(get(columns), i32.constant(2), i32.shrU, tee(left)), repeat(doQuad)),
    when(seq(get(columns), i32.constant(3), i32.and, tee(left)), repeat(doRow)),
    ...PAIRS.map((p) => seq(get(out), get(length[p]), v128.store(16 * p))),
    add(out, V_BYTES),
    seq(get(rows), get(rowBytes), i32.constant(2), i32.shl, i32.add, set(rows)),
    count(groups),
  );
  return { name: 'distances', params, locals, body: repeat(doGroup) };
}

/** The module's bytes: always the same. */
export function assembleDistanceModule(): Uint8Array<ArrayBuffer> {
  return assembleModule([distances()]);
}
