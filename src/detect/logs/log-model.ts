import type { Calibration } from '../calibration';
import { rarityOf, rawAtRarity } from '../calibration';
import type { TrainSummary } from '../contract';
import type { Autoencoder } from './autoencoder';
import { ENCODING_SLOTS } from './encode';

/** A template as it was when the model was trained. */
export interface TrainedTemplate {
  readonly id: number;
  /** Position in the model's list. */
  readonly ordinal: number;
  readonly tokens: readonly string[];
  /** 0 where the token varies. */
  readonly hashes: Int32Array;
  readonly words: Int32Array;
  /** Lines of it in all trainings so far. */
  readonly count: number;
  /** Level and shape of its newest line, to rehearse it when the next training window holds none of it. */
  readonly level: number;
  readonly shape: number;
  /** Lines a device writes in a millisecond, over the training window. */
  readonly ratePerMs: number;
}

/** A trained log detector as a value, beside its network. */
export interface LogModel {
  readonly network: Autoencoder;
  readonly templates: ReadonlyMap<number, TrainedTemplate>;
  /** Hashes of all words of the trained templates. */
  readonly vocabulary: ReadonlySet<number>;
  /** Share of training lines at each level or a worse one, by index into LOG_LEVELS; in (0, 1]. */
  readonly atLeast: Float64Array;
  /** Chance that the next normal line has a new or changed template: its share in the newer half of the training window, in (0, 1]. */
  readonly novelShare: number;
  readonly errors: Calibration;
  /** undefined when the training lines had no usable clock: bursts are then not judged. */
  readonly bursts: Calibration | undefined;
  readonly summary: TrainSummary;
}

/**
 * How a line stands to the templates of training. `changed`: its template was there, but a word that had always been the same is another.
 */
export type Novelty = 'seen' | 'changed' | 'unseen';

/** What each member says of one line: rarities, 0..MAX_RARITY. */
export interface LineJudgement {
  readonly reconstruction: number;
  readonly novelty: number;
  readonly level: number;
  readonly burst: number;
  /** All together. */
  readonly rarity: number;
}

/** The largest of four rarities is looked at, which is luckier than one alone: Bonferroni. */
export const MEMBER_COST = Math.log10(4);

const ERROR = 3;
const CRITICAL = 4;
const UNKNOWN = 5;
/** Lines without a level are as bad as `info`. */
const RANK_OF_UNKNOWN = 1;

/**
 * Rarity of an error or critical line of a template never seen. What the words `error` and `critical` mean is known beforehand and need not be
 * learned from counts: such a line is a major or a critical finding. Only where both new templates and errors are rare, else it is ordinary.
 */
const NEW_ERROR_RARITY = 8.2;
const NEW_CRITICAL_RARITY = 9.7;
const RARE_SHARE = 0.05;
/** A changed word counts as a new template where the autoencoder agrees: 1 in 1,000. */
const CHANGED_CONFIRMED = 3;

/**
 * An error worth one wrong slot of the encoding says at most this many factors of ten. Where few templates are repeated almost exactly, the spread of
 * normal errors is so small that a slightly longer line would otherwise count as one in a million.
 */
const DECADES_PER_SLOT = 4;

/** Rarity of a reconstruction error, by calibration and within what the error itself can say. */
export function errorRarity(errors: Calibration, error: number): number {
  return Math.min(rarityOf(errors, error), error * ENCODING_SLOTS * DECADES_PER_SLOT);
}

/** The reconstruction error at which `errorRarity` reaches `rarity`. */
export function errorAtRarity(errors: Calibration, rarity: number): number {
  return Math.max(rawAtRarity(errors, rarity), rarity / (ENCODING_SLOTS * DECADES_PER_SLOT));
}

/** Joins the members. error: the reconstruction error; burst: from `burstScore`, NaN without a clock; level: index into LOG_LEVELS. */
export function judgeLine(
  model: LogModel,
  line: { readonly novelty: Novelty; readonly level: number; readonly error: number; readonly burst: number },
): LineJudgement {
  const level = -Math.log10(model.atLeast[line.level]);
  const error = errorRarity(model.errors, line.error);
  const novelty = line.novelty === 'seen' ? 0 : noveltyRarity(model, line.novelty, line.level, level, error);
  // The calibration lines all had a template of training, so on others the error's rarity is bounded by how rare those are.
  const reconstruction = line.novelty === 'seen' ? error : Math.min(error, novelty);
  const burst = model.bursts === undefined || Number.isNaN(line.burst) ? 0 : rarityOf(model.bursts, line.burst);
  const rarity = Math.max(0, Math.max(reconstruction, novelty, level, burst) - MEMBER_COST);
  return { reconstruction, novelty, level, burst, rarity };
}

function noveltyRarity(model: LogModel, novelty: Novelty, levelIndex: number, level: number, error: number): number {
  // Independent on normal lines: whether a line is new and how bad it is.
  const counted = -Math.log10(model.novelShare) + level;
  if (novelty === 'changed' && error < CHANGED_CONFIRMED) return Math.min(counted, error);
  const rare = model.novelShare <= RARE_SHARE && model.atLeast[ERROR] <= RARE_SHARE;
  if (!rare || levelIndex === UNKNOWN) return counted;
  if (levelIndex === CRITICAL) return Math.max(counted, NEW_CRITICAL_RARITY);
  return levelIndex === ERROR ? Math.max(counted, NEW_ERROR_RARITY) : counted;
}

/** Share of lines at each level or a worse one; one line is added so that nothing is impossible. levels: indexes into LOG_LEVELS. */
export function shareAtLeast(levels: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(UNKNOWN + 1);
  for (let i = 0; i < levels.length; i++) counts[levels[i] === UNKNOWN ? RANK_OF_UNKNOWN : levels[i]]++;
  const shares = new Float64Array(UNKNOWN + 1);
  let sum = 0;
  for (let level = UNKNOWN; level >= 0; level--) {
    sum += counts[level];
    shares[level] = Math.min(1, (sum + 1) / (levels.length + 1));
  }
  shares[UNKNOWN] = shares[RANK_OF_UNKNOWN];
  return shares;
}
