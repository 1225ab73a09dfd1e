import type { MetricContribution, MetricExplanation } from '../../domain/verdicts';
import { normaliseShares } from './forest-explain';
import { departFromPeers, type PeerView } from './peers';

/** What the explanation of one row is made from. features: one entry a feature, in the order of `featureNames`; the columns of numbers: one a metric. */
export interface RowEvidence {
  readonly row: number;
  readonly features: Float32Array;
  /** Value (NaN = missing), typical value, robust standard deviation, change per minute. */
  readonly actual: ArrayLike<number>;
  readonly typical: ArrayLike<number>;
  readonly deviation: ArrayLike<number>;
  readonly slope: ArrayLike<number>;
  /** Slow data: how far each metric stood out within the event; takes the place of both halves. */
  readonly blame?: ArrayLike<number> | undefined;
  /** Live data: for how many samples each metric has stood still, 0 = it moves. */
  readonly still?: ArrayLike<number> | undefined;
  /** Whether that is the rarest of all that was found: it then takes the place of both halves. */
  readonly isStill?: boolean;
  /** Where shifts are looked for: how far each metric's level has left what the others let expect, and for how long; undefined = it has not. */
  readonly shifts?: readonly MetricContribution['shift'][] | undefined;
  /** Whether that is the rarest of all that was found: it then takes the place of both halves. */
  readonly isShift?: boolean;
}

/** What is said of a row beside its evidence. names, memberShares: one entry a feature. */
export interface RowContext {
  readonly names: readonly string[];
  /** Shares by the member that found the row rarest. */
  readonly memberShares: Float32Array;
  /** What the live devices of its role do; absent where there are too few. */
  readonly peers?: PeerView | undefined;
}

/** Squared standard deviations that every feature has anyway. */
const ORDINARY = 1;

/** The two halves that shares are joined from, and the whole: for so many entries at most. Used again for the next row. */
interface Halves {
  readonly ofMember: Float32Array;
  readonly ofItself: Float32Array;
  readonly joined: Float64Array;
}

/** What an explanation is worked out in. alone: by feature, its square above the ordinary. */
export interface ExplainWork {
  readonly alone: Float64Array;
  readonly ofMetrics: Halves;
  readonly ofFeatures: Halves;
}

/** Room to explain rows of f features of m metrics, one after the other. */
export function createExplainWork(f: number, m: number): ExplainWork {
  const halves = (n: number): Halves => ({
    ofMember: new Float32Array(n),
    ofItself: new Float32Array(n),
    joined: new Float64Array(n),
  });
  return { alone: new Float64Array(f), ofMetrics: halves(m), ofFeatures: halves(f / m) };
}

/**
 * Folds features onto metrics: half of a metric's share is what the rarest member says, half how far its features are from typical by
 * themselves (squared, above the ordinary), which keeps a member from blaming a bystander that merely moves along. Missing metrics are
 * left out. Largest first; shares add to 1; equal parts when nothing stands out.
 */
export function explainRow(
  evidence: RowEvidence,
  context: RowContext,
  work = createExplainWork(evidence.features.length, evidence.actual.length),
): MetricExplanation {
  const { row, features, actual } = evidence;
  const { alone, ofMetrics } = work;
  const present: number[] = [];
  for (let metric = 0; metric < actual.length; metric++) if (!Number.isNaN(actual[metric])) present.push(metric);
  for (let k = 0; k < features.length; k++) alone[k] = Math.max(0, features[k] * features[k] - ORDINARY);
  shareMetrics(evidence, context, work, present);
  const contributions: MetricContribution[] = [];
  for (let i = 0; i < present.length; i++) {
    const contribution = contributionOf(evidence, context, work, present[i], ofMetrics.joined[i]);
    // Sorted as they come: for so few, several times as quick as to have them sorted.
    let at = i;
    for (; at > 0 && contributions[at - 1].share < contribution.share; at--) contributions[at] = contributions[at - 1];
    contributions[at] = contribution;
  }
  return { row, contributions };
}

/** The shares of the metrics that are there, in their order, into `ofMetrics.joined`. */
function shareMetrics(
  evidence: RowEvidence,
  { memberShares }: RowContext,
  { alone, ofMetrics }: ExplainWork,
  present: readonly number[],
): void {
  const { actual, blame, still, shifts } = evidence;
  const { ofMember, ofItself } = ofMetrics;
  const kinds = alone.length / actual.length;
  for (let i = 0; i < present.length; i++) {
    const metric = present[i];
    ofMember[i] = 0;
    ofItself[i] = 0;
    if (shifts && evidence.isShift) {
      // Squared: what moves one metric leaves less of the same in those that are expected from it.
      ofMember[i] = (shifts[metric]?.by ?? 0) ** 2;
    } else if (still && evidence.isStill) {
      ofMember[i] = still[metric];
    } else if (blame) {
      // Squared: the shares of the many that merely wobble must not add up to more than the one that left its place.
      ofMember[i] = blame[metric] ** 2;
    } else {
      for (let k = metric * kinds; k < (metric + 1) * kinds; k++) {
        ofMember[i] += memberShares[k];
        ofItself[i] += alone[k];
      }
      continue;
    }
    ofItself[i] = ofMember[i];
  }
  joinHalves(ofMetrics, present.length);
}

/** Half by the one, half by the other, the first n entries of each made to add to 1 (in place). */
function joinHalves({ ofMember, ofItself, joined }: Halves, n: number): void {
  normaliseShares(ofMember, n);
  normaliseShares(ofItself, n);
  for (let i = 0; i < n; i++) joined[i] = (ofMember[i] + ofItself[i]) / 2;
}

/** While it is written: what is optional is there only where it says something. */
type Draft = { -readonly [K in keyof MetricContribution]: MetricContribution[K] };

function contributionOf(
  evidence: RowEvidence,
  context: RowContext,
  work: ExplainWork,
  metric: number,
  share: number,
): MetricContribution {
  const { actual, typical, deviation, slope, still, shifts } = evidence;
  // A metric of which nothing was learned yet is typical whatever it is, as its features have it.
  const isKnown = !Number.isNaN(typical[metric]);
  const z = isKnown ? (actual[metric] - typical[metric]) / deviation[metric] : 0;
  const draft: Draft = {
    metric,
    share,
    actual: actual[metric],
    typical: isKnown ? typical[metric] : actual[metric],
    z,
    slopePerMinute: slope[metric],
    features: splitShare(evidence, context, work, metric, share),
  };
  const { peers } = context;
  if (peers && isKnown) draft.peers = { count: peers.peers, z: departFromPeers(peers, metric, z) };
  if (still && still[metric] > 0) draft.stillFor = still[metric];
  if (shifts?.[metric]) draft.shift = shifts[metric];
  return draft;
}

/**
 * A metric's share told apart by its features: half by what the member says of them, half by how far each is from typical by itself. They add
 * to `share`; equal parts when none stands out. Largest first.
 */
function splitShare(
  { features }: RowEvidence,
  { memberShares, names }: RowContext,
  { alone, ofFeatures }: ExplainWork,
  metric: number,
  share: number,
): { readonly name: string; readonly share: number; readonly value: number }[] {
  const { ofMember, ofItself, joined } = ofFeatures;
  const kinds = joined.length;
  const from = metric * kinds;
  for (let k = 0; k < kinds; k++) {
    ofMember[k] = memberShares[from + k];
    ofItself[k] = alone[from + k];
  }
  joinHalves(ofFeatures, kinds);
  const parts: { readonly name: string; readonly share: number; readonly value: number }[] = [];
  for (let k = 0; k < kinds; k++) {
    const part = { name: names[from + k], share: share * joined[k], value: features[from + k] };
    let at = k;
    for (; at > 0 && parts[at - 1].share < part.share; at--) parts[at] = parts[at - 1];
    parts[at] = part;
  }
  return parts;
}

/** The rarest rows of a batch, at most `limit` of them. */
export interface RarestRows<T> {
  readonly limit: number;
  readonly entries: { readonly rarity: number; readonly entry: T }[];
}

/** Whether a row of this rarity would be kept. */
export function wantsRow<T>(rows: RarestRows<T>, rarity: number): boolean {
  return rows.entries.length < rows.limit || rarity > rows.entries[rows.entries.length - 1].rarity;
}

/** Keeps one row, in place of the least rare one when the list is full. Rarest first; equal rarity keeps its order. */
export function keepRow<T>(rows: RarestRows<T>, rarity: number, entry: T): void {
  if (rows.entries.length === rows.limit) rows.entries.pop();
  let at = rows.entries.length;
  while (at > 0 && rows.entries[at - 1].rarity < rarity) at--;
  rows.entries.splice(at, 0, { rarity, entry });
}
