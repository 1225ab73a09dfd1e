import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CANONICAL_METRICS } from '../../domain/catalog';
import { checkParam } from '../../domain/params';
import { logMessage } from '../../domain/telemetry';
import { localMinute } from '../demand';
import { noEffect } from '../effects';
import { compileLine } from '../logs/templates';
import { createFleetState } from '../state';
import { joinBatches, mean, NOW, seriesOf, startSimulator } from '../testing';
import {
  createEventBook,
  type EventEntry,
  endNormalEvents,
  KEEP_ENDED_EVENTS,
  listEvents,
  momentOf,
  startNormalEvent,
} from './book';
import { findNormalEvent, NORMAL_EVENTS } from './registry';
import { checkEventRequest } from './request';
import { type DueEvent, listDueEvents, SCHEDULE_TICKS } from './schedule';

const quiet = { normalEvents: false } as const;
const [CPU, MEMORY, DISK, NETWORK] = [0, 1, 2, 3];

describe.each(NORMAL_EVENTS.map((event) => [event.spec.id, event] as const))('event %s', (id, event) => {
  test('describes itself completely', () => {
    expect(findNormalEvent(id)).toBe(event);
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const text of [event.spec.label, event.spec.description, event.spec.signature])
      expect(text.length).toBeGreaterThan(5);
    expect(event.spec.params.map(({ key }) => key)).toEqual(['intensity', 'duration']);
    for (const param of event.spec.params) expect(checkParam(param, param.default).ok).toBe(true);
    for (const line of event.lines) compileLine(line);
  });

  test('changes a device in a healthy way: finite effects, nothing served twice', () => {
    for (const turnS of [1, 7, 75, 600]) {
      for (let elapsedS = 0; elapsedS < turnS; elapsedS++) {
        const effect = noEffect();
        event.apply(effect, { elapsedS, turnS, intensity: 1 });
        for (const value of Object.values(effect)) expect(Number.isFinite(value)).toBe(true);
        expect(effect.serve).toBeGreaterThanOrEqual(0);
        expect(effect.serve).toBeLessThanOrEqual(1);
        expect(effect.demand).toBeGreaterThan(0);
        expect(effect.diskFactor).toBeGreaterThan(0);
      }
    }
  });

  test('takes place on its devices in its window, is written down, and breaks no bound', () => {
    const calm = startSimulator({ ...quiet, deviceCount: 48 });
    const hit = startSimulator({ ...quiet, deviceCount: 48 });
    calm.pull(100);
    hit.pull(100);
    const started = hit.startEvent({
      event: id,
      devices: [3, 9],
      intensity: 1,
      durationMs: 200_000,
      from: NOW - 790_000,
    });
    if (!started.ok) throw new Error(started.error.message);
    const [a, b] = [calm.pull(300), hit.pull(300)];
    const differs = (device: number, from: number, to: number): boolean =>
      [CPU, MEMORY, DISK, NETWORK].some((metric) => {
        const [x, y] = [seriesOf(a, device, metric), seriesOf(b, device, metric)];
        return x.slice(from, to).some((value, i) => value !== y[from + i]);
      });
    expect([3, 9].map((device) => differs(device, 0, 10))).toEqual([false, false]);
    expect([3, 9].map((device) => differs(device, 10, 210))).toEqual([true, true]);
    CANONICAL_METRICS.forEach((metric, m) => {
      for (const value of b.metrics.metrics[m])
        if (!(value >= metric.min && value <= metric.max)) throw new Error(`${metric.key} ${value}`);
    });
    expect(hit.normalEvents().filter(({ by }) => by === 'operator')).toEqual([
      {
        id: started.value.id,
        event: id,
        devices: [3, 9],
        intensity: 1,
        from: NOW - 790_000,
        to: NOW - 590_000,
        by: 'operator',
      },
    ]);
  });
});

describe('a deployment', () => {
  test('goes from server to server, restarts each once, and peers carry the load', () => {
    const calm = startSimulator({ ...quiet, deviceCount: 48 });
    const hit = startSimulator({ ...quiet, deviceCount: 48 });
    const { devices } = calm.info().catalog;
    const queues = devices.flatMap((device, i) => (device.role === 'queue' ? [i] : []));
    for (const simulator of [calm, hit]) simulator.pull(20);
    hit.startEvent({ event: 'deployment', devices: queues, intensity: 0.6, durationMs: 75_000 * queues.length });
    const length = 75 * queues.length;
    const [a, b] = [calm.pull(length), hit.pull(length)];
    queues.forEach((device, k) => {
      const turn = (batch: typeof a) => seriesOf(batch, device, NETWORK).slice(k * 75 + 4, k * 75 + 14);
      expect(mean(turn(b))).toBeLessThan(0.7 * mean(turn(a)));
    });
    const messages = Array.from({ length: b.logs.n }, (_, i) => logMessage(b.logs, i));
    expect(messages.filter((message) => message.startsWith('deploy: release')).length).toBe(2 * queues.length);
  });
});

describe('the own schedule of a fleet', () => {
  const state = createFleetState(4, 48, NOW - 900_000);
  /** What the schedule starts in so many days from the beginning of the state on. */
  const listDays = (days: number): DueEvent[] => {
    const due: DueEvent[] = [];
    for (let minute = 0; minute < days * 1440; minute++) {
      const moment = { tick: minute * SCHEDULE_TICKS, t: NOW - 900_000 + minute * 60_000 };
      due.push(...listDueEvents(state.key, moment, { ...state, traits: state.columns.traits }));
    }
    return due;
  };
  const count = (due: readonly DueEvent[], id: string): number =>
    due.filter(({ event }) => event.spec.id === id).length;

  test('a day has cron jobs every hour, rotation once and backups of what holds data, at night, for each device', () => {
    const due = listDays(1);
    expect(count(due, 'cron-job')).toBe(48 * 24);
    expect(count(due, 'log-rotation')).toBe(48);
    const withData = state.devices.flatMap(({ role }, i) => (role === 'database' || role === 'cache' ? [i] : []));
    const backups = due.filter(({ event }) => event.spec.id === 'backup').map(({ start }) => start);
    expect(backups.map(({ devices }) => devices[0]).sort((a, b) => a - b)).toEqual(withData);
    for (const { devices, from } of backups) {
      const hour = localMinute(from, state.devices[devices[0]].longitude) / 60;
      expect(hour).toBeGreaterThanOrEqual(2);
      expect(hour).toBeLessThan(3.5);
    }
  });

  test('four weeks have the other events as often as they should, deployments in office hours only', () => {
    const due = listDays(28);
    // Poisson: means of 65, 588, 224 and 64; five standard deviations.
    expect(Math.abs(count(due, 'deployment') - (7 * 28) / 3)).toBeLessThan(41);
    expect(Math.abs(count(due, 'config-reload') - 7 * 3 * 28)).toBeLessThan(122);
    expect(Math.abs(count(due, 'traffic-surge') - (3 * 28 * 24) / 9)).toBeLessThan(75);
    expect(Math.abs(count(due, 'maintenance-restart') - (48 * 28) / 21)).toBeLessThan(40);
    for (const { event, start } of due) {
      expect(start.by).toBe('fleet');
      expect(start.intensity).toBeGreaterThan(0);
      expect(start.intensity).toBeLessThanOrEqual(1);
      if (event.spec.id !== 'deployment') continue;
      expect([1, 2, 3, 4]).toContain(new Date(start.from).getUTCDay());
      expect(new Date(start.from).getUTCHours()).toBeGreaterThanOrEqual(8);
      expect(new Date(start.from).getUTCHours()).toBeLessThan(16);
    }
  });

  test('the scaler adds and removes standby servers as demand comes and goes', () => {
    const simulator = startSimulator({ deviceCount: 24, normalEvents: false });
    for (let part = 0; part < 6; part++) simulator.pull(900);
    const steps = simulator.normalEvents();
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.length).toBeLessThan(60);
    for (const { event, devices } of steps) {
      expect(event).toBe('autoscale');
      expect(devices.length).toBeGreaterThan(0);
    }
  });

  test('there is none when it is switched off, but for the scaler', () => {
    const simulator = startSimulator(quiet);
    simulator.pull(1800);
    expect(simulator.normalEvents().filter(({ event }) => event !== 'autoscale')).toEqual([]);
  });

  test('any event at any time, whatever the cutting into batches: the same bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NORMAL_EVENTS.map(({ spec }) => spec.id)),
        fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 90 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }),
        (event, devices, seconds, sizes) => {
          const run = (steps: readonly number[]) => {
            const simulator = startSimulator({ deviceCount: 12 });
            simulator.pull(50);
            simulator.startEvent({ event, devices, intensity: 0.7, durationMs: seconds * 1000 });
            simulator.setBlocked([devices[0]]);
            return joinBatches(steps.map((count) => simulator.pull(count)));
          };
          expect(run(sizes)).toEqual(run([sizes.reduce((sum, size) => sum + size, 0)]));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('momentOf', () => {
  const deployment = NORMAL_EVENTS[0];
  const entryOf = (devices: number[], durationS: number) => {
    const book = createEventBook([], new Set(), 1);
    startNormalEvent(book, deployment, {
      devices,
      intensity: 0.5,
      from: 1000,
      to: 1000 + durationS * 1000,
      by: 'operator',
    });
    return book.open[0];
  };

  test('turns follow each other: the first at the start, the last until the end', () => {
    const entry = entryOf([4, 5, 6], 300);
    expect(momentOf(entry, 0, 1000)).toEqual({ elapsedS: 0, turnS: 75, intensity: 0.5 });
    expect(momentOf(entry, 1, 1000)).toBeUndefined();
    expect(momentOf(entry, 2, 300_000)?.elapsedS).toBe(74);
    expect(momentOf(entry, 2, 301_000)).toBeUndefined();
  });

  test('a hurried one gives each device the whole time', () => {
    expect(momentOf(entryOf([1, 2], 20), 1, 6000)).toEqual({ elapsedS: 5, turnS: 20, intensity: 0.5 });
  });
});

describe('the book of events', () => {
  const start = { devices: [0], intensity: 0.5, by: 'fleet' } as const;
  const idsOf = (entries: readonly EventEntry[]) => entries.map(({ record }) => record.id);

  test('forgets the oldest ended ones, never a running one nor what was asked for', () => {
    const book = createEventBook([], new Set(), 1);
    startNormalEvent(book, NORMAL_EVENTS[0], { ...start, from: 0, to: 1e9 });
    startNormalEvent(book, NORMAL_EVENTS[0], { ...start, from: 0, to: 1, by: 'operator' });
    const last = 5 * KEEP_ENDED_EVENTS;
    for (let i = 1; i <= last; i++) {
      startNormalEvent(book, NORMAL_EVENTS[1], { ...start, from: i, to: i + 1 });
      endNormalEvents(book, i + 1);
    }
    expect(idsOf(book.open)).toEqual(['event-1']);
    expect(idsOf(book.asked)).toEqual(['event-2']);
    expect(book.ended.length).toBeGreaterThanOrEqual(KEEP_ENDED_EVENTS);
    expect(book.ended.length).toBeLessThanOrEqual(2 * KEEP_ENDED_EVENTS);
    expect(book.ended.at(-1)?.record.id).toBe(`event-${last + 2}`);
  });

  test('lists what overlaps a time, oldest first: its end is no part of an event', () => {
    const book = createEventBook([], new Set(), 1);
    for (const [from, to] of [
      [0, 10],
      [2, 20],
      [4, 6],
      [30, 40],
    ])
      startNormalEvent(book, NORMAL_EVENTS[0], { ...start, from, to });
    endNormalEvents(book, 10);
    expect(idsOf(book.open)).toEqual(['event-2', 'event-4']);
    expect(idsOf(listEvents(book, 0, 100))).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
    expect(idsOf(listEvents(book, 6, 30))).toEqual(['event-1', 'event-2']);
    expect(idsOf(listEvents(book, 10, 31))).toEqual(['event-2', 'event-4']);
    expect(idsOf(listEvents(book, 40, 50))).toEqual([]);
  });

  test('lists the same as looking through all events does', () => {
    const time = fc.integer({ min: 0, max: 60 });
    const events = fc.array(fc.record({ from: time, length: fc.integer({ min: 1, max: 20 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(events, time, time, time, (asked, now, from, length) => {
        const book = createEventBook([], new Set(), 1);
        for (const event of asked)
          startNormalEvent(book, NORMAL_EVENTS[0], { ...start, from: event.from, to: event.from + event.length });
        for (let t = 0; t <= now; t++) endNormalEvents(book, t);
        const all = asked.map((event, i) => ({ ...event, id: `event-${i + 1}` }));
        const overlapping = all.filter((event) => event.from < from + length && event.from + event.length > from);
        expect(idsOf(listEvents(book, from, from + length))).toEqual(overlapping.map(({ id }) => id));
      }),
    );
  });
});

describe('checkEventRequest', () => {
  const good = { event: 'backup', devices: [0, 2], intensity: 0.5, durationMs: 60_000 };

  test('fills in the next sample as the start', () => {
    const checked = checkEventRequest(good, 3, 5000);
    expect(checked.ok && [checked.value.event.spec.id, checked.value.from, checked.value.to]).toEqual([
      'backup',
      5000,
      65_000,
    ]);
  });

  test.each([
    ['event must be one of', { ...good, event: 'nope' }],
    ['devices must name at least one', { ...good, devices: [] }],
    ['devices[1] must be an index in [0, 2], got 3', { ...good, devices: [0, 3] }],
    ['devices must name each device once', { ...good, devices: [1, 1] }],
    ['intensity must be in (0, 1], got 1.5', { ...good, intensity: 1.5 }],
    ['durationMs must be in [1000, 86400000], got 10', { ...good, durationMs: 10 }],
    ['from must be at or after 5000, got 4000', { ...good, from: 4000 }],
  ])('refuses with "%s"', (message, request) => {
    const checked = checkEventRequest(request, 3, 5000);
    expect(!checked.ok && checked.error.message).toContain(message);
  });
});
