import type { ModelKind } from '../domain/models';

/** A member of a model, in words for a person. */
export interface MemberWords {
  readonly id: string;
  readonly kind: ModelKind;
  readonly label: string;
  /** What it looks at, in a sentence. */
  readonly about: string;
  /** Part of every model: its silence is told. The others are shown only when they speak. */
  readonly isUsual: boolean;
}

/** The members that this page has words for, in the order in which they are shown. */
export const MEMBERS: readonly MemberWords[] = [
  {
    id: 'isolation-forest',
    kind: 'metrics',
    label: 'Isolation Forest',
    about: 'How few random splits set the sample apart from normal ones.',
    isUsual: true,
  },
  {
    id: 'mahalanobis',
    kind: 'metrics',
    label: 'Mahalanobis distance',
    about:
      'How far the features are from typical, together: also when each alone is ordinary but their combination is not.',
    isUsual: true,
  },
  {
    id: 'peers',
    kind: 'metrics',
    label: 'Peers of its role',
    about: 'How unlike the other devices of its role the device is at this moment.',
    isUsual: false,
  },
  {
    id: 'robust-z',
    kind: 'metrics',
    label: 'Robust z-score',
    about: 'The largest departure of a single feature.',
    isUsual: false,
  },
  {
    id: 'reconstruction',
    kind: 'logs',
    label: 'Autoencoder',
    about: 'How badly the network rebuilds the line: what it rarely saw it cannot repeat.',
    isUsual: true,
  },
  {
    id: 'novelty',
    kind: 'logs',
    label: 'Unseen template',
    about: 'Whether a line of this template was ever seen in training.',
    isUsual: true,
  },
  {
    id: 'level',
    kind: 'logs',
    label: 'Rare level',
    about: 'How few lines are of a level as bad as this.',
    isUsual: true,
  },
  {
    id: 'burst',
    kind: 'logs',
    label: 'Burst',
    about: 'How many lines of one template came within seconds.',
    isUsual: true,
  },
  {
    id: 'session',
    kind: 'logs',
    label: 'Session',
    about: 'How unlike a normal session the counts of its templates are.',
    isUsual: false,
  },
];

/** The words for a member; one that is not known keeps its id as its name. */
export function memberWords(id: string, kind: ModelKind): MemberWords {
  return MEMBERS.find((member) => member.id === id) ?? { id, kind, label: id, about: '', isUsual: false };
}
