import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CANONICAL_METRICS } from '../domain/catalog';
import { NEW_DEVICE_CALM_MS } from '../domain/faults';
import { runId } from '../domain/ids';
import { LOG_LEVELS, logMessage } from '../domain/telemetry';
import { FAULTS } from './faults/registry';
import { createSimulator } from './simulator';
import { injectInto, joinBatches, NOW, seriesOf, startSimulator } from './testing';

const FAULT_IDS = FAULTS.map((fault) => fault.spec.id);

describe('createSimulator', () => {
  test('tells what there is: devices, four metrics, faults, regions, history', () => {
    const info = startSimulator().info();
    expect(info.catalog.devices).toHaveLength(24);
    expect(info.catalog.metrics).toEqual(CANONICAL_METRICS);
    expect(info.faults.map((fault) => fault.id)).toEqual(FAULT_IDS);
    expect(info.regions.length).toBeGreaterThanOrEqual(16);
    expect(info).toMatchObject({ kind: 'fleet', stepMs: 1000, warmUpSteps: 720, backfillSteps: 180 });
  });

  test.each([
    ['seed', { seed: 0.5 }, 'seed must be a whole number, got 0.5'],
    ['deviceCount', { deviceCount: 0 }, 'deviceCount must be a whole number in [1, 10000], got 0'],
    ['deviceCount', { deviceCount: 10_001 }, 'got 10001'],
    ['now', { now: Number.NaN }, 'now must be a time in ms since 1970, got NaN'],
  ])('refuses a wrong %s', (_, wrong, message) => {
    const base = { runId: runId('r'), seed: 1, deviceCount: 2, ambientFaults: false, now: NOW, checkpoint: undefined };
    const created = createSimulator({ ...base, ...wrong });
    expect(!created.ok && created.error.code).toBe('fleet-options');
    expect(!created.ok && created.error.message).toContain(message);
  });
});

describe('pull', () => {
  test('history ends one step before now; each tick has one sample of each device, in order', () => {
    const batch = startSimulator({ deviceCount: 3 }).pull(900);
    expect(batch.metrics.n).toBe(2700);
    expect(batch.metrics.t[0]).toBe(NOW - 900_000);
    expect(batch.metrics.t.at(-1)).toBe(NOW - 1000);
    expect([...batch.metrics.device.slice(0, 7)]).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect([...batch.metrics.t.slice(2, 4)]).toEqual([NOW - 900_000, NOW - 899_000]);
  });

  test('the same seed gives the same bytes, another seed others', () => {
    const bytes = (seed: number) =>
      joinBatches([startSimulator({ seed, deviceCount: 8, ambientFaults: true }).pull(950)]);
    expect(bytes(3)).toEqual(bytes(3));
    expect(bytes(3).metrics).not.toEqual(bytes(4).metrics);
  });

  test('the size of a batch does not matter, with faults running', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 8 }),
        (seed, sizes) => {
          const run = (steps: readonly number[]) => {
            const simulator = startSimulator({ seed, deviceCount: 4, ambientFaults: true });
            simulator.pull(790);
            FAULT_IDS.forEach((fault, i) => {
              injectInto(simulator, i % 4, fault, 0.6, 20 + 10 * i);
            });
            const joined = joinBatches(steps.map((count) => simulator.pull(count)));
            return { joined, injections: simulator.injections(), truth: simulator.truth() };
          };
          const total = sizes.reduce((sum, size) => sum + size, 0);
          expect(run(sizes)).toEqual(run([total]));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('batches are numbered, and one of no steps is empty', () => {
    const simulator = startSimulator({ deviceCount: 2 });
    const batches = [0, 2, 1].map((steps) => simulator.pull(steps));
    expect(batches.map((batch) => [batch.seq, batch.metrics.n])).toEqual([
      [0, 0],
      [1, 4],
      [2, 2],
    ]);
    expect(() => simulator.pull(-1)).toThrow('steps must be a whole number >= 0, got -1');
  });

  test('values are finite and inside the bounds of their metrics, whatever the seed and the faults', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.tuple(fc.constantFrom(...FAULT_IDS), fc.double({ min: 1e-6, max: 1, noNaN: true })), {
          maxLength: 6,
        }),
        (seed, faults) => {
          const simulator = startSimulator({ seed, deviceCount: 7 });
          simulator.pull(20);
          // Overlapping on one device on purpose.
          for (const [fault, intensity] of faults) injectInto(simulator, 5, fault, intensity, 60);
          const { metrics } = simulator.pull(80);
          CANONICAL_METRICS.forEach((metric, m) => {
            for (const value of metrics.metrics[m]) {
              if (!(Number.isFinite(value) && value >= metric.min && value <= metric.max)) {
                throw new Error(`${metric.key} = ${value}`);
              }
            }
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('every column owns its whole buffer', () => {
    const { metrics, logs } = startSimulator().pull(30);
    const columns = [
      metrics.t,
      metrics.device,
      ...metrics.metrics,
      logs.t,
      logs.device,
      logs.level,
      logs.bytes,
      logs.offsets,
    ];
    for (const column of columns) expect(column.buffer.byteLength).toBe(column.byteLength);
    expect(new Set(columns.map((column) => column.buffer)).size).toBe(columns.length);
  });

  test('log lines are well-formed columns: ordered, inside their tick, of known devices and levels, plain text', () => {
    const simulator = startSimulator({ seed: 9, ambientFaults: true });
    const batch = simulator.pull(950);
    const { logs } = batch;
    expect(logs.offsets).toHaveLength(logs.n + 1);
    expect(logs.offsets[logs.n]).toBe(logs.bytes.length);
    for (let i = 0; i < logs.n; i++) {
      if (i > 0) expect(logs.t[i] >= logs.t[i - 1]).toBe(true);
      expect(logs.device[i] < 24 && logs.level[i] < LOG_LEVELS.length && logs.offsets[i] < logs.offsets[i + 1]).toBe(
        true,
      );
      expect(/(?!\t)\p{C}|undefined|NaN|[{}]/u.test(logMessage(logs, i))).toBe(false);
    }
    expect(logs.t[0]).toBeGreaterThan(batch.metrics.t[0] - 1000);
    expect(logs.t[logs.n - 1]).toBeLessThanOrEqual(batch.metrics.t[batch.metrics.n - 1]);
  });

  test('about half a line a device and second, mostly info', () => {
    const { logs } = startSimulator({ seed: 9 }).pull(900);
    expect(Math.abs(logs.n / (24 * 900) - 0.5)).toBeLessThan(0.1);
    const share = (level: number): number => logs.level.filter((l) => l === level).length / logs.n;
    expect(share(0) + share(1)).toBeGreaterThan(0.85);
    expect(share(3)).toBeGreaterThan(0);
    expect(share(3)).toBeLessThan(0.03);
    expect(share(4)).toBe(0);
  });
});

describe('inject', () => {
  test('a new device joins at the end, is calm for 20 s, then has its fault', () => {
    const simulator = startSimulator();
    simulator.pull(900);
    const made = simulator.inject({
      fault: 'crypto-mining',
      target: { kind: 'new-device', name: 'laptop' },
      origin: 'bom',
      intensity: 0.8,
      durationMs: 60_000,
    });
    if (!made.ok) throw new Error(made.error.message);
    expect(made.value.catalog.devices).toHaveLength(25);
    expect(made.value.catalog.devices[24]).toMatchObject({
      id: 'client-1',
      name: 'laptop',
      city: 'Mumbai',
      role: 'edge',
    });
    expect(made.value.injections[0].from).toBe(NOW + NEW_DEVICE_CALM_MS);
    const cpu = seriesOf(simulator.pull(40), 24, 0);
    expect(cpu).toHaveLength(40);
    expect(Math.max(...cpu.slice(0, 20))).toBeLessThan(60);
    expect(Math.min(...cpu.slice(23))).toBeGreaterThan(95);
  });

  test('a device that joins leaves the data of the others as it was', () => {
    const plain = startSimulator();
    const joined = startSimulator();
    joined.inject({
      fault: 'ddos',
      target: { kind: 'new-device', name: 'x' },
      origin: 'bom',
      intensity: 1,
      durationMs: 5000,
    });
    const [a, b] = [plain.pull(50), joined.pull(50)];
    for (let device = 0; device < 24; device++) {
      for (let metric = 0; metric < 4; metric++)
        expect(seriesOf(b, device, metric)).toEqual(seriesOf(a, device, metric));
    }
  });

  test('a refused request changes nothing', () => {
    const simulator = startSimulator();
    const before = simulator.checkpoint();
    const refused = simulator.inject({
      fault: 'ddos',
      target: { kind: 'new-device', name: 'x' },
      origin: 'moon',
      intensity: 1,
      durationMs: 5000,
    });
    expect(!refused.ok && refused.error.code).toBe('injection-request');
    expect(simulator.checkpoint()).toEqual(before);
    expect(simulator.injections()).toEqual([]);
  });
});

describe('injections, stopInjection, truth', () => {
  test('an injection is told when it starts and when it ends, once each', () => {
    const simulator = startSimulator();
    injectInto(simulator, 0, 'ddos', 0.5, 10);
    expect(simulator.injections().map(({ status }) => status)).toEqual(['running']);
    simulator.pull(9);
    expect(simulator.injections()).toEqual([]);
    simulator.pull(1);
    expect(simulator.injections().map(({ status }) => status)).toEqual(['ended']);
    expect(simulator.injections()).toEqual([]);
  });

  test('a stopped fault ends with the sample before; stopping it again or an unknown one is refused', () => {
    const calm = startSimulator();
    const simulator = startSimulator();
    const { id, from } = injectInto(simulator, 0, 'ddos', 0.5, 100);
    simulator.pull(7);
    calm.pull(7);
    const stopped = simulator.stopInjection(id);
    expect(stopped.ok && stopped.value).toMatchObject([{ status: 'stopped', to: from + 7000 }]);
    expect(joinBatches([simulator.pull(20)])).toEqual(joinBatches([calm.pull(20)]));
    const again = simulator.stopInjection(id);
    expect(!again.ok && again.error.message).toContain('is not running: stopped');
    const unknown = simulator.stopInjection('inj-99');
    expect(!unknown.ok && unknown.error.message).toContain('got "inj-99"');
  });

  test('truth covers exactly the disturbed samples so far', () => {
    const simulator = startSimulator();
    const { from } = injectInto(simulator, 4, 'memory-leak', 0.5, 60);
    expect(simulator.truth()).toEqual([]);
    simulator.pull(10);
    const kind = {
      device: 4,
      fault: 'memory-leak',
      group: 'memory-leak@0',
      intensity: 0.5,
      onset: { shape: 'ramp', seconds: 50 },
      seenIn: { metrics: true, logs: true },
    };
    expect(simulator.truth()).toEqual([{ ...kind, from, to: from + 10_000 }]);
    simulator.pull(100);
    expect(simulator.truth()).toEqual([{ ...kind, from, to: from + 60_000 }]);
    expect(simulator.truth(from + 60_000)).toEqual([]);
    expect(simulator.truth(from + 59_000, from + 61_000)).toHaveLength(1);
  });

  test('a fault stopped before it began was never true', () => {
    const simulator = startSimulator();
    const made = simulator.inject({
      fault: 'ddos',
      target: { kind: 'new-device', name: 'x' },
      origin: 'bom',
      intensity: 1,
      durationMs: 5000,
    });
    if (!made.ok) throw new Error(made.error.message);
    simulator.pull(3);
    simulator.stopInjection(made.value.injections[0].id);
    simulator.pull(40);
    expect(simulator.truth()).toEqual([]);
  });
});
