import type { MemberVote } from '../../domain/alerts';
import type { FleetMember } from '../../domain/frame';
import type { ModelKind } from '../../domain/models';
import type { DetectorState } from '../../domain/verdicts';
import { MEMBERS, memberWords } from '../members';

/** What one member says, as it is drawn. */
export interface VoteRow {
  readonly id: string;
  readonly kind: ModelKind;
  readonly label: string;
  readonly about: string;
  readonly say:
    | { readonly kind: 'anomaly' | 'normal'; readonly score: number; readonly alarmAt: number }
    | { readonly kind: 'silent'; readonly why: string };
}

/** Why a model's members may be silent. */
export interface ModelReadiness {
  readonly on: boolean;
  readonly state: DetectorState | undefined;
}

/**
 * A row for each member of both models: those that voted and, of the usual ones, those that did not, with the reason. A member is for
 * "anomaly" when its score reaches the one from which its model alone raises an alarm.
 */
export function voteRows(
  votes: readonly MemberVote[],
  readiness: Readonly<Record<ModelKind, ModelReadiness>> | undefined,
): VoteRow[] {
  const voted = new Map(votes.map((vote) => [vote.member, vote]));
  const known = MEMBERS.filter((member) => member.isUsual || voted.has(member.id));
  const unknown = votes
    .filter((vote) => !MEMBERS.some((member) => member.id === vote.member))
    .map((vote) => memberWords(vote.member, vote.kind));
  return [...known, ...unknown].map(({ id, kind, label, about }) => {
    const vote = voted.get(id);
    const silence = readiness === undefined ? undefined : silenceOf(readiness[kind]);
    if (vote === undefined || !Number.isFinite(vote.score) || silence !== undefined)
      return { id, kind, label, about, say: { kind: 'silent', why: silence ?? 'nothing to say' } };
    const { score, alarmAt } = vote;
    return { id, kind, label, about, say: { kind: score >= alarmAt ? 'anomaly' : 'normal', score, alarmAt } };
  });
}

function silenceOf({ on, state }: ModelReadiness): string | undefined {
  if (!on) return 'switched off';
  if (state === undefined) return 'starting';
  // A model that is trained again goes on scoring meanwhile.
  return state.kind === 'warming-up' ? `warming up, ${state.have} of ${state.need}` : undefined;
}

/** One device's votes from the columns of a frame; members with nothing to say are left out. */
export function votesAt(members: readonly FleetMember[], device: number): MemberVote[] {
  return members
    .map(({ member, kind, alarmAt, score }) => ({ member, kind, alarmAt, score: score[device] ?? Number.NaN }))
    .filter((vote) => !Number.isNaN(vote.score));
}

/** `3 of 5 members say anomaly`; silent members do not count. */
export function agreementWords(rows: readonly VoteRow[]): string {
  const speaking = rows.filter((row) => row.say.kind !== 'silent');
  const alarmed = speaking.filter((row) => row.say.kind === 'anomaly').length;
  if (speaking.length === 0) return 'No member has anything to say.';
  if (alarmed === 0)
    return speaking.length === 1
      ? 'The one member that speaks says normal.'
      : `None of ${speaking.length} members says anomaly.`;
  if (speaking.length === 1) return 'The one member that speaks says anomaly.';
  if (alarmed === speaking.length) return `All ${speaking.length} members say anomaly.`;
  return `${alarmed} of ${speaking.length} members ${alarmed === 1 ? 'says' : 'say'} anomaly.`;
}
