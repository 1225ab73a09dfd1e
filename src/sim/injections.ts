import type { Device, Region } from '../domain/catalog';
import type { Injection, Onset, TruthInterval } from '../domain/faults';
import { injectionId } from '../domain/ids';
import { createRandom, type Random } from '../domain/random';
import { err, ok, type Result } from '../domain/result';
import type { MetricValues } from './bounds';
import type { Fault } from './faults/contract';
import { findFault } from './faults/registry';

/** One injection with what the simulator needs to carry it out. Disturbs the samples with from <= t < to. */
export interface InjectionEntry {
  injection: Injection;
  readonly device: number;
  readonly random: Random;
  /** The device's values at the onset; undefined before it. */
  before: MetricValues | undefined;
}

/** Scheduled, running and recent injections. Ended ones beyond the latest KEEP_ENDED, and of the fleet's own beyond the latest KEEP_AMBIENT, are forgotten. */
export interface InjectionBook {
  /** In the order in which they were asked for. */
  readonly entries: InjectionEntry[];
  /** Those not yet ended, by onset: few, since they are looked through at every tick. */
  readonly open: InjectionEntry[];
  /** Number in the id of the next injection. */
  next: number;
  readonly changed: Set<string>;
}

export const KEEP_ENDED = 2000;
/** The fleet's own come for ever and are no part of a recording: half a day of them. */
export const KEEP_AMBIENT = 150;
/** Scheduled and running ones together: one on every device of the largest fleet. */
export const MAX_OPEN = 10_000;

export interface InjectionStart {
  readonly group: string;
  readonly fault: Fault;
  readonly device: number;
  readonly info: Device;
  readonly origin: Region;
  readonly intensity: number;
  readonly onset: Onset;
  readonly params: Readonly<Record<string, number>>;
  /** Time of the first disturbed sample, ms since 1970 UTC of the data's clock. */
  readonly from: number;
  readonly durationMs: number;
  readonly by: Injection['by'];
  readonly joinedAt?: number;
  /** Why it does not start at all; undefined: it does. */
  readonly refusal?: string;
}

/** Where the fleet is: its seed, the time of its tick 0 and of its next sample. */
export interface BookMoment {
  readonly seed: number;
  readonly originMs: number;
  readonly nextT: number;
  readonly stepMs: number;
}

/** A book that goes on from `entries`. All of them count as changed, so that whoever asks next hears of them. */
export function createInjectionBook(entries: readonly InjectionEntry[], next: number): InjectionBook {
  return {
    entries: [...entries],
    open: entries.filter(isOpen).sort(byOnset),
    next,
    changed: new Set(entries.map((entry) => entry.injection.id)),
  };
}

/**
 * Writes a new injection down. Its stream of random numbers follows from seed, fault, device and onset, not from its number, so that
 * a recorded run that is played again draws the same.
 */
export function startInjection(book: InjectionBook, moment: BookMoment, start: InjectionStart): Injection {
  const id = injectionId(`inj-${book.next}`);
  book.next++;
  const { fault, info, from, durationMs, refusal } = start;
  const injection: Injection = {
    id,
    group: start.group,
    fault: fault.spec.id,
    faultLabel: fault.spec.label,
    deviceId: info.id,
    deviceName: info.name,
    origin: start.origin,
    intensity: start.intensity,
    onset: start.onset,
    params: start.params,
    from,
    to: refusal === undefined ? from + durationMs : from,
    status: refusal !== undefined ? 'refused' : from > moment.nextT ? 'scheduled' : 'running',
    note: refusal ?? '',
    by: start.by,
    ...(start.joinedAt === undefined ? {} : { joinedAt: start.joinedAt }),
  };
  const tick = Math.round((from - moment.originMs) / moment.stepMs);
  const random = createRandom(moment.seed, `injection:${injection.fault}:${info.id}:${tick}`);
  const entry: InjectionEntry = { injection, device: start.device, random, before: undefined };
  book.entries.push(entry);
  if (isOpen(entry)) insertByOnset(book.open, entry);
  book.changed.add(id);
  forgetOldest(book, isEnded, KEEP_ENDED);
  if (start.by === 'ambient') forgetOldest(book, isEndedAmbient, KEEP_AMBIENT);
  return injection;
}

/** A name for what one request gives: fault and tick of its first onset, with a number when there is such a group already. */
export function nameGroup(book: InjectionBook, fault: string, tick: number): string {
  const taken = new Set(book.entries.map(({ injection }) => injection.group));
  const stem = `${fault}@${tick}`;
  if (!taken.has(stem)) return stem;
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/**
 * Stops one injection by its id, or all open ones of a group: the sample at `at` is the first undisturbed one, and what had not begun
 * never will. Gives what was stopped. Errors: unknown-injection, not-running (the one, or all of the group).
 */
export function stopInjections(
  book: InjectionBook,
  idOrGroup: string,
  at: number,
): Result<readonly Injection[], 'unknown-injection' | 'not-running'> {
  const meant = book.entries.filter(({ injection }) => injection.id === idOrGroup || injection.group === idOrGroup);
  const first = meant[0];
  if (first === undefined) {
    return err('unknown-injection', `injection must be a known one or a known group, got "${idOrGroup}"`);
  }
  const open = meant.filter(isOpen);
  if (open.length === 0) {
    const { deviceName, status } = first.injection;
    const where = meant.length === 1 ? `on ${deviceName}` : `on ${meant.length} devices`;
    return err('not-running', `injection ${idOrGroup} ${where} is not running: ${status}`);
  }
  return ok(open.map((entry) => stopEntry(book, entry, at)));
}

/** Stops all that runs or is scheduled, the fleet's own faults included. Degenerate: nothing does: gives an empty list. */
export function stopAllInjections(book: InjectionBook, at: number): Injection[] {
  return [...book.open].map((entry) => stopEntry(book, entry, at));
}

/** Marks as running what begins with the next sample at `nextT`, and as ended what has no sample left from there on. */
export function advanceInjections(book: InjectionBook, nextT: number): void {
  for (const entry of [...book.open]) {
    const { injection } = entry;
    if (injection.to <= nextT) {
      close(book, entry, { ...injection, status: 'ended' });
    } else if (injection.status === 'scheduled' && injection.from <= nextT) {
      entry.injection = { ...injection, status: 'running' };
      book.changed.add(injection.id);
    }
  }
}

/** What changed since the last call, in the order in which it was asked for. */
export function takeChanged(book: InjectionBook): Injection[] {
  if (book.changed.size === 0) return [];
  const changed = book.entries.filter(({ injection }) => book.changed.has(injection.id));
  book.changed.clear();
  return changed.map(({ injection }) => injection);
}

/**
 * Ground truth up to `nextT`, the time of the next sample, as far as it overlaps [from, to): the disturbed samples are those with
 * from <= t < to. By onset, then device, then fault. Degenerate: nothing was injected: empty.
 */
export function tellTruth(
  book: InjectionBook,
  nextT: number,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): TruthInterval[] {
  return book.entries
    .filter(({ injection }) => injection.to > from && injection.from < to)
    .map(({ injection, device }) => ({
      device,
      fault: injection.fault,
      from: injection.from,
      to: Math.min(injection.to, nextT),
      group: injection.group,
      intensity: injection.intensity,
      onset: injection.onset,
      seenIn: findFault(injection.fault)?.spec.seenIn ?? { metrics: true, logs: true },
    }))
    .filter((interval) => interval.to > interval.from && interval.to > from && interval.from < to)
    .sort((a, b) => a.from - b.from || a.device - b.device || compareText(a.fault, b.fault));
}

function isOpen({ injection }: InjectionEntry): boolean {
  return injection.status === 'running' || injection.status === 'scheduled';
}

/** Overlapping faults of one device act in this order, whatever the order in which they were asked for. */
function byOnset(a: InjectionEntry, b: InjectionEntry): number {
  return a.injection.from - b.injection.from || compareText(a.injection.fault, b.injection.fault);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function insertByOnset(open: InjectionEntry[], entry: InjectionEntry): void {
  let at = open.length;
  while (at > 0 && byOnset(open[at - 1], entry) > 0) at--;
  open.splice(at, 0, entry);
}

function stopEntry(book: InjectionBook, entry: InjectionEntry, at: number): Injection {
  const to = Math.min(entry.injection.to, at);
  const stopped: Injection = { ...entry.injection, from: Math.min(entry.injection.from, to), to, status: 'stopped' };
  close(book, entry, stopped);
  return stopped;
}

function close(book: InjectionBook, entry: InjectionEntry, injection: Injection): void {
  entry.injection = injection;
  book.open.splice(book.open.indexOf(entry), 1);
  book.changed.add(injection.id);
}

function isEnded(entry: InjectionEntry): boolean {
  return !isOpen(entry);
}

function isEndedAmbient(entry: InjectionEntry): boolean {
  return entry.injection.by === 'ambient' && !isOpen(entry);
}

/** Forgets all but the latest `most` of one sort. */
function forgetOldest(book: InjectionBook, isMeant: (entry: InjectionEntry) => boolean, most: number): void {
  // Those that are over are no more than these: mostly there is nothing to look through.
  if (book.entries.length - book.open.length <= most) return;
  const meant = book.entries.filter(isMeant);
  if (meant.length <= most) return;
  const forgotten = new Set(meant.slice(0, meant.length - most));
  for (const { injection } of forgotten) book.changed.delete(injection.id);
  book.entries.splice(0, book.entries.length, ...book.entries.filter((entry) => !forgotten.has(entry)));
}
