import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELLS } from './cells';
import { loadCheckpoint } from './checkpoint';
import { createSimulator } from './simulator';
import { injectInto, joinBatches, NOW, startSimulator } from './testing';

describe('going on from a checkpoint', () => {
  test('gives the same bytes as without, running faults, joined devices and own faults included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 60 }), (seed, before) => {
        const whole = startSimulator({ seed, deviceCount: 5, ambientFaults: true });
        whole.pull(870);
        injectInto(whole, 2, 'ddos', 0.7, 40);
        whole.inject({
          fault: 'disk-failure',
          target: { kind: 'new-device', name: 'Büro' },
          origin: 'akl',
          intensity: 0.5,
          durationMs: 30_000,
        });
        whole.pull(before);
        const restored = startSimulator({
          seed: 999,
          deviceCount: 1,
          ambientFaults: true,
          checkpoint: structuredClone(whole.checkpoint()),
        });
        expect(restored.info().catalog).toEqual(whole.info().catalog);
        // The restored clock may have been behind `now`; compare with times taken relative to each clock.
        const a = joinBatches([whole.pull(80)]);
        const b = joinBatches([restored.pull(80)]);
        expect({ ...b, t: [], lineT: [] }).toEqual({ ...a, t: [], lineT: [] });
        expect(b.t.map((t) => t - b.t[0])).toEqual(a.t.map((t) => t - a.t[0]));
        expect(restored.truth().length).toBe(whole.truth().length);
      }),
      { numRuns: 12 },
    );
  });

  test('is the same to the last millisecond when the clock has not moved on', () => {
    const whole = startSimulator({ deviceCount: 6, ambientFaults: true });
    whole.pull(920);
    injectInto(whole, 1, 'memory-leak');
    whole.pull(5);
    const restored = startSimulator({ ambientFaults: true, checkpoint: whole.checkpoint() });
    expect(joinBatches([restored.pull(200)])).toEqual(joinBatches([whole.pull(200)]));
    expect(restored.checkpoint()).toEqual(whole.checkpoint());
    expect(restored.truth()).toEqual(whole.truth());
  });

  test('needs no warm-up; the clock jumps to now, batch numbers go on', () => {
    const first = startSimulator();
    first.pull(900);
    const last = first.pull(10);
    const later = NOW + 3_600_000;
    const second = startSimulator({ now: later, checkpoint: first.checkpoint() });
    expect(second.info()).toMatchObject({ warmUpSteps: 0, backfillSteps: 0 });
    const batch = second.pull(1);
    expect(batch.metrics.t[0]).toBe(later);
    expect(batch.seq).toBe(last.seq + 1);
  });

  test('never moves the clock backward', () => {
    const first = startSimulator();
    first.pull(1000);
    const second = startSimulator({ now: NOW - 1e9, checkpoint: first.checkpoint() });
    expect(second.pull(1).metrics.t[0]).toBe(NOW + 100_000);
  });

  test('inside the history, the rest of the history is still to come and still ends at now', () => {
    const first = startSimulator();
    first.pull(800);
    const second = startSimulator({ now: NOW + 50_000, checkpoint: first.checkpoint() });
    expect(second.info()).toMatchObject({ warmUpSteps: 0, backfillSteps: 100 });
    expect(second.pull(101).metrics.t.at(-1)).toBe(NOW + 50_000);
  });

  test('a fault whose end fell into the gap has ended, a longer one goes on', () => {
    const first = startSimulator();
    first.pull(900);
    injectInto(first, 1, 'ddos', 0.8, 30);
    injectInto(first, 2, 'ddos', 0.8, 900);
    first.pull(5);
    const second = startSimulator({ now: NOW + 300_000, checkpoint: first.checkpoint() });
    expect(second.injections().map(({ id, status }) => `${id} ${status}`)).toEqual(['inj-1 ended', 'inj-2 running']);
  });

  test('shares nothing with the simulator that it was taken from', () => {
    const simulator = startSimulator();
    simulator.pull(10);
    const checkpoint = simulator.checkpoint();
    const copy = structuredClone(checkpoint);
    simulator.pull(10);
    expect(checkpoint).toEqual(copy);
  });
});

describe('a checkpoint at any tick', () => {
  test('goes on to the same bytes with events running, devices blocked and servers scaled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('deployment', 'backup', 'traffic-surge', 'maintenance-restart'),
        (seed, before, event) => {
          const whole = startSimulator({ seed, deviceCount: 12 });
          whole.pull(40);
          whole.startEvent({ event, devices: [1, 4, 7], intensity: 0.6, durationMs: 300_000 });
          whole.setBlocked([2, 5]);
          whole.pull(before);
          const checkpoint = structuredClone(whole.checkpoint());
          const restored = startSimulator({ checkpoint, now: NOW - 860_000 + before * 1000 });
          const next = NOW - 860_000 + before * 1000;
          expect(restored.normalEvents(next)).toEqual(whole.normalEvents(next));
          expect(joinBatches([restored.pull(90)])).toEqual(joinBatches([whole.pull(90)]));
          expect(restored.checkpoint()).toEqual(whole.checkpoint());
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('the size of a checkpoint', () => {
  test('does not grow with what is over, but for what was asked for', () => {
    const simulator = startSimulator({ deviceCount: 4, ambientFaults: true });
    simulator.startEvent({ event: 'config-reload', devices: [1], intensity: 0.5, durationMs: 10_000 });
    simulator.pull(2 * 3600);
    const all = simulator.normalEvents().length;
    const { events } = simulator.checkpoint() as { events: { entries: { by: string; open: boolean }[] } };
    expect(all).toBeGreaterThan(20);
    expect(events.entries.filter(({ open }) => !open)).toEqual([expect.objectContaining({ by: 'operator' })]);
    expect(events.entries.length).toBeLessThan(8);
  });

  test('one that holds what is over, as earlier versions wrote them, loads and gives the same bytes', () => {
    const simulator = startSimulator({ deviceCount: 4 });
    simulator.pull(4000);
    const now = NOW + 3_100_000;
    const checkpoint = simulator.checkpoint() as Record<string, Record<string, unknown>>;
    const ended = simulator.normalEvents(undefined, now - 60_000).filter(({ to }) => to <= now);
    expect(ended.length).toBeGreaterThan(2);
    const old = ended.map(({ id, devices, ...event }) => ({
      ...event,
      number: Number(id.slice('event-'.length)),
      devices: Uint16Array.from(devices),
      applies: event.event !== 'autoscale',
      open: false,
    }));
    const entries = [...old, ...(checkpoint.events.entries as unknown[])];
    const restored = startSimulator({ now, checkpoint: { ...checkpoint, events: { ...checkpoint.events, entries } } });
    expect(restored.normalEvents(undefined, now - 60_000)).toEqual(ended);
    expect(restored.checkpoint()).toEqual(checkpoint);
    expect(joinBatches([restored.pull(90)])).toEqual(joinBatches([simulator.pull(90)]));
  });
});

describe('loadCheckpoint', () => {
  const simulator = startSimulator({ deviceCount: 3 });
  simulator.pull(5);
  injectInto(simulator, 1, 'ddos');
  const good = simulator.checkpoint() as Record<string, unknown>;
  const [injection] = good.injections as Record<string, unknown>[];
  const cells = good.cells as Float64Array;
  const withEvent = (wrong: Record<string, unknown>) => {
    const right = {
      number: 1,
      event: 'backup',
      devices: Uint16Array.of(1),
      intensity: 0.5,
      from: 0,
      to: 1,
      by: 'fleet',
    };
    return { ...good, events: { next: 2, entries: [{ ...right, applies: true, open: true, ...wrong }] } };
  };

  test('accepts what saveCheckpoint gave', () => {
    expect(loadCheckpoint(good).ok).toBe(true);
  });

  test.each<[string, unknown]>([
    ['checkpoint must be an object, got null', null],
    ['checkpoint must be an object, got 7', 7],
    ['checkpoint.format must be', { ...good, format: 'x' }],
    ['checkpoint.version must be 3, got 1', { ...good, version: 1 }],
    ['checkpoint.fleetSize must be in [1, 10000], got 1000000', { ...good, fleetSize: 1e6 }],
    ['checkpoint.seed must be a whole number, got 0.5', { ...good, seed: 0.5 }],
    ['checkpoint.tick must be in', { ...good, tick: -1 }],
    ['checkpoint.originMs must be in', { ...good, originMs: Number.NaN }],
    ['checkpoint.joined must be a list', { ...good, joined: {} }],
    [
      'checkpoint.joined[0].region must be a known id, got moon',
      { ...good, joined: [{ id: 'a', name: 'b', region: 'moon' }] },
    ],
    [
      `checkpoint.cells must be a Float64Array of ${3 * CELLS}, got Float64Array of ${3 * CELLS - 1}`,
      { ...good, cells: cells.slice(1) },
    ],
    [
      'checkpoint.cells[1] must be finite, got NaN',
      { ...good, cells: cells.map((cell, i) => (i === 1 ? Number.NaN : cell)) },
    ],
    ['checkpoint.shared must be a Float64Array of', { ...good, shared: new Float64Array(4) }],
    ['checkpoint.blocked must be a Uint16Array, got list of 2', { ...good, blocked: [1, 2] }],
    ['checkpoint.blocked[0] must be in [0, 2], got 3', { ...good, blocked: Uint16Array.of(3) }],
    ['checkpoint.events must be an object', { ...good, events: [] }],
    ['checkpoint.events.entries[0].event must be a known id, got nope', withEvent({ event: 'nope' })],
    ['checkpoint.events.entries[0].devices[1] must be in [0, 2], got 9', withEvent({ devices: Uint16Array.of(0, 9) })],
    [
      'checkpoint.events.entries[0].devices must be a Uint16Array, not empty',
      withEvent({ devices: new Uint16Array(0) }),
    ],
    ['checkpoint.events.entries[0].number must be in', withEvent({ number: 7 })],
    ['checkpoint.events.entries[0].intensity must be in', withEvent({ intensity: 0 })],
    ['checkpoint.ambient must be an object', { ...good, ambient: undefined }],
    [
      'checkpoint.injections[0].fault must be a known id, got nope',
      { ...good, injections: [{ ...injection, fault: 'nope' }] },
    ],
    [
      'checkpoint.injections[0].device must be in [0, 2], got 3',
      { ...good, injections: [{ ...injection, device: 3 }] },
    ],
    ['checkpoint.injections[0].status must be one of', { ...good, injections: [{ ...injection, status: 'x' }] }],
    ['checkpoint.injections[0].intensity must be in', { ...good, injections: [{ ...injection, intensity: 2 }] }],
    ['checkpoint.nextInjection must be in', { ...good, nextInjection: 0 }],
  ])('refuses with "%s"', (message, input) => {
    const loaded = loadCheckpoint(input);
    expect(!loaded.ok && loaded.error.code).toBe('checkpoint');
    expect(!loaded.ok && loaded.error.message).toContain(message);
  });

  test('any value at any field gives a state or a refusal, never an exception', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(good)),
        fc.anything({ withTypedArray: true, withNullPrototype: true, withObjectString: true }),
        (key, value) => {
          const loaded = loadCheckpoint({ ...good, [key]: value });
          if (!loaded.ok) expect(loaded.error.message).toContain('checkpoint');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('an object that cannot be shown as text is refused like any other', () => {
    for (const strange of [Object.create(null), { toString: 1, constructor: undefined, length: {} }]) {
      const loaded = loadCheckpoint({ ...good, originMs: strange });
      expect(!loaded.ok && loaded.error.message).toContain('checkpoint.originMs must be in');
      expect(!loaded.ok && loaded.error.message).toContain('got an object');
    }
  });

  test('a simulator does not start from a broken one', () => {
    const created = createSimulator({
      runId: simulator.info().runId,
      seed: 1,
      deviceCount: 3,
      ambientFaults: false,
      now: NOW,
      checkpoint: { ...good, cells: null },
    });
    expect(!created.ok && created.error.code).toBe('checkpoint');
  });
});
