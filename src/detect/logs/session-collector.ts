/** A session as it grows: the lines that have named it so far. */
export interface OpenSession {
  readonly id: string;
  /** Lines of each template. */
  readonly counts: Map<number, number>;
  /** Times of its first and last line, ms since 1970 UTC. */
  readonly first: number;
  last: number;
  /** Longest time between two of its lines, ms. */
  gap: number;
  /** Of its last line: index into the catalog. */
  device: number;
}

/** Sessions by name, with bounded memory. */
export interface SessionTracker {
  /** Counts one line of a session and gives the session. */
  add(id: string, template: number, t: number, device: number): OpenSession;
  /** Goes on with a session that was begun elsewhere. Call in order of their last lines. */
  resume(session: OpenSession): void;
  /** Takes out the sessions whose last line is at or before `until`, in order of their last lines. */
  closeUntil(until: number): readonly OpenSession[];
  /** All, in order of their last lines. */
  list(): readonly OpenSession[];
  readonly size: number;
  clear(): void;
}

/** capacity: sessions at once, >= 1; beyond it the one silent for longest is forgotten. Times are in order but for small leaps. */
export function trackSessions(capacity: number): SessionTracker {
  // Map order = order of the last line, so the first entries are the ones silent for longest.
  const sessions = new Map<string, OpenSession>();
  return {
    add(id, template, t, device) {
      let session = sessions.get(id);
      if (session === undefined) {
        session = { id, counts: new Map(), first: t, last: t, gap: 0, device };
      } else {
        sessions.delete(id);
        session.gap = Math.max(session.gap, t - session.last);
        session.last = Math.max(session.last, t);
        session.device = device;
      }
      session.counts.set(template, (session.counts.get(template) ?? 0) + 1);
      sessions.set(id, session);
      if (sessions.size > capacity) {
        for (const oldest of sessions.keys()) {
          sessions.delete(oldest);
          break;
        }
      }
      return session;
    },
    resume(session) {
      sessions.set(session.id, session);
    },
    closeUntil(until) {
      const closed: OpenSession[] = [];
      for (const [id, session] of sessions) {
        if (session.last > until) break;
        sessions.delete(id);
        closed.push(session);
      }
      return closed;
    },
    list: () => [...sessions.values()],
    get size() {
      return sessions.size;
    },
    clear: () => sessions.clear(),
  };
}
