import type { Injection } from '../../domain/faults';

/** What one request gave, on however many devices and at however many times. */
export interface InjectionGroup {
  readonly group: string;
  /** Names of the faults, each once: a scenario may group different ones. */
  readonly label: string;
  readonly by: Injection['by'];
  /** running: at least one runs; scheduled: none runs yet, and at least one will; otherwise what became of the last one. */
  readonly status: Injection['status'];
  readonly devices: readonly string[];
  /** Running and scheduled ones, in the order of their beginnings. */
  readonly open: readonly Injection[];
  readonly all: readonly Injection[];
  /** First beginning and last end, ms since 1970 UTC of the data's clock. */
  readonly from: number;
  readonly to: number;
  /** Why it was refused, each reason with the devices that it holds for. */
  readonly refusals: readonly { readonly note: string; readonly devices: readonly string[] }[];
}

/** The injections of a run by group: first those that run, by their end; then those to come, by their beginning; then the others, newest first. */
export function groupInjections(injections: readonly Injection[]): readonly InjectionGroup[] {
  const byGroup = new Map<string, Injection[]>();
  for (const injection of injections) {
    const found = byGroup.get(injection.group);
    if (found === undefined) byGroup.set(injection.group, [injection]);
    else found.push(injection);
  }
  const rank = { running: 0, scheduled: 1, ended: 2, stopped: 2, refused: 2 } as const;
  const within = (a: InjectionGroup, b: InjectionGroup): number => {
    if (a.status === 'running') return a.to - b.to;
    return a.status === 'scheduled' ? nextStart(a) - nextStart(b) : b.from - a.from;
  };
  return [...byGroup.values()].map(describeGroup).sort((a, b) => rank[a.status] - rank[b.status] || within(a, b));
}

/** When the next of its scheduled injections begins; Infinity when none is to come. */
export function nextStart({ open }: InjectionGroup): number {
  return open.reduce((next, { status, from }) => (status === 'scheduled' ? Math.min(next, from) : next), Infinity);
}

function describeGroup(injections: readonly Injection[]): InjectionGroup {
  const all = [...injections].sort((a, b) => a.from - b.from);
  const [first] = all;
  const open = all.filter(({ status }) => status === 'running' || status === 'scheduled');
  const has = (status: Injection['status']): boolean => all.some((one) => one.status === status);
  const isOpen = has('running') ? 'running' : has('scheduled') ? 'scheduled' : undefined;
  const closed = has('ended') ? 'ended' : has('stopped') ? 'stopped' : 'refused';
  const notes = [...new Set(all.flatMap(({ note }) => (note === '' ? [] : [note])))];
  return {
    group: first.group,
    label: [...new Set(all.map(({ faultLabel }) => faultLabel))].join(', '),
    by: first.by,
    status: isOpen ?? closed,
    devices: namesOf(all),
    open,
    all,
    from: first.from,
    to: all.reduce((last, { to }) => Math.max(last, to), first.to),
    refusals: notes.map((note) => ({ note, devices: namesOf(all.filter((one) => one.note === note)) })),
  };
}

function namesOf(injections: readonly Injection[]): readonly string[] {
  return [...new Set(injections.map(({ deviceName }) => deviceName))];
}
