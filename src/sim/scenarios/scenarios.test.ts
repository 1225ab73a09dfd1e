import { describe, expect, test } from 'vitest';
import { deviceId, runId } from '../../domain/ids';
import type { Scenario } from '../../domain/scenario';
import { checkScenario, parseScenario, writeScenario } from '../../domain/scenario-check';
import { FAULT_SPECS } from '../faults/registry';
import { createSimulator, type Simulator } from '../simulator';
import { joinBatches, NOW, startSimulator } from '../testing';
import { SCENARIO_CONTEXT } from './context';
import { findScenario, SCENARIOS } from './registry';

/** A scenario of ten minutes with one of everything. */
const SMALL: Scenario = {
  format: 'cloud-anomaly-scenario',
  schemaVersion: 1,
  id: 'small',
  name: 'Small',
  description: '',
  seed: 5,
  deviceCount: 12,
  durationS: 600,
  healthy: false,
  startsAt: '2026-03-03T09:00:00Z',
  ambientFaults: true,
  faults: [
    { at: -30, fault: 'cpu-hog', target: { kind: 'share', share: 0.2 }, intensity: 0.5, durationMs: 20_000 },
    { at: 10, fault: 'ddos', target: { kind: 'role', role: 'web' }, origin: 'gru', intensity: 0.8, durationMs: 30_000 },
    {
      at: 15,
      fault: 'ransomware',
      target: { kind: 'new-device', name: 'laptop' },
      origin: 'fra',
      intensity: 0.7,
      durationMs: 40_000,
    },
    {
      at: 50,
      fault: 'log-storm',
      target: { kind: 'device', deviceId: deviceId('client-1') },
      intensity: 0.7,
      durationMs: 20_000,
    },
  ],
  events: [{ at: 20, event: 'traffic-surge', target: { kind: 'share', share: 0.5 }, params: { duration: 60 } }],
};

function play(scenario: Scenario, checkpoint?: unknown, now = NOW): Simulator {
  const { seed, deviceCount } = scenario;
  const made = createSimulator({
    runId: runId('run-test'),
    seed,
    deviceCount,
    ambientFaults: false,
    now,
    checkpoint,
    scenario,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

describe('the scenarios that come with the app', () => {
  test('are at least eight, with healthy ones, each found by its id', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(8);
    expect(SCENARIOS.filter(({ healthy }) => healthy).map(({ id }) => id)).toEqual(['quiet-week', 'noisy-but-healthy']);
    for (const scenario of SCENARIOS) expect(findScenario(scenario.id)).toBe(scenario);
    expect(findScenario('nope')).toBeUndefined();
  });

  test('have every fault somewhere, and the drill has each once at its default intensity', () => {
    const drill = findScenario('drill');
    expect(drill?.faults.map(({ fault }) => fault)).toEqual(FAULT_SPECS.map(({ id }) => id));
    for (const { fault, intensity, durationMs } of drill?.faults ?? []) {
      const [strength, duration] = FAULT_SPECS.find(({ id }) => id === fault)?.params ?? [];
      expect([intensity, durationMs]).toEqual([strength?.default, (duration?.default ?? 0) * 1000]);
    }
  });

  test.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    '%s opens with its own seed and with others, and its faults lie within its time',
    (_, scenario) => {
      for (const seed of [scenario.seed, 1, 2, 3]) {
        const simulator = play({ ...scenario, seed });
        const injections = simulator.injections();
        expect(injections.length >= scenario.faults.length).toBe(true);
        const liveAt = Date.parse(scenario.startsAt ?? '');
        for (const { from, to } of injections) {
          expect(from >= liveAt && to <= liveAt + scenario.durationS * 1000).toBe(true);
        }
        const events = simulator.normalEvents();
        for (const { to } of events) expect(to <= liveAt + scenario.durationS * 1000).toBe(true);
        expect(events.length).toBeGreaterThanOrEqual(scenario.events.length);
      }
    },
  );

  test('are the same after writing and reading', () => {
    for (const scenario of SCENARIOS) {
      const read = parseScenario(writeScenario(scenario), SCENARIO_CONTEXT);
      expect(read.ok && read.value).toEqual(scenario);
    }
  });
});

describe('playing a scenario', () => {
  test('live data begins at its own time, with its faults and events at theirs', () => {
    const simulator = play(SMALL);
    const info = simulator.info();
    expect(info.scenario).toMatchObject({ id: 'small', durationS: 600, healthy: false });
    expect(new Date(info.liveAt).toISOString()).toBe('2026-03-03T09:00:00.000Z');
    const history = simulator.pull(900);
    expect(new Date(history.metrics.t[0] + 900_000).toISOString()).toBe('2026-03-03T09:00:00.000Z');
    simulator.pull(200);
    const liveAt = Date.parse('2026-03-03T09:00:00Z');
    const truth = simulator.truth().filter(({ fault }) => fault !== 'disk-failure' && fault !== 'crypto-mining');
    const onsets = [...new Set(truth.map(({ fault, from }) => `${fault} ${(from - liveAt) / 1000}`))];
    expect(onsets).toEqual(['cpu-hog -30', 'ddos 10', 'ransomware 35', 'log-storm 50']);
    const surge = simulator.normalEvents().find(({ by, event }) => by === 'operator' && event === 'traffic-surge');
    expect((surge?.from ?? 0) - liveAt).toBe(20_000);
  });

  test('a device of the scenario joins in the middle of a batch, and whoever pulls is told', () => {
    const simulator = play(SMALL);
    simulator.info();
    const batch = simulator.pull(1000);
    expect(simulator.takeCatalog()?.devices[12]).toMatchObject({ id: 'client-1', name: 'laptop', region: 'fra' });
    expect(simulator.takeCatalog()).toBeUndefined();
    const rowsOf = (device: number): number => batch.metrics.device.filter((d) => d === device).length;
    expect([rowsOf(11), rowsOf(12)]).toEqual([1000, 85]);
    expect(batch.seq).toBe(0);
    expect(simulator.pull(1).seq).toBe(1);
  });

  test('nobody else takes the name of a device that it will bring', () => {
    const simulator = play(SMALL);
    simulator.pull(900);
    const refused = simulator.inject({
      fault: 'ddos',
      target: { kind: 'new-device', name: 'Laptop' },
      intensity: 0.7,
      durationMs: 5000,
    });
    expect(!refused.ok && refused.error.message).toContain('target.name must be a new one, got "Laptop"');
  });

  test('gives the same bytes whatever the size of a batch, and from a checkpoint in the middle', () => {
    const whole = play(SMALL);
    const parts = play(SMALL);
    const expected = joinBatches([whole.pull(1050)]);
    const first = [7, 893, 12].map((steps) => parts.pull(steps));
    const later = NOW + 365 * 86_400_000;
    const resumed = play(SMALL, structuredClone(parts.checkpoint()), later);
    expect(resumed.info().scenario?.id).toBe('small');
    const second = [1, 60, 77].map((steps) => resumed.pull(steps));
    expect(joinBatches([...first, ...second])).toEqual(expected);
    expect(resumed.truth()).toEqual(whole.truth());
  });

  test('stop all takes what is still to come away, too', () => {
    const simulator = play({ ...SMALL, ambientFaults: false });
    simulator.pull(905);
    simulator.stopAll();
    simulator.pull(100);
    expect(new Set(simulator.truth().map(({ fault }) => fault))).toEqual(new Set(['cpu-hog']));
    expect(simulator.info().catalog.devices).toHaveLength(12);
  });
});

describe('recording', () => {
  test('what was injected by hand gives the same truth and the same bytes when it is played', () => {
    const recorded = startSimulator({ seed: 9, deviceCount: 24, ambientFaults: true });
    const device = (i: number) => ({ kind: 'device', deviceId: recorded.info().catalog.devices[i].id }) as const;
    const inject = (request: Parameters<Simulator['inject']>[0]) => {
      const made = recorded.inject(request);
      if (!made.ok) throw new Error(made.error.message);
      return made.value.injections;
    };
    const batches = [recorded.pull(930)];
    inject({ fault: 'cascading-failure', target: device(0), intensity: 0.8, durationMs: 90_000, origin: 'syd' });
    batches.push(recorded.pull(13));
    const stopped = inject({
      fault: 'memory-leak',
      target: { kind: 'share', share: 0.2 },
      intensity: 0.6,
      durationMs: 80_000,
    });
    inject({
      fault: 'credential-stuffing',
      target: device(3),
      intensity: 0.9,
      durationMs: 10_000,
      start: { kind: 'repeat', everySeconds: 25, times: 3, firstInSeconds: 5 },
      params: { attemptsPerSecond: 4 },
    });
    inject({
      fault: 'ddos',
      target: { kind: 'new-device', name: 'Büro' },
      intensity: 1,
      durationMs: 30_000,
      origin: 'akl',
    });
    const never = inject({
      fault: 'ddos',
      target: device(5),
      intensity: 1,
      durationMs: 9000,
      start: { kind: 'in', seconds: 40 },
    });
    recorded.startEvent({ event: 'traffic-surge', devices: [4, 2], intensity: 0.5, durationMs: 30_000 });
    batches.push(recorded.pull(21));
    recorded.stopInjection(stopped[0].group);
    recorded.stopInjection(never[0].id);
    inject({
      fault: 'log-storm',
      target: { kind: 'device', deviceId: deviceId('client-1') },
      intensity: 0.7,
      durationMs: 20_000,
    });
    batches.push(recorded.pull(300));

    const scenario = recorded.record({ id: 'by-hand', name: 'By hand', description: '' });
    const read = parseScenario(writeScenario(scenario), SCENARIO_CONTEXT);
    if (!read.ok) throw new Error(read.error.message);
    const replay = play(read.value, undefined, NOW + 1e9);
    const again = replay.pull(1264);
    expect(replay.truth()).toEqual(recorded.truth());
    const [expected, got] = [joinBatches(batches), joinBatches([again])];
    // Byte by byte only where they differ: a readable failure.
    expect(
      new TextDecoder().decode(Uint8Array.from(got.bytes)) ===
        new TextDecoder().decode(Uint8Array.from(expected.bytes)),
    ).toBe(true);
    expect({ ...got, bytes: [] }).toEqual({ ...expected, bytes: [] });
  });

  test('a run in which nothing was done is recorded as a healthy scenario', () => {
    const simulator = startSimulator();
    simulator.pull(1000);
    const scenario = simulator.record({ id: 'nothing', name: 'Nothing', description: '' });
    expect(scenario).toMatchObject({ healthy: true, faults: [], events: [], durationS: 100, deviceCount: 24, seed: 1 });
    expect(checkScenario(scenario, SCENARIO_CONTEXT).ok).toBe(true);
  });
});

describe('a scenario that is wrong', () => {
  const [fault] = SMALL.faults;
  test.each<[string, unknown]>([
    ['faults[1].intensity must be in (0, 1], got 7', { ...SMALL, faults: [fault, { ...fault, intensity: 7 }] }],
    [
      'faults[0].target.role must be one of web',
      { ...SMALL, faults: [{ ...fault, target: { kind: 'role', role: 'king' } }] },
    ],
    ['faults[0].at must be in [-900, 2419200], got nothing', { ...SMALL, faults: [{ ...fault, at: undefined }] }],
    ['events[0].event must be one of deployment', { ...SMALL, events: [{ ...SMALL.events[0], event: 'party' }] }],
    ['events[0].params.duration must be in', { ...SMALL, events: [{ ...SMALL.events[0], params: { duration: 0 } }] }],
    ['startsAt must be a UTC time', { ...SMALL, startsAt: 'tomorrow' }],
    ['startsAt must be a UTC time', { ...SMALL, startsAt: '2026-13-45T99:00:00Z' }],
    ['seed must be a whole number, got 1.5', { ...SMALL, seed: 1.5 }],
    ['id must be lower-case words', { ...SMALL, id: 'Big Bang' }],
    ['format must be one of cloud-anomaly-scenario, got "x"', { ...SMALL, format: 'x' }],
    ['schemaVersion must be 1, got 2', { ...SMALL, schemaVersion: 2 }],
    ['extra is not a known field', { ...SMALL, extra: 1 }],
    ['healthy must be false in a scenario with 4 faults, got true', { ...SMALL, healthy: true }],
    ['it must be an object, got a list of 0', []],
    ['it must be an object, got null', null],
  ])('is refused with "%s"', (message, input) => {
    const checked = checkScenario(input, SCENARIO_CONTEXT);
    expect(!checked.ok && checked.error.message).toContain(message);
  });

  test('tells all that is wrong, not only the first', () => {
    const faults = [{ ...fault, intensity: 7 }, fault, { ...fault, durationMs: -1, fault: 'nope' }];
    const checked = checkScenario({ ...SMALL, seed: 'x', faults }, SCENARIO_CONTEXT);
    expect(!checked.ok && checked.error.problems.map(({ path }) => path)).toEqual([
      'seed',
      'faults[0].intensity',
      'faults[2].fault',
      'faults[2].durationMs',
    ]);
  });

  test('that names a device which its seed does not give is refused when it is opened, with the place', () => {
    const lost = {
      ...SMALL,
      faults: [{ ...fault, target: { kind: 'device', deviceId: deviceId('web-moon-01') } }],
    } as const;
    const made = createSimulator({
      runId: runId('r'),
      seed: 1,
      deviceCount: 12,
      ambientFaults: false,
      now: NOW,
      checkpoint: undefined,
      scenario: lost,
    });
    expect(!made.ok && made.error.message).toContain('faults[0].target.deviceId must be one of');
    expect(!made.ok && made.error.message).toContain('got "web-moon-01"');
  });

  test('a text that is no JSON is refused as such', () => {
    const read = parseScenario('{"format": ', SCENARIO_CONTEXT);
    expect(!read.ok && read.error.message).toContain('cut off');
  });
});
