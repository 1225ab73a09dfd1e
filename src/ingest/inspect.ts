import { err, ok, type Result } from '../domain/result';
import { type Delimiter, detectDialect, splitRecords } from './formats/csv';
import { detectFormat } from './formats/registry';
import { cleanHeaders } from './headers';
import { LIMITS } from './limits';
import { detectRoles } from './mapping';
import { createTextReader, detectEncoding, type Encoding } from './text';
import { detectDayFirst, statesZone } from './time';
import type { ColumnMapping, FilePreview, IngestCode, LineFormat } from './types';

export interface InspectOptions {
  readonly name: string;
  /** Size of the whole file. */
  readonly bytes: number;
  /** When the file was last changed (or now): fixes the year of dates without one, and the clock of files without times. */
  readonly latest: number;
}

/** How a file is to be read; `createParser` takes it together with the mapping that a person agreed to. */
export interface FilePlan {
  readonly preview: FilePreview;
  readonly encoding: Encoding;
  readonly latest: number;
  readonly body: TablePlan | LinesPlan;
}

export interface TablePlan {
  readonly kind: 'table';
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  readonly decimalComma: boolean;
  readonly dayFirst: boolean;
  /** Header names as cleaned, in the file's order. */
  readonly columns: readonly string[];
  /** Set when the table carries log lines. */
  readonly message: string | undefined;
  readonly level: string | undefined;
}

export interface LinesPlan {
  readonly kind: 'lines';
  readonly format: LineFormat;
}

const SNIFFED_LINES = 200;
/** Where a line's time stands, and a time of day that states its zone. */
const LINE_HEAD = 64;
const TIME_WITH_ZONE = /\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:z\b|utc\b|gmt\b|[+-]\d{2}:?\d{2}\b)/i;
const PREVIEW_ROWS = 20;
const NO_MAPPING: ColumnMapping = { time: undefined, device: undefined, label: undefined, metrics: [] };

/**
 * Tells from a file's first bytes (`HEAD_BYTES` of them are enough) what it is and how to read it. Errors: `too-large`, `empty`, `not-text`,
 * `too-many-columns`, `no-usable-columns` (a table with neither numbers nor messages), `no-usable-rows` (only a header).
 */
export function inspectFile(head: Uint8Array, options: InspectOptions): Result<FilePlan, IngestCode> {
  if (options.bytes > LIMITS.fileBytes) {
    return err(
      'too-large',
      `${options.name} has ${formatMb(options.bytes)}; the limit is ${formatMb(LIMITS.fileBytes)}`,
    );
  }
  const encoding = detectEncoding(head);
  if (!encoding.ok) return encoding;
  const lines = readFirstLines(head, encoding.value.encoding, options.bytes);
  if (lines.length === 0) return err('empty', `${options.name} is empty: no line with text in it`);
  const notes = encoding.value.note === undefined ? [] : [encoding.value.note];
  const format = detectFormat(lines, options.name);
  const context = { options, encoding: encoding.value.encoding, notes, lines };
  return format.kind === 'lines' ? ok(planLines(format, context)) : planTable(format.label, context);
}

interface Context {
  readonly options: InspectOptions;
  readonly encoding: Encoding;
  readonly notes: readonly string[];
  readonly lines: readonly string[];
}

/** The first lines that are not blank; a last line that the head's end may have cut is left out. */
function readFirstLines(head: Uint8Array, encoding: Encoding, bytes: number): string[] {
  const reader = createTextReader(encoding);
  const text = reader.read(head) + (head.length < bytes ? '' : reader.finish());
  const lines = text.split(/\r\n|\n|\r/);
  if (head.length < bytes && lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, SNIFFED_LINES);
}

function planLines(format: LineFormat, { options, encoding, notes, lines }: Context): FilePlan {
  const found = [...notes];
  const records = lines.map((line) => format.readLine(line.slice(0, LIMITS.fieldLength), { latest: options.latest }));
  const timed = records.filter((record) => typeof record === 'object' && record.t !== undefined).length;
  if (timed === 0) found.push('no time was found in the lines; they are put a second apart, in their order');
  else if (!format.statesZone && !lines.some((line) => TIME_WITH_ZONE.test(line.slice(0, LINE_HEAD)))) {
    found.push('times without a zone are read as UTC');
  }
  const rows = records.slice(0, PREVIEW_ROWS).map((record, i) => {
    if (typeof record !== 'object') return ['', '', '', lines[i].slice(0, 500)];
    return [timeText(record.t), record.level, record.device ?? '', record.message.slice(0, 500)];
  });
  const preview: FilePreview = {
    name: options.name,
    bytes: options.bytes,
    kind: 'logs',
    format: format.id,
    formatLabel: format.label,
    columns: [],
    rows,
    mapping: NO_MAPPING,
    notes: found,
  };
  return { preview, encoding, latest: options.latest, body: { kind: 'lines', format } };
}

function planTable(formatLabel: string, { options, encoding, notes, lines }: Context): Result<FilePlan, IngestCode> {
  const dialect = detectDialect(lines);
  if (!dialect) return err('no-usable-columns', `${options.name} is not a table: ${lines[0].slice(0, 60)}`);
  if (dialect.width > LIMITS.columns) {
    return err('too-many-columns', `${options.name} has ${dialect.width} columns; the limit is ${LIMITS.columns}`);
  }
  const { delimiter, hasHeader, decimalComma, width } = dialect;
  const records = splitRecords(lines, delimiter);
  const headers = cleanHeaders(hasHeader ? records[0] : Array.from({ length: width }, (_, i) => `column_${i + 1}`));
  const rows = (hasHeader ? records.slice(1) : records).filter((record) => record.length === width);
  if (rows.length === 0)
    return err(
      'no-usable-rows',
      `${options.name} has a header (${headers.names.slice(0, 5).join(', ')}) and no row that fits it`,
    );
  const roles = detectRoles({ names: headers.names, rows, decimalComma, latest: options.latest });
  const { mapping, message, level } = roles;
  if (message === undefined && mapping.metrics.length === 0) {
    return err(
      'no-usable-columns',
      `${options.name} has no numeric column and no message column among ${headers.names.slice(0, 8).join(', ')}`,
    );
  }
  const timeIndex = mapping.time === undefined ? -1 : headers.names.indexOf(mapping.time);
  const times = timeIndex === -1 ? [] : rows.map((row) => row[timeIndex]);
  const dayFirst = detectDayFirst(times);
  const preview: FilePreview = {
    name: options.name,
    bytes: options.bytes,
    kind: message === undefined ? 'metrics' : 'logs',
    format: 'csv',
    formatLabel,
    columns: headers.names,
    rows: rows.slice(0, PREVIEW_ROWS).map((row) => row.map((cell) => cell.slice(0, 500))),
    mapping,
    notes: [
      ...notes,
      ...(hasHeader ? [] : ['no header row was found; the columns are numbered']),
      ...headers.notes,
      ...roles.notes,
      ...describeTimes(times, dayFirst),
    ],
  };
  const columns = headers.names;
  const body: TablePlan = { kind: 'table', delimiter, hasHeader, decimalComma, dayFirst, columns, message, level };
  return ok({ preview, encoding, latest: options.latest, body });
}

function describeTimes(times: readonly string[], dayFirst: boolean): string[] {
  if (times.length === 0) return ['no time column was found; the rows are put on an even grid'];
  const notes: string[] = [];
  if (!times.some(statesZone)) notes.push('times state no zone; they are read as UTC');
  if (dayFirst) notes.push('dates are read day first (25/12/2020)');
  return notes;
}

function timeText(t: number | undefined): string {
  return t === undefined ? '' : new Date(t).toISOString();
}

function formatMb(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;
}
