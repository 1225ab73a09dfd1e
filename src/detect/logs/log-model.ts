import type { Calibration } from '../calibration';
import { rarityOf } from '../calibration';
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
  /** Its largest decaying count on one device in the training window: >= 1. */
  readonly peak: number;
  /** How clumped its lines were, from `measureClumping`: >= 0. */
  readonly clumping: number;
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
  /** Of the evidence of all members together. */
  readonly evidence: Calibration;
  readonly summary: TrainSummary;
}

/**
 * How a line stands to the templates of training. `changed`: its template was there, but a word that had always been the same is another.
 * `settled`: it was not there, but has come often and for long since, so that it is no news any more.
 */
export type Novelty = 'seen' | 'changed' | 'settled' | 'unseen';

/** What each member says of one line: rarities, 0..MAX_RARITY. */
export interface LineJudgement {
  readonly reconstruction: number;
  readonly novelty: number;
  readonly level: number;
  readonly burst: number;
  /** All together. */
  readonly rarity: number;
}

/**
 * What the level of a line says before anything is counted, in factors of ten, by index into LOG_LEVELS: that `critical` is bad is what the word means,
 * also in a log that holds many such lines.
 */
const LEVEL_EVIDENCE = [0, 0, 1, 2, 3, 0] as const;

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
/**
 * A template that nobody knows is odd once, and odder each time that the same device comes back to it, or to another such, within a minute: a whole factor
 * of ten from level warning on. Below that half of one, and none for as many as a job writes that tells of its progress every 20 s and of something else
 * each minute.
 */
const DECADES_PER_RECURRENCE = [0.5, 0.5, 1, 1, 1, 0.5] as const;
const JOB_RECURRENCES = [4, 4, 0, 0, 0, 4] as const;
/** What a device goes on saying is company to its lines from a factor of ten on. */
const COMPANY_DECADES = 1;
/** Of lines at no bad level: a major finding, not a critical one. */
const MAX_RECURRING = 7.6;
/** The larger of two rarities is looked at, which is luckier than one alone: Bonferroni. */
const NOVELTY_COST = Math.log10(2);
/** A changed word counts as a new template where the autoencoder agrees: 1 in 1,000. */
const CHANGED_CONFIRMED = 3;

/**
 * An error worth one wrong slot of the encoding says at most this many factors of ten. Where few templates are repeated almost exactly, the spread of
 * normal errors is so small that a slightly longer line would otherwise count as one in a million.
 */
const DECADES_PER_SLOT = 4;

/**
 * A count of s standard deviations above the usual says at most s factors of ten: where no reference line exceeds its usual count, the least excess would
 * otherwise count as impossible.
 */
export function burstRarity(bursts: Calibration, score: number): number {
  return Math.min(rarityOf(bursts, score), score);
}

/** Rarity of a reconstruction error, by calibration and within what the error itself can say. */
export function errorRarity(errors: Calibration, error: number): number {
  return Math.min(rarityOf(errors, error), error * ENCODING_SLOTS * DECADES_PER_SLOT);
}

/** What is known of a line before it is judged. */
export interface LineFacts {
  readonly novelty: Novelty;
  /** Index into LOG_LEVELS. */
  readonly level: number;
  /** The reconstruction error. */
  readonly error: number;
  /** From `burstScore`; NaN without a clock. */
  readonly burst: number;
  /** Of its template in training; 0 when it was not there. */
  readonly clumping: number;
  /** How often its device came back to new templates in the last minute, where it is new: from `RecurrenceCounter`, >= 0. */
  readonly recurrences: number;
  /** Whether the template, where it is new, came up in the fleet a short while ago. */
  readonly fresh: boolean;
  /** Of lines as they come, for which somebody may be woken: from `weighNews`. undefined: those of a file, which somebody looks over, or known ones. */
  readonly live: NewsWeight | undefined;
}

/** What the fleet's past says of a new template; rarities in factors of ten. */
export interface NewsWeight {
  /** How rare it can be at most that one like it comes up. */
  readonly atMost: number;
  /** Another device said it before, harmlessly: one line of it is no news. */
  readonly heard: boolean;
  /** What it says at most that the device comes back to it once: the less, the shorter it had been silent of it beside what it has said since. */
  readonly ofReturn: number;
  /** What it adds that one device goes on saying what no other says. */
  readonly lasting: number;
}

/** The calibrations that make one scale of the members. */
export type MemberScales = Pick<LogModel, 'errors' | 'bursts' | 'atLeast' | 'novelShare'>;

/**
 * The members' rarities, and the evidence of all: what the level means, the strongest of error, novelty and burst, and how clumped such lines come.
 * The sum follows no distribution known beforehand: `judgeLine` calibrates it.
 */
export function weighLine(
  scales: MemberScales,
  line: LineFacts,
): Omit<LineJudgement, 'rarity'> & { readonly evidence: number } {
  const level = -Math.log10(scales.atLeast[line.level]);
  const error = errorRarity(scales.errors, line.error);
  const isNews = line.novelty === 'changed' || line.novelty === 'unseen';
  const novelty = !isNews ? 0 : noveltyRarity(scales, line, level, error);
  // The calibration lines all had a template of training, so on others the error's rarity is bounded by how rare those are.
  const reconstruction = line.novelty === 'seen' ? error : Math.min(error, novelty);
  const burst = scales.bursts === undefined || Number.isNaN(line.burst) ? 0 : burstRarity(scales.bursts, line.burst);
  const evidence = LEVEL_EVIDENCE[line.level] + Math.max(reconstruction, novelty, burst) + line.clumping;
  return { reconstruction, novelty, level, burst, evidence };
}

/**
 * Joins the members: how rare so much evidence is among normal lines, and at most as rare as the evidence says itself, which takes its parts for independent.
 * Where the reference lines are few and all alike, a single warning would otherwise count as one in ten thousand million.
 */
export function judgeLine(model: LogModel, line: LineFacts): LineJudgement {
  const { evidence, ...members } = weighLine(model, line);
  return {
    ...members,
    rarity: Math.max(Math.min(rarityOf(model.evidence, evidence), evidence), members.novelty - NOVELTY_COST),
  };
}

function noveltyRarity(model: MemberScales, line: LineFacts, level: number, error: number): number {
  const { novelty, level: levelIndex, recurrences, fresh, live } = line;
  const lasting = live?.lasting ?? 0;
  const times = fresh ? Math.max(0, recurrences - JOB_RECURRENCES[levelIndex]) : 0;
  // The fleet has known it for a while and it came alone: rare, but no news. What stays flagged is never trained on, so this cannot wait for that.
  const isAlone = lasting < COMPANY_DECADES && (live === undefined ? recurrences < 1 : times === 0);
  if (isAlone && (!fresh || live?.heard === true) && levelIndex !== CRITICAL) return 0;
  // Independent on normal lines: whether a line is new and how bad it is.
  const counted = Math.min(-Math.log10(model.novelShare) + level, live?.atMost ?? Number.POSITIVE_INFINITY);
  if (novelty === 'changed' && error < CHANGED_CONFIRMED) return Math.min(counted, error);
  const again = Math.min(DECADES_PER_RECURRENCE[levelIndex], live?.ofReturn ?? 1) * times;
  const counts = Math.max(counted, Math.min(MAX_RECURRING, counted + again + lasting));
  const rare = model.novelShare <= RARE_SHARE && model.atLeast[ERROR] <= RARE_SHARE;
  if (!rare || levelIndex === UNKNOWN) return counts;
  if (levelIndex === CRITICAL) return Math.max(counts, NEW_CRITICAL_RARITY);
  return levelIndex === ERROR && live === undefined ? Math.max(counts, NEW_ERROR_RARITY) : counts;
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
