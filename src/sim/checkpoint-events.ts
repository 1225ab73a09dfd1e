import type { PlainData } from '../domain/models';
import {
  fail,
  MAX_TIME_MS,
  readKnown,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readWhole,
} from './checkpoint-read';
import { createEventBook, type EventBook, type EventEntry, slotOf } from './events/book';
import { findNormalEvent } from './events/registry';

/** More than are ever open or asked for; checkpoints used to hold thousands of ended ones, too. */
const MAX_ENTRIES = 120_000;

/**
 * What may still change a sample, and what was asked for. Of what is over nothing else follows: whoever judges samples has judged those
 * before the checkpoint, so that its size does not grow with the run.
 */
export function saveEvents(book: EventBook): PlainData {
  const open = new Set(book.open);
  const kept = new Set([...book.asked, ...book.open]);
  return {
    next: book.next,
    entries: [...kept]
      .sort((a, b) => a.number - b.number)
      .map((entry) => {
        const { event, devices, intensity, from, to, by } = entry.record;
        const { number, applies } = entry;
        return {
          number,
          event,
          devices: Uint16Array.from(devices),
          intensity,
          from,
          to,
          by,
          applies,
          open: open.has(entry),
        };
      }),
  };
}

/** Reads what saveEvents gave. count: devices that there are. Throws BadField. */
export function readEvents(input: unknown, path: string, count: number): EventBook {
  const source = readObject(input, path);
  const next = readWhole(source.next, `${path}.next`, 1, Number.MAX_SAFE_INTEGER);
  const open = new Set<string>();
  const entries = readList(source.entries, `${path}.entries`, MAX_ENTRIES).map((item, i): EventEntry => {
    const at = `${path}.entries[${i}]`;
    const fields = readObject(item, at);
    const event = readKnown(findNormalEvent, fields.event, `${at}.event`);
    const number = readWhole(fields.number, `${at}.number`, 1, next - 1);
    const { devices } = fields;
    if (!(devices instanceof Uint16Array) || devices.length === 0)
      fail(`${at}.devices`, 'a Uint16Array, not empty', devices);
    devices.forEach((device, k) => {
      readWhole(device, `${at}.devices[${k}]`, 0, count - 1);
    });
    const from = readNumber(fields.from, `${at}.from`, -MAX_TIME_MS, MAX_TIME_MS);
    if (fields.open === true) open.add(`event-${number}`);
    return {
      event,
      number,
      slot: slotOf({ event: event.spec.id, from }),
      applies: fields.applies === true,
      record: {
        id: `event-${number}`,
        event: event.spec.id,
        devices: [...devices],
        intensity: readNumber(fields.intensity, `${at}.intensity`, Number.MIN_VALUE, 1),
        from,
        to: readNumber(fields.to, `${at}.to`, from, MAX_TIME_MS),
        by: readOneOf(fields.by, ['fleet', 'operator'], `${at}.by`),
      },
    };
  });
  return createEventBook(entries, open, next);
}
