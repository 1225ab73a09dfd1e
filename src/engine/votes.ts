import { unitScore } from '../detect/hybrid';
import type { AlertMember } from '../domain/alerts';
import type { MemberColumn } from '../domain/frame';
import { describeMember, LOG_MEMBERS } from '../domain/members';
import { anomalyScore } from '../domain/scores';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';
import type { MemberScores } from '../domain/verdicts';
import type { RunState } from './run-state';

/** The column of the log model as a whole. */
export const LOG_COLUMN = 'logs';

/** Rarity from which each model alone raises an alarm. */
export interface ModelThresholds {
  readonly metric: number;
  readonly log: number;
}

/** Has a column for each of the metric members, one for the log model as a whole and one for each of its members. Values that are there stay. */
export function prepareMembers(run: RunState, members: readonly MemberScores[], thresholds: ModelThresholds): void {
  const wanted = [
    ...members.map(({ detector, flagsAt }) => ({
      ...describeMember(detector, 'metrics'),
      flagsAt: flagsAt ?? thresholds.metric,
    })),
    { id: LOG_COLUMN, model: 'logs' as const, label: 'Log model', flagsAt: thresholds.log },
    ...LOG_MEMBERS.map((member) => ({ ...member, flagsAt: thresholds.log })),
  ];
  run.members = wanted.map(({ id, model, label, flagsAt }): MemberColumn => {
    const before = run.members.find((column) => column.id === id && column.model === model);
    const score = before?.score ?? new Float32Array(run.catalog.devices.length).fill(Number.NaN);
    return { id, model, label, alarmAt: anomalyScore(flagsAt), score };
  });
}

/**
 * One device's sample: each member's score 0..100 into its column. row: -1 where no metrics came. What the members of the log model said of the
 * line that speaks for the device fades with it.
 */
export function keepVotes(
  run: RunState,
  device: number,
  said: { readonly members: readonly MemberScores[]; readonly row: number; readonly logScore: number },
): void {
  const { members, row, logScore } = said;
  const left = logScore / anomalyScore(run.logHold[device].value);
  const held = left > 0 ? (run.heldLogMembers[device] ?? []) : [];
  run.members.forEach(({ id, model, score }, k) => {
    if (model === 'metrics') score[device] = row < 0 ? Number.NaN : anomalyScore(members[k].rarity[row]);
    else if (id === LOG_COLUMN) score[device] = logScore;
    else score[device] = left * anomalyScore(held.find((member) => member.id === id)?.rarity ?? Number.NaN);
  });
}

/** What every member said of one sample, for its alert. thresholds: rarity at which each model alone alarms. */
export function listVotes(
  members: readonly MemberScores[],
  row: number,
  logMembers: readonly { readonly id: string; readonly rarity: number }[],
  thresholds: ModelThresholds,
): readonly AlertMember[] {
  const vote = (id: string, model: AlertMember['model'], rarity: number, flagsAt: number): AlertMember => ({
    id,
    model,
    label: describeMember(id, model).label,
    score: anomalyScore(rarity),
    flagged: rarity >= flagsAt,
  });
  return [
    ...(row < 0
      ? []
      : members.map((member) =>
          vote(member.detector, 'metrics', member.rarity[row], member.flagsAt ?? thresholds.metric),
        )),
    ...logMembers.map((member) => vote(member.id, 'logs', member.rarity, thresholds.log)),
  ];
}

export interface SpokenEvidence {
  readonly rarity: number;
  readonly threshold: number;
  /** 0..1 */
  readonly confidence: number;
}

/**
 * How far a joined score may be trusted: the models' confidences, weighted by what each brought to the hybrid value. NaN where none spoke;
 * their plain mean where they spoke but brought nothing (rarity 0).
 */
export function joinConfidence(
  metric: SpokenEvidence,
  log: SpokenEvidence,
  settings: Pick<Settings, 'metricWeight' | 'logWeight' | 'metricsOn' | 'logsOn'>,
): number {
  const metricSpeaks = settings.metricsOn && settings.metricWeight > 0 && speaks(metric);
  const logSpeaks = settings.logsOn && settings.logWeight > 0 && speaks(log);
  if (!metricSpeaks) return logSpeaks ? log.confidence : Number.NaN;
  if (!logSpeaks) return metric.confidence;
  const { metricWeight, logWeight } = settings;
  const byMetric = metricWeight * unitScore(metric.rarity, metric.threshold, DEFAULT_SETTINGS.metricWeight);
  const byLog = logWeight * unitScore(log.rarity, log.threshold, DEFAULT_SETTINGS.logWeight);
  const total = byMetric + byLog;
  if (total === 0) return metric.confidence / 2 + log.confidence / 2;
  return metric.confidence * (byMetric / total) + log.confidence * (byLog / total);
}

function speaks({ rarity, confidence }: SpokenEvidence): boolean {
  return !Number.isNaN(rarity) && !Number.isNaN(confidence);
}
