import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type InjectionRequest, ONSET_SHAPES, type OnsetShape } from '../domain/faults';
import { ownParams } from '../domain/injection-request';
import { logMessage, type TelemetryBatch } from '../domain/telemetry';
import { MAX_DISK_MBS, MAX_NETWORK_MBITS } from './bounds';
import { FAULTS } from './faults/registry';
import type { Simulator } from './simulator';
import { injectInto, joinBatches, startSimulator } from './testing';

const DEVICES = 8;
const IDS = startSimulator({ deviceCount: DEVICES })
  .info()
  .catalog.devices.map(({ id }) => id);

/** A request within all ranges that is over within a minute. */
const anyRequest = fc
  .record({
    fault: fc.constantFrom(...FAULTS),
    device: fc.nat({ max: DEVICES - 1 }),
    share: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
    intensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    durationMs: fc.integer({ min: 1000, max: 30_000 }),
    shape: fc.constantFrom<OnsetShape | undefined>(undefined, ...ONSET_SHAPES),
    start: fc.constantFrom<InjectionRequest['start']>(
      undefined,
      { kind: 'now' },
      { kind: 'in', seconds: 7 },
      { kind: 'repeat', everySeconds: 9, times: 3, firstInSeconds: 2 },
    ),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ fault, device, share, intensity, durationMs, shape, start, at }): InjectionRequest => {
    const params = ownParams(fault.spec).map(({ key, min, max, step }) => {
      const value = min + at * (max - min);
      return [key, step === 1 ? Math.round(value) : value] as const;
    });
    return {
      fault: fault.spec.id,
      target: share === undefined ? { kind: 'device', deviceId: IDS[device] } : { kind: 'share', share },
      intensity,
      durationMs,
      params: Object.fromEntries(params),
      ...(start === undefined ? {} : { start }),
      ...(shape === undefined ? {} : { onset: { shape, seconds: shape === 'step' ? 0 : 12 } }),
    };
  });

function injectAny(simulator: Simulator, request: InjectionRequest): void {
  const made = simulator.inject(request);
  if (!made.ok) throw new Error(made.error.message);
}

const tellLines = ({ logs }: TelemetryBatch): string[] =>
  Array.from({ length: logs.n }, (_, i) => `${logs.device[i]} ${logs.t[i]} ${logs.level[i]} ${logMessage(logs, i)}`);

describe('any fault, however it is asked for', () => {
  test('is accepted within its ranges, changes only what truth says, keeps bounds, and is the same again', () => {
    fc.assert(
      fc.property(
        anyRequest,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 69 }),
        (request, seed, cut) => {
          const [calm, hit, again] = [0, 1, 2].map(() => startSimulator({ seed, deviceCount: DEVICES }));
          // Device ids depend on the seed: the same place in the fleet, whatever it is called.
          const ids = calm.info().catalog.devices.map(({ id }) => id);
          const { target } = request;
          const placed: InjectionRequest =
            target.kind === 'device'
              ? { ...request, target: { kind: 'device', deviceId: ids[IDS.indexOf(target.deviceId)] } }
              : request;
          for (const simulator of [calm, hit, again]) simulator.pull(5);
          injectAny(hit, placed);
          injectAny(again, placed);
          const usual = calm.pull(70);
          const batch = hit.pull(70);
          expect(joinBatches([again.pull(cut), again.pull(70 - cut)])).toEqual(joinBatches([batch]));

          const truth = hit.truth();
          const isHit = (device: number, t: number): boolean =>
            truth.some((interval) => interval.device === device && interval.from <= t && t < interval.to);
          const offline = FAULTS.some(({ spec, offline }) => spec.id === request.fault && offline === true);
          const { metrics } = batch;
          for (let row = 0; row < metrics.n; row++) {
            const [cpu, memory, disk, network] = metrics.metrics.map((column) => column[row]);
            expect(cpu >= 0 && cpu <= 100 && memory >= 0 && memory <= 100).toBe(true);
            expect(disk >= 0 && disk <= MAX_DISK_MBS && network >= 0 && network <= MAX_NETWORK_MBITS).toBe(true);
            // Load that a device does not serve goes to its peers, and comes back slowly.
            if (offline || isHit(metrics.device[row], metrics.t[row])) continue;
            expect(metrics.metrics.every((column, m) => column[row] === usual.metrics.metrics[m][row])).toBe(true);
          }
          if (offline) return;
          const before = new Set(tellLines(usual));
          const extra = tellLines(batch).filter((line) => !before.delete(line));
          expect(before.size).toBe(0);
          for (const line of extra) {
            const [device, t] = line.split(' ').map(Number);
            // A line stands up to a step before its sample.
            expect(isHit(device, t) || isHit(device, Math.ceil((t - metrics.t[0]) / 1000) * 1000 + metrics.t[0])).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('out of its ranges it is refused with the path, and nothing changes', () => {
    const simulator = startSimulator({ deviceCount: DEVICES });
    const before = simulator.checkpoint();
    const wrongNumber = fc.oneof(
      fc.double({ max: 0, noNaN: true }),
      fc.double({ min: 1, minExcluded: true, noNaN: true }),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(anyRequest, wrongNumber, (request, intensity) => {
        const refused = simulator.inject({ ...request, intensity });
        expect(!refused.ok && refused.error.message).toBe(`intensity must be in (0, 1], got ${intensity}`);
      }),
      { numRuns: 50 },
    );
    for (const { spec } of FAULTS) {
      for (const { key, min, max } of ownParams(spec)) {
        const refused = simulator.inject({
          fault: spec.id,
          target: { kind: 'device', deviceId: IDS[0] },
          intensity: 0.5,
          durationMs: 5000,
          params: { [key]: max + 1 },
        });
        expect(!refused.ok && refused.error.message).toBe(`params.${key} must be in [${min}, ${max}], got ${max + 1}`);
      }
    }
    expect(simulator.checkpoint()).toEqual(before);
  });
});

describe('onset', () => {
  const firstSamples = (onset: InjectionRequest['onset']): number[] => {
    const [calm, hit] = [0, 1].map(() => startSimulator({ deviceCount: DEVICES }));
    injectAny(hit, {
      fault: 'slow-creep',
      target: { kind: 'device', deviceId: IDS[2] },
      intensity: 1,
      durationMs: 20_000,
      onset,
    });
    const [usual, moved] = [calm.pull(20), hit.pull(20)];
    return [0, 4, 9, 19].map((tick) => {
      const row = tick * DEVICES + 2;
      return moved.metrics.metrics[0][row] - usual.metrics.metrics[0][row];
    });
  };

  test.each([
    ['a step is there at once', { shape: 'step', seconds: 0 }, [28, 28, 28, 28]],
    ['a ramp is a straight line', { shape: 'ramp', seconds: 10 }, [2.8, 14, 28, 28]],
    ['a creep is its square', { shape: 'creep', seconds: 10 }, [0.28, 7, 28, 28]],
  ] as const)('%s', (_, onset, expected) => {
    firstSamples(onset).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 3);
    });
  });
});

describe('schedule', () => {
  test('what is asked for later is listed as scheduled, then runs, then ends, each told once', () => {
    const simulator = startSimulator({ deviceCount: DEVICES });
    const request = {
      fault: 'cpu-hog',
      target: { kind: 'device', deviceId: IDS[1] },
      intensity: 0.5,
      durationMs: 5000,
    } as const;
    injectAny(simulator, { ...request, start: { kind: 'repeat', everySeconds: 20, times: 2, firstInSeconds: 10 } });
    const statuses = () => simulator.injections().map(({ status }) => status);
    expect(statuses()).toEqual(['scheduled', 'scheduled']);
    simulator.pull(9);
    expect(statuses()).toEqual([]);
    simulator.pull(1);
    expect(statuses()).toEqual(['running']);
    simulator.pull(5);
    expect(statuses()).toEqual(['ended']);
    simulator.pull(20);
    expect(statuses()).toEqual(['ended']);
    expect(simulator.truth().map(({ from, to }) => (to - from) / 1000)).toEqual([5, 5]);
  });

  test('a group is stopped as one, what had not begun never does, and the rest goes on', () => {
    const simulator = startSimulator({ deviceCount: DEVICES });
    const made = simulator.inject({
      fault: 'ddos',
      target: { kind: 'role', role: 'web' },
      intensity: 0.5,
      durationMs: 50_000,
      start: { kind: 'repeat', everySeconds: 100, times: 2, firstInSeconds: 0 },
    });
    if (!made.ok) throw new Error(made.error.message);
    const [{ group }] = made.value.injections;
    expect(new Set(made.value.injections.map((injection) => injection.group))).toEqual(new Set([group]));
    const other = injectInto(simulator, 1, 'cpu-hog', 0.5, 60);
    simulator.pull(10);
    const stopped = simulator.stopInjection(group);
    expect(stopped.ok && stopped.value.length).toBe(made.value.injections.length);
    expect(
      simulator
        .injections()
        .filter(({ status }) => status === 'running')
        .map(({ id }) => id),
    ).toEqual([other.id]);
    simulator.pull(200);
    expect(
      simulator
        .truth()
        .filter(({ fault }) => fault === 'ddos')
        .every(({ from, to }) => to - from === 10_000),
    ).toBe(true);
    const again = simulator.stopInjection(group);
    expect(!again.ok && again.error.code).toBe('not-running');
  });

  test('stop all stops whatever runs or is scheduled', () => {
    const simulator = startSimulator({ deviceCount: DEVICES });
    injectInto(simulator, 0, 'ddos', 0.5, 100);
    injectInto(simulator, 1, 'cpu-hog', 0.5, 100);
    simulator.pull(3);
    expect(simulator.stopAll().map(({ status }) => status)).toEqual(['stopped', 'stopped']);
    expect(simulator.stopAll()).toEqual([]);
    simulator.pull(3);
    expect(simulator.truth().every(({ from, to }) => to - from === 3000)).toBe(true);
  });

  test('faults on one device at once act in order of their onset, whoever was asked for first', () => {
    const run = (order: readonly [string, number][]) => {
      const simulator = startSimulator({ deviceCount: DEVICES });
      for (const [fault, seconds] of order) {
        injectAny(simulator, {
          fault,
          target: { kind: 'device', deviceId: IDS[3] },
          intensity: 0.7,
          durationMs: 30_000,
          start: { kind: 'in', seconds },
        });
      }
      return joinBatches([simulator.pull(60)]);
    };
    expect(
      run([
        ['crypto-mining', 5],
        ['disk-failure', 15],
      ]),
    ).toEqual(
      run([
        ['disk-failure', 15],
        ['crypto-mining', 5],
      ]),
    );
  });

  test('a device with a refusal is not hit, the others of the request are', () => {
    const simulator = startSimulator({ deviceCount: DEVICES });
    const request = {
      fault: 'ddos',
      target: { kind: 'devices', deviceIds: [IDS[0], IDS[1]] },
      intensity: 0.5,
      durationMs: 5000,
    } as const;
    const made = simulator.inject(request, [{ deviceId: IDS[0], note: 'refused: quarantined' }]);
    expect(made.ok && made.value.injections.map(({ status, note }) => [status, note])).toEqual([
      ['refused', 'refused: quarantined'],
      ['running', ''],
    ]);
    simulator.pull(10);
    expect(simulator.truth().map(({ device }) => device)).toEqual([1]);
  });

  test('a failure that cascades takes device after device of the role', () => {
    const simulator = startSimulator({ deviceCount: 48 });
    const webs = simulator.info().catalog.devices.filter(({ role }) => role === 'web');
    const made = simulator.inject({
      fault: 'cascading-failure',
      target: { kind: 'device', deviceId: webs[0].id },
      intensity: 0.8,
      durationMs: 120_000,
      params: { reach: 0.5, spreadS: 15 },
    });
    if (!made.ok) throw new Error(made.error.message);
    const { injections } = made.value;
    expect(injections).toHaveLength(1 + Math.round(0.5 * (webs.length - 1)));
    expect(injections[0].deviceId).toBe(webs[0].id);
    expect(injections.every(({ deviceId }) => webs.some(({ id }) => id === deviceId))).toBe(true);
    expect(injections.map(({ from }) => (from - injections[0].from) / 1000)).toEqual(injections.map((_, i) => 15 * i));
    expect(new Set(injections.map(({ to }) => to)).size).toBe(1);
  });
});
