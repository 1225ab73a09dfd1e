/** Stands in masked text for a parameter. A private-use code unit, so that a masked line stays one code unit per character. */
export const WILDCARD = 0xe000;

/** How a wildcard is shown in the text of a template. */
export const WILDCARD_TEXT = '<*>';

/** Longest quoted string that is masked as one parameter; bounds the search for the closing quote, so scanning stays linear. */
const MAX_QUOTED = 256;

const EQUALS = 61;
const QUESTION_MARK = 63;

const DIGIT_BIT = 1;
const UPPER_BIT = 3;
const SPACE = 1;
const DIGIT = 1 << DIGIT_BIT;
const LETTER = 4;
const UPPER = 1 << UPPER_BIT;
const HEX_LETTER = 16;
const PATH_END = 32;

const CLASSES = buildClasses();

/** One entry a code unit, so that a look-up needs no comparison. Everything from U+0080 on counts as a letter. */
function buildClasses(): Uint8Array {
  const classes = new Uint8Array(0x1_0000).fill(LETTER, 128);
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

/** Letters, digits, `_` and everything from U+0080 on: what a word or a number is made of. */
export function isAtomChar(code: number): boolean {
  return (CLASSES[code] & (LETTER | DIGIT)) !== 0;
}

/** Index behind the run of atom characters at `from`; at most `to`. */
export function skipAtom(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && (CLASSES[text.charCodeAt(end)] & (LETTER | DIGIT)) !== 0) end++;
  return end;
}

/** What a run of atom characters is made of. */
export const ATOM_HAS_DIGIT = 1;
/** Nothing but digits and a..f, A..F. */
export const ATOM_IS_HEX = 2;

/** Looks at the atom text[from .. to): ATOM_ flags. */
export function classifyAtom(text: string, from: number, to: number): number {
  let any = 0;
  let all = HEX_LETTER;
  for (let i = from; i < to; i++) {
    const kind = CLASSES[text.charCodeAt(i)];
    any |= kind;
    all &= (kind & DIGIT) !== 0 ? HEX_LETTER : kind;
  }
  return ((any & DIGIT) !== 0 ? ATOM_HAS_DIGIT : 0) | (all !== 0 ? ATOM_IS_HEX : 0);
}

/** How many characters of a text are of each kind. */
export interface CharCounts {
  digits: number;
  upper: number;
  punctuation: number;
}

/** Counts digits, capitals and punctuation (neither atom nor space) of text[from .. to) into `counts`. */
export function countChars(text: string, from: number, to: number, counts: CharCounts): void {
  let digits = 0;
  let upper = 0;
  let others = 0;
  for (let i = from; i < to; i++) {
    const kind = CLASSES[text.charCodeAt(i)];
    digits += (kind >> DIGIT_BIT) & 1;
    upper += (kind >> UPPER_BIT) & 1;
    others += (kind & (SPACE | LETTER | DIGIT)) === 0 ? 1 : 0;
  }
  counts.digits = digits;
  counts.upper = upper;
  counts.punctuation = others;
}

/** Whether a path that begins at a slash ends at this character: blanks, quotes, brackets, `, ; = |`. */
export function endsPath(code: number): boolean {
  return (CLASSES[code] & PATH_END) !== 0;
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
