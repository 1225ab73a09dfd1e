import type { Member, MemberScore, Scoreboard } from '../../../domain/scoreboard';
import { formatDuration } from '../../format';

export const MEMBER_LABELS: Readonly<Record<Member, string>> = {
  hybrid: 'Hybrid',
  metrics: 'Metrics',
  logs: 'Logs',
};

/** A fault, hit or missed, or a false alarm, as the lists show it. */
export interface MomentRow {
  readonly key: string;
  readonly device: number;
  /** Fault, or the normal event that went on; '' when there was none. */
  readonly what: string;
  readonly from: number;
  readonly to: number;
  /** ms from onset to alert; undefined where there is none. */
  readonly delayMs: number | undefined;
  /** The moment that the link leads to. */
  readonly at: number;
}

export const LISTS = ['hits', 'misses', 'running', 'false'] as const;
export type ListName = (typeof LISTS)[number];

/** The entries of one list as rows, in the same order. */
export function listMoments(board: Scoreboard, list: ListName): readonly MomentRow[] {
  if (list === 'false') {
    return board.falseAlarms.map(({ device, from, to, raisedAt, during }) => ({
      key: `${device} ${raisedAt}`,
      device,
      what: during,
      from,
      to,
      delayMs: undefined,
      at: raisedAt,
    }));
  }
  return board[list].map(({ device, fault, from, to, noticedAt }) => ({
    key: `${device} ${fault} ${from}`,
    device,
    what: fault,
    from,
    to,
    delayMs: noticedAt === undefined ? undefined : noticedAt - from,
    at: noticedAt ?? from,
  }));
}

/** Why there are no figures yet; undefined when there are. */
export function whyEmpty(board: Scoreboard): 'warming-up' | 'no-faults' | undefined {
  const { samples, byEvent } = board.members.hybrid;
  if (samples === 0) return 'warming-up';
  return byEvent.events + byEvent.running + byEvent.unseen === 0 ? 'no-faults' : undefined;
}

/** Onset to alert in words; `at once` for the first sample. undefined and NaN give an en dash. */
export function describeDelay(ms: number | undefined): string {
  return ms === 0 ? 'at once' : formatDuration(ms);
}

/** What the figures of a member say, in a sentence for those who cannot see the chart. */
export function describeCurve(score: MemberScore, label: string): string {
  const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(share * 100)} %` : 'unknown');
  return `${label}: average precision ${percent(score.averagePrecision)}; at the present threshold precision ${percent(score.precision)} and recall ${percent(score.recall)}.`;
}

/** `data-exfiltration` as words: `Data exfiltration`. labels: of the run's faults, by id. */
export function nameFault(id: string, labels: ReadonlyMap<string, string>): string {
  const words = id.replaceAll('-', ' ');
  return labels.get(id) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
