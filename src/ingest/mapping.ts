import { MAX_METRICS } from '../domain/catalog';
import { isMissing, parseLabel, parseNumber } from './numbers';
import { parseTime } from './time';
import type { ColumnMapping } from './types';

const TIME_NAME =
  /^(?:[@_]?time(?:[_\s-]?stamp)?|timestamp.*|.*[_\s-](?:time|timestamp|date|ts)|date(?:[_\s-]?time)?|ts|t|when|epoch.*|created(?:_at)?|zeit.*|datum)$/i;
const DEVICE_NAME =
  /^(?:.*[_\s-])?(?:host|host[_-]?name|instance|device|server|node|machine|pod|container|vm|agent|hostip|ip)(?:[_\s-]?(?:id|name))?$/i;
const LABEL_NAME =
  /^(?:labels?|is[_\s-]?(?:anomaly|anomalous|outlier|attack)|anomaly|anomalous|outlier|ground[_\s-]?truth|attack)$/i;
const MESSAGE_NAME = /^(?:message|msg|log|log[_\s-]?(?:message|line)|content|text|body|line|event)$/i;
const LEVEL_NAME = /^(?:level|severity|log[_\s-]?level|lvl|priority)$/i;
const INDEX_NAME = /^(?:|index|idx|row|row[_\s-]?(?:id|number)|line[_\s-]?(?:id|number|no)|id|unnamed: 0|column_1)$/i;
/** Share of a column's filled cells that must read as its kind; one stray cell is always forgiven, so that a short file may have a bad row. */
const MOSTLY = 0.9;
/** A message column has blanks in most of its cells; a code does not. */
const WORDY = 0.5;
/** Text values that can be a device of a panel without being called so. */
const MAX_GUESSED_DEVICES = 64;

/** What the columns of a table are for. `message` set = the table carries log lines. */
export interface TableRoles {
  readonly mapping: ColumnMapping;
  readonly message: string | undefined;
  readonly level: string | undefined;
  readonly notes: readonly string[];
}

export interface TableSample {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly decimalComma: boolean;
  readonly latest: number;
}

interface ColumnFacts {
  readonly name: string;
  readonly filled: readonly string[];
  readonly numeric: boolean;
  readonly writtenTime: boolean;
}

/** Finds what each column of a table is for, by its name and the first rows. Nothing usable gives an empty `metrics` and no `message`. */
export function detectRoles(sample: TableSample): TableRoles {
  const columns = sample.names.map((name, i) => judgeColumn(name, i, sample));
  const taken = new Set<string>();
  const claim = (column: ColumnFacts | undefined): string | undefined => {
    if (column) taken.add(column.name);
    return column?.name;
  };
  const free = (): ColumnFacts[] => columns.filter((column) => !taken.has(column.name));

  const time = claim(findTime(columns));
  const label = claim(
    free().find(
      (column) => LABEL_NAME.test(column.name) && column.filled.every((cell) => parseLabel(cell) !== undefined),
    ),
  );
  const level = claim(free().find((column) => LEVEL_NAME.test(column.name) && !column.numeric));
  const message = claim(free().find((column) => MESSAGE_NAME.test(column.name) && isWordy(column)));
  const device = claim(findDevice(free(), sample, time));
  if (message === undefined && level !== undefined) taken.delete(level);

  const notes: string[] = [];
  const numeric = free().filter((column) => column.numeric);
  const counters = numeric.filter(isRowNumber);
  if (counters.length > 0)
    notes.push(`not read, since they only number the rows: ${counters.map((c) => c.name).join(', ')}`);
  const useful = numeric.filter((column) => !counters.includes(column));
  if (message !== undefined && useful.length > 0) {
    notes.push(
      `the messages of column ${message} are read as log lines; numbers of ${useful.map((c) => c.name).join(', ')} are not`,
    );
  }
  const kept = message === undefined ? useful.slice(0, MAX_METRICS) : [];
  if (message === undefined && useful.length > MAX_METRICS) {
    notes.push(`${useful.length} numeric columns; the first ${MAX_METRICS} are used`);
  }
  const metrics = kept.map((column) => column.name);
  return {
    mapping: { time, device, label, metrics },
    message,
    level: message === undefined ? undefined : level,
    notes,
  };
}

function judgeColumn(name: string, index: number, { rows, decimalComma, latest }: TableSample): ColumnFacts {
  const filled = rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
  const numbers = filled.filter((cell) => parseNumber(cell, decimalComma) !== undefined).length;
  const numeric = isMostly(numbers, filled.length);
  const times = numeric
    ? 0
    : filled.filter(
        (cell) =>
          parseTime(cell, { latest, dayFirst: false }) !== undefined ||
          parseTime(cell, { latest, dayFirst: true }) !== undefined,
      ).length;
  return { name, filled, numeric, writtenTime: !numeric && isMostly(times, filled.length) };
}

function isMostly(fitting: number, of: number): boolean {
  return fitting > of / 2 && fitting >= MOSTLY * of - 1;
}

/** A written time under a name of a time, else any written time, else numbers under such a name that can be times. */
function findTime(columns: readonly ColumnFacts[]): ColumnFacts | undefined {
  const named = columns.filter((column) => TIME_NAME.test(column.name));
  return (
    named.find((column) => column.writtenTime) ??
    columns.find((column) => column.writtenTime) ??
    named.find(
      (column) => column.numeric && isRising(column.filled) && column.filled.some((cell) => Number(cell) !== 0),
    )
  );
}

/** Numbers that mostly do not fall (files of several devices start anew now and then). */
function isRising(cells: readonly string[]): boolean {
  let falls = 0;
  for (let i = 1; i < cells.length; i++) if (Number(cells[i]) < Number(cells[i - 1])) falls++;
  return falls <= 0.1 * cells.length;
}

function findDevice(
  columns: readonly ColumnFacts[],
  sample: TableSample,
  time: string | undefined,
): ColumnFacts | undefined {
  const named = columns.find(
    (column) => DEVICE_NAME.test(column.name) && column.filled.length > 0 && !hasFractions(column),
  );
  if (named) return named;
  // The same times again and again under a text of few values: a panel whose devices go by another name.
  const timeIndex = time === undefined ? -1 : sample.names.indexOf(time);
  if (timeIndex === -1) return undefined;
  const times = new Set(sample.rows.map((row) => row[timeIndex]));
  if (times.size > 0.75 * sample.rows.length) return undefined;
  return columns.find((column) => {
    const values = new Set(column.filled);
    return (
      !column.numeric &&
      !column.writtenTime &&
      values.size >= 2 &&
      values.size <= MAX_GUESSED_DEVICES &&
      !isWordy(column)
    );
  });
}

function hasFractions(column: ColumnFacts): boolean {
  return column.numeric && column.filled.some((cell) => !Number.isInteger(Number(cell)));
}

function isWordy(column: ColumnFacts): boolean {
  if (column.numeric || column.writtenTime || column.filled.length === 0) return false;
  return column.filled.filter((cell) => /\S\s\S/.test(cell.slice(0, 400))).length >= WORDY * column.filled.length;
}

/** 1, 2, 3, … under a name for a row's number. */
function isRowNumber(column: ColumnFacts): boolean {
  if (!INDEX_NAME.test(column.name) || column.filled.length < 3) return false;
  return column.filled.every((cell, i) => i === 0 || Number(cell) - Number(column.filled[i - 1]) === 1);
}
