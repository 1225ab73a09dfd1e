import { ok, type Result } from '../../domain/result';
import { type Calibration, fitCalibration } from '../calibration';
import type { DetectError } from '../contract';
import type { LogBackend } from './autoencoder';
import type { OpenSession } from './session-collector';
import {
  judgeVectors,
  listDifferences,
  rarityOfSession,
  type SessionDifference,
  type SessionModel,
} from './session-model';
import { type CountVector, type VectorSpace, vectorKey, vectorOf } from './session-vectors';
import { referenceSessions, type SessionTraining, trainSessionModel } from './train-session-model';

/** A trained session model with what it needs to follow sessions live. */
export interface SessionWatch {
  /** Form of the names (`session-names.ts`). */
  readonly form: string;
  /** Milliseconds without a line after which a session has ended. */
  readonly idleMs: number;
  readonly model: SessionModel;
  /** Of `surplusOf`, of sessions that the older ones were compared with. */
  readonly surplus: Calibration;
  /** Most lines of each template in a normal session. */
  readonly most: ReadonlyMap<number, number>;
}

/** What a session is found to be: its rarity, and what makes it unlike a normal one. */
export interface SessionVerdict {
  readonly rarity: number;
  readonly differences: readonly SessionDifference[];
}

/** A session is given up this many times the longest usual pause after its last line. */
const IDLE_PAUSES = 2;
/** Share of the sessions whose longest pause counts as usual. */
const USUAL_SHARE = 0.99;
const MIN_IDLE_MS = 10_000;
const MAX_IDLE_MS = 3_600_000;

/** How long a session may be silent, from normal ones: twice the longest pause of 99 in 100, within 10 s to 1 h. Degenerate: none gives 10 s. */
export function usualIdle(sessions: readonly OpenSession[]): number {
  const gaps = Float64Array.from(sessions, ({ gap }) => gap).sort();
  const usual = gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * USUAL_SHARE))] ?? 0;
  return Math.min(MAX_IDLE_MS, Math.max(MIN_IDLE_MS, IDLE_PAUSES * usual));
}

/** Learns from the count vectors of complete normal sessions, oldest first. Errors: those of `trainSessionModel`. */
export async function trainWatch(
  key: { readonly form: string; readonly idleMs: number },
  vectors: readonly CountVector[],
  backend: LogBackend,
  training: SessionTraining,
): Promise<Result<SessionWatch, DetectError>> {
  const model = await trainSessionModel(vectors, backend, training);
  if (!model.ok) return model;
  const { older, reference } = referenceSessions(vectors);
  const before = largestCounts(older);
  const surplus = fitCalibration(reference.map((vector) => surplusOf(model.value.space, before, vector)));
  if (!surplus.ok) {
    model.value.network.dispose();
    return surplus;
  }
  return ok({ ...key, model: model.value, surplus: surplus.value, most: largestCounts(model.value.normal) });
}

/** Most lines of each template in one of these vectors. */
export function largestCounts(vectors: readonly CountVector[]): Map<number, number> {
  const most = new Map<number, number>();
  for (const { templates, counts } of vectors) {
    templates.forEach((template, i) => {
      most.set(template, Math.max(most.get(template) ?? 0, counts[i]));
    });
  }
  return most;
}

/** By how much a vector exceeds the largest normal counts, weighted as the distance is. Never falls while a session grows. >= 0. */
function surplusOf(space: VectorSpace, most: ReadonlyMap<number, number>, vector: CountVector): number {
  let sum = 0;
  vector.templates.forEach((template, i) => {
    const over = Math.log1p(vector.counts[i]) - Math.log1p(most.get(template) ?? 0);
    if (over > 0) sum += over * (space.weights.get(template) ?? space.unknown);
  });
  return sum;
}

/** What is too much in a session that goes on. */
export function judgeSurplus(watch: SessionWatch, vector: CountVector): SessionVerdict {
  const { model, most, surplus } = watch;
  const over = vector.templates.map((template, i) => vector.counts[i] > (most.get(template) ?? 0));
  const exceeding = vectorOf(new Map(vector.templates.flatMap((of, i) => (over[i] ? [[of, vector.counts[i]]] : []))));
  const allowed = vectorOf(
    new Map(exceeding.templates.flatMap((of) => (most.has(of) ? [[of, most.get(of) ?? 0]] : []))),
  );
  return {
    rarity: rarityOfSession(model, surplus, surplusOf(model.space, most, vector)),
    differences: listDifferences(model.space, exceeding, allowed),
  };
}

/** Verdicts that are remembered: most sessions of a system are alike. */
const MAX_REMEMBERED = 5000;

/** Judges sessions that have ended. Aligned with `vectors`; differences are listed for those at least as rare as `explainFrom`. */
export interface EndedJudge {
  judge(vectors: readonly CountVector[]): readonly SessionVerdict[];
}

/** A judge that computes each vector once. */
export function createEndedJudge({ model }: SessionWatch, explainFrom: number): EndedJudge {
  const known = new Map<string, SessionVerdict>();
  return {
    judge(vectors) {
      if (known.size > MAX_REMEMBERED) known.clear();
      const keys = vectors.map(vectorKey);
      const fresh = new Map<string, CountVector>();
      keys.forEach((key, i) => {
        if (!known.has(key)) fresh.set(key, vectors[i]);
      });
      const distinct = [...fresh.values()];
      const judged = distinct.length === 0 ? [] : judgeVectors(model, distinct);
      [...fresh].forEach(([key, vector], i) => {
        const { evidence, nearest } = judged[i];
        const rarity = rarityOfSession(model, model.evidence, evidence);
        const normal = model.normal[nearest] ?? { templates: [], counts: [] };
        const differences = rarity >= explainFrom ? listDifferences(model.space, vector, normal) : [];
        known.set(key, { rarity, differences });
      });
      return keys.flatMap((key) => known.get(key) ?? []);
    },
  };
}
