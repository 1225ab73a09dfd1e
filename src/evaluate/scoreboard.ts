import {
  type FaultScore,
  MEMBERS,
  type Member,
  type MemberScore,
  type Scoreboard,
  type ScorePoint,
} from '../domain/scoreboard';
import type { BoardState } from './board-state';
import { createEventLedger } from './event-ledger';
import {
  addAlert,
  addEvent,
  addUnseen,
  alarmFigures,
  createEventSums,
  type EventSums,
  eventFigures,
  loadSums,
  mergeSums,
  saveSums,
} from './event-sums';
import type { TruthSpan } from './open-events';
import {
  countSample,
  createSampleTally,
  loadTally,
  mergeTallies,
  type SampleTally,
  sampleFigures,
  saveTally,
} from './sample-tally';
import { binnedCurve } from './score-bins';

/** Scenarios that are told apart; those played after count to the last one. */
const MAX_SCENARIOS = 8;
/** With so many entries a list the whole stays below 50 kB. */
const LISTED = 30;

/** One sample as each member saw it. Arrays are in the order of MEMBERS. */
export interface JudgedSample {
  readonly device: number;
  readonly t: number;
  /** On the rarity scale; NaN = that member could not score it. */
  readonly score: ArrayLike<number>;
  /** 1 = at or above that member's threshold. */
  readonly flagged: ArrayLike<number>;
}

export interface SnapshotOptions {
  /** Whose lists and curve. */
  readonly member: Member;
  /** Figures of this scenario alone; undefined: of all. */
  readonly scenario: string | undefined;
  /** Entries of each list at most; undefined: LISTED. */
  readonly listed?: number | undefined;
  /** Where each member's threshold stands now on the rarity scale. */
  readonly thresholds: Readonly<Record<Member, number>>;
}

/** Detection against truth, brought up to date with each sample: memory and the time for a snapshot do not grow with the run. */
export interface Board {
  /** What is true of the samples from `from` on, until the next call. scenario: '' = none is played. */
  follow(spans: readonly TruthSpan[], from: number, scenario: string): void;
  addSample(sample: JudgedSample): void;
  /** See EventLedger. */
  alarm(member: Member, device: number, from: number, t: number): void;
  rest(member: Member, device: number): void;
  refuse(device: number, t: number): void;
  /** Ends a batch: what can be is settled. */
  settle(): void;
  readonly revision: number;
  snapshot(options: SnapshotOptions): Scoreboard;
  /** All that is known, as plain data: a board made of it goes on with the same numbers. */
  save(): BoardState;
}

export interface BoardOptions {
  /** Milliseconds between two samples of a device. More than 0. */
  readonly stepMs: number;
  /** See EventLedger. */
  readonly graceMs: number;
}

interface Part {
  readonly tally: SampleTally;
  readonly sums: EventSums;
}

/** An empty board, or one that goes on where another was saved. */
export function createBoard({ stepMs, graceMs }: BoardOptions, saved?: BoardState): Board {
  const parts = new Map<string, Part>(saved?.parts.map((part) => [part.scenario, loadPart(part)]));
  let scenario = saved?.scenario ?? '';
  let span = { from: saved?.from ?? Number.NaN, to: saved?.to ?? Number.NaN };
  let revision = saved?.revision ?? 0;
  const partOf = (name: string): Part => {
    const known = parts.get(name) ?? (parts.size < MAX_SCENARIOS ? undefined : [...parts.values()].pop());
    if (known !== undefined) return known;
    const part = { tally: createSampleTally(), sums: createEventSums() };
    parts.set(name, part);
    return part;
  };
  const ledger = createEventLedger(
    {
      stepMs,
      graceMs,
      onEvent: (member, event) => addEvent(partOf(event.entry.scenario).sums[member], event),
      onUnseen: (member, event) => addUnseen(partOf(event.scenario).sums[member], event.fault),
      onAlert: (member, alert) => addAlert(partOf(alert.entry.scenario).sums[member], alert),
    },
    saved?.ledger,
  );

  /** Settled figures of some parts with what is provisional of them. */
  const join = (names: readonly string[]) => {
    const wanted = names.map(partOf);
    const sums = mergeSums(wanted.map((part) => part.sums));
    const runningBy = new Map<Member, ReturnType<typeof ledger.provisional>['running']>();
    for (const member of MEMBERS) {
      const open = ledger.provisional(member, span.to);
      const isWanted = (entry: { readonly scenario: string }): boolean =>
        names.some((name) => partOf(name) === partOf(entry.scenario));
      for (const event of open.events) if (isWanted(event.entry)) addEvent(sums[member], event);
      for (const alert of open.alerts) if (isWanted(alert.entry)) addAlert(sums[member], alert);
      runningBy.set(member, open.running.filter(isWanted));
    }
    const tally = mergeTallies(wanted.map((part) => part.tally));
    const running = (member: Member) => runningBy.get(member) ?? [];
    return { sums, tally, running };
  };
  type Joined = ReturnType<typeof join>;

  const memberScore = ({ sums, tally, running }: Joined, member: Member): MemberScore => {
    const { positives, negatives, normalEvents } = tally[member];
    return {
      ...sampleFigures(positives, negatives),
      normalEvents: { ...normalEvents },
      byEvent: eventFigures(sums[member], running(member).length),
      alarms: alarmFigures(sums[member], (positives.samples + negatives.samples) * stepMs),
    };
  };

  const faultScore = ({ sums, tally, running }: Joined, member: Member, fault: string): FaultScore => {
    const own = sampleFigures(tally[member].byFault.get(fault), tally[member].negatives);
    const { positives, precision, recall, f1, averagePrecision } = own;
    const stillRunning = running(member).filter((entry) => entry.fault === fault).length;
    return {
      ...{ positives, precision, recall, f1, averagePrecision },
      byEvent: eventFigures(sums[member], stillRunning, fault),
    };
  };

  return {
    follow: (spans, from, name) => {
      scenario = name;
      ledger.follow(spans, from, name);
    },
    addSample: ({ device, t, score, flagged }) => {
      const isScored = !Number.isNaN(score[MEMBERS.indexOf('hybrid')]);
      const truth = ledger.look(device, t, isScored);
      const { tally } = partOf(scenario);
      for (let m = 0; m < MEMBERS.length; m++) countSample(tally[MEMBERS[m]], score[m], flagged[m] === 1, truth[m]);
      if (isScored)
        span = { from: Number.isNaN(span.from) ? t : Math.min(span.from, t), to: Math.max(span.to || t, t) };
    },
    alarm: (member, device, from, t) => ledger.alarm(member, device, from, t, scenario),
    rest: ledger.rest,
    refuse: ledger.refuse,
    settle: () => {
      revision++;
      ledger.settle(span.to);
    },
    get revision() {
      return revision;
    },
    snapshot: (options) => {
      const { member, listed = LISTED } = options;
      const known = [...parts.keys()];
      const joined = join(options.scenario === undefined ? known : known.filter((name) => name === options.scenario));
      const { sums, tally, running } = joined;
      const kinds = new Set(
        MEMBERS.flatMap((name) => [
          ...sums[name].byFault.keys(),
          ...tally[name].byFault.keys(),
          ...running(name).map((entry) => entry.fault),
        ]),
      );
      const own = tally[member];
      const ofMembers = (of: Joined) => byMember((name) => memberScore(of, name));
      const { precision, recall } = sampleFigures(own.positives, own.negatives);
      return {
        revision,
        ...span,
        member,
        scenario: options.scenario,
        members: ofMembers(joined),
        faults: [...kinds].sort().map((fault) => ({
          fault,
          members: byMember((name) => faultScore(joined, name, fault)),
        })),
        scenarios: known.map((name) => ({
          scenario: name,
          // One scenario alone, or none, is all there is: nothing to join again.
          members: ofMembers(known.length === 1 && options.scenario === undefined ? joined : join([name])),
        })),
        curve: toColumns(binnedCurve(own.positives.bins, own.negatives.bins)),
        now: { threshold: options.thresholds[member], precision, recall },
        hits: newest(sums[member].hits, listed),
        misses: newest(sums[member].misses, listed),
        running: newest(running(member), listed),
        falseAlarms: newest(sums[member].falseAlarms, listed),
      };
    },
    save: () => ({
      scenario,
      ...span,
      revision,
      parts: [...parts].map(([name, { tally, sums }]) => ({
        scenario: name,
        tally: byMember((member) => saveTally(tally[member])),
        sums: byMember((member) => saveSums(sums[member])),
      })),
      ledger: ledger.save(),
    }),
  };
}

function loadPart({ tally, sums }: BoardState['parts'][number]): Part {
  return {
    tally: byMember((member) => loadTally(tally[member])),
    sums: byMember((member) => loadSums(sums[member])),
  };
}

function byMember<T>(make: (member: Member) => T): Record<Member, T> {
  return { hybrid: make('hybrid'), metrics: make('metrics'), logs: make('logs') };
}

function toColumns(points: readonly ScorePoint[]): Scoreboard['curve'] {
  const column = (key: keyof ScorePoint): readonly number[] =>
    points.map((point) => Math.round(point[key] * 10_000) / 10_000);
  return { threshold: column('threshold'), precision: column('precision'), recall: column('recall') };
}

function newest<T extends { readonly from: number }>(list: readonly T[], most: number): readonly T[] {
  return [...list].sort((a, b) => b.from - a.from).slice(0, most);
}
