import type { MetricContribution, MetricExplanation } from '../../domain/verdicts';
import { normaliseShares } from './forest-explain';
import { departFromPeers, type PeerView } from './peers';

/** What the explanation of one row is made from. features, names and memberShares: one entry a feature, in the order of `featureNames`. */
export interface RowEvidence {
  readonly row: number;
  readonly features: Float32Array;
  readonly names: readonly string[];
  /** Shares by the member that found the row rarest. */
  readonly memberShares: Float32Array;
  /** Per metric: value (NaN = missing), typical value, robust standard deviation, change per minute. */
  readonly actual: Float64Array;
  readonly typical: Float64Array;
  readonly deviation: Float64Array;
  readonly slope: Float64Array;
  /** Slow data: how far each metric stood out within the event; takes the place of both halves. */
  readonly blame?: Float64Array;
  /** Live data: for how many samples each metric has stood still, 0 = it moves. */
  readonly still?: Float64Array;
  /** Whether that is the rarest of all that was found: it then takes the place of both halves. */
  readonly isStill?: boolean;
  /** Where shifts are looked for: how far each metric's level has left what the others let expect, and for how long; undefined = it has not. */
  readonly shifts?: readonly MetricContribution['shift'][];
  /** Whether that is the rarest of all that was found: it then takes the place of both halves. */
  readonly isShift?: boolean;
  /** What the live devices of its role do; absent where there are too few. */
  readonly peers?: PeerView;
}

/** Squared standard deviations that every feature has anyway. */
const ORDINARY = 1;

/**
 * Folds features onto metrics: half of a metric's share is what the rarest member says, half how far its features are from typical by
 * themselves (squared, above the ordinary), which keeps a member from blaming a bystander that merely moves along. Missing metrics are
 * left out. Largest first; shares add to 1; equal parts when nothing stands out.
 */
export function explainRow(evidence: RowEvidence): MetricExplanation {
  const { row, features, actual } = evidence;
  const present: number[] = [];
  for (let metric = 0; metric < actual.length; metric++) if (!Number.isNaN(actual[metric])) present.push(metric);
  const alone = new Float64Array(features.length);
  for (let k = 0; k < features.length; k++) alone[k] = Math.max(0, features[k] * features[k] - ORDINARY);
  const shares = shareMetrics(evidence, alone, present);
  const contributions: MetricContribution[] = [];
  for (let i = 0; i < present.length; i++) contributions.push(contributionOf(evidence, alone, present[i], shares[i]));
  contributions.sort((a, b) => b.share - a.share || a.metric - b.metric);
  return { row, contributions };
}

/** The shares of the metrics that are there, in their order. alone: by feature. */
function shareMetrics(evidence: RowEvidence, alone: Float64Array, present: readonly number[]): Float64Array {
  const { memberShares, actual, blame, still, shifts } = evidence;
  const kinds = alone.length / actual.length;
  const ofMember = new Float32Array(present.length);
  const ofItself = new Float32Array(present.length);
  for (let i = 0; i < present.length; i++) {
    const metric = present[i];
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
  return joinHalves(ofMember, ofItself);
}

/** Half by the one, half by the other, each made to add to 1 (in place). */
function joinHalves(ofMember: Float32Array, ofItself: Float32Array): Float64Array {
  normaliseShares(ofMember);
  normaliseShares(ofItself);
  const joined = new Float64Array(ofMember.length);
  for (let i = 0; i < joined.length; i++) joined[i] = (ofMember[i] + ofItself[i]) / 2;
  return joined;
}

function contributionOf(evidence: RowEvidence, alone: Float64Array, metric: number, share: number): MetricContribution {
  const { actual, slope, still, shifts } = evidence;
  return {
    metric,
    share,
    actual: actual[metric],
    ...departure(metric, evidence),
    slopePerMinute: slope[metric],
    ...(still && still[metric] > 0 ? { stillFor: still[metric] } : {}),
    ...(shifts?.[metric] ? { shift: shifts[metric] } : {}),
    features: splitShare(evidence, alone, metric, share),
  };
}

/**
 * A metric's share told apart by its features: half by what the member says of them, half by how far each is from typical by itself. They add
 * to `share`; equal parts when none stands out. Largest first.
 */
function splitShare(
  { features, memberShares, names, actual }: RowEvidence,
  alone: Float64Array,
  metric: number,
  share: number,
): { readonly name: string; readonly share: number; readonly value: number }[] {
  const kinds = features.length / actual.length;
  const from = metric * kinds;
  const ofMember = new Float32Array(kinds);
  const ofItself = new Float32Array(kinds);
  for (let k = 0; k < kinds; k++) {
    ofMember[k] = memberShares[from + k];
    ofItself[k] = alone[from + k];
  }
  const halves = joinHalves(ofMember, ofItself);
  const parts: { readonly name: string; readonly share: number; readonly value: number }[] = [];
  for (let k = 0; k < kinds; k++) {
    const part = { name: names[from + k], share: share * halves[k], value: features[from + k] };
    // Sorted as they come: for so few, several times as quick as to have them sorted.
    let at = k;
    for (; at > 0 && parts[at - 1].share < part.share; at--) parts[at] = parts[at - 1];
    parts[at] = part;
  }
  return parts;
}

/** A metric of which nothing was learned yet is typical whatever it is, as its features have it. */
function departure(
  metric: number,
  { actual, typical, deviation, peers }: RowEvidence,
): Pick<MetricContribution, 'typical' | 'z' | 'peers'> {
  if (Number.isNaN(typical[metric])) return { typical: actual[metric], z: 0 };
  const z = (actual[metric] - typical[metric]) / deviation[metric];
  if (!peers) return { typical: typical[metric], z };
  return { typical: typical[metric], z, peers: { count: peers.peers, z: departFromPeers(peers, metric, z) } };
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
