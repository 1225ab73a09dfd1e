const BLANK = 32;
const DOT = 46;
const COMMA = 44;
const CAPITAL_Z = 90;
/** `2024-05-01T10:00:00`. */
const WHOLE_SECONDS = 19;
const MAX_FRACTION = 6;

/** Date of the last time that was read: most lines of a log are of the day of the line before. */
export interface IsoReader {
  /**
   * Reads the commonest written time, `2024-05-01T10:00:00`, with T or a blank, up to 6 decimals behind a dot or comma, and Z or nothing, at the start of
   * a line and followed by a blank. `end`: the index behind it. undefined for all else, which the patterns of time-patterns.ts may still know: what is
   * read here, they read alike.
   */
  read(line: string): { readonly t: number; readonly end: number } | undefined;
}

/** Starts without a date. */
export function createIsoReader(): IsoReader {
  let lastDate = -1;
  let lastMidnight = 0;
  /** Milliseconds of the date's start; NaN for a date that does not exist. */
  const midnightOf = (year: number, month: number, day: number): number => {
    const date = (year * 100 + month) * 100 + day;
    if (date !== lastDate) {
      const t = Date.UTC(year, month - 1, day);
      lastDate = date;
      lastMidnight =
        year >= 1000 && new Date(t).toISOString().startsWith(formatDate(year, month, day)) ? t : Number.NaN;
    }
    return lastMidnight;
  };
  return {
    read(line) {
      if (line.charCodeAt(4) !== 45 || line.charCodeAt(7) !== 45) return undefined;
      const mark = line.charCodeAt(10);
      if ((mark !== 84 && mark !== BLANK) || line.charCodeAt(13) !== 58 || line.charCodeAt(16) !== 58) return undefined;
      const midnight = midnightOf(readDigits(line, 0, 4), readDigits(line, 5, 7), readDigits(line, 8, 10));
      const hour = readDigits(line, 11, 13);
      const minute = readDigits(line, 14, 16);
      const second = readDigits(line, 17, WHOLE_SECONDS);
      if (Number.isNaN(midnight) || !(hour <= 23 && minute <= 59 && second <= 60)) return undefined;
      let end = WHOLE_SECONDS;
      let ms = 0;
      const separator = line.charCodeAt(end);
      if (separator === DOT || separator === COMMA) {
        const from = ++end;
        while (isDigit(line.charCodeAt(end))) end++;
        if (end === from || end - from > MAX_FRACTION) return undefined;
        ms = (readDigits(line, from, end) * 10 ** (MAX_FRACTION - (end - from))) / 1000;
      }
      const zoned = line.charCodeAt(end) === CAPITAL_Z;
      if (zoned) end++;
      if (line.charCodeAt(end) !== BLANK || (!zoned && mayBeginZone(line.charCodeAt(end + 1)))) return undefined;
      return { t: midnight + (((hour * 60 + minute) * 60 + second) * 1000 + ms), end };
    },
  };
}

function formatDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The whole number at [from, to); NaN when it is none. */
function readDigits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - 48;
  }
  return value;
}

/** `+01:00`, `-0500`, `UTC`, `GMT` and `z` may stand behind a blank. */
function mayBeginZone(code: number): boolean {
  const lower = code | 32;
  return code === 43 || code === 45 || lower === 122 || lower === 117 || lower === 103;
}
