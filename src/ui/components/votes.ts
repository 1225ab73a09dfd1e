import type { AlertMember } from '../../domain/alerts';
import type { MemberColumn } from '../../domain/frame';
import { describeMember, MEMBERS } from '../../domain/members';
import type { ModelKind } from '../../domain/models';
import type { Settings } from '../../domain/settings';
import type { DetectorState } from '../../domain/verdicts';

/** What one member says, as it is drawn. */
export interface VoteRow {
  readonly id: string;
  readonly model: ModelKind;
  readonly label: string;
  /** What the member looks at, in a sentence; '' where that is not known. */
  readonly help: string;
  readonly say:
    | { readonly kind: 'anomaly' | 'normal'; readonly score: number }
    | { readonly kind: 'silent'; readonly why: string };
}

/** Why members may be silent: what is switched off, and which model cannot score yet. */
export interface Readiness {
  readonly settings: Pick<Settings, 'metricsOn' | 'logsOn' | 'members'> | undefined;
  readonly metricDetector: DetectorState | undefined;
  readonly logDetector: DetectorState | undefined;
}

/**
 * A row for each member of both models: first those that this app knows, with the reason where one is silent, then others that voted.
 * readiness: of the present moment; undefined for what was said in the past.
 */
export function voteRows(votes: readonly AlertMember[], readiness: Readiness | undefined): VoteRow[] {
  const others = votes.filter((vote) => !MEMBERS.some(({ id, model }) => id === vote.id && model === vote.model));
  return [...MEMBERS, ...others.map((vote) => ({ ...describeMember(vote.id, vote.model), label: vote.label }))].map(
    ({ id, model, label, help }) => {
      const vote = votes.find((one) => one.id === id && one.model === model);
      const silence = readiness === undefined ? undefined : silenceOf(id, model, readiness);
      if (vote === undefined || !Number.isFinite(vote.score) || silence !== undefined)
        return { id, model, label, help, say: { kind: 'silent', why: silence ?? 'nothing to say' } };
      return { id, model, label, help, say: { kind: vote.flagged ? 'anomaly' : 'normal', score: vote.score } };
    },
  );
}

function silenceOf(id: string, model: ModelKind, readiness: Readiness): string | undefined {
  const { settings, metricDetector, logDetector } = readiness;
  const isOn = model === 'metrics' ? settings?.metricsOn : settings?.logsOn;
  const members: Readonly<Record<string, boolean>> = settings?.members ?? {};
  if (isOn === false || (model === 'metrics' && members[id] === false)) return 'switched off';
  const state = model === 'metrics' ? metricDetector : logDetector;
  if (state === undefined) return 'starting';
  // A model that is trained again goes on scoring meanwhile.
  return state.kind === 'warming-up' ? `warming up, ${state.have} of ${state.need}` : undefined;
}

/** One device's votes from the columns of a frame; models as a whole and members with nothing to say are left out. */
export function votesAt(columns: readonly MemberColumn[], device: number): AlertMember[] {
  return columns
    .filter(({ id, model }) => id !== model)
    .map(({ id, model, label, alarmAt, score }) => {
      const own = score[device] ?? Number.NaN;
      return { id, model, label, score: own, flagged: own >= alarmAt };
    })
    .filter((vote) => !Number.isNaN(vote.score));
}

/** `3 of 5 members say anomaly.` Silent members do not count. */
export function agreementWords(rows: readonly VoteRow[]): string {
  const speaking = rows.filter((row) => row.say.kind !== 'silent');
  const alarmed = speaking.filter((row) => row.say.kind === 'anomaly').length;
  if (speaking.length === 0) return 'No member has anything to say.';
  if (speaking.length === 1) return `The one member that speaks says ${alarmed === 1 ? 'anomaly' : 'normal'}.`;
  if (alarmed === 0) return `None of ${speaking.length} members says anomaly.`;
  if (alarmed === speaking.length) return `All ${speaking.length} members say anomaly.`;
  return `${alarmed} of ${speaking.length} members ${alarmed === 1 ? 'says' : 'say'} anomaly.`;
}
