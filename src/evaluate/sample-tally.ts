import { MEMBERS, type Member, type SampleFigures } from '../domain/scoreboard';
import type { MemberTallyState, TallyState } from './board-state';
import { f1Of, precisionOf, recallOf } from './confusion';
import { addBins, binnedAveragePrecision, binOf, createBins, type ScoreBins } from './score-bins';

/** Flags and scores of the samples of one kind: inside a fault, outside of all, inside one fault. */
export interface Tally {
  readonly bins: ScoreBins;
  samples: number;
  flagged: number;
}

/** One member's samples, counted. Memory: one histogram, and one a kind of fault. */
export interface MemberTally {
  readonly negatives: Tally;
  readonly positives: Tally;
  readonly byFault: Map<string, Tally>;
  /** Negatives during a normal event, counted once more. */
  readonly normalEvents: { samples: number; flagged: number };
}

/** Where a sample stands. */
export interface SampleTruth {
  /** Kinds of fault that the sample is inside of and that the member can see. */
  readonly faults: readonly string[];
  /** Inside faults that the member cannot see, and no other: then it counts nowhere. */
  readonly isHidden: boolean;
  readonly inNormalEvent: boolean;
}

export type SampleTally = Readonly<Record<Member, MemberTally>>;

export function createSampleTally(): SampleTally {
  const member = (): MemberTally => ({
    negatives: createTally(),
    positives: createTally(),
    byFault: new Map(),
    normalEvents: { samples: 0, flagged: 0 },
  });
  return { hybrid: member(), metrics: member(), logs: member() };
}

/** One member's tally as plain data. */
export function saveTally({ negatives, positives, byFault, normalEvents }: MemberTally): MemberTallyState {
  return {
    negatives: packTally(negatives),
    positives: packTally(positives),
    byFault: [...byFault].map(([fault, tally]) => ({ fault, tally: packTally(tally) })),
    normalEvents: { ...normalEvents },
  };
}

/** The inverse of `saveTally`. */
export function loadTally({ negatives, positives, byFault, normalEvents }: MemberTallyState): MemberTally {
  return {
    negatives: unpackTally(negatives),
    positives: unpackTally(positives),
    byFault: new Map(byFault.map(({ fault, tally }) => [fault, unpackTally(tally)])),
    normalEvents: { ...normalEvents },
  };
}

/** Of thousands of bins most are empty. */
function packTally({ bins, samples, flagged }: Tally): TallyState {
  let filled = 0;
  for (let bin = 0; bin < bins.length; bin++) if (bins[bin] > 0) filled++;
  const bin = new Uint16Array(filled);
  const count = new Uint32Array(filled);
  for (let from = 0, to = 0; to < filled; from++) {
    if (bins[from] === 0) continue;
    bin[to] = from;
    count[to++] = bins[from];
  }
  return { samples, flagged, bin, count };
}

function unpackTally({ samples, flagged, bin, count }: TallyState): Tally {
  const bins = createBins();
  for (let i = 0; i < bin.length; i++) bins[bin[i]] = count[i];
  return { bins, samples, flagged };
}

function createTally(): Tally {
  return { bins: createBins(), samples: 0, flagged: 0 };
}

/**
 * Counts one sample. score: on the rarity scale, NaN = the member could not score it: it counts nowhere. Overlapping faults each count it
 * once, the positives as a whole count it once.
 */
export function countSample(tally: MemberTally, score: number, flagged: boolean, truth: SampleTruth): void {
  if (Number.isNaN(score) || truth.isHidden) return;
  const bin = binOf(score);
  if (truth.faults.length === 0) {
    count(tally.negatives, bin, flagged);
    if (!truth.inNormalEvent) return;
    tally.normalEvents.samples++;
    if (flagged) tally.normalEvents.flagged++;
    return;
  }
  count(tally.positives, bin, flagged);
  for (const fault of new Set(truth.faults)) {
    let own = tally.byFault.get(fault);
    if (own === undefined) {
      own = createTally();
      tally.byFault.set(fault, own);
    }
    count(own, bin, flagged);
  }
}

function count(tally: Tally, bin: number, flagged: boolean): void {
  tally.bins[bin]++;
  tally.samples++;
  if (flagged) tally.flagged++;
}

/** Several tallies as one. Degenerate: none gives zeros. */
export function mergeTallies(tallies: readonly SampleTally[]): SampleTally {
  const merged = createSampleTally();
  for (const tally of tallies) {
    for (const member of MEMBERS) {
      add(merged[member].negatives, tally[member].negatives);
      add(merged[member].positives, tally[member].positives);
      merged[member].normalEvents.samples += tally[member].normalEvents.samples;
      merged[member].normalEvents.flagged += tally[member].normalEvents.flagged;
      for (const [fault, own] of tally[member].byFault) {
        const sum = merged[member].byFault.get(fault) ?? createTally();
        add(sum, own);
        merged[member].byFault.set(fault, sum);
      }
    }
  }
  return merged;
}

function add(to: Tally, from: Tally): void {
  addBins(to.bins, from.bins);
  to.samples += from.samples;
  to.flagged += from.flagged;
}

/** Figures of positives (of all faults, or of one kind) against the samples outside of faults. */
export function sampleFigures(positives: Tally | undefined, negatives: Tally): SampleFigures {
  const inside = positives ?? createTally();
  const confusion = {
    truePositives: inside.flagged,
    falsePositives: negatives.flagged,
    falseNegatives: inside.samples - inside.flagged,
    trueNegatives: negatives.samples - negatives.flagged,
  };
  const { value, low, high } = binnedAveragePrecision(inside.bins, negatives.bins);
  return {
    samples: inside.samples + negatives.samples,
    positives: inside.samples,
    truePositives: confusion.truePositives,
    falsePositives: confusion.falsePositives,
    precision: precisionOf(confusion),
    recall: recallOf(confusion),
    f1: f1Of(confusion),
    averagePrecision: value,
    averagePrecisionLow: low,
    averagePrecisionHigh: high,
  };
}
