/** One measured figure. `target`: what issue 3 asks for, with `at least` or `at most` it. */
export interface Figure {
  readonly where: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: { readonly kind: 'at least' | 'at most'; readonly value: number };
}

/** The middle of some values; NaN for none. */
export function medianOf(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : ([...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN);
}

/** A clock in seconds. */
export type Clock = () => number;

/** The wall clock, the only one that a browser has. */
export const wallClock: Clock = () => performance.now() / 1000;

/** Seconds that `work` takes. */
export function secondsOf(clock: Clock, work: () => void): number {
  const start = clock();
  work();
  return clock() - start;
}

/** A table for a person: one line a figure, with the target and whether it is met. */
export function formatFigures(figures: readonly Figure[]): string {
  const cells = figures.map(({ where, what, value, unit, target }) => [
    where,
    what,
    `${formatValue(value)} ${unit}`,
    target === undefined ? '' : `${target.kind} ${formatValue(target.value)}`,
    target === undefined ? '' : isMet(value, target) ? 'met' : 'NOT MET',
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Whether a figure meets its target; NaN does not. */
export function isMet(value: number, target: NonNullable<Figure['target']>): boolean {
  return target.kind === 'at least' ? value >= target.value : value <= target.value;
}

function formatValue(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}
