import { LIMITS, showValue } from './limits';

export interface RecordSink {
  /** `line` is the 1-based line that the record starts on. */
  onRecord(fields: readonly string[], line: number): void;
  onBad(line: number, message: string): void;
}

/** Text in chunks of any size to records of cells (RFC 4180, any one-character delimiter). `finish` ends the last record. */
export interface RecordSplitter {
  push(text: string): void;
  finish(): void;
}

/** What one quoted record came to. `next`: where reading goes on; `lines`: line breaks passed. */
type Scan =
  | { readonly kind: 'record'; readonly fields: string[]; readonly next: number }
  | { readonly kind: 'bad'; readonly message: string; readonly next: number }
  | { readonly kind: 'incomplete' };

/**
 * Splits a delimited file into records. Line breaks: LF, CRLF and lone CR outside quotes. Blank lines are passed over.
 * Work is linear in the text for any input: an unclosed quote costs at most the field limit once, since no line within that window can
 * open another one, and whatever else is refused is never read twice. That is why PapaParse is not used here (super-linear on an unclosed
 * quote); the tests hold this against it.
 */
export function createRecordSplitter(delimiter: string, sink: RecordSink): RecordSplitter {
  let rest = '';
  let line = 1;
  let skipping = false;

  const emitLine = (raw: string): void => {
    if (raw.length > LIMITS.rowLength) {
      sink.onBad(line, tooLong(raw.length, 'row'));
      return;
    }
    if (raw.trim() === '' && !raw.includes(delimiter)) return;
    const fields = raw.split(delimiter);
    if (raw.length > LIMITS.fieldLength) {
      const long = fields.find((field) => field.length > LIMITS.fieldLength);
      if (long !== undefined) {
        sink.onBad(line, tooLong(long.length, 'field'));
        return;
      }
    }
    sink.onRecord(fields, line);
  };

  /** Reads what is complete in `text` and gives the position from which more text is needed. */
  const consume = (text: string, final: boolean): number => {
    const nextQuote = createFinder(text, '"');
    const nextBreak = createBreakFinder(text);
    let pos = 0;
    while (pos < text.length) {
      const end = nextBreak(pos);
      if (skipping) {
        if (end === text.length) return text.length;
        skipping = false;
        line++;
        pos = afterBreak(text, end);
        continue;
      }
      if (nextQuote(pos) >= end) {
        if (end === text.length && !final) return overlong(text, pos);
        emitLine(text.slice(pos, end));
        line++;
        pos = afterBreak(text, end);
        continue;
      }
      const scan = scanRecord(text, pos, delimiter, final);
      if (scan.kind === 'incomplete') return overlong(text, pos);
      if (scan.kind === 'record') sink.onRecord(scan.fields, line);
      else sink.onBad(line, scan.message);
      line += countBreaks(text, pos, scan.next);
      // What is left of a refused line may still be on its way.
      skipping = scan.kind === 'bad' && !endsWithBreak(text, scan.next);
      pos = scan.next;
    }
    return text.length;
  };

  /** A row that goes on past the limit without an end is dropped up to its line's end instead of being kept. */
  const overlong = (text: string, pos: number): number => {
    if (text.length - pos <= LIMITS.rowLength) return pos;
    sink.onBad(line, tooLong(text.length - pos, 'row'));
    line += countBreaks(text, pos, text.length);
    skipping = true;
    return text.length;
  };

  const take = (text: string, final: boolean): void => {
    // A CR at the very end may be the first half of CRLF.
    const held = !final && text.endsWith('\r') ? 1 : 0;
    const whole = held ? text.slice(0, -1) : text;
    rest = whole.slice(consume(whole, final)) + (held ? '\r' : '');
  };
  return {
    push: (text) => take(rest + text, false),
    finish: () => take(rest, true),
  };
}

function tooLong(length: number, what: 'row' | 'field'): string {
  const limit = what === 'row' ? LIMITS.rowLength : LIMITS.fieldLength;
  return `${what} of ${length.toLocaleString('en-GB')} characters or more; the limit is ${limit.toLocaleString('en-GB')}`;
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

/** Where `mark` comes next at or after a position that only grows: each stretch of text is searched once. Infinity = nowhere. */
function createFinder(text: string, mark: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const at = text.indexOf(mark, from);
      found = at === -1 ? Number.POSITIVE_INFINITY : at;
    }
    return found;
  };
}

/** Position of the next LF or CR; the text's length when there is none. */
function createBreakFinder(text: string): (from: number) => number {
  const lf = createFinder(text, '\n');
  const cr = createFinder(text, '\r');
  return (from) => Math.min(lf(from), cr(from), text.length);
}

/** Position behind the line break at `end`: CRLF is one. */
function afterBreak(text: string, end: number): number {
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

function endsWithBreak(text: string, next: number): boolean {
  const code = text.charCodeAt(next - 1);
  return code === 10 || code === 13;
}

/** Position behind the line break that ends the line at `from`; the text's length when there is none. */
function afterLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return afterBreak(text, i);
  }
  return text.length;
}

/** Reads the record that starts at `start`. A quote opens a field only as its first character; what follows a closing quote must be a delimiter or a line's end. */
function scanRecord(text: string, start: number, delimiter: string, final: boolean): Scan {
  const fields: string[] = [];
  let pos = start;
  for (;;) {
    if (pos - start > LIMITS.rowLength) {
      return { kind: 'bad', message: tooLong(pos - start, 'row'), next: afterLine(text, pos) };
    }
    let field: string;
    if (text.charCodeAt(pos) === 34) {
      const close = findClosingQuote(text, pos);
      if (close === -1) {
        if (!final && text.length - pos <= LIMITS.fieldLength + 2) return { kind: 'incomplete' };
        return { kind: 'bad', message: unclosed(text, pos), next: afterLine(text, pos) };
      }
      field = text.slice(pos + 1, close);
      if (field.includes('""')) field = field.replace(/""/g, '"');
      pos = close + 1;
      const code = text.charCodeAt(pos);
      if (pos < text.length && code !== 10 && code !== 13 && !text.startsWith(delimiter, pos)) {
        const found = showValue(text.slice(pos, pos + 1));
        return {
          kind: 'bad',
          message: `${found} after a closing quote; expected a delimiter`,
          next: afterLine(text, pos),
        };
      }
    } else {
      const end = endOfPlainField(text, pos, delimiter);
      field = text.slice(pos, end);
      pos = end;
    }
    if (field.length > LIMITS.fieldLength) {
      return { kind: 'bad', message: tooLong(field.length, 'field'), next: afterLine(text, pos) };
    }
    fields.push(field);
    if (pos >= text.length) return final ? { kind: 'record', fields, next: pos } : { kind: 'incomplete' };
    if (!text.startsWith(delimiter, pos)) return { kind: 'record', fields, next: afterBreak(text, pos) };
    pos += delimiter.length;
  }
}

function unclosed(text: string, pos: number): string {
  return `quote without an end within ${LIMITS.fieldLength.toLocaleString('en-GB')} characters: ${showValue(text.slice(pos, pos + 80))}`;
}

/** The quote that closes the field opened at `open`; -1 when there is none within the field limit. Doubled quotes are text. */
function findClosingQuote(text: string, open: number): number {
  const limit = Math.min(text.length, open + LIMITS.fieldLength + 2);
  for (let i = open + 1; i < limit; i++) {
    if (text.charCodeAt(i) !== 34) continue;
    if (text.charCodeAt(i + 1) !== 34) return i;
    i++;
  }
  return -1;
}

function endOfPlainField(text: string, from: number, delimiter: string): number {
  const mark = delimiter.charCodeAt(0);
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === mark || code === 10 || code === 13) return i;
  }
  return text.length;
}
