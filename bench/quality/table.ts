import { readFileSync } from 'node:fs';
import { createRecordSplitter } from '../../src/ingest/records';

export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads a CSV file. A record with another number of cells than the header is an error: each row must get its score. */
export function readTable(path: string): Table {
  const records: (readonly string[])[] = [];
  const splitter = createRecordSplitter(',', {
    onRecord: (fields) => {
      records.push(fields);
    },
    onBad: (line, message) => {
      throw new Error(`${path}, line ${line}: ${message}`);
    },
  });
  splitter.push(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  splitter.finish();
  const [names = [], ...rows] = records;
  const ragged = rows.findIndex((row) => row.length !== names.length);
  if (ragged >= 0) {
    throw new Error(`${path}, record ${ragged + 2}: ${rows[ragged]?.length} cells where the table has ${names.length}`);
  }
  return { names, rows };
}

/** Position of a column that must be there. */
export function columnOf(table: Table, name: string, path: string): number {
  const at = table.names.indexOf(name);
  if (at < 0) throw new Error(`${path} has no column ${name}, only ${table.names.join(', ')}`);
  return at;
}

/** Cells of one column. */
export function cellsOf(table: Table, column: number): string[] {
  return table.rows.map((row) => row[column] ?? '');
}

/** A CSV text; cells that need it are quoted. */
export function formatTable(names: readonly string[], rows: Iterable<readonly string[]>): string {
  const lines = [names.join(',')];
  for (const row of rows) {
    lines.push(row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** A score as text: seven digits tell every float32 apart that ranks apart; empty = not scorable. */
export function formatScore(score: number): string {
  return Number.isFinite(score) ? String(Number(score.toPrecision(7))) : '';
}
