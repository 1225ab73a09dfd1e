import type { Alert, AlertContribution, AlertLogEvidence } from '../../../domain/alerts';
import { formatNumber, formatValue } from '../../format';

/** A departure from typical, or from the peers, that is worth a word, in robust standard deviations. As in the engine's own reason. */
const CLEAR_SD = 3;
/** At least this much of the alert is the metric's doing. */
const CLEAR_SHARE = 0.1;
const MOST_METRICS = 3;
const MOST_LINES = 2;
const QUOTED_CHARS = 140;

/**
 * What was seen, in sentences without statistics: metrics that are clearly away from what is usual, the largest part first, then log lines.
 * Degenerate: where nothing stands out by itself, one sentence that says so.
 */
export function tellSeen(alert: Pick<Alert, 'contributions' | 'logs'>): readonly string[] {
  const metrics = [...alert.contributions]
    .sort((a, b) => b.share - a.share)
    .filter(isClear)
    .slice(0, MOST_METRICS)
    .map(tellMetric);
  const lines = alert.logs.slice(0, MOST_LINES).map(tellLine);
  const more = alert.logs.length - lines.length;
  if (more > 0) lines.push(`${formatNumber(more)} more such ${more === 1 ? 'line' : 'lines'}, quoted below.`);
  if (metrics.length + lines.length > 0) return [...metrics, ...lines];
  return ['No single metric and no log line stands out: it is their combination that hardly ever occurs.'];
}

function isClear({ share, z, stillFor, shift }: AlertContribution): boolean {
  return share >= CLEAR_SHARE && (Math.abs(z) >= CLEAR_SD || stillFor !== undefined || shift !== undefined);
}

function tellMetric(contribution: AlertContribution): string {
  const { actual, typical, unit, stillFor, shift } = contribution;
  const label = contribution.label || contribution.metric;
  if (stillFor !== undefined)
    return `${label} has repeated ${formatValue(actual, unit)} for ${formatNumber(stillFor)} samples, which it does not do otherwise.`;
  if (shift !== undefined) {
    const way = shift.by > 0 ? 'higher' : 'lower';
    return `${label} has been ${way} for ${formatNumber(shift.samples)} samples than the device's other metrics let expect: ${formatValue(actual, unit)}.`;
  }
  const usual = `${formatValue(typical, unit)} is usual for this device${compare(actual, typical)}`;
  return `${label} is at ${formatValue(actual, unit)}; ${usual}.${tellPeers(contribution)}`;
}

/** How many times as much, where that says more than the two numbers. */
function compare(actual: number, typical: number): string {
  if (!(typical > 0)) return '';
  const times = actual / typical;
  if (times >= 1.5) return ` (${formatNumber(times, times < 10 ? 1 : 0)} times as much)`;
  return actual >= 0 && times <= 0.5 ? ` (${formatNumber(100 * times)} % of that)` : '';
}

function tellPeers({ peers }: AlertContribution): string {
  if (peers === undefined) return '';
  const [who, are] =
    peers.count === 1 ? ['The other device', 'is'] : [`The ${formatNumber(peers.count)} other devices`, 'are'];
  return Math.abs(peers.z) >= CLEAR_SD
    ? ` ${who} of its role ${are} not like that.`
    : ` ${who} of its role ${are} like that, too.`;
}

function tellLine({ message, notes }: AlertLogEvidence): string {
  const text = message.length > QUOTED_CHARS ? `${message.slice(0, QUOTED_CHARS)}…` : message;
  const says = (words: string): boolean => notes.some((note) => note.includes(words));
  if (says('never seen')) return `A log line of a kind that was never seen before: "${text}"`;
  return `${says('nowhere else') ? 'A log line of a kind that comes nowhere else' : 'An unusual log line'}: "${text}"`;
}
