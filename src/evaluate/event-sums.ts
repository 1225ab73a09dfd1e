import {
  type AlarmEntry,
  type AlarmFigures,
  type EventEntry,
  type EventFigures,
  MEMBERS,
  type Member,
} from '../domain/scoreboard';
import type { MemberSumsState } from './board-state';
import { falseAlarmRate, medianOf } from './events';

/** Of a kind of fault the delays of so many latest hits are kept; counts and means are of all. */
const KEPT_DELAYS = 1000;
/** Entries of each list that are kept; the counts go on beyond. */
const KEPT_ENTRIES = 200;

/** One event with all that will ever be known of it. */
export interface ClosedEvent {
  readonly entry: EventEntry;
  /** When a creeping fault reached half of its final size; undefined: it does not creep. */
  readonly halfAt: number | undefined;
  /** 0..1, see `rangeRecallOf`. */
  readonly rangeRecall: number;
}

export interface ClosedAlert {
  readonly entry: AlarmEntry;
  readonly isFalse: boolean;
  /** 0..1, see `rangePrecisionOf`. */
  readonly rangePrecision: number;
}

interface FaultSum {
  hits: number;
  misses: number;
  unseen: number;
  rangeRecall: number;
  creeping: number;
  beforeHalf: number;
  delays: number[];
}

interface AlarmSum {
  alerts: number;
  rangePrecision: number;
  falseAlarms: number;
  duringNormalEvents: number;
}

/** What is settled of one member: counts for ever, lists of the latest. */
export interface MemberSums {
  readonly byFault: Map<string, FaultSum>;
  readonly alarms: AlarmSum;
  readonly hits: EventEntry[];
  readonly misses: EventEntry[];
  readonly falseAlarms: AlarmEntry[];
}

export type EventSums = Readonly<Record<Member, MemberSums>>;

export function createEventSums(): EventSums {
  const member = (): MemberSums => ({
    byFault: new Map(),
    alarms: { alerts: 0, rangePrecision: 0, falseAlarms: 0, duringNormalEvents: 0 },
    hits: [],
    misses: [],
    falseAlarms: [],
  });
  return { hybrid: member(), metrics: member(), logs: member() };
}

/** One member's sums as plain data. */
export function saveSums({ byFault, alarms, hits, misses, falseAlarms }: MemberSums): MemberSumsState {
  return {
    byFault: [...byFault].map(([fault, sum]) => ({ fault, ...sum, delays: [...sum.delays] })),
    alarms: { ...alarms },
    hits: [...hits],
    misses: [...misses],
    falseAlarms: [...falseAlarms],
  };
}

/** The inverse of `saveSums`. */
export function loadSums({ byFault, alarms, hits, misses, falseAlarms }: MemberSumsState): MemberSums {
  return {
    byFault: new Map(byFault.map(({ fault, ...sum }) => [fault, { ...sum, delays: [...sum.delays] }])),
    alarms: { ...alarms },
    hits: hits.map(asEntry),
    misses: misses.map(asEntry),
    falseAlarms: [...falseAlarms],
  };
}

/** A missed event's `noticedAt` may be absent in what was stored. */
function asEntry(entry: MemberSumsState['hits'][number]): EventEntry {
  return { ...entry, noticedAt: entry.noticedAt };
}

/** Adds an event: a hit when its entry says when it was noticed, else a miss. */
export function addEvent(sums: MemberSums, event: ClosedEvent): void {
  const { entry, halfAt } = event;
  const sum = faultSum(sums, entry.fault);
  sum.rangeRecall += event.rangeRecall;
  if (halfAt !== undefined) sum.creeping++;
  if (entry.noticedAt === undefined) {
    sum.misses++;
    keep(sums.misses, entry, KEPT_ENTRIES);
    return;
  }
  sum.hits++;
  if (halfAt !== undefined && entry.noticedAt < halfAt) sum.beforeHalf++;
  keep(sum.delays, entry.noticedAt - entry.from, KEPT_DELAYS);
  keep(sums.hits, entry, KEPT_ENTRIES);
}

export function addAlert(sums: MemberSums, alert: ClosedAlert): void {
  sums.alarms.alerts++;
  sums.alarms.rangePrecision += alert.rangePrecision;
  if (!alert.isFalse) return;
  sums.alarms.falseAlarms++;
  if (alert.entry.during !== '') sums.alarms.duringNormalEvents++;
  keep(sums.falseAlarms, alert.entry, KEPT_ENTRIES);
}

/** Counts an event that the member could not see. */
export function addUnseen(sums: MemberSums, fault: string): void {
  faultSum(sums, fault).unseen++;
}

/** Several sums as one, in the order given: the lists hold the latest of them all. */
export function mergeSums(parts: readonly EventSums[]): EventSums {
  const merged = createEventSums();
  for (const part of parts) {
    for (const member of MEMBERS) mergeMember(merged[member], part[member]);
  }
  return merged;
}

function mergeMember(to: MemberSums, from: MemberSums): void {
  for (const [fault, own] of from.byFault) {
    const sum = faultSum(to, fault);
    for (const key of ['hits', 'misses', 'unseen', 'rangeRecall', 'creeping', 'beforeHalf'] as const)
      sum[key] += own[key];
    sum.delays.push(...own.delays);
  }
  for (const key of ['alerts', 'rangePrecision', 'falseAlarms', 'duringNormalEvents'] as const)
    to.alarms[key] += from.alarms[key];
  to.hits.push(...from.hits);
  to.misses.push(...from.misses);
  to.falseAlarms.push(...from.falseAlarms);
}

/** Figures over the given kinds of fault; all kinds together when none is named. running: those of them that still run unnoticed. */
export function eventFigures(sums: MemberSums, running: number, fault?: string): EventFigures {
  const wanted = [...sums.byFault].filter(([kind]) => fault === undefined || kind === fault).map(([, sum]) => sum);
  const total = (key: Exclude<keyof FaultSum, 'delays'>): number => wanted.reduce((sum, own) => sum + own[key], 0);
  const delays = wanted.flatMap((own) => own.delays);
  const hits = total('hits');
  const events = hits + total('misses');
  return {
    events,
    hits,
    misses: events - hits,
    running,
    unseen: total('unseen'),
    recall: hits / events,
    rangeRecall: total('rangeRecall') / events,
    medianDelayMs: medianOf(delays),
    p90DelayMs: percentileOf(delays, 0.9),
    creeping: total('creeping'),
    beforeHalf: total('beforeHalf'),
  };
}

/** observedMs: time of all devices together that the member could score. */
export function alarmFigures({ alarms }: MemberSums, observedMs: number): AlarmFigures {
  return {
    alerts: alarms.alerts,
    rangePrecision: alarms.rangePrecision / alarms.alerts,
    falseAlarms: alarms.falseAlarms,
    duringNormalEvents: alarms.duringNormalEvents,
    deviceDays: observedMs / 86_400_000,
    perDeviceDay: falseAlarmRate(alarms.falseAlarms, 1, observedMs),
  };
}

/** The smallest value that a share of the list does not exceed (nearest rank). share: 0..1. NaN for an empty list. */
export function percentileOf(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function faultSum(sums: MemberSums, fault: string): FaultSum {
  let sum = sums.byFault.get(fault);
  if (sum === undefined) {
    sum = { hits: 0, misses: 0, unseen: 0, rangeRecall: 0, creeping: 0, beforeHalf: 0, delays: [] };
    sums.byFault.set(fault, sum);
  }
  return sum;
}

function keep<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}
