import type { ModelKind } from './models';

/** A member of a model: what speaks for itself before its calibrated tail is joined with the others'. */
export interface MemberSpec {
  readonly id: string;
  readonly model: ModelKind;
  readonly label: string;
  /** What it sees, in one sentence. */
  readonly help: string;
}

/** Members of the metric model, by the id of their detector. Each can be switched off in the settings. */
export const METRIC_MEMBERS = [
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

/** Joined with the metric members on live data, and switched on and off with the metric model. */
export const STILLNESS_MEMBER = {
  id: 'stillness',
  model: 'metrics',
  label: 'Flat line',
  help: 'Sees metrics that repeat one value, where they never do.',
} as const satisfies MemberSpec;

/** Joined with the metric members on live data of which the history was normal, and switched on and off with the metric model. */
export const SLOW_SHIFT_MEMBER = {
  id: 'slow-shift',
  model: 'metrics',
  label: 'Slow shift',
  help: 'Sees levels that leave what the other metrics let expect, over minutes to hours.',
} as const satisfies MemberSpec;

export type MetricMemberId = (typeof METRIC_MEMBERS)[number]['id'];

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
export const MEMBERS: readonly MemberSpec[] = [...METRIC_MEMBERS, STILLNESS_MEMBER, SLOW_SHIFT_MEMBER, ...LOG_MEMBERS];

/** A member's description; an unknown id (of a model from elsewhere) stands for itself. */
export function describeMember(id: string, model: ModelKind): MemberSpec {
  return MEMBERS.find((member) => member.id === id && member.model === model) ?? { id, model, label: id, help: '' };
}
