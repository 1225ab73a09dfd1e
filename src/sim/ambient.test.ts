import { describe, expect, test } from 'vitest';
import { FAULTS, findFault } from './faults/registry';
import { createDevices } from './fleet';
import { advanceInjections, createInjectionBook, KEEP_AMBIENT, startInjection, takeChanged } from './injections';
import { REGIONS } from './regions';
import { injectInto, NOW, startSimulator } from './testing';

describe("the fleet's own faults", () => {
  test('the first is over before live data begins, the second begins 10 to 15 s after it, none is in the warm-up', () => {
    for (let seed = 0; seed < 12; seed++) {
      const simulator = startSimulator({ seed, deviceCount: 8, ambientFaults: true });
      simulator.pull(720);
      expect(simulator.injections()).toEqual([]);
      simulator.pull(210);
      const [first, second, ...more] = simulator.injections();
      expect(first?.by).toBe('ambient');
      expect((NOW - (first?.from ?? 0)) / 1000).toBeGreaterThanOrEqual(60);
      expect((NOW - (first?.from ?? 0)) / 1000).toBeLessThanOrEqual(100);
      expect(first?.status).toBe('ended');
      expect(((second?.from ?? 0) - NOW) / 1000).toBeGreaterThanOrEqual(10);
      expect(((second?.from ?? 0) - NOW) / 1000).toBeLessThanOrEqual(15);
      expect(second?.status).toBe('running');
      expect(second?.deviceId).not.toBe(first?.deviceId);
      expect(more).toEqual([]);
    }
  });

  test('later ones come about every five minutes, only of kinds that do not quarantine', () => {
    const simulator = startSimulator({ seed: 2, deviceCount: 4, ambientFaults: true });
    simulator.pull(900);
    const hours = 10;
    for (let hour = 0; hour < hours; hour++) simulator.pull(3600);
    const all = simulator.injections();
    expect(all.length).toBeGreaterThan(hours * 9);
    expect(all.length).toBeLessThan(hours * 15);
    for (const injection of all) {
      expect(findFault(injection.fault)?.ambient).toBe(true);
      expect(injection.to - injection.from).toBeGreaterThanOrEqual(30_000);
      expect(injection.to - injection.from).toBeLessThanOrEqual(60_000);
    }
  });

  test('there are none when they are switched off', () => {
    const simulator = startSimulator({ ambientFaults: false });
    simulator.pull(2000);
    expect(simulator.injections()).toEqual([]);
    expect(simulator.truth()).toEqual([]);
  });

  test('a device that has a fault already is left alone', () => {
    const simulator = startSimulator({ deviceCount: 1, ambientFaults: true });
    injectInto(simulator, 0, 'memory-leak', 0.1, 4000);
    simulator.pull(1500);
    expect(simulator.injections().map((injection) => injection.by)).toEqual(['operator']);
  });
});

test('those that ended long ago are forgotten, what was asked for is not', () => {
  const book = createInjectionBook([], 1);
  const [info] = createDevices(1, 1);
  const moment = { seed: 1, originMs: 0, nextT: 0, stepMs: 1000 };
  const [fault] = FAULTS;
  const start = {
    group: 'g',
    fault,
    device: 0,
    info,
    origin: REGIONS[0],
    intensity: 0.5,
    params: {},
    durationMs: 1000,
  };
  const onset = { shape: 'step', seconds: 0 } as const;
  for (let i = 0; i < 3 * KEEP_AMBIENT; i++) {
    const by = i % 3 === 0 ? 'operator' : 'ambient';
    startInjection(book, { ...moment, nextT: i * 1000 }, { ...start, onset, from: i * 1000, by });
    advanceInjections(book, (i + 1) * 1000);
  }
  const kept = book.entries.map(({ injection }) => injection);
  expect(kept.filter(({ by }) => by === 'operator')).toHaveLength(KEEP_AMBIENT);
  // One more has ended since the last one began.
  expect(kept.filter(({ by }) => by === 'ambient')).toHaveLength(KEEP_AMBIENT + 1);
  expect(kept.at(-1)?.id).toBe(`inj-${3 * KEEP_AMBIENT}`);
  expect(takeChanged(book)).toEqual(kept);
});
