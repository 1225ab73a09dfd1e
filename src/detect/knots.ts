/** Cells that a list's range is cut into, so that a value's knot is found with about one comparison. */
export const CELLS = 256;

/** Ascending lists of knots with what is needed to find the one below a value quickly. List c stands in x[starts[c]..starts[c + 1]), 2 knots at least. */
export interface Knots {
  readonly starts: Int32Array;
  readonly x: Float64Array;
  /** By list: cells per unit of x from the first knot on. */
  readonly perCell: Float64Array;
  /** By list and cell: the last knot that stands in an earlier cell, so never beyond the one that is looked for. */
  readonly knot: Uint16Array;
}

/** Cells over lists of knots; no more than 65,535 knots in all. */
export function createKnots(starts: Int32Array, x: Float64Array): Knots {
  const lists = starts.length - 1;
  const perCell = new Float64Array(lists);
  const knot = new Uint16Array(lists * CELLS);
  for (let c = 0; c < lists; c++) {
    const [first, end] = [starts[c], starts[c + 1]];
    perCell[c] = CELLS / (x[end - 1] - x[first]);
    let k = first;
    for (let cell = 0; cell < CELLS; cell++) {
      while (k + 2 < end && cellOf(x[k + 1], x[first], perCell[c]) < cell) k += 1;
      knot[c * CELLS + cell] = k;
    }
  }
  return { starts, x, perCell, knot };
}

/** Place in x of the last knot of list c at or below the value, but for the last one: the first one for what is below all. */
export function findKnot({ starts, x, perCell, knot }: Knots, c: number, value: number): number {
  const last = starts[c + 1] - 2;
  let low = knot[c * CELLS + cellOf(value, x[starts[c]], perCell[c])];
  while (low < last && x[low + 1] <= value) low += 1;
  return low;
}

/** The most knots that a value of list c can lie beyond the one of its cell, at least 1. */
export function stepsOf({ starts, knot }: Knots, c: number): number {
  const last = starts[c + 1] - 2;
  let most = 1;
  for (let cell = 0; cell < CELLS; cell++) {
    const next = cell + 1 < CELLS ? knot[c * CELLS + cell + 1] : last;
    most = Math.max(most, next - knot[c * CELLS + cell]);
  }
  return most;
}

/** Monotone in the value, whatever is rounded. */
function cellOf(value: number, first: number, perCell: number): number {
  const cell = (value - first) * perCell;
  return cell <= 0 ? 0 : cell >= CELLS - 1 ? CELLS - 1 : cell | 0;
}
