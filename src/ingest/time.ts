import { createIsoReader } from './iso-prefix';
import { TIME_PATTERNS, type TimeOptions, type TimePattern } from './time-patterns';

export type { TimeOptions } from './time-patterns';

/** Years 1 and 9999: what lies beyond is a broken cell, not a time. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;
/** Longest written form that is looked at. */
const MAX_LENGTH = 48;
const NUMBER = /^[+-]?\d{1,19}(?:\.\d{1,9})?$/;
const EPOCH_PREFIX = /^[[(]?(\d{10}(?:\.\d{1,9})?|\d{13})(?=[\s\]),;|:]|$)[\])]?/;

// Holds nothing but the start of the day that was read last.
const isoReader = createIsoReader();

interface Compiled {
  readonly cell: RegExp | undefined;
  readonly line: RegExp | undefined;
  readonly pattern: TimePattern;
}

const COMPILED: readonly Compiled[] = TIME_PATTERNS.map((pattern) => ({
  pattern,
  cell: pattern.where === 'line' ? undefined : new RegExp(`^${pattern.source}$`, 'i'),
  line: pattern.where === 'cell' ? undefined : new RegExp(`^[[(<]?${pattern.source}(?=[\\s\\])>,;|:-]|$)[\\])>]?`, 'i'),
}));

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970 to milliseconds. The unit follows from the size: below 1e11 seconds
 * (year 5138), below 1e14 milliseconds, below 1e17 microseconds, else nanoseconds. undefined outside the years 1 to 9999.
 */
export function epochToMs(value: number): number | undefined {
  const size = Math.abs(value);
  const t = size < 1e11 ? value * 1000 : size < 1e14 ? value : size < 1e17 ? value / 1000 : value / 1e6;
  return t >= EARLIEST && t <= LATEST ? Math.round(t * 1000) / 1000 : undefined;
}

/** Reads a table cell as milliseconds since 1970 UTC; a time without a zone is UTC. undefined = not a time. */
export function parseTime(text: string, options: TimeOptions): number | undefined {
  return createTimeParser(options)(text);
}

/** Like `parseTime`, for a whole column: tries the form that fitted last first. */
export function createTimeParser(options: TimeOptions): (text: string) => number | undefined {
  let last: Compiled | undefined;
  let lastCell: string | undefined;
  let lastTime: number | undefined;
  const read = (cell: string): number | undefined => {
    const text = cell.trim();
    if (text.length < 1 || text.length > MAX_LENGTH) return undefined;
    const known = last?.cell?.exec(text);
    if (known && last) return last.pattern.read(known, options);
    for (const entry of COMPILED) {
      const match = entry.cell?.exec(text);
      const t = match ? entry.pattern.read(match, options) : undefined;
      if (t === undefined) continue;
      last = entry;
      return t;
    }
    return NUMBER.test(text) ? epochToMs(Number(text)) : undefined;
  };
  return (cell) => {
    // Tables of several devices repeat each time once a device.
    if (cell !== lastCell) {
      lastCell = cell;
      lastTime = read(cell);
    }
    return lastTime;
  };
}

/** Reads the time at the start of a log line, brackets around it included, and gives the text behind it. undefined = none there. */
export function readTimePrefix(
  line: string,
  options: TimeOptions,
): { readonly t: number; readonly rest: string } | undefined {
  const iso = isoReader.read(line);
  if (iso !== undefined) return { t: iso.t, rest: line.slice(iso.end) };
  const head = line.slice(0, MAX_LENGTH * 2);
  for (const { line: regexp, pattern } of COMPILED) {
    const match = regexp?.exec(head);
    const t = match ? pattern.read(match, options) : undefined;
    if (match && t !== undefined) return { t, rest: line.slice(match[0].length) };
  }
  const epoch = EPOCH_PREFIX.exec(head);
  const t = epoch ? epochToMs(Number(epoch[1])) : undefined;
  return epoch && t !== undefined ? { t, rest: line.slice(epoch[0].length) } : undefined;
}

/** True when a written time says its zone, or is a number since 1970 (UTC by definition). */
export function statesZone(text: string): boolean {
  return (
    NUMBER.test(text.trim()) || /\d\s?(?:z|utc|gmt|[+-]\d{2}:\d{2}|[+-]\d{4})$/i.test(text.trim().slice(-MAX_LENGTH))
  );
}

/** True when the dates with slashes can only be day first (25/12/2020). Degenerate: no such cell, or all ambiguous: false. */
export function detectDayFirst(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const match = /^\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}\b/.exec(cell);
    return match !== null && Number(match[1]) > 12 && Number(match[2]) <= 12;
  });
}
