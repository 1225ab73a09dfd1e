import { err, ok, type Result } from '../../domain/result';
import type { DetectError } from '../contract';
import { isSuspect } from '../suspicion';
import type { LogBackend } from './autoencoder';
import { type OpenSession, type SessionTracker, trackSessions } from './session-collector';
import { createSessionScout } from './session-keys';
import { findName } from './session-names';
import { type CountVector, vectorOf } from './session-vectors';
import {
  createEndedJudge,
  type EndedJudge,
  judgeSurplus,
  type SessionVerdict,
  type SessionWatch,
  trainWatch,
  usualIdle,
} from './session-watch';
import { MIN_TRAIN_SESSIONS, type SessionTraining } from './train-session-model';

/** Lines that are searched for a name that sessions have, after the start and after each training that found none. */
const SCOUTED_LINES = 20_000;
/** Sessions that may be open at once; beyond it the one silent for longest is forgotten. */
const MAX_OPEN = 10_000;
/** Count vectors of ended sessions that are kept to learn from. */
const MAX_KEPT = 4000;
/** Findings less rare than one in ten are not told. */
const MIN_RARITY = 1;

/** A session that is unlike normal ones, told on a line of its device. */
export interface SessionFinding extends SessionVerdict {
  readonly id: string;
  /** `ended`: its lines do not go together as they should; `exceeded`: it goes on and has too many already. */
  readonly kind: 'ended' | 'exceeded';
  /** Lines of it so far. */
  readonly lines: number;
}

/** The member of the log pipeline that follows sessions, where lines name them. */
export interface SessionMember {
  /** Reads one line of a batch, text[from .. to), in order. */
  see(line: number, text: string, from: number, to: number, template: number, t: number, device: number): void;
  /**
   * What was found in the lines since the last call, by line of the batch. A session that has ended is told on the next line of its device, in a later batch if
   * need be. isKnown: templates of the line model's training; others are that one's to judge. flagsAt: rarity from which a session is not learned from.
   */
  judge(
    device: Uint16Array,
    isKnown: (template: number) => boolean,
    flagsAt: number,
    suspect: Uint8Array,
  ): SessionFindings;
  /**
   * Learns from the sessions that have ended and gives what `use` takes; undefined when lines name no sessions, or too few. nameOf: the present id of a
   * template. Errors: cancelled.
   */
  train(
    nameOf: (template: number) => number | undefined,
    backend: LogBackend,
    training: SessionTraining,
  ): Promise<Result<SessionWatch | undefined, DetectError>>;
  /** Watches by this from now on. undefined: only collects. */
  use(watch: SessionWatch | undefined): void;
  readonly watch: SessionWatch | undefined;
  /** Forgets all lines, not the watch. */
  clear(): void;
}

export type SessionFindings = ReadonlyMap<number, SessionFinding>;

interface Due {
  readonly device: number;
  /** Line of the batch from which on it may be told. */
  readonly line: number;
  readonly finding: SessionFinding;
}

interface Ended {
  readonly session: OpenSession;
  readonly line: number;
}

/** Starts without a watch, looking for names. */
export function createSessionMember(): SessionMember {
  const scout = createSessionScout();
  const kept: CountVector[] = [];
  /** By device: what is to be told on its next line. */
  const pending = new Map<number, SessionFinding>();
  let scouted = 0;
  let tracker: SessionTracker = trackSessions(MAX_OPEN);
  let key: { readonly form: string; readonly idleMs: number } | undefined;
  let watch: SessionWatch | undefined;
  let endedJudge: EndedJudge | undefined;
  let ended: Ended[] = [];
  let exceeded: { readonly line: number; readonly id: string; readonly vector: CountVector }[] = [];
  /** Times of the first and the newest line. A session that began soon after the first may have begun before it. */
  let start = Number.NaN;
  let newest = Number.NEGATIVE_INFINITY;

  function restart(): void {
    tracker.clear();
    scout.clear();
    scouted = 0;
    start = Number.NaN;
    newest = Number.NEGATIVE_INFINITY;
  }

  function keep(vector: CountVector): void {
    if (kept.length === MAX_KEPT) kept.shift();
    kept.push(vector);
  }

  /** Complete sessions among the scouted ones; those that go on are followed further. */
  function adopt(form: string): void {
    const sessions = scout.sessionsOf(form);
    key = { form, idleMs: usualIdle(sessions) };
    tracker = trackSessions(MAX_OPEN);
    for (const session of sessions) {
      if (session.last > newest - key.idleMs) tracker.resume(session);
      else if (session.first >= start + key.idleMs) keep(vectorOf(session.counts));
    }
    scout.clear();
  }

  /** In order of the lines at which the sessions were found to have ended. */
  function findEnded(isKnown: (template: number) => boolean, flagsAt: number, suspect: Uint8Array): Due[] {
    const due: Due[] = [];
    const whole = key === undefined ? [] : ended.filter(({ session }) => session.first >= start + (key?.idleMs ?? 0));
    const vectors = whole.map(({ session }) => knownPart(session, isKnown));
    const verdicts = endedJudge?.judge(vectors) ?? [];
    whole.forEach(({ session, line }, i) => {
      const verdict = verdicts[i];
      if (!(verdict?.rarity >= flagsAt) && !isSuspect(suspect, session.device)) keep(vectorOf(session.counts));
      if (!(verdict?.rarity >= MIN_RARITY)) return;
      const finding = { ...verdict, id: session.id, kind: 'ended', lines: countLines(session.counts) } as const;
      due.push({ device: session.device, line, finding });
    });
    return due;
  }

  return {
    see(line, text, from, to, template, t, device) {
      if (key === undefined) {
        if (scouted >= SCOUTED_LINES) return;
        scouted++;
        if (Number.isNaN(start)) start = t;
        newest = Math.max(newest, t);
        scout.add(text, from, to, template, t, device);
        return;
      }
      // A leap back: the lines are read again, or are of another time.
      if (t < newest - key.idleMs) restart();
      if (Number.isNaN(start)) start = t;
      newest = Math.max(newest, t);
      for (const session of tracker.closeUntil(t - key.idleMs)) ended.push({ session, line });
      const id = findName(text, from, to, key.form);
      if (id === undefined) return;
      const { counts } = tracker.add(id, template, t, device);
      if (watch === undefined || (counts.get(template) ?? 0) <= (watch.most.get(template) ?? 0)) return;
      exceeded.push({ line, id, vector: vectorOf(counts) });
    },

    judge(device, isKnown, flagsAt, suspect) {
      const findings = new Map<number, SessionFinding>();
      const due = ended.length > 0 ? findEnded(isKnown, flagsAt, suspect) : [];
      let next = 0;
      for (let line = 0; line < device.length && (pending.size > 0 || next < due.length); line++) {
        for (; next < due.length && due[next].line <= line; next++) {
          const { device: of, finding } = due[next];
          if (finding.rarity > (pending.get(of)?.rarity ?? 0)) pending.set(of, finding);
        }
        const finding = pending.get(device[line]);
        if (finding === undefined) continue;
        findings.set(line, finding);
        pending.delete(device[line]);
      }
      for (const { line, id, vector } of exceeded) {
        if (watch === undefined) break;
        const known = selectKnown(vector, isKnown);
        const verdict = judgeSurplus(watch, known);
        if (!(verdict.rarity >= MIN_RARITY) || verdict.rarity <= (findings.get(line)?.rarity ?? 0)) continue;
        const lines = vector.counts.reduce((sum, count) => sum + count, 0);
        findings.set(line, { ...verdict, id, kind: 'exceeded', lines });
      }
      ended = [];
      exceeded = [];
      return findings;
    },

    async train(nameOf, backend, training) {
      const chosen = key === undefined ? scout.choose() : undefined;
      if (chosen !== undefined) adopt(chosen.form);
      if (key === undefined) {
        scout.clear();
        scouted = 0;
        return ok(undefined);
      }
      const vectors = kept
        .map((vector) => renameTemplates(vector, nameOf))
        .filter((vector) => vector.templates.length > 0);
      if (vectors.length < MIN_TRAIN_SESSIONS) return ok(undefined);
      const trained = await trainWatch(key, vectors, backend, training);
      if (trained.ok || trained.error.code !== 'cancelled') return trained.ok ? trained : ok(undefined);
      return err('cancelled', trained.error.message);
    },

    use(next) {
      if (watch !== next) watch?.model.network.dispose();
      watch = next;
      endedJudge = next === undefined ? undefined : createEndedJudge(next, MIN_RARITY);
      if (next !== undefined) key = { form: next.form, idleMs: next.idleMs };
    },

    get watch() {
      return watch;
    },

    clear() {
      restart();
      kept.length = 0;
      pending.clear();
      ended = [];
      exceeded = [];
      key = watch === undefined ? undefined : { form: watch.form, idleMs: watch.idleMs };
    },
  };
}

function countLines(counts: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function knownPart(session: OpenSession, isKnown: (template: number) => boolean): CountVector {
  return selectKnown(vectorOf(session.counts), isKnown);
}

function selectKnown(vector: CountVector, isKnown: (template: number) => boolean): CountVector {
  if (vector.templates.every(isKnown)) return vector;
  return vectorOf(new Map(vector.templates.flatMap((of, i) => (isKnown(of) ? [[of, vector.counts[i]] as const] : []))));
}

/** The vector by present ids: counts of templates that have been merged are added up, those that are forgotten left out. */
function renameTemplates(vector: CountVector, nameOf: (template: number) => number | undefined): CountVector {
  const counts = new Map<number, number>();
  vector.templates.forEach((template, i) => {
    const name = nameOf(template);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + vector.counts[i]);
  });
  return vectorOf(counts);
}
