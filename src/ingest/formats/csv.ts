import { parseNumber } from '../numbers';
import { createRecordSplitter } from '../records';
import { parseTime } from '../time';
import type { TableFormat } from '../types';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a table is written. `width`: number of columns of the header (or of the first record without one). */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  readonly decimalComma: boolean;
  readonly width: number;
  /** 0..1: how much these lines look like a table in this dialect. */
  readonly confidence: number;
}

/** A header cell longer than this is text, not a name. */
const MAX_HEADER_CELL = 80;

/** Comma, semicolon, tab or bar separated values with or without a header row. */
export const csv: TableFormat = {
  id: 'csv',
  label: 'Table (CSV, TSV)',
  kind: 'table',
  example: 'timestamp,host,cpu,memory\n2024-05-01T10:00:00Z,web-1,12.5,40.1',
  extensions: ['csv', 'tsv', 'tab'],
  sniff: (lines) => detectDialect(lines)?.confidence ?? 0,
};

/** The dialect that splits the lines most evenly; undefined when none makes a table of them. */
export function detectDialect(lines: readonly string[]): Dialect | undefined {
  let best: Dialect | undefined;
  for (const delimiter of DELIMITERS) {
    const dialect = judgeDelimiter(lines, delimiter);
    if (dialect && (!best || dialect.confidence > best.confidence)) best = dialect;
  }
  return best;
}

function judgeDelimiter(lines: readonly string[], delimiter: Delimiter): Dialect | undefined {
  const records = splitRecords(lines, delimiter);
  const first = records[0];
  if (!first || /^\s*[{[<]/.test(first[0])) return undefined;
  const body = records.slice(1);
  const width = first.length;
  const decimalComma = delimiter === ';' || delimiter === '\t';
  const hasHeader = looksLikeHeader(first, decimalComma);
  const values = hasHeader ? body : records;
  const even = records.filter((record) => record.length === width).length / records.length;
  const readable = shareOfReadableColumns(values, width, decimalComma);
  if (width === 1) {
    // A single column is a table only when it is all numbers below a name.
    return readable === 1 && values.length > 0
      ? { delimiter, hasHeader, decimalComma, width, confidence: 0.6 }
      : undefined;
  }
  if (!hasHeader && readable === 0) return undefined;
  // A header and no rows still says "table"; rows decide otherwise.
  const confidence = (hasHeader ? 0.75 : 0.6) * even + 0.15 * Math.min(1, readable * 2) + 0.05 * Math.min(1, width / 8);
  return { delimiter, hasHeader, decimalComma, width, confidence: even < 0.5 && !hasHeader ? 0 : confidence };
}

/** Records of some lines; refused ones are left out. */
export function splitRecords(lines: readonly string[], delimiter: string): string[][] {
  const records: string[][] = [];
  const splitter = createRecordSplitter(delimiter, {
    onRecord: (fields) => records.push([...fields]),
    onBad: () => undefined,
  });
  splitter.push(lines.join('\n'));
  splitter.finish();
  return records;
}

/** A header has short cells, at least one with a letter, and no value (number or time) among them. */
function looksLikeHeader(cells: readonly string[], decimalComma: boolean): boolean {
  return (
    cells.some((cell) => /\p{L}/u.test(cell)) &&
    cells.every((cell) => cell.length <= MAX_HEADER_CELL && !isValue(cell, decimalComma))
  );
}

function isValue(cell: string, decimalComma: boolean): boolean {
  if (cell.trim() === '') return false;
  const number = parseNumber(cell, decimalComma);
  if (number !== undefined && !Number.isNaN(number)) return true;
  return parseTime(cell, { latest: 0, dayFirst: false }) !== undefined;
}

/** Share of columns whose filled cells are numbers or times for nine in ten rows. 0 without rows. */
function shareOfReadableColumns(records: readonly (readonly string[])[], width: number, decimalComma: boolean): number {
  if (records.length === 0) return 0;
  let readable = 0;
  for (let column = 0; column < width; column++) {
    const filled = records.filter((record) => (record[column] ?? '').trim() !== '');
    const values = filled.filter((record) => isValue(record[column] ?? '', decimalComma));
    if (filled.length > 0 && values.length >= 0.9 * filled.length) readable++;
  }
  return readable / width;
}
