import type { Calibration } from '../calibration';
import { rarityOf } from '../calibration';
import type { Autoencoder } from './autoencoder';
import { type CountVector, nearestVector, type VectorSpace } from './session-vectors';

/** Slots of the autoencoder: the templates that most sessions have. Others are judged by the nearest vector alone. */
export const MAX_SLOTS = 255;

/** A trained session detector. */
export interface SessionModel {
  readonly network: Autoencoder;
  /** Template of each slot of the network. Behind them is one slot for all other templates. */
  readonly slots: readonly number[];
  /** Largest normal count of each slot, the last for the sum of other templates; >= 1. */
  readonly largest: Float64Array;
  readonly space: VectorSpace;
  /** Distinct count vectors of normal sessions, the most frequent first. */
  readonly normal: readonly CountVector[];
  readonly evidence: Calibration;
  /** Chance that a normal session has a count vector never met: (vectors met once + 1) / (sessions + 1), Good 1953. In (0, 1]. */
  readonly novelShare: number;
  /** Normal sessions learned from. */
  readonly sessions: number;
}

export interface SessionJudgement {
  /** Weighted distance to the nearest normal count vector, and the number of that vector. */
  readonly distance: number;
  readonly nearest: number;
  /** Weighted distance to what the autoencoder makes of the vector. */
  readonly error: number;
  /** The smaller of the two, the raw score: what one of them knows is normal. */
  readonly evidence: number;
  readonly rarity: number;
}

/** Log counts of each slot into out[at ..), 0..1: 1 is the largest normal count, and more is 1 too. */
export function encodeVector(
  model: Pick<SessionModel, 'slots' | 'largest'>,
  vector: CountVector,
  out: Float32Array,
  at: number,
): void {
  const counts = countSlots(model.slots, vector);
  counts.forEach((count, slot) => {
    out[at + slot] = Math.min(1, Math.log1p(count) / Math.log1p(model.largest[slot]));
  });
}

/** The count of each slot, and in the last the sum of all other templates. */
export function countSlots(slots: readonly number[], vector: CountVector): Float64Array {
  const counts = new Float64Array(slots.length + 1);
  vector.templates.forEach((template, i) => {
    const slot = slots.indexOf(template);
    counts[slot < 0 ? slots.length : slot] += vector.counts[i];
  });
  return counts;
}

/** Judges count vectors: one pass of the network for all. Aligned with `vectors`. */
export function judgeVectors(
  model: Omit<SessionModel, 'evidence' | 'novelShare'>,
  vectors: readonly CountVector[],
): Omit<SessionJudgement, 'rarity'>[] {
  const width = model.slots.length + 1;
  const rows = new Float32Array(vectors.length * width);
  vectors.forEach((vector, i) => {
    encodeVector(model, vector, rows, i * width);
  });
  const repeated = model.network.reconstruct(rows, vectors.length);
  return vectors.map((vector, i) => {
    const { at, distance } = nearestVector(vector, model.normal, model.space);
    const counts = countSlots(model.slots, vector);
    let error = 0;
    for (let slot = 0; slot < width; slot++) {
      const weight = model.space.weights.get(model.slots[slot]) ?? model.space.unknown;
      const given = repeated[i * width + slot] * Math.log1p(model.largest[slot]);
      error += weight * Math.abs(Math.log1p(counts[slot]) - given);
    }
    return { distance, nearest: at, error, evidence: Math.min(distance, error) };
  });
}

/** Evidence that makes a session ten times rarer than the rarest of the references. One template that no normal session has is worth about as much. */
const EVIDENCE_PER_DECADE = 4;

/**
 * How rare so much evidence is among normal sessions, by a calibration of n references. Beyond the largest of these it is one in n + 1, or as rare as vectors that
 * no session had before (`novelShare`), and grows slowly from there: where all references are alike the fitted tail would otherwise make the least departure
 * impossible.
 */
export function rarityOfSession(
  model: Pick<SessionModel, 'novelShare'>,
  calibration: Calibration,
  value: number,
): number {
  const known = Math.max(Math.log10(calibration.n + 1), -Math.log10(model.novelShare));
  return Math.min(rarityOf(calibration, value), known + value / EVIDENCE_PER_DECADE);
}

/** How a session's count of one template differs from a normal session's. */
export interface SessionDifference {
  readonly template: number;
  /** Lines of it in the session, and in the normal session. */
  readonly actual: number;
  readonly typical: number;
  /** Part of the distance, 0..1. */
  readonly share: number;
}

/** Templates named in an explanation. */
const MAX_NAMED = 6;

/** What makes a vector unlike a normal one, largest share first. Empty when they are equal. */
export function listDifferences(space: VectorSpace, vector: CountVector, normal: CountVector): SessionDifference[] {
  const parts = [...new Set([...vector.templates, ...normal.templates])].map((template) => {
    const actual = countIn(vector, template);
    const typical = countIn(normal, template);
    const weight = space.weights.get(template) ?? space.unknown;
    return { template, actual, typical, part: weight * Math.abs(Math.log1p(actual) - Math.log1p(typical)) };
  });
  const whole = parts.reduce((sum, { part }) => sum + part, 0);
  return parts
    .filter(({ part }) => part > 0)
    .sort((a, b) => b.part - a.part || a.template - b.template)
    .slice(0, MAX_NAMED)
    .map(({ template, actual, typical, part }) => ({ template, actual, typical, share: part / whole }));
}

function countIn(vector: CountVector, template: number): number {
  return vector.counts[vector.templates.indexOf(template)] ?? 0;
}
