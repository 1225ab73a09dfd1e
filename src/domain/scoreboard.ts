/** Whose say is scored: the joined verdict, and each of its two members alone. */
export const MEMBERS = ['hybrid', 'metrics', 'logs'] as const;
export type Member = (typeof MEMBERS)[number];

/** By sample, at the threshold in force when each was scored. Ratios 0..1, NaN where there is nothing to divide by. */
export interface SampleFigures {
  /** Samples that the member could score, and those of them inside a fault. */
  readonly samples: number;
  readonly positives: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly averagePrecision: number;
  /** Bounds that the exact average precision lies in: scores are counted in bins. */
  readonly averagePrecisionLow: number;
  readonly averagePrecisionHigh: number;
}

/** By event: one fault on one device. Ratios 0..1, NaN where there is nothing to divide by. */
export interface EventFigures {
  /** hits + misses. Faults that still run unnoticed, or that nobody could see, are not among them. */
  readonly events: number;
  readonly hits: number;
  readonly misses: number;
  readonly running: number;
  /** Faults whose device was quarantined or not yet scored for the whole time, or that leave no trace in what the member reads. */
  readonly unseen: number;
  readonly recall: number;
  readonly rangeRecall: number;
  /** Onset to first alert of the hits, in ms. */
  readonly medianDelayMs: number;
  readonly p90DelayMs: number;
  /** Events that creep, and those of them noticed before half of their final size. */
  readonly creeping: number;
  readonly beforeHalf: number;
}

/** Alerts of one member. A false alarm overlaps no fault, nor the grace after it; an alert in the grace alone is no hit either. */
export interface AlarmFigures {
  readonly alerts: number;
  readonly rangePrecision: number;
  readonly falseAlarms: number;
  /** Those of the false alarms that stand during a normal event, e.g. a deployment. */
  readonly duringNormalEvents: number;
  /** Time observed, in device days. */
  readonly deviceDays: number;
  readonly perDeviceDay: number;
}

export interface MemberScore extends SampleFigures {
  /** Samples outside of faults during a normal event, e.g. a deployment, and those of them that were flagged. */
  readonly normalEvents: { readonly samples: number; readonly flagged: number };
  readonly byEvent: EventFigures;
  readonly alarms: AlarmFigures;
}

/** One kind of fault; by sample it stands against all samples outside of faults. */
export interface FaultScore
  extends Pick<SampleFigures, 'positives' | 'precision' | 'recall' | 'f1' | 'averagePrecision'> {
  readonly byEvent: EventFigures;
}

/** A fault on a device and when it was noticed. Link moment: `noticedAt` where it was, else `from`. */
export interface EventEntry {
  readonly device: number;
  readonly fault: string;
  readonly scenario: string;
  readonly from: number;
  readonly to: number;
  /** undefined: missed. */
  readonly noticedAt: number | undefined;
}

/** A false alarm. Link moment: `raisedAt`. */
export interface AlarmEntry {
  readonly device: number;
  readonly scenario: string;
  readonly from: number;
  readonly to: number;
  readonly raisedAt: number;
  /** The normal event that went on meanwhile; '' when there was none. */
  readonly during: string;
}

export interface ScorePoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** Detection against truth so far, at most 50 kB as JSON. Only for people: no detector reads it. */
export interface Scoreboard {
  /** Counts up with each change. */
  readonly revision: number;
  /** First and last sample that was judged, ms since 1970 UTC; NaN before the first, which is warming up. */
  readonly from: number;
  readonly to: number;
  /** What the lists and the curve are of. scenario: undefined = all. */
  readonly member: Member;
  readonly scenario: string | undefined;
  readonly members: Readonly<Record<Member, MemberScore>>;
  readonly faults: readonly { readonly fault: string; readonly members: Readonly<Record<Member, FaultScore>> }[];
  /** One entry for each scenario that was played; '' = none. */
  readonly scenarios: readonly { readonly scenario: string; readonly members: Readonly<Record<Member, MemberScore>> }[];
  /** Precision and recall at descending thresholds, at most 200 points as columns, to four decimals. */
  readonly curve: {
    readonly threshold: readonly number[];
    readonly precision: readonly number[];
    readonly recall: readonly number[];
  };
  /** Where the flags that were really raised stand: off the curve only where the threshold moved meanwhile. */
  readonly now: ScorePoint;
  /** The latest of each, newest first. */
  readonly hits: readonly EventEntry[];
  readonly misses: readonly EventEntry[];
  readonly running: readonly EventEntry[];
  readonly falseAlarms: readonly AlarmEntry[];
}
