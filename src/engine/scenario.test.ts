import { beforeAll, expect, it } from 'vitest';
import { deviceId } from '../domain/ids';
import type { Scenario } from '../domain/scenario';
import { createBench, type TestBench } from './testing';

const SCENARIO: Scenario = {
  format: 'cloud-anomaly-scenario',
  schemaVersion: 1,
  id: 'test',
  name: 'Test',
  description: '',
  seed: 4,
  deviceCount: 10,
  durationS: 300,
  healthy: false,
  startsAt: '2025-03-03T09:00:00Z',
  ambientFaults: false,
  faults: [
    { at: 5, fault: 'ddos', target: { kind: 'role', role: 'cache' }, intensity: 0.9, durationMs: 20_000 },
    {
      at: 10,
      fault: 'crypto-mining',
      target: { kind: 'new-device', name: 'laptop' },
      intensity: 0.9,
      durationMs: 60_000,
    },
  ],
  events: [],
};

let bench: TestBench;

beforeAll(async () => {
  bench = await createBench();
  const played = await bench.engine.openScenario(SCENARIO);
  expect(played).toEqual({ ok: true, value: undefined });
  const { warmUpSteps, backfillSteps } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone >= warmUpSteps + backfillSteps);
}, 60_000);

it('plays with its own seed, size and clock, and finds what happens in it', async () => {
  const { run } = bench.engine;
  expect(run.info).toMatchObject({ label: 'Scenario: Test', scenario: { id: 'test', healthy: false } });
  expect(run.seed).toBe(4);
  expect(run.catalog.devices).toHaveLength(10);
  await bench.runFor(45_000);
  expect(new Date(run.now).toISOString().slice(0, 16)).toBe('2025-03-03T09:00');
  expect(run.catalog.devices[10]).toMatchObject({ name: 'laptop' });
  expect(Number.isNaN(run.latest[0][10])).toBe(false);
  const alerts = await bench.store.alerts({ limit: 100 });
  const cache = run.catalog.devices.find(({ role }) => role === 'cache');
  expect(alerts.some((alert) => alert.deviceId === cache?.id && alert.cause === 'ddos')).toBe(true);
  const injections = await bench.store.injections(run.info.runId);
  expect(injections.map(({ fault, by }) => `${fault} ${by}`)).toEqual(['ddos scenario', 'crypto-mining scenario']);
});

it('goes on after a day away where it stopped, in its own time', async () => {
  await bench.engine.flush();
  const { now } = bench.engine.run;
  const second = await createBench(bench.store);
  second.elapse(bench.now() - second.now() + 86_400_000);
  expect((await second.engine.start(undefined)).ok).toBe(true);
  expect(second.engine.run.info.scenario?.id).toBe('test');
  expect(second.engine.run.now).toBe(now);
  await second.runFor(5000);
  expect(second.engine.run.now - now).toBeLessThan(10_000);
  expect(second.engine.run.now - now).toBeGreaterThan(2000);
});

it('a scenario that is wrong is refused, and the present run goes on', async () => {
  const { run } = bench.engine;
  const target = { kind: 'device', deviceId: deviceId('nobody') } as const;
  const refused = await bench.engine.openScenario({
    ...SCENARIO,
    seed: 99,
    faults: [{ ...SCENARIO.faults[0], target }],
  });
  expect(!refused.ok && refused.error.message).toContain('faults[0].target.deviceId must be one of');
  expect(bench.engine.run).toBe(run);
  expect(bench.engine.settings.seed).toBe(4);
  const before = run.now;
  await bench.runFor(3000);
  expect(run.now).toBeGreaterThan(before);
});

it('is found again by a link that asks for it, and started anew with another seed', async () => {
  const third = await createBench(bench.store);
  expect((await third.engine.start(undefined, SCENARIO)).ok).toBe(true);
  expect(third.engine.resumed).toBe(true);
  expect(third.engine.run.info.runId).toBe(bench.engine.run.info.runId);
  const fourth = await createBench(bench.store);
  expect((await fourth.engine.start(undefined, { ...SCENARIO, seed: 77 })).ok).toBe(true);
  expect(fourth.engine.resumed).toBe(false);
  expect(fourth.engine.run).toMatchObject({ seed: 77, info: { scenario: { id: 'test' } } });
});
