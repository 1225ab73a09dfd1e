import { isAtomChar, WILDCARD, WILDCARD_TEXT } from './masks';

/** Words behind a number that say its scale: `5 KB` and `5 MB` are one parameter. */
const UNITS = new Set([
  'b',
  'kb',
  'mb',
  'gb',
  'tb',
  'kib',
  'mib',
  'gib',
  'bytes',
  'ns',
  'us',
  'ms',
  's',
  'sec',
  'min',
  'h',
]);
const HYPHEN = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const COMMA = 44;
const AT = 64;
const BACKSLASH = 92;

/** What follows these words is somebody's or something's name. */
const NAMED = new Set(['user', 'username', 'host', 'hostname']);

/**
 * Whether a token that differs between otherwise equal lines is a parameter by its looks: it holds a masked parameter, or is a name of parts
 * joined by `.`, `/`, `\` or `@` (hosts, files, classes, packages, mail addresses), or a unit, or stands behind a word such as `user`. A plain word
 * is not: `up` and `down`, `failed` and `succeeded` make two messages. token: as `tokenText` gives it; before: the token in front, '' without.
 */
export function isParameterLike(token: string, before: string): boolean {
  if (isMasked(token)) return true;
  return isJoinedName(token) || (isMasked(before) && UNITS.has(letters(token))) || NAMED.has(letters(before));
}

function isMasked(token: string): boolean {
  return token === '' || token.includes(WILDCARD_TEXT);
}

/** Whether a token has parts joined by `.`, `/`, `\` or `@`. */
export function isJoinedName(token: string): boolean {
  for (let i = 1; i + 1 < token.length; i++) {
    const code = token.charCodeAt(i);
    const joins = code === 46 || code === 47 || code === 92 || code === 64;
    if (joins && isAtomChar(token.charCodeAt(i - 1)) && isAtomChar(token.charCodeAt(i + 1))) return true;
  }
  return false;
}

/**
 * Whether a token that a line begins with says who speaks rather than what is said: parts joined by `.`, `/`, `\\` or `@`, or words joined by `-` or `.`
 * with a number, as `web-fra-01` or `node-12.rack:`. codes[from .. to): a masked token, WILDCARD where a parameter stood.
 */
export function isSpeaker(codes: ArrayLike<number>, from: number, to: number): boolean {
  let numbered = false;
  let hyphened = false;
  let plain = true;
  for (let i = from; i < to; i++) {
    const code = codes[i];
    if (code === WILDCARD) numbered = true;
    else if (code === HYPHEN || code === DOT) hyphened = true;
    else if (!isAtomChar(code) && !(i === to - 1 && (code === COLON || code === COMMA))) plain = false;
    const joins = code === DOT || code === SLASH || code === BACKSLASH || code === AT;
    if (joins && i > from && i + 1 < to && isLetterOrDigit(codes[i - 1]) && isLetterOrDigit(codes[i + 1])) return true;
  }
  return plain && numbered && hyphened && isLetterOrDigit(codes[from]);
}

function isLetterOrDigit(code: number): boolean {
  return code !== WILDCARD && isAtomChar(code);
}

/** The masked text of a template as `isSpeaker` reads it. */
export function codesOf(token: string): readonly number[] {
  return Array.from(token.replaceAll(WILDCARD_TEXT, String.fromCharCode(WILDCARD)), (char) => char.charCodeAt(0));
}

/** The token in lower case without what is no letter or digit at its ends. */
function letters(token: string): string {
  let from = 0;
  let to = token.length;
  while (from < to && !isAtomChar(token.charCodeAt(from))) from++;
  while (to > from && !isAtomChar(token.charCodeAt(to - 1))) to--;
  return token.slice(from, to).toLowerCase();
}
