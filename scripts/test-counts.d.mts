export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export function vitestCounts(report: unknown): Counts;
export function playwrightCounts(report: unknown): Counts;
export function addCounts(a: Counts, b: Counts): Counts;
export function closingLine(counts: Counts): string;
