/** Pixels of a column that names no width: it shares what is left. */
const MIN_FLEX_WIDTH = 120;

interface Fitted {
  readonly key: string;
  readonly width?: number;
  readonly optional?: number;
}

/** Pixels that these columns need at least. */
export function columnsWidth(columns: readonly Fitted[]): number {
  return columns.reduce((sum, { width = MIN_FLEX_WIDTH }) => sum + width, 0);
}

/**
 * The columns that fit into `room` pixels: optional ones are left out, that of the smallest number first, until they do. Where not even those that
 * must stay fit, `narrow` is fitted in their place; without a narrow form they stay, and the table scrolls.
 */
export function chooseColumns<C extends Fitted>(
  columns: readonly C[],
  narrow: readonly C[] | undefined,
  room: number,
): { readonly columns: readonly C[]; readonly isNarrow: boolean } {
  const wide = leaveOut(columns, room);
  return narrow === undefined || columnsWidth(wide) <= room
    ? { columns: wide, isNarrow: false }
    : { columns: leaveOut(narrow, room), isNarrow: true };
}

function leaveOut<C extends Fitted>(columns: readonly C[], room: number): readonly C[] {
  let left = columns;
  while (columnsWidth(left) > room) {
    const [first] = left
      .filter(({ optional }) => optional !== undefined)
      .sort((a, b) => (a.optional ?? 0) - (b.optional ?? 0));
    if (first === undefined) break;
    left = left.filter((column) => column !== first);
  }
  return left;
}
