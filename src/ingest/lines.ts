import { LIMITS } from './limits';

/** Text in chunks to lines without their ends (LF, CRLF, lone CR). Lines over the field limit are cut there and marked. */
export interface LineSplitter {
  push(text: string): void;
  finish(): void;
}

/** `line` is 1-based; `cut` = the line went on past the limit. Empty lines are given too: the caller passes over them. */
export function createLineSplitter(onLine: (text: string, line: number, cut: boolean) => void): LineSplitter {
  let rest = '';
  let line = 1;
  let skipping = false;
  const emit = (raw: string): void => {
    // What is left of a line whose start was already given is dropped.
    if (!skipping) onLine(raw.slice(0, LIMITS.fieldLength), line, raw.length > LIMITS.fieldLength);
    skipping = false;
    line++;
  };
  const take = (text: string, final: boolean): void => {
    const parts = text.includes('\r') ? text.split(/\r\n|\n|\r(?!$)/) : text.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) emit(part);
    if (final) {
      if (last !== '') emit(last.endsWith('\r') ? last.slice(0, -1) : last);
      rest = '';
      return;
    }
    if (last.length > LIMITS.fieldLength + 1 && !skipping) {
      onLine(last.slice(0, LIMITS.fieldLength), line, true);
      skipping = true;
    }
    rest = skipping ? (last.endsWith('\r') ? '\r' : '') : last;
  };
  return { push: (text) => take(rest + text, false), finish: () => take(rest, true) };
}
