/** Pixels of a column that names no width: it shares what is left. */
const MIN_FLEX_WIDTH = 120;

interface Fitted {
  readonly key: string;
  readonly width?: number;
  readonly optional?: boolean;
}

/** Pixels that these columns need at least. */
export function columnsWidth(columns: readonly Fitted[]): number {
  return columns.reduce((sum, { width = MIN_FLEX_WIDTH }) => sum + width, 0);
}

/**
 * The columns that fit into `room` pixels: optional ones are left out, the last first, until they do. Columns that are not optional stay, whatever
 * the room: a table that is still too wide scrolls.
 */
export function fitColumns<C extends Fitted>(columns: readonly C[], room: number): readonly C[] {
  let fitting = columns;
  while (columnsWidth(fitting) > room) {
    const left = fitting.filter(({ optional }) => optional === true);
    const last = left.at(-1);
    if (last === undefined) break;
    fitting = fitting.filter((column) => column !== last);
  }
  return fitting;
}
