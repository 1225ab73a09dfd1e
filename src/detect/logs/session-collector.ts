import type { Session } from './session-vectors';

/** Lines of one session that are kept; more of them change its count vector little. */
const MAX_LINES = 2000;

export interface CollectorOptions {
  /** Milliseconds without a line after which a session counts as complete, > 0. */
  readonly idleMs: number;
  /** Sessions that may be open at once, >= 1; beyond it the one silent for longest is closed. */
  readonly maxOpen: number;
}

export const DEFAULT_COLLECTOR: CollectorOptions = { idleMs: 60_000, maxOpen: 10_000 };

/** Gathers lines into sessions, with bounded memory. */
export interface SessionCollector {
  /** Adds a line to its session. Gives the sessions that are complete by now, in the order of their last lines. */
  add(id: string, template: number, t: number): readonly Session[];
  /** Closes and gives all sessions. */
  closeAll(): readonly Session[];
  readonly open: number;
}

/** Starts without open sessions. */
export function createSessionCollector(options: CollectorOptions = DEFAULT_COLLECTOR): SessionCollector {
  // Map order = order of the last line, so the first entries are the ones silent for longest.
  const sessions = new Map<string, { readonly templates: number[]; t: number }>();
  const close = (until: number, room: number): Session[] => {
    const closed: Session[] = [];
    for (const [id, { templates, t }] of sessions) {
      if (t > until && sessions.size <= room) break;
      sessions.delete(id);
      closed.push({ id, templates });
    }
    return closed;
  };
  return {
    add(id, template, t) {
      const session = sessions.get(id) ?? { templates: [], t };
      if (session.templates.length < MAX_LINES) session.templates.push(template);
      if (!(session.t >= t)) session.t = t;
      sessions.delete(id);
      sessions.set(id, session);
      return close(session.t - options.idleMs, options.maxOpen);
    },
    closeAll: () => close(Number.POSITIVE_INFINITY, 0),
    get open() {
      return sessions.size;
    },
  };
}
