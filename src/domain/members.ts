import type { ModelKind } from './models';

/** A member of a model: what speaks for itself before its calibrated tail is joined with the others'. */
export interface MemberSpec {
  readonly id: string;
  readonly model: ModelKind;
  readonly label: string;
  /** What it sees, in one sentence. */
  readonly help: string;
}

/** Members that are trained on rows of features, by the id of their detector. At least one of them is on. */
export const TRAINED_MEMBERS = [
  {
    id: 'isolation-forest',
    model: 'metrics',
    label: 'Isolation Forest',
    help: 'Sees odd combinations: few random cuts set the sample apart.',
  },
  {
    id: 'mahalanobis',
    model: 'metrics',
    label: 'Mahalanobis distance',
    help: 'Sees magnitude, and metrics that stop moving together.',
  },
] as const satisfies readonly MemberSpec[];

/** What watches live data beside the trained members: joined with them sample by sample. */
export const LIVE_MEMBERS = [
  {
    id: 'stillness',
    model: 'metrics',
    label: 'Flat line',
    help: 'Sees metrics that repeat one value, where they never do. On live data only.',
  },
  {
    id: 'slow-shift',
    model: 'metrics',
    label: 'Slow shift',
    help: 'Sees levels that leave what the other metrics let expect, over minutes to hours. On live data only.',
  },
] as const satisfies readonly MemberSpec[];

/** Members of the metric model. Each can be switched off in the settings. */
export const METRIC_MEMBERS = [...TRAINED_MEMBERS, ...LIVE_MEMBERS] as const;

export type TrainedMemberId = (typeof TRAINED_MEMBERS)[number]['id'];
export type LiveMemberId = (typeof LIVE_MEMBERS)[number]['id'];
export type MetricMemberId = TrainedMemberId | LiveMemberId;

/** Members of the log model. They are joined line by line and switched on and off together. */
export const LOG_MEMBERS = [
  {
    id: 'autoencoder',
    model: 'logs',
    label: 'Autoencoder',
    help: 'Sees lines that it cannot rebuild from what it learned.',
  },
  { id: 'novelty', model: 'logs', label: 'New template', help: 'Sees lines whose template was not there in training.' },
  { id: 'level', model: 'logs', label: 'Level', help: 'Sees levels that are rare in this log.' },
  { id: 'burst', model: 'logs', label: 'Burst', help: 'Sees a template that comes far more often than it did.' },
  {
    id: 'session',
    model: 'logs',
    label: 'Session',
    help: 'Sees requests, jobs and blocks whose lines do not go together.',
  },
] as const satisfies readonly MemberSpec[];

export type LogMemberId = (typeof LOG_MEMBERS)[number]['id'];

/** All members, metrics first. */
export const MEMBERS: readonly MemberSpec[] = [...METRIC_MEMBERS, ...LOG_MEMBERS];

/** A member's description; an unknown id (of a model from elsewhere) stands for itself. */
export function describeMember(id: string, model: ModelKind): MemberSpec {
  return MEMBERS.find((member) => member.id === id && member.model === model) ?? { id, model, label: id, help: '' };
}
