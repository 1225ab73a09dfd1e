import type { NormalEventRecord } from '../../domain/events';
import { hashText } from '../../domain/random';
import type { EventMoment, NormalEvent } from './contract';

/** A running or recent event. */
export interface EventEntry {
  readonly record: NormalEventRecord;
  readonly event: NormalEvent;
  /** False: what it does is done by somebody else (the scaler), and it only speaks. */
  readonly applies: boolean;
  /** Position in the order of starts, from 1. */
  readonly number: number;
  /** Which of a device's numbers its lines are drawn from: follows from event and time, so that a recorded run draws the same again. */
  readonly slot: number;
}

/** Running and recent events. Ended ones beyond the latest KEEP_ENDED_EVENTS are forgotten. */
export interface EventBook {
  /** Oldest first. */
  entries: EventEntry[];
  /** Those that may still change a sample, by their beginning, so that they act in the same order whoever asked first. */
  open: EventEntry[];
  /** Number in the id of the next one. */
  next: number;
}

export const KEEP_ENDED_EVENTS = 5000;

export function createEventBook(entries: readonly EventEntry[], open: ReadonlySet<string>, next: number): EventBook {
  return { entries: [...entries], open: entries.filter(({ record }) => open.has(record.id)).sort(byBeginning), next };
}

/** Writes an event down. devices: at least one. */
export function startNormalEvent(
  book: EventBook,
  event: NormalEvent,
  start: Omit<NormalEventRecord, 'id' | 'event'>,
): NormalEventRecord {
  return addEntry(book, event, start, true);
}

/** Writes down an event whose effect comes from elsewhere; its lines are written. */
export function noteNormalEvent(
  book: EventBook,
  event: NormalEvent,
  start: Omit<NormalEventRecord, 'id' | 'event'>,
): NormalEventRecord {
  return addEntry(book, event, start, false);
}

function addEntry(
  book: EventBook,
  event: NormalEvent,
  start: Omit<NormalEventRecord, 'id' | 'event'>,
  applies: boolean,
): NormalEventRecord {
  const number = book.next++;
  const record: NormalEventRecord = { id: `event-${number}`, event: event.spec.id, ...start };
  const entry = { record, event, applies, number, slot: slotOf(record) };
  book.entries.push(entry);
  let at = book.open.length;
  while (at > 0 && byBeginning(book.open[at - 1], entry) > 0) at--;
  book.open.splice(at, 0, entry);
  if (book.entries.length > 2 * KEEP_ENDED_EVENTS + book.open.length) {
    const running = new Set(book.open);
    const ended = book.entries.filter((kept) => !running.has(kept));
    const forgotten = new Set(ended.slice(0, ended.length - KEEP_ENDED_EVENTS));
    book.entries = book.entries.filter((kept) => !forgotten.has(kept));
  }
  return record;
}

/** The slot of an event's lines: 24 bits. */
export function slotOf({ event, from }: Pick<NormalEventRecord, 'event' | 'from'>): number {
  return hashText(`${event}:${from}`) >>> 8;
}

function byBeginning(a: EventEntry, b: EventEntry): number {
  const [first, second] = [a.record, b.record];
  if (first.from !== second.from) return first.from - second.from;
  if (first.event !== second.event) return first.event < second.event ? -1 : 1;
  return first.devices[0] - second.devices[0];
}

/** Lets go of events that change no sample from `nextT` on. */
export function endNormalEvents(book: EventBook, nextT: number): void {
  if (book.open.some(({ record }) => record.to <= nextT))
    book.open = book.open.filter(({ record }) => record.to > nextT);
}

/**
 * Where the device with position k of the event's devices is at time t; undefined when it is not (or no longer) its turn. Where devices
 * take turns, the first begins at `from`, the last ends at `to`, and turns may overlap.
 */
export function momentOf({ record, event }: EventEntry, k: number, t: number): EventMoment | undefined {
  const durationS = (record.to - record.from) / 1000;
  const turnS = event.turnS === undefined ? durationS : Math.min(event.turnS, durationS);
  const others = record.devices.length - 1;
  const beginS = others === 0 ? 0 : Math.floor(((durationS - turnS) * k) / others);
  const elapsedS = Math.floor((t - record.from) / 1000) - beginS;
  return elapsedS < 0 || elapsedS >= turnS ? undefined : { elapsedS, turnS, intensity: record.intensity };
}
