import { describe, expect, it } from 'vitest';
import { deviceId } from '../../../domain/ids';
import type { Scenario } from '../../../domain/scenario';
import { FAULT_SPECS } from '../../../sim/faults/registry';
import { REGIONS } from '../../../sim/regions';
import { SCENARIOS } from '../../../sim/scenarios/registry';
import { followScenario } from './progress';
import { layOutTimeline, tellSteps, tellTarget } from './timeline';

const WORDS = { faults: FAULT_SPECS, regions: REGIONS };
const EMPTY: Scenario = {
  format: 'cloud-anomaly-scenario',
  schemaVersion: 1,
  id: 'toy',
  name: 'Toy',
  description: '',
  seed: 1,
  deviceCount: 5,
  durationS: 1000,
  healthy: true,
  ambientFaults: false,
  faults: [],
  events: [],
};
const TOY: Scenario = {
  ...EMPTY,
  healthy: false,
  faults: [
    { at: 100, fault: 'ddos', target: { kind: 'role', role: 'web' }, intensity: 0.8, durationMs: 200_000 },
    {
      at: 150,
      fault: 'memory-leak',
      target: { kind: 'device', deviceId: deviceId('a') },
      intensity: 1,
      durationMs: 100_000,
      start: { kind: 'repeat', everySeconds: 400, times: 3, firstInSeconds: 50 },
    },
  ],
  events: [{ at: 350, event: 'traffic-surge', target: { kind: 'share', share: 0.5 }, params: { duration: 60 } }],
};

describe("a scenario's picture", () => {
  it('keeps bars apart that overlap, repeats them, and cuts what lies outside', () => {
    const { bars, lanes } = layOutTimeline(TOY, WORDS);
    expect(lanes).toBe(2);
    expect(bars.map(({ label, from, to, lane }) => [label, from, to, lane])).toEqual([
      ['DDoS / network flood', 100, 300, 0],
      ['Memory leak', 200, 300, 1],
      ['Traffic surge', 350, 410, 0],
      ['Memory leak', 600, 700, 0],
    ]);
  });

  it('is empty where nothing happens', () => {
    expect(layOutTimeline(EMPTY, WORDS)).toEqual({ bars: [], lanes: 1 });
    expect(tellSteps(EMPTY, WORDS)).toEqual([]);
  });

  it('of every shipped scenario lies within its duration, no two bars of a lane over each other', () => {
    for (const scenario of SCENARIOS) {
      const { bars } = layOutTimeline(scenario, WORDS);
      expect(bars.length).toBeGreaterThan(0);
      for (const bar of bars) {
        expect(bar.from >= 0 && bar.to <= scenario.durationS && bar.to > bar.from).toBe(true);
        const others = bars.filter((other) => other !== bar && other.lane === bar.lane);
        expect(others.every((other) => other.to <= bar.from || other.from >= bar.to)).toBe(true);
      }
      expect(tellSteps(scenario, WORDS)).toHaveLength(scenario.faults.length + scenario.events.length);
    }
  });
});

describe("a scenario's steps in words", () => {
  it('say when, what, on which devices and how strongly', () => {
    expect(tellSteps(TOY, WORDS)).toEqual([
      'After 1 min 40 s: DDoS / network flood on every web server, 80 % for 3 min 20 s',
      'After 3 min 20 s: Memory leak on a, 100 % for 1 min 40 s, 3 times, every 6 min 40 s',
      'After 5 min 50 s: Traffic surge on 50 % of the fleet, harmless',
    ]);
    expect(tellTarget({ kind: 'region', region: REGIONS[0].id }, WORDS)).toBe(`everything in ${REGIONS[0].city}`);
    expect(tellTarget({ kind: 'new-device', name: 'x' }, WORDS)).toBe('a new device, x');
  });
});

describe('where a scenario stands', () => {
  const scheduled = { status: 'scheduled', faultLabel: 'DDoS', group: 'g' } as const;
  const at = (now: number, scenario: Scenario | undefined = TOY) =>
    followScenario({
      now,
      liveAt: 10_000,
      durationS: 1000,
      injections: [
        { ...scheduled, from: 110_000, deviceName: 'a' },
        { ...scheduled, from: 110_000, deviceName: 'b' },
        { ...scheduled, from: 710_000, deviceName: 'c' },
      ],
      scenario,
      words: WORDS,
    });

  it('is before, within or after its time', () => {
    expect(at(0)).toMatchObject({ phase: 'before', elapsedMs: 0, share: 0 });
    expect(at(260_000)).toMatchObject({ phase: 'playing', elapsedMs: 250_000, share: 0.25 });
    expect(at(2_000_000)).toMatchObject({ phase: 'over', share: 1, next: undefined });
  });

  it('knows what comes next: faults from the list, normal events from the scenario', () => {
    expect(at(20_000).next).toEqual({ label: 'DDoS on 2 devices', at: 110_000 });
    expect(at(120_000).next).toEqual({ label: 'Traffic surge', at: 360_000 });
    expect(at(120_000, EMPTY).next).toEqual({ label: 'DDoS on c', at: 710_000 });
  });
});
