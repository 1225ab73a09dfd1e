import { unitScore } from '../detect/hybrid';
import type { AlertMember } from '../domain/alerts';
import type { MemberColumn } from '../domain/frame';
import { describeMember } from '../domain/members';
import { anomalyScore } from '../domain/scores';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';
import type { MemberScores } from '../domain/verdicts';
import type { RunState } from './run-state';

/** The column of the log model as a whole. */
export const LOG_COLUMN = 'logs';

/** Has a column for each of the metric members and one for the log model, kept as long as the members stay the same. */
export function prepareMembers(run: RunState, members: readonly MemberScores[]): void {
  const ids = members.map((member) => member.detector);
  if (run.members.length === ids.length + 1 && ids.every((id, k) => run.members[k].id === id)) return;
  const column = (id: string, model: MemberColumn['model'], label: string): MemberColumn => ({
    id,
    model,
    label,
    score: new Float32Array(run.catalog.devices.length).fill(Number.NaN),
  });
  run.members = [
    ...ids.map((id) => column(id, 'metrics', describeMember(id, 'metrics').label)),
    column(LOG_COLUMN, 'logs', 'Log model'),
  ];
}

/** One device's sample: each member's score 0..100 into its column. row: -1 where no metrics came. */
export function keepVotes(
  run: RunState,
  device: number,
  said: { readonly members: readonly MemberScores[]; readonly row: number; readonly logScore: number },
): void {
  said.members.forEach((member, k) => {
    run.members[k].score[device] = said.row < 0 ? Number.NaN : anomalyScore(member.rarity[said.row]);
  });
  run.members[run.members.length - 1].score[device] = said.logScore;
}

/** What every member said of one sample, for its alert. thresholds: rarity at which each model alone alarms. */
export function listVotes(
  members: readonly MemberScores[],
  row: number,
  logMembers: readonly { readonly id: string; readonly rarity: number }[],
  thresholds: { readonly metric: number; readonly log: number },
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
  const parts = [
    { ...metric, on: settings.metricsOn, weight: settings.metricWeight, reference: DEFAULT_SETTINGS.metricWeight },
    { ...log, on: settings.logsOn, weight: settings.logWeight, reference: DEFAULT_SETTINGS.logWeight },
  ].filter((part) => part.on && part.weight > 0 && !Number.isNaN(part.rarity) && !Number.isNaN(part.confidence));
  const brought = parts.map((part) => part.weight * unitScore(part.rarity, part.threshold, part.reference));
  const total = brought.reduce((sum, value) => sum + value, 0);
  if (parts.length === 0) return Number.NaN;
  if (total === 0) return parts.reduce((sum, part) => sum + part.confidence / parts.length, 0);
  return parts.reduce((sum, part, i) => sum + part.confidence * (brought[i] / total), 0);
}
