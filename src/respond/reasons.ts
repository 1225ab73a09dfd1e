import type { AlertContribution, AlertLogEvidence } from '../domain/alerts';
import { flattenText, formatNumber, formatSigned, formatValue } from './words';

/** A sentence names at most this many metrics: the ones that carry the departure. */
const NAMED_METRICS = 3;
/** A metric below this share is left out, unless it is the first. */
const NAMED_SHARE = 0.1;
const QUOTED_CHARS = 120;
/** Departures that are worth a word, from typical and from the peers. */
const CLEAR_SD = 3;
/** A metric that hardly ever moves has a spread of next to nothing: beyond this a departure's size says no more. */
const FAR_SD = 1000;

export interface ReasonInput {
  readonly contributions: readonly AlertContribution[];
  readonly logs: readonly AlertLogEvidence[];
  readonly peakScore: number;
  readonly hybrid: number;
  readonly alarmAt: number;
}

/**
 * One plain-text sentence of what was measured, e.g. `CPU 98.2 % (typical 34.1 %, +12.4 robust sd, rising 20.1 % a minute); log line
 * "…" was unexpected (level error)`. Outside text is flattened to one line but not escaped: the reader that shows it does that.
 * Degenerate: without contributions and lines it states the score.
 */
export function composeReason(input: ReasonInput): string {
  const parts = [...nameMetrics(input.contributions), ...quoteLine(input.logs)];
  if (parts.length === 0) {
    return `Anomaly score ${formatNumber(input.peakScore)} of 100, hybrid ${formatNumber(input.hybrid)} (alarm at ${formatNumber(input.alarmAt)}); no metric and no log line stands out.`;
  }
  return `${parts.join('; ')}.`;
}

function nameMetrics(contributions: readonly AlertContribution[]): string[] {
  return [...contributions]
    .sort((a, b) => b.share - a.share)
    .slice(0, NAMED_METRICS)
    .filter((contribution, i) => i === 0 || contribution.share >= NAMED_SHARE)
    .map(describeMetric);
}

function describeMetric(contribution: AlertContribution): string {
  const { unit, actual, typical, z, slopePerMinute, stillFor, shift } = contribution;
  const label = flattenText(contribution.label || contribution.metric, 60);
  const details = [`typical ${formatValue(typical, unit)}`];
  if (Math.abs(z) > FAR_SD) details.push(`over ${FAR_SD} robust sd ${z > 0 ? 'above' : 'below'}`);
  else if (Number.isFinite(z)) details.push(`${formatSigned(z)} robust sd`);
  if (Number.isFinite(slopePerMinute) && slopePerMinute * (actual - typical) > 0) {
    const verb = slopePerMinute > 0 ? 'rising' : 'falling';
    details.push(`${verb} ${formatValue(Math.abs(slopePerMinute), unit)} a minute`);
  }
  if (stillFor !== undefined) details.push(`the same value for ${stillFor} samples`);
  if (shift !== undefined) {
    const way = shift.by > 0 ? 'above' : 'below';
    const size = formatNumber(Math.min(FAR_SD, Math.abs(shift.by)));
    details.push(
      `level ${size} usual departures ${way} what its other metrics let expect, for ${shift.samples} samples`,
    );
  }
  return `${label} ${formatValue(actual, unit)} (${[...details, ...comparePeers(contribution)].join(', ')})`;
}

/** Whether the device is alone or its role moves as a whole; nothing where the metric is about typical. */
function comparePeers({ z, peers }: AlertContribution): string[] {
  if (peers === undefined || Math.abs(z) < CLEAR_SD) return [];
  const alone = Math.abs(peers.z) >= CLEAR_SD;
  return [alone ? `unlike its ${peers.count} peers` : `as its ${peers.count} peers`];
}

function quoteLine(logs: readonly AlertLogEvidence[]): string[] {
  if (logs.length === 0) return [];
  const first = logs[0];
  const why = [
    `level ${first.level}`,
    ...first.notes.map((note) => flattenText(note, 80)).filter((note) => note !== ''),
  ];
  const more = logs.length > 1 ? `, and ${logs.length - 1} more` : '';
  return [`log line "${flattenText(first.message, QUOTED_CHARS)}" was unexpected (${why.join(', ')})${more}`];
}
