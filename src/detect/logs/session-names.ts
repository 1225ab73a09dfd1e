const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The same behind a word, as in `req-123e4567-…`. */
const PREFIXED_UUID = /^([A-Za-z_]+-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Eight hexadecimal digits or more, letters among them. */
const HEX = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{8,64}$/i;
/** Shorter numbers are counts, codes and ports as often as names. */
const MIN_DIGITS = 6;
const MIN_HEX = 8;
const MAX_CANDIDATE_CHARS = 128;
/** Characters of a line that are searched. */
const MAX_SEARCHED = 2000;

const DIGIT = 1;
const NAME = 2;
const LETTER = 4;
const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(0x1_0000);
  for (let code = 48; code <= 57; code++) classes[code] = DIGIT | NAME;
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] = LETTER | NAME;
  classes[95] = classes[45] = NAME;
  return classes;
}

/**
 * Told a name that a line holds and its form: the name with its variable part masked, e.g. `blk_#`, `uuid`, `req-uuid`, `hex`. Names without a word of their
 * own are told a second time with the word in front, as `run hex`. true ends the search.
 */
export type NameVisitor = (form: string, name: string) => boolean;

/**
 * Finds what may name a session in text[from .. to): runs of letters, digits, `_` and `-` that are a UUID, a long hexadecimal number, or hold six digits.
 * In order, a name as often as it stands there.
 */
export function visitNames(text: string, from: number, to: number, visit: NameVisitor): void {
  const end = Math.min(to, from + MAX_SEARCHED);
  let at = from;
  while (at < end) {
    if (CLASSES[text.charCodeAt(at)] === 0) {
      at++;
      continue;
    }
    const start = at;
    let digits = 0;
    let kind = CLASSES[text.charCodeAt(at)];
    while (kind !== 0) {
      digits += kind & DIGIT;
      at++;
      kind = at < end ? CLASSES[text.charCodeAt(at)] : 0;
    }
    const length = at - start;
    if (digits === 0 || (digits < MIN_DIGITS && length < MIN_HEX) || length > MAX_CANDIDATE_CHARS) continue;
    const name = text.slice(start, at);
    const form = formOf(name, digits);
    if (form === undefined) continue;
    if (visit(form, name)) return;
    const word = isBare(form) ? wordBefore(text, from, start) : '';
    if (word !== '' && visit(`${word} ${form}`, name)) return;
  }
}

/** The session that a line names under this form: its first name of it; undefined when it has none. */
export function findName(text: string, from: number, to: number, form: string): string | undefined {
  let found: string | undefined;
  visitNames(text, from, to, (of, name) => {
    if (of !== form) return false;
    found = name;
    return true;
  });
  return found;
}

function formOf(name: string, digits: number): string | undefined {
  if (digits < MIN_DIGITS && !HEX.test(name)) return undefined;
  if (name.length >= 36 && UUID.test(name)) return 'uuid';
  const prefixed = name.length > 36 ? PREFIXED_UUID.exec(name) : null;
  if (prefixed !== null) return `${prefixed[1]}uuid`;
  if (name.length >= MIN_HEX && HEX.test(name)) return 'hex';
  return name.replace(/-?\d+/g, '#');
}

function isBare(form: string): boolean {
  return form === 'hex' || form === 'uuid' || form === '#';
}

/** The word that ends one character before `start`, in small letters; '' without one. */
function wordBefore(text: string, from: number, start: number): string {
  const end = start - 1;
  let at = end;
  while (at > from && (CLASSES[text.charCodeAt(at - 1)] & LETTER) !== 0 && end - at < 24) at--;
  return at < end ? text.slice(at, end).toLowerCase() : '';
}
