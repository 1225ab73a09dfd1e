/** Stands in masked text for a parameter. A private-use code unit, so that a masked line stays one code unit per character. */
export const WILDCARD = 0xe000;

/** How a wildcard is shown in the text of a template. */
export const WILDCARD_TEXT = '<*>';

/** Longest quoted string that is masked as one parameter; bounds the search for the closing quote, so scanning stays linear. */
const MAX_QUOTED = 256;

const EQUALS = 61;
const QUESTION_MARK = 63;

const SPACE = 1;
const DIGIT = 2;
const LETTER = 4;
const UPPER = 8;
const HEX_LETTER = 16;
const PATH_END = 32;

const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  for (let code = 0; code <= 32; code++) classes[code] = SPACE | PATH_END;
  for (let code = 48; code <= 57; code++) classes[code] = DIGIT;
  for (let code = 65; code <= 90; code++) classes[code] = LETTER | UPPER;
  for (let code = 97; code <= 122; code++) classes[code] = LETTER;
  for (const char of 'abcdefABCDEF') classes[char.charCodeAt(0)] |= HEX_LETTER;
  for (const char of '"\'()[]{}<>,;=|') classes[char.charCodeAt(0)] |= PATH_END;
  classes[95] = LETTER;
  return classes;
}

/** Control characters and the blank. Everything from U+0080 on counts as a letter. */
export function isSpace(code: number): boolean {
  return code <= 32;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Letters, digits, `_` and everything from U+0080 on: what a word or a number is made of. */
export function isAtomChar(code: number): boolean {
  return code >= 128 || (CLASSES[code] & (LETTER | DIGIT)) !== 0;
}

/** Digits and a..f, A..F. */
export function isHexChar(code: number): boolean {
  return code < 128 && (CLASSES[code] & (DIGIT | HEX_LETTER)) !== 0;
}

/** Whether a path that begins at a slash ends at this character: blanks, quotes, brackets, `, ; = |`. */
export function endsPath(code: number): boolean {
  return code < 128 && (CLASSES[code] & PATH_END) !== 0;
}

/**
 * Index behind the path or URL that begins at `from`; at most `to`. A query (`?a=b&c=d`) is part of it; a trailing `.`, `:` or `!` belongs to the
 * sentence.
 */
export function skipPath(text: string, from: number, to: number): number {
  let end = from;
  let inQuery = false;
  while (end < to) {
    const code = text.charCodeAt(end);
    if (code === QUESTION_MARK) inQuery = true;
    if (endsPath(code) && !(inQuery && code === EQUALS)) break;
    end++;
  }
  while (end > from + 1 && isSentenceEnd(text.charCodeAt(end - 1))) end--;
  return end;
}

function isSentenceEnd(code: number): boolean {
  return code === 46 || code === 58 || code === 33;
}

/** How far each kind of quote has been searched in one line without a closing one, so that many opening quotes cost no more than one. */
export interface QuoteSearch {
  double: number;
  single: number;
}

/**
 * Index of the quote that closes the one at `from`, or -1: none within MAX_QUOTED characters or before `to`. A single quote must be
 * followed by neither letter nor digit, so that the apostrophe of "don't" closes nothing. search: of this line, at first all 0; whether a quote
 * closes does not depend on where the opening one stands, so what was searched for one holds for the next.
 */
export function findClosingQuote(text: string, from: number, to: number, search: QuoteSearch): number {
  const quote = text.charCodeAt(from);
  const isDouble = quote === 34;
  const limit = Math.min(to, from + MAX_QUOTED);
  const searched = isDouble ? search.double : search.single;
  for (let i = Math.max(from + 1, searched); i < limit; i++) {
    if (text.charCodeAt(i) !== quote) continue;
    if (isDouble || i + 1 >= to || !isAtomChar(text.charCodeAt(i + 1))) return i;
  }
  if (isDouble) search.double = Math.max(searched, limit);
  else search.single = Math.max(searched, limit);
  return -1;
}
