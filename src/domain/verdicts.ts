/** Whether a detector can score yet. Warming up is a state, not a score. */
export type DetectorState =
  | { readonly kind: 'warming-up'; readonly have: number; readonly need: number }
  | { readonly kind: 'training'; readonly progress: number }
  | { readonly kind: 'ready' };

/** One metric's part in a flagged sample. The shares of one sample add to 1. */
export interface MetricContribution {
  /** Metric index in the catalog. */
  readonly metric: number;
  /** 0..1 */
  readonly share: number;
  /** Value seen and the device's own typical value, both in the metric's unit. */
  readonly actual: number;
  readonly typical: number;
  /** Signed departure from typical in robust standard deviations. */
  readonly z: number;
  /** Signed change per minute over the recent window, in the metric's unit: a leak climbs, a spike jumps. */
  readonly slopePerMinute: number;
  /** For how many samples it has repeated one value, where it never does so; absent: it moves. */
  readonly stillFor?: number;
  /** Its level has shifted, over minutes to hours; absent: it has not, or nobody looked. */
  readonly shift?: LevelShift;
  /** Of flagged samples; absent where the role has fewer than five other live devices. */
  readonly peers?: PeerComparison;
  /**
   * The share told apart by feature: its name (metric and what of it, e.g. `cpu_usage drift`), part (these add to `share`) and value as the
   * detectors saw it: scaled, 0 = typical, a robust standard deviation a unit, compressed when large. Largest first.
   */
  readonly features?: readonly { readonly name: string; readonly share: number; readonly value: number }[];
}

/**
 * How far the level of a metric has left what the device's other metrics let expect: signed, in usual such departures of its minutes; and for how many
 * samples it has been away.
 */
export interface LevelShift {
  readonly by: number;
  readonly samples: number;
}

/**
 * A device against the other live ones of its role: how many there are, and how far its own departure is from their median, in robust standard
 * deviations. Far from 0 = it is alone; near 0 = the role moves as a whole.
 */
export interface PeerComparison {
  readonly count: number;
  readonly z: number;
}

export interface MetricExplanation {
  readonly row: number;
  /** Largest share first; shares add to 1. */
  readonly contributions: readonly MetricContribution[];
}

/** One detector's own say on one row. */
export interface MemberScores {
  readonly detector: string;
  readonly raw: Float32Array;
  readonly rarity: Float32Array;
  /** Rarity from which this member alone would have the row flagged; absent = the threshold of the joined rarity. */
  readonly flagsAt?: number;
}

/** The metric worker's answer for one MetricBatch of n rows, in the same order. */
export interface MetricVerdicts {
  readonly seq: number;
  readonly n: number;
  /** Joined rarity of all members; NaN where the row is not scorable. */
  readonly rarity: Float32Array;
  /**
   * Only of slow data (samples of a device a quarter of a minute apart or more): what to rank rows by, higher = more anomalous, not capped
   * as rarity is; NaN where the row is not scorable.
   */
  readonly rank?: Float32Array;
  /**
   * Only of slow data with a single metric: how rare the value is by its distance to all remembered ones, where an event begins or exceeds
   * itself; 0 while it merely goes on. One alarm per event.
   */
  readonly onset?: Float32Array;
  readonly members: readonly MemberScores[];
  /** By row: how much was seen of what the score rests on, 0..1 (`detect/confidence.ts`); NaN where the row is not scorable. */
  readonly confidence?: Float32Array;
  /** For the rows whose anomaly score is at least 25 (the lowest severity band), at most MAX_EXPLAINED a batch, rarest first. */
  readonly explanations: readonly MetricExplanation[];
  readonly state: DetectorState;
  /** Set once the worker wants to be trained again: enough unflagged rows since the last training. */
  readonly retrainDue: boolean;
}

/** A log template: the constant words of a group of lines, `<*>` where they differ. */
export interface TemplateInfo {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly example: string;
  /** Templates of one group differ in a few listed words only, as `link up` and `link down`; absent = not known. */
  readonly group?: number;
  /** Set once the template has been merged into another, with this id: they turned out to differ in a parameter only. */
  readonly mergedInto?: number;
}

/**
 * What became of a template while lines were read. `split`: a word that had always been the same differed, so lines with the new word are a template of
 * their own, beside `other`. `merged`: what told it from `other` turned out to be a parameter, and `other` took its lines in.
 */
export interface TemplateEvent {
  /** Time of the line that did it, ms since 1970 UTC. */
  readonly t: number;
  readonly kind: 'split' | 'merged';
  readonly template: number;
  readonly text: string;
  readonly other: number;
  readonly otherText: string;
}

export interface LogExplanation {
  readonly line: number;
  /** Words of the line that the model expected least, with their share of the reconstruction error (0..1), largest first. */
  readonly words: readonly { readonly word: string; readonly share: number }[];
  readonly template: string;
  /** Nearest template among those seen in training, and whether this line's own template was among them. */
  readonly nearestTemplate: string;
  readonly templateSeenInTraining: boolean;
  /** What besides the reconstruction error spoke, in words, e.g. `level critical is rare`. */
  readonly notes: readonly string[];
  /** What each member said: rarities by id of `LOG_MEMBERS`. */
  readonly members?: readonly { readonly id: string; readonly rarity: number }[];
}

/** The log worker's answer for one LogBatch of n lines, in the same order. */
export interface LogVerdicts {
  readonly seq: number;
  readonly n: number;
  readonly raw: Float32Array;
  readonly rarity: Float32Array;
  readonly template: Uint32Array;
  /** How much was seen of what the scores rest on, 0..1 (`detect/confidence.ts`); absent while nothing is scored. */
  readonly confidence?: number;
  readonly explanations: readonly LogExplanation[];
  /** Templates that are new or whose text changed since the last answer. */
  readonly templates: readonly TemplateInfo[];
  readonly state: DetectorState;
  readonly retrainDue: boolean;
}

export const MAX_EXPLAINED = 32;
