import {
  ATOM_HAS_DIGIT,
  ATOM_IS_HEX,
  classifyAtom,
  countChars,
  findClosingQuote,
  isAtomChar,
  isDigit,
  isSpace,
  skipAtom,
  skipPath,
  WILDCARD,
  WILDCARD_TEXT,
} from './masks';

/** Longer lines are cut here before they are mined: what names a line stands at its beginning. */
export const MAX_LINE_CHARS = 2000;
/** Tokens beyond this many are ignored. */
export const MAX_TOKENS = 96;

/** From so many letters on a run of a..f alone is an id that happens to hold no digit: no word of a language is. */
const LONG_HEX = 8;

export const TOKEN_WORD = 0;
/** Constant text and a parameter in one token, e.g. `id=<*>,`. */
export const TOKEN_MIXED = 1;
/** Nothing but a parameter and punctuation. */
export const TOKEN_PARAMETER = 2;

/**
 * One masked line, reused from line to line. Token i is `codes[start[i] .. start[i + 1])`, with WILDCARD where a parameter stood;
 * hash[i]: 32-bit FNV-1a of it; kind[i]: one of the TOKEN_ constants.
 */
export interface LineScan {
  readonly codes: Uint16Array;
  readonly start: Int32Array;
  readonly hash: Int32Array;
  readonly kind: Uint8Array;
  /** Number of tokens, at most MAX_TOKENS. */
  tokens: number;
  /** Characters of the uncut line, and how many of the characters scanned are digits, capitals, punctuation. */
  chars: number;
  scanned: number;
  digits: number;
  upper: number;
  punctuation: number;
}

/** An empty scan to hand to `scanLine`. */
export function createLineScan(): LineScan {
  return {
    codes: new Uint16Array(MAX_LINE_CHARS + 1),
    start: new Int32Array(MAX_TOKENS + 1),
    hash: new Int32Array(MAX_TOKENS),
    kind: new Uint8Array(MAX_TOKENS),
    tokens: 0,
    chars: 0,
    scanned: 0,
    digits: 0,
    upper: 0,
    punctuation: 0,
  };
}

/**
 * Masks and splits the line `text[from .. to)` into `scan`. Masked as parameters: every run of letters and digits that holds a digit
 * (numbers, durations, ids, hexadecimal) or is nothing but 8 or more hexadecimal letters, such runs joined by `- . : / _ , @ + #` as one (addresses, UUIDs, times, versions), hosts with a port, quoted strings,
 * paths and URLs. Tokens are split at blanks and behind `=`. Linear in the length; a line without visible characters has 0 tokens.
 */
export function scanLine(text: string, from: number, to: number, scan: LineScan): void {
  scan.chars = to - from;
  const end = Math.min(to, from + MAX_LINE_CHARS);
  scan.scanned = end - from;
  countChars(text, from, end, scan);
  const { codes, start } = scan;
  let out = 0;
  let tokens = 0;
  start[0] = 0;
  const quotes = { double: 0, single: 0 };
  let i = from;
  while (i < end && tokens < MAX_TOKENS) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) {
      if (out > start[tokens]) start[++tokens] = out;
      i++;
    } else if (isAtomChar(code)) {
      const atomFrom = i;
      i = skipAtom(text, i, end);
      const kind = classifyAtom(text, atomFrom, i);
      const isParameter =
        (kind & ATOM_HAS_DIGIT) !== 0 ||
        ((kind & ATOM_IS_HEX) !== 0 &&
          (i - atomFrom >= LONG_HEX || continuesHexGroup(codes, start[tokens], out, i - atomFrom)));
      if (isParameter) {
        out = putWildcard(codes, start[tokens], out);
      } else if (isUrlOrDrive(text, i, end, i - atomFrom)) {
        i = skipPath(text, i, end);
        out = putWildcard(codes, start[tokens], out);
      } else {
        for (let k = atomFrom; k < i; k++) codes[out++] = safeCode(text.charCodeAt(k));
      }
    } else if (code === 47 && beginsPath(text, i, from, end)) {
      i = skipPath(text, i, end);
      out = putWildcard(codes, start[tokens], out);
    } else if ((code === 34 || code === 39) && !(i > from && isAtomChar(text.charCodeAt(i - 1)))) {
      codes[out++] = code;
      const close = findClosingQuote(text, i, end, quotes);
      i++;
      if (close >= i && !isPlainWord(text, i, close)) {
        if (close > i) codes[out++] = WILDCARD;
        codes[out++] = code;
        i = close + 1;
      }
    } else {
      codes[out++] = code;
      i++;
      if (code === 61 && out > start[tokens]) start[++tokens] = out;
    }
  }
  if (tokens < MAX_TOKENS && out > start[tokens]) start[++tokens] = out;
  scan.tokens = tokens;
  for (let token = 0; token < tokens; token++) finishToken(scan, token);
}

/** Token i as text, `<*>` for a parameter. */
export function tokenText(scan: LineScan, token: number): string {
  let text = '';
  for (let i = scan.start[token]; i < scan.start[token + 1]; i++) {
    text += scan.codes[i] === WILDCARD ? WILDCARD_TEXT : String.fromCharCode(scan.codes[i]);
  }
  return text;
}

function finishToken(scan: LineScan, token: number): void {
  let hash = 0x811c9dc5;
  let wildcard = false;
  let constant = false;
  for (let i = scan.start[token]; i < scan.start[token + 1]; i++) {
    const code = scan.codes[i];
    if (code === WILDCARD) wildcard = true;
    else if (isAtomChar(code)) constant = true;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  scan.hash[token] = hash;
  scan.kind[token] = !wildcard ? TOKEN_WORD : constant ? TOKEN_MIXED : TOKEN_PARAMETER;
}

/** Appends a wildcard, swallowing a sign and joining it with a wildcard one separator before it. Gives the new length. */
function putWildcard(codes: Uint16Array, tokenStart: number, length: number): number {
  let out = length;
  if (out > tokenStart) {
    const last = codes[out - 1];
    if (last === 58) {
      const host = hostBefore(codes, tokenStart, out - 1);
      if (host >= 0) {
        codes[host] = WILDCARD;
        return host + 1;
      }
    }
    if (out - 1 > tokenStart && isJoiner(last) && codes[out - 2] === WILDCARD) return out - 1;
    if (
      (last === 45 || last === 43) &&
      !(out - 1 > tokenStart && isAtomChar(codes[out - 2]) && codes[out - 2] !== 95)
    ) {
      out--;
    }
    if (out > tokenStart && codes[out - 1] === WILDCARD) return out;
  }
  codes[out] = WILDCARD;
  return out + 1;
}

/**
 * Where a host name that ends at `end` begins, or -1: what stands before a colon and a number and has two dots at least, which tells
 * `db.example.org:5432` from `Main.java:17`.
 */
function hostBefore(codes: Uint16Array, tokenStart: number, end: number): number {
  let at = end;
  let dots = 0;
  while (at > tokenStart) {
    const code = codes[at - 1];
    if (code === 46) dots++;
    else if (code !== 45 && !isAtomChar(code)) break;
    at--;
  }
  return dots >= 2 && codes[at] !== 46 && codes[end - 1] !== 46 ? at : -1;
}

function isJoiner(code: number): boolean {
  return (code >= 43 && code <= 47) || code === 58 || code === 95 || code === 64 || code === 35;
}

/** Whether a run of a..f alone goes on a group such as `1f-ab` or `00:ff`: the letters-only parts of a UUID or a hardware address. */
function continuesHexGroup(codes: Uint16Array, tokenStart: number, out: number, length: number): boolean {
  if (out - 2 < tokenStart || codes[out - 2] !== WILDCARD) return false;
  const joiner = codes[out - 1];
  return (joiner === 58 && length === 2) || (joiner === 45 && (length === 2 || length % 4 === 0));
}

/** `scheme://` or `C:\` behind an atom of the given length. */
function isUrlOrDrive(text: string, at: number, end: number, atomLength: number): boolean {
  if (at + 1 >= end || text.charCodeAt(at) !== 58) return false;
  const next = text.charCodeAt(at + 1);
  return (next === 92 && atomLength === 1) || (next === 47 && at + 2 < end && text.charCodeAt(at + 2) === 47);
}

/** A slash begins a path unless it stands alone or between words (`and/or`). */
function beginsPath(text: string, at: number, from: number, end: number): boolean {
  if (at + 1 >= end) return false;
  const next = text.charCodeAt(at + 1);
  if (!isAtomChar(next) && next !== 46 && next !== 47) return false;
  return at === from || !isAtomChar(text.charCodeAt(at - 1));
}

/** Letters only: a quoted word such as 'Active' may be the message, where a quoted text is a parameter. */
function isPlainWord(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isAtomChar(code) || isDigit(code) || code === 95) return false;
  }
  return to > from;
}

/** Keeps text of the input apart from our own wildcard. */
function safeCode(code: number): number {
  return code === WILDCARD ? 0xfffd : code;
}
