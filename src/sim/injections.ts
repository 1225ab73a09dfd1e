import type { Device, Region } from '../domain/catalog';
import type { Injection, TruthInterval } from '../domain/faults';
import { injectionId } from '../domain/ids';
import { createRandom, type Random } from '../domain/random';
import { err, ok, type Result } from '../domain/result';
import type { Fault } from './faults/contract';

/** One injection with what the simulator needs to carry it out. Disturbs the samples with from <= t < to. */
export interface InjectionEntry {
  injection: Injection;
  readonly device: number;
  readonly random: Random;
}

/** Running and recent injections. Ended ones beyond the latest KEEP_ENDED are forgotten. */
export interface InjectionBook {
  /** Oldest first. */
  readonly entries: InjectionEntry[];
  /** Those not yet ended, oldest first: few, since they are looked through at every tick. */
  readonly open: InjectionEntry[];
  /** Number in the id of the next injection. */
  next: number;
  readonly changed: Set<string>;
}

export const KEEP_ENDED = 500;

export interface InjectionStart {
  readonly fault: Fault;
  readonly device: number;
  readonly info: Device;
  readonly origin: Region;
  readonly intensity: number;
  /** Time of the first disturbed sample, ms since 1970 UTC of the data's clock. */
  readonly from: number;
  readonly durationMs: number;
  readonly by: Injection['by'];
}

/** A book that goes on from `entries`. All of them count as changed, so that whoever asks next hears of them. */
export function createInjectionBook(entries: readonly InjectionEntry[], next: number): InjectionBook {
  return {
    entries: [...entries],
    open: entries.filter((entry) => entry.injection.status === 'running'),
    next,
    changed: new Set(entries.map((entry) => entry.injection.id)),
  };
}

/** Writes a new injection down; its stream of random numbers follows from the seed and its number. */
export function startInjection(book: InjectionBook, seed: number, start: InjectionStart): Injection {
  const id = injectionId(`inj-${book.next}`);
  book.next++;
  const injection: Injection = {
    id,
    fault: start.fault.spec.id,
    faultLabel: start.fault.spec.label,
    deviceId: start.info.id,
    deviceName: start.info.name,
    origin: start.origin,
    intensity: start.intensity,
    from: start.from,
    to: start.from + start.durationMs,
    status: 'running',
    note: '',
    by: start.by,
  };
  const entry = { injection, device: start.device, random: createRandom(seed, `injection:${id}`) };
  book.entries.push(entry);
  book.open.push(entry);
  book.changed.add(id);
  forgetOldest(book);
  return injection;
}

/** Stops a running injection: the sample at `at` is the first undisturbed one. Errors: unknown-injection, not-running. */
export function stopInjection(
  book: InjectionBook,
  id: string,
  at: number,
): Result<Injection, 'unknown-injection' | 'not-running'> {
  const entry = book.entries.find(({ injection }) => injection.id === id);
  if (entry === undefined) return err('unknown-injection', `injection must be a known one, got "${id}"`);
  const { injection } = entry;
  if (injection.status !== 'running') {
    return err('not-running', `injection ${id} on ${injection.deviceName} is not running: ${injection.status}`);
  }
  const to = Math.min(injection.to, at);
  close(book, entry, { ...injection, from: Math.min(injection.from, to), to, status: 'stopped' });
  return ok(entry.injection);
}

/** Marks as ended what has no sample left from `nextT` on. */
export function endInjections(book: InjectionBook, nextT: number): void {
  for (const entry of [...book.open]) {
    if (entry.injection.to <= nextT) close(book, entry, { ...entry.injection, status: 'ended' });
  }
}

/** What changed since the last call, oldest first. */
export function takeChanged(book: InjectionBook): Injection[] {
  const changed = book.entries.filter(({ injection }) => book.changed.has(injection.id));
  book.changed.clear();
  return changed.map(({ injection }) => injection);
}

/** Ground truth up to `nextT`, the time of the next sample: the disturbed samples are those with from <= t < to. */
export function tellTruth(book: InjectionBook, nextT: number): TruthInterval[] {
  return book.entries
    .map(({ injection, device }) => ({
      device,
      fault: injection.fault,
      from: injection.from,
      to: Math.min(injection.to, nextT),
    }))
    .filter(({ from, to }) => to > from);
}

function close(book: InjectionBook, entry: InjectionEntry, injection: Injection): void {
  entry.injection = injection;
  book.open.splice(book.open.indexOf(entry), 1);
  book.changed.add(injection.id);
}

function forgetOldest(book: InjectionBook): void {
  const ended = book.entries.length - book.open.length;
  if (ended <= KEEP_ENDED) return;
  const oldest = book.entries.findIndex(({ injection }) => injection.status !== 'running');
  const [forgotten] = book.entries.splice(oldest, 1);
  if (forgotten !== undefined) book.changed.delete(forgotten.injection.id);
}
