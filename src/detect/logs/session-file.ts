import { ok, type Result } from '../../domain/result';
import { type LogBatch, logMessage } from '../../domain/telemetry';
import type { DetectError } from '../contract';
import type { LogBackend } from './autoencoder';
import { createLineScan, scanLine } from './normalise';
import { createSessionDetector } from './session-detector';
import type { Session } from './session-vectors';
import { createTemplateMiner } from './template-miner';
import type { SessionTraining } from './train-session-model';

/** Expected share of normal sessions that are flagged. */
const FALSE_ALARM_SHARE = 0.001;

/** Log lines and the session that each belongs to. */
export interface SessionLines {
  readonly lines: LogBatch;
  /** One entry a line; '' = none. */
  readonly sessions: readonly string[];
}

/** One entry a session, in the order of their first lines. */
export interface SessionScores {
  readonly ids: readonly string[];
  /** The raw score: unlike the rarity it has no upper bound, so it still tells the rarest apart. */
  readonly evidence: Float64Array;
  readonly rarity: Float64Array;
  readonly flagged: Uint8Array;
}

/** Mines the lines of all parts with one miner and gathers their templates by session. */
export function gatherSessions(parts: readonly SessionLines[]): Session[][] {
  const miner = createTemplateMiner();
  const scan = createLineScan();
  const gathered = parts.map(({ lines, sessions }) => {
    const found = new Map<string, number[]>();
    for (let i = 0; i < lines.n; i++) {
      const text = logMessage(lines, i);
      scanLine(text, 0, text.length, scan);
      const template = miner.match(scan, lines.t[i], () => text).id;
      if (sessions[i] === '') continue;
      const templates = found.get(sessions[i]);
      if (templates === undefined) found.set(sessions[i], [template]);
      else templates.push(template);
    }
    return found;
  });
  // Ids of templates that have been merged since their lines were read stand for the ones that took them in.
  return gathered.map((found) =>
    [...found].map(([id, templates]) => ({ id, templates: templates.map((of) => miner.get(of)?.id ?? of) })),
  );
}

/** Learns from normal sessions and scores others. Errors: those of the training. */
export async function scoreSessions(
  backend: LogBackend,
  normal: readonly Session[],
  sessions: readonly Session[],
  training: SessionTraining,
): Promise<Result<SessionScores, DetectError>> {
  const detector = createSessionDetector(backend);
  try {
    const trained = await detector.train(normal, training);
    if (!trained.ok) return trained;
    const judged = detector.score(sessions);
    if (!judged.ok) return judged;
    const threshold = -Math.log10(FALSE_ALARM_SHARE);
    return ok({
      ids: sessions.map(({ id }) => id),
      evidence: Float64Array.from(judged.value, ({ evidence }) => evidence),
      rarity: Float64Array.from(judged.value, ({ rarity }) => rarity),
      flagged: Uint8Array.from(judged.value, ({ rarity }) => (rarity >= threshold ? 1 : 0)),
    });
  } finally {
    detector.dispose();
  }
}
