/** Characters that make a spreadsheet read a cell as a formula or break it: OWASP "CSV injection", with the full-width forms. */
const DANGEROUS = /^'*[=+\-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/;
const ESCAPED = /^'+[=+\-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const CHUNK_LENGTH = 65_536;

export type CsvCell = string | number | undefined;

/**
 * Comma separated text in chunks of about 64 kB, CRLF line ends (RFC 4180). Numbers are written in full, NaN and undefined as an empty cell. A text that a
 * spreadsheet would run gets a leading apostrophe, unless it is a number; `restoreCell` takes it off again, for every text. header: undefined where
 * the rows go on from others.
 */
export function* writeCsv(
  header: readonly string[] | undefined,
  rows: Iterable<readonly CsvCell[]>,
): Generator<string> {
  let chunk = header === undefined ? '' : writeRecord(header);
  for (const row of rows) {
    chunk += writeRecord(row);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function writeRecord(cells: readonly CsvCell[]): string {
  return `${cells.map((cell) => writeCell(cell, cells.length)).join(',')}\r\n`;
}

function writeCell(cell: CsvCell, width: number): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const inert = DANGEROUS.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  // A record of one blank cell would be read as a blank line.
  const blank = width === 1 && inert.trim() === '';
  return blank || /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

/** The text that a cell written by `writeCsv` stands for. Texts of other files lose the apostrophe only before a dangerous character. */
export function restoreCell(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell;
}
