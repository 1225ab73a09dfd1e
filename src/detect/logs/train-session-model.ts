import { err, ok, type Result } from '../../domain/result';
import { fitCalibration } from '../calibration';
import type { DetectError } from '../contract';
import type { LogBackend } from './autoencoder';
import { countSlots, encodeVector, judgeVectors, MAX_SLOTS, type SessionModel } from './session-model';
import { type CountVector, vectorKey, weighTemplates } from './session-vectors';

/** Fewer sessions say too little about what is normal. */
export const MIN_TRAIN_SESSIONS = 32;
/** Distinct normal vectors that are kept; beyond it the rarest are left out. */
export const MAX_NORMAL = 2000;
/** Share of the newest sessions that calibrates. */
const REFERENCE_SHARE = 1 / 3;
const HIDDEN = [32, 8, 32] as const;
const EPOCHS = 30;
const BATCH = 32;
const LEARNING_RATE = 0.01;
/** Rows of an epoch at most, so that the time of a training is bounded. */
const MAX_ROWS = 2048;

export interface SessionTraining {
  readonly seed: number;
  readonly onProgress: (progress: number) => void;
  readonly cancelled: () => boolean;
}

/** The vectors that train, and the newest third, that calibrates. */
export function referenceSessions(vectors: readonly CountVector[]): {
  readonly older: readonly CountVector[];
  readonly reference: readonly CountVector[];
} {
  const from = Math.floor(vectors.length * (1 - REFERENCE_SHARE));
  return { older: vectors.slice(0, from), reference: vectors.slice(from) };
}

/**
 * Learns from the count vectors of normal sessions, oldest first. The older two thirds train, the newest third calibrates the scores and then joins the normal vectors.
 * Deterministic. Errors: too-few-rows under MIN_TRAIN_SESSIONS; cancelled; backend when training diverged.
 */
export async function trainSessionModel(
  vectors: readonly CountVector[],
  backend: LogBackend,
  training: SessionTraining,
): Promise<Result<SessionModel, DetectError>> {
  if (vectors.length < MIN_TRAIN_SESSIONS) {
    return err('too-few-rows', `training needs at least ${MIN_TRAIN_SESSIONS} sessions, got ${vectors.length}`);
  }
  const { older, reference } = referenceSessions(vectors);
  const slots = chooseSlots(older);
  const largest = largestCounts(slots, older);
  const width = slots.length + 1;
  const network = backend.create([width, ...HIDDEN, width], training.seed);
  const rows = encodeRows(older, slots, largest);
  const trained = await network.train(rows, rows.length / width, {
    ...training,
    epochs: EPOCHS,
    batch: BATCH,
    learningRate: LEARNING_RATE,
  });
  if (!trained.ok) {
    network.dispose();
    return trained;
  }
  const model = { network, slots, largest, space: weighTemplates(vectors), sessions: vectors.length };
  const held = { ...model, space: weighTemplates(older), normal: distinctVectors(older) };
  const evidence = fitCalibration(judgeVectors(held, reference).map((judged) => judged.evidence));
  if (!evidence.ok) {
    network.dispose();
    return evidence;
  }
  return ok({
    ...model,
    normal: distinctVectors(vectors),
    evidence: evidence.value,
    novelShare: shareOfNovel(vectors),
  });
}

/** The templates that most sessions have; of equals the one with the lower id. */
function chooseSlots(vectors: readonly CountVector[]): number[] {
  const having = new Map<number, number>();
  for (const vector of vectors) {
    for (const template of vector.templates) having.set(template, (having.get(template) ?? 0) + 1);
  }
  return [...having]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MAX_SLOTS)
    .map(([template]) => template);
}

function largestCounts(slots: readonly number[], vectors: readonly CountVector[]): Float64Array {
  const largest = new Float64Array(slots.length + 1).fill(1);
  for (const vector of vectors) {
    countSlots(slots, vector).forEach((count, slot) => {
      largest[slot] = Math.max(largest[slot], count);
    });
  }
  return largest;
}

/** Training rows: evenly spaced sessions where there are too many. */
function encodeRows(vectors: readonly CountVector[], slots: readonly number[], largest: Float64Array): Float32Array {
  const n = Math.min(MAX_ROWS, vectors.length);
  const width = slots.length + 1;
  const rows = new Float32Array(n * width);
  for (let i = 0; i < n; i++) {
    encodeVector({ slots, largest }, vectors[Math.floor((i * vectors.length) / n)], rows, i * width);
  }
  return rows;
}

/** Good and Turing's estimate of the chance that the next vector is one never met, one added. */
function shareOfNovel(vectors: readonly CountVector[]): number {
  const counts = new Map<string, number>();
  for (const vector of vectors) {
    const key = vectorKey(vector);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return (once + 1) / (vectors.length + 1);
}

/** Each vector once, the most frequent first. */
function distinctVectors(vectors: readonly CountVector[]): CountVector[] {
  const distinct = new Map<string, { readonly vector: CountVector; count: number }>();
  for (const vector of vectors) {
    const key = vectorKey(vector);
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { vector, count: 1 });
    else known.count++;
  }
  return [...distinct.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_NORMAL)
    .map(({ vector }) => vector);
}
