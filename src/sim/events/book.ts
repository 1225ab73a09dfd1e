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

/** Running, scheduled and recent events. What the fleet's own schedule began is forgotten some time after its end; what was asked for is not. */
export interface EventBook {
  /** Those that may still change a sample, by their beginning, so that they act in the same order whoever asked first. */
  open: EventEntry[];
  /** The latest KEEP_ENDED_EVENTS that are over, by their end: whoever judges a batch asks for those of its time. */
  readonly ended: EventEntry[];
  /** What a person or a scenario asked for, over or not, in the order of asking: a recorded run tells of them. */
  readonly asked: EventEntry[];
  /** Number in the id of the next one. */
  next: number;
}

/** Many times what ends within the longest batch and the one that is made while it is judged. */
export const KEEP_ENDED_EVENTS = 2000;

/** A book that goes on from `entries`; open: ids of those that are not over. */
export function createEventBook(entries: readonly EventEntry[], open: ReadonlySet<string>, next: number): EventBook {
  const isOpen = ({ record }: EventEntry): boolean => open.has(record.id);
  return {
    open: entries.filter(isOpen).sort(byBeginning),
    ended: entries
      .filter((entry) => !isOpen(entry))
      .sort(byEnd)
      .slice(-KEEP_ENDED_EVENTS),
    asked: entries.filter(({ record }) => record.by === 'operator').sort(byNumber),
    next,
  };
}

/**
 * Events that overlap [from, to), as far as the book knows them: open ones and the latest KEEP_ENDED_EVENTS ended ones; oldest first. Takes
 * as long as what is open and what ended since `from`, however long the fleet has run.
 */
export function listEvents(book: EventBook, from: number, to: number): EventEntry[] {
  const found = book.open.filter(({ record }) => record.from < to && record.to > from);
  for (let i = book.ended.length - 1; i >= 0; i--) {
    const { record } = book.ended[i];
    if (record.to <= from) break;
    if (record.from < to) found.push(book.ended[i]);
  }
  return found.sort(byNumber);
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
  let at = book.open.length;
  while (at > 0 && byBeginning(book.open[at - 1], entry) > 0) at--;
  book.open.splice(at, 0, entry);
  if (record.by === 'operator') book.asked.push(entry);
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

function byNumber(a: EventEntry, b: EventEntry): number {
  return a.number - b.number;
}

function byEnd(a: EventEntry, b: EventEntry): number {
  return a.record.to - b.record.to || byNumber(a, b);
}

/** Puts events that change no sample from `nextT` on, which never goes back, among those that are over. */
export function endNormalEvents(book: EventBook, nextT: number): void {
  if (!book.open.some(({ record }) => record.to <= nextT)) return;
  const over = book.open.filter(({ record }) => record.to <= nextT);
  book.open = book.open.filter(({ record }) => record.to > nextT);
  book.ended.push(...over.sort(byEnd));
  if (book.ended.length > 2 * KEEP_ENDED_EVENTS) book.ended.splice(0, book.ended.length - KEEP_ENDED_EVENTS);
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
