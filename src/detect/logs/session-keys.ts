/** Runs of letters, digits, `_` and `-` that hold a digit: what may name a session. */
const CANDIDATE = /[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The same behind a word, as in `req-123e4567-…`. */
const PREFIXED_UUID = /^([A-Za-z_]+-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Eight hexadecimal digits or more, letters among them. */
const HEX = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{8,64}$/i;
/** Shorter numbers are counts, codes and ports as often as names. */
const MIN_DIGITS = 6;
const MAX_CANDIDATE_CHARS = 128;
/** Characters of a line that are searched. */
const MAX_SEARCHED = 2000;

/** A key names sessions when this share of the lines has one. */
const MIN_COVERAGE = 0.3;
const MIN_SESSIONS = 8;
/** Means over the sessions: a name that occurs once names nothing, and one that stands in lines of one kind only is a plain parameter. */
const MIN_LINES = 2;
const MIN_TEMPLATES = 2;

/** Where lines carry the name of their session: the masked form of the name, e.g. `blk_#`, `uuid`, `req-uuid`. */
export interface SessionKey {
  readonly form: string;
  /** Share of the lines that carry one, 0..1. */
  readonly coverage: number;
  readonly sessions: number;
}

/**
 * Finds the parameter that recurs over lines of different templates, as the block id of a file system or the id of a request does. Of several that do,
 * the one that most lines have; of equals, the one with most values. undefined when none does. texts and templates (ids) are aligned.
 */
export function findSessionKey(texts: readonly string[], templates: ArrayLike<number>): SessionKey | undefined {
  const forms = new Map<string, Map<string, { lines: number; readonly templates: Set<number> }>>();
  texts.forEach((text, line) => {
    for (const [form, name] of listNames(text)) {
      let names = forms.get(form);
      if (names === undefined) {
        names = new Map();
        forms.set(form, names);
      }
      const seen = names.get(name);
      if (seen === undefined) names.set(name, { lines: 1, templates: new Set([templates[line]]) });
      else {
        seen.lines++;
        seen.templates.add(templates[line]);
      }
    }
  });
  let best: SessionKey | undefined;
  for (const [form, names] of forms) {
    const sessions = names.size;
    let lines = 0;
    let kinds = 0;
    for (const name of names.values()) {
      lines += name.lines;
      kinds += name.templates.size;
    }
    const coverage = lines / texts.length;
    if (coverage < MIN_COVERAGE || sessions < MIN_SESSIONS) continue;
    if (lines < MIN_LINES * sessions || kinds < MIN_TEMPLATES * sessions) continue;
    const isBetter =
      best === undefined || coverage > best.coverage || (coverage === best.coverage && sessions > best.sessions);
    if (isBetter) best = { form, coverage, sessions };
  }
  return best;
}

/** The session that a line names under this key: its first name of that form; undefined when it has none. */
export function sessionOf(text: string, form: string): string | undefined {
  return listNames(text).get(form);
}

/** The first name of each form in a line. */
function listNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const [candidate] of text.slice(0, MAX_SEARCHED).matchAll(CANDIDATE)) {
    const form = formOf(candidate);
    if (form !== undefined && !names.has(form)) names.set(form, candidate);
  }
  return names;
}

function formOf(candidate: string): string | undefined {
  if (candidate.length > MAX_CANDIDATE_CHARS || candidate.length < MIN_DIGITS) return undefined;
  if (UUID.test(candidate)) return 'uuid';
  const prefixed = PREFIXED_UUID.exec(candidate);
  if (prefixed !== null) return `${prefixed[1]}uuid`;
  if (HEX.test(candidate)) return 'hex';
  let digits = 0;
  for (let i = 0; i < candidate.length; i++) {
    const code = candidate.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits < MIN_DIGITS ? undefined : candidate.replace(/-?\d+/g, '#');
}
