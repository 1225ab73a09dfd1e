import { MAX_EXPLAINED } from '../domain/verdicts';

/** Lines of a log file that are judged at once: no more than MAX_EXPLAINED are explained, which is a quarter of them, and dense trouble is flagged line by line. */
export const LINES_JUDGED_AT_ONCE = 128;

/**
 * Time steps of a metrics file that are judged at once: no more rows than are explained at once, so that each row that is worth it has its
 * explanation, and at least one step. Devices under suspicion are told after each of them. devices: of the catalog, >= 1.
 */
export function stepsJudgedAtOnce(devices: number): number {
  return Math.max(1, Math.floor(MAX_EXPLAINED / Math.max(1, devices)));
}

/**
 * Rows at which the steps of a batch start, and its number of rows at the end; a step is a run of equal times. t: ordered. Empty: [0].
 */
export function stepStarts(t: ArrayLike<number>): number[] {
  const starts: number[] = [];
  for (let row = 0; row < t.length; row++) if (row === 0 || t[row] !== t[row - 1]) starts.push(row);
  return [...starts, t.length];
}
