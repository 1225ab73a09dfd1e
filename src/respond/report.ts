import { type Alert, type AlertContribution, type AlertLogEvidence, CAUSE_LABELS } from '../domain/alerts';
import type { Device } from '../domain/catalog';
import type { Decision } from '../domain/decisions';
import type { ModelVersion } from '../domain/models';
import { drawTable, escapeMarkdown, fenceText, roundShares } from './markdown';
import { orderDecisions } from './quarantine';
import { formatDuration, formatNumber, formatSigned, formatTime, formatValue } from './words';

export interface ReportInput {
  readonly alert: Alert;
  /** undefined when the device is not in the catalog any more. */
  readonly device: Device | undefined;
  /** Decisions of the run, any order; those on this alert, or on its device while it was ongoing, are taken. */
  readonly decisions: readonly Decision[];
  /** The models that scored it; [] when not known. */
  readonly models: readonly ModelVersion[];
}

/**
 * The incident report of one alert as Markdown. It states only what was measured and decided; remedies are marked as suggestions. Times are ISO 8601
 * in UTC. Text from outside (names, metrics, log lines, reasons) is escaped, log lines stand in code fences.
 */
export function writeReport(input: ReportInput): string {
  const { alert } = input;
  const sections = [
    `# Incident report: ${escapeMarkdown(alert.deviceName)}, ${CAUSE_LABELS[alert.cause]}`,
    `Summary: ${escapeMarkdown(alert.reason)}`,
    section('What was detected', detected(input)),
    section('Scores at the peak', scores(alert)),
    section('Metrics', contributionTable(alert.contributions)),
    section('Log lines', logLines(alert.logs)),
    section('Decisions', decisionList(input)),
    section('Models', modelList(input.models)),
    section(
      'Suggested steps (not measured)',
      alert.remedy.map((step, i) => `${i + 1}. ${escapeMarkdown(step)}`).join('\n'),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function list(items: readonly (readonly [string, string])[]): string {
  return items.map(([name, value]) => `- ${name}: ${value}`).join('\n');
}

function detected({ alert, device }: ReportInput): string {
  const closed = alert.closedAt === undefined ? [] : [['Closed', formatTime(alert.closedAt)] as const];
  const place = [device?.city ?? '', device?.country ?? ''].filter((part) => part !== '').join(', ');
  return list([
    ['Device', `${escapeMarkdown(alert.deviceName)} (id ${escapeMarkdown(alert.deviceId)})`],
    ...(place === '' ? [] : [['Place', escapeMarkdown(place)] as const]),
    ['Run', escapeMarkdown(alert.runId)],
    ['Alert', escapeMarkdown(alert.id)],
    ['Incident', escapeMarkdown(alert.incidentId)],
    ['Cause', `${CAUSE_LABELS[alert.cause]} (rule: ${escapeMarkdown(alert.causeRule)})`],
    ['Severity', alert.severity],
    ['State', `${alert.state}, ${alert.acknowledged ? 'acknowledged' : 'not acknowledged'}`],
    ['Opened', formatTime(alert.openedAt)],
    ['Last flagged', formatTime(alert.lastAt)],
    ...closed,
    ['Duration', `${formatDuration(alert.lastAt - alert.openedAt)} with ${alert.flagged} flagged samples`],
  ]);
}

function scores(alert: Alert): string {
  return list([
    ['Time of the peak', formatTime(alert.peakAt)],
    ['Anomaly score', `${formatNumber(alert.peakScore)} of 100`],
    ['Hybrid value', `${formatNumber(alert.hybrid)} (alarm at ${formatNumber(alert.alarmAt)})`],
    ['Metric detector', memberScore(alert.metricScore)],
    ['Log detector', memberScore(alert.logScore)],
    ...(alert.members ?? []).map(
      ({ label, score, flagged }) =>
        [`Member ${escapeMarkdown(label)}`, `${memberScore(score)}${flagged ? ', would alarm alone' : ''}`] as const,
    ),
    ...(alert.confidence === undefined || Number.isNaN(alert.confidence)
      ? []
      : [['Confidence', `${(100 * alert.confidence).toFixed(0)} % (grows with what was seen)`] as const]),
  ]);
}

function memberScore(score: number): string {
  return Number.isNaN(score) ? 'had nothing to say' : `${formatNumber(score)} of 100`;
}

function contributionTable(contributions: readonly AlertContribution[]): string {
  if (contributions.length === 0) return 'No metric contributions were recorded.';
  const percents = roundShares(contributions.map((contribution) => contribution.share));
  const rows = contributions.map((c, i) => [
    escapeMarkdown(c.label || c.metric),
    `${percents[i].toFixed(1)} %`,
    escapeMarkdown(formatValue(c.actual, c.unit)),
    escapeMarkdown(formatValue(c.typical, c.unit)),
    formatSigned(c.z),
    Number.isFinite(c.slopePerMinute)
      ? escapeMarkdown(`${formatSigned(c.slopePerMinute)} ${c.unit}`.trim())
      : 'not measured',
    c.since === undefined ? 'not known' : formatTime(c.since),
  ]);
  const total = percents.reduce((sum, percent) => sum + percent, 0);
  return drawTable(
    ['Metric', 'Share', 'Actual', 'Typical', 'Departure (robust sd)', 'Change a minute', 'Away since'].map(
      (title, i) => ({
        title,
        right: i > 0,
      }),
    ),
    [...rows, ['All', `${total.toFixed(1)} %`, '', '', '', '', '']],
  );
}

function logLines(logs: readonly AlertLogEvidence[]): string {
  if (logs.length === 0) return 'No log line spoke for this alert.';
  return logs
    .map((log) => {
      const about = [`${formatTime(log.t)}, level ${log.level}, score ${formatNumber(log.score)} of 100`];
      if (log.notes.length > 0) about.push(`notes: ${log.notes.map(escapeMarkdown).join(', ')}`);
      if (log.words.length > 0) {
        about.push(
          `unexpected words: ${log.words.map((w) => `${escapeMarkdown(w.word)} (${(100 * w.share).toFixed(0)} %)`).join(', ')}`,
        );
      }
      return `At ${about.join('; ')}\n\n${fenceText([log.message])}`;
    })
    .join('\n\n');
}

function decisionList({ alert, decisions }: ReportInput): string {
  const own = orderDecisions(decisions).filter((decision) => concerns(decision, alert));
  if (own.length === 0) return 'No decision was taken on this alert.';
  return own
    .map((decision) => {
      const until = decision.durationMs === undefined ? 'until released' : `for ${formatDuration(decision.durationMs)}`;
      const what = decision.type === 'release' ? 'released' : `quarantined ${until}`;
      const enforced = decision.simulated ? ' (simulated, not enforced)' : '';
      return `- ${formatTime(decision.at)}: ${what}${enforced} by ${decision.origin}: ${escapeMarkdown(decision.reason)}`;
    })
    .join('\n');
}

/** Taken on this alert's evidence, or on its device while it was ongoing. */
function concerns(decision: Decision, alert: Alert): boolean {
  const meanwhile = decision.at >= alert.openedAt && decision.at <= (alert.closedAt ?? Number.POSITIVE_INFINITY);
  return decision.evidence === alert.id || (decision.deviceId === alert.deviceId && meanwhile);
}

function modelList(models: readonly ModelVersion[]): string {
  if (models.length === 0) return 'Not known.';
  return models
    .map(
      (model) =>
        `- ${model.kind}: version ${model.version} (${model.origin}), trained ${formatTime(model.trainedAt)} on ${model.rows} rows of ${escapeMarkdown(model.trainedOn)}, seed ${model.seed}, id ${escapeMarkdown(model.id)}`,
    )
    .join('\n');
}
