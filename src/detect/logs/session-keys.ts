import { type OpenSession, type SessionTracker, trackSessions } from './session-collector';
import { visitNames } from './session-names';

/** A key names sessions when this share of the lines has one. */
const MIN_COVERAGE = 0.05;
const MIN_SESSIONS = 32;
/** Means over the sessions: a name that occurs once names nothing, and one that stands in lines of one kind only is a plain parameter. */
const MIN_LINES = 2;
const MIN_TEMPLATES = 2;
/** Forms of names that are followed, and names of each, the ones silent for longest forgotten first. */
const MAX_FORMS = 24;
const MAX_NAMES = 4000;

/** Where lines carry the name of their session: the form of the name (`session-names.ts`). */
export interface SessionKey {
  readonly form: string;
  /** Share of the lines that carry one, 0..1. */
  readonly coverage: number;
  /** Sessions that are remembered. */
  readonly sessions: number;
}

/** Follows every kind of name in the lines until it is known which of them, if any, names sessions. */
export interface SessionScout {
  /** Reads one line, text[from .. to). */
  add(text: string, from: number, to: number, template: number, t: number, device: number): void;
  /**
   * The parameter that recurs over lines of different templates, as the block id of a file system or the id of a request does. Of several, the
   * one that most lines have; of equals, the one with most values. undefined when none does.
   */
  choose(): SessionKey | undefined;
  /** The sessions of a form, the one silent for longest first. */
  sessionsOf(form: string): readonly OpenSession[];
  clear(): void;
}

interface Followed {
  readonly tracker: SessionTracker;
  /** Number of the last line that counted: a line counts for the first of its names. */
  line: number;
  lines: number;
}

/** A scout that has read nothing. Its memory is bounded. */
export function createSessionScout(): SessionScout {
  const forms = new Map<string, Followed>();
  let lines = 0;
  return {
    add(text, from, to, template, t, device) {
      lines++;
      visitNames(text, from, to, (form, name) => {
        let followed = forms.get(form);
        if (followed === undefined) {
          if (forms.size >= MAX_FORMS) return false;
          followed = { tracker: trackSessions(MAX_NAMES), line: 0, lines: 0 };
          forms.set(form, followed);
        }
        if (followed.line === lines) return false;
        followed.line = lines;
        followed.lines++;
        followed.tracker.add(name, template, t, device);
        return false;
      });
    },
    choose() {
      let best: SessionKey | undefined;
      for (const [form, followed] of forms) {
        const key = judgeForm(form, followed, lines);
        if (key === undefined) continue;
        const isBetter =
          best === undefined ||
          key.coverage > best.coverage ||
          (key.coverage === best.coverage && key.sessions > best.sessions);
        if (isBetter) best = key;
      }
      return best;
    },
    sessionsOf: (form) => forms.get(form)?.tracker.list() ?? [],
    clear() {
      forms.clear();
      lines = 0;
    },
  };
}

/** undefined when names of this form do not name sessions. */
function judgeForm(form: string, followed: Followed, lines: number): SessionKey | undefined {
  const sessions = followed.tracker.list();
  const coverage = followed.lines / lines;
  if (coverage < MIN_COVERAGE || sessions.length < MIN_SESSIONS) return undefined;
  let total = 0;
  let kinds = 0;
  for (const { counts } of sessions) {
    kinds += counts.size;
    for (const count of counts.values()) total += count;
  }
  if (total < MIN_LINES * sessions.length || kinds < MIN_TEMPLATES * sessions.length) return undefined;
  return { form, coverage, sessions: sessions.length };
}
