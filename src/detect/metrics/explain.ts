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
  const { row, features, memberShares, actual, slope } = evidence;
  const present: number[] = [];
  for (let metric = 0; metric < actual.length; metric++) if (!Number.isNaN(actual[metric])) present.push(metric);
  const kinds = features.length / actual.length;
  const said = new Float32Array(present.length);
  const alone = new Float32Array(present.length);
  for (let i = 0; i < present.length; i++) {
    for (let k = present[i] * kinds; k < (present[i] + 1) * kinds; k++) {
      said[i] += memberShares[k];
      alone[i] += Math.max(0, features[k] * features[k] - ORDINARY);
    }
  }
  if (evidence.blame) {
    // Squared: the shares of the many that merely wobble must not add up to more than the one that left its place.
    const { blame } = evidence;
    said.set(present.map((metric) => blame[metric] ** 2));
    alone.set(said);
  }
  const { still, shifts } = evidence;
  if (still && evidence.isStill) {
    said.set(present.map((metric) => still[metric]));
    alone.set(said);
  }
  if (shifts && evidence.isShift) {
    // Squared: what moves one metric leaves less of the same in those that are expected from it.
    said.set(present.map((metric) => (shifts[metric]?.by ?? 0) ** 2));
    alone.set(said);
  }
  normaliseShares(said);
  normaliseShares(alone);
  const contributions: MetricContribution[] = present.map((metric, i) => ({
    metric,
    share: (said[i] + alone[i]) / 2,
    actual: actual[metric],
    ...departure(metric, evidence),
    slopePerMinute: slope[metric],
    ...(still && still[metric] > 0 ? { stillFor: still[metric] } : {}),
    ...(shifts?.[metric] ? { shift: shifts[metric] } : {}),
    features: splitShare(evidence, metric, (said[i] + alone[i]) / 2),
  }));
  contributions.sort((a, b) => b.share - a.share || a.metric - b.metric);
  return { row, contributions };
}

/**
 * A metric's share told apart by its features: half by what the member says of them, half by how far each is from typical by itself. They add
 * to `share`; equal parts when none stands out. Largest first.
 */
function splitShare(
  { features, memberShares, names, actual }: RowEvidence,
  metric: number,
  share: number,
): { readonly name: string; readonly share: number; readonly value: number }[] {
  const kinds = features.length / actual.length;
  const own = features.slice(metric * kinds, (metric + 1) * kinds);
  const said = memberShares.slice(metric * kinds, (metric + 1) * kinds);
  const alone = own.map((value) => Math.max(0, value * value - ORDINARY));
  normaliseShares(said);
  normaliseShares(alone);
  const parts = Array.from(own, (value, k) => ({
    name: names[metric * kinds + k],
    share: (share * (said[k] + alone[k])) / 2,
    value,
  }));
  return parts.sort((a, b) => b.share - a.share);
}

/** A metric of which nothing was learned yet is typical whatever it is, as its features have it. */
function departure(
  metric: number,
  { actual, typical, deviation, peers }: RowEvidence,
): Pick<MetricContribution, 'typical' | 'z' | 'peers'> {
  if (Number.isNaN(typical[metric])) return { typical: actual[metric], z: 0 };
  const z = (actual[metric] - typical[metric]) / deviation[metric];
  const compared = peers && { peers: { count: peers.peers, z: departFromPeers(peers, metric, z) } };
  return { typical: typical[metric], z, ...compared };
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
