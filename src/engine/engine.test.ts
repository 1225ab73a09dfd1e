import { beforeAll, expect, it } from 'vitest';
import type { Alert } from '../domain/alerts';
import { createBench, type TestBench } from './testing';

let bench: TestBench;
const device = (i: number) => bench.engine.run.catalog.devices[i].id;
const alertsOn = async (i: number): Promise<readonly Alert[]> =>
  (await bench.store.alerts({ limit: 1000 })).filter((alert) => alert.deviceId === device(i));

beforeAll(async () => {
  bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, ambientFaults: false });
  const started = await bench.engine.start(undefined);
  expect(started).toEqual({ ok: true, value: undefined });
  const { warmUpSteps, backfillSteps } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone >= warmUpSteps + backfillSteps);
}, 60_000);

it('is trained, scoring, and calm after the history', async () => {
  expect(bench.engine.run.trained).toBe(true);
  expect(bench.engine.detection.metricState).toEqual({ kind: 'ready' });
  expect(bench.engine.detection.logState).toEqual({ kind: 'ready' });
  expect(Number.isNaN(bench.engine.run.score[0])).toBe(false);
  // The history is longer than what a model is trained again after.
  const active = (await bench.store.models()).filter((model) => model.active);
  expect(active.map((model) => model.kind).sort()).toEqual(['logs', 'metrics']);
});

it('names a network flood, quarantines the device by policy once, and refuses its data from then on', async () => {
  const injected = await bench.engine.inject({
    fault: 'ddos',
    target: { kind: 'device', deviceId: device(2) },
    origin: bench.engine.run.info.regions[0].id,
    intensity: 0.8,
    durationMs: 120_000,
  });
  expect(injected.ok).toBe(true);
  await bench.runFor(40_000);
  const [alert] = await alertsOn(2);
  expect(alert).toMatchObject({ cause: 'ddos', severity: 'critical' });
  const decisions = await bench.store.decisions(bench.engine.run.info.runId);
  expect(decisions.filter((d) => d.deviceId === device(2))).toHaveLength(1);
  const [entry] = bench.engine.quarantineList();
  expect(entry).toMatchObject({ deviceId: device(2), origin: 'policy' });
  expect(entry.refusedSamples).toBeGreaterThan(10);
});

it('explains the alert by what each member said, since when, by metric and feature, and how far it may be trusted', async () => {
  const [alert] = await alertsOn(2);
  const members = alert.members ?? [];
  expect(members.filter((member) => member.model === 'metrics').map((member) => member.id)).toEqual([
    'isolation-forest',
    'mahalanobis',
    'stillness',
    'slow-shift',
  ]);
  expect(members.some((member) => member.flagged && member.score > 50)).toBe(true);
  expect(alert.confidence).toBeGreaterThan(0.3);
  expect(alert.confidence).toBeLessThan(1);
  const sum = (parts: readonly { readonly share: number }[]) => parts.reduce((total, { share }) => total + share, 0);
  expect(sum(alert.contributions)).toBeCloseTo(1, 5);
  const [first] = alert.contributions;
  expect(first.metric).toBe('network_traffic');
  expect(sum(first.features ?? [])).toBeCloseTo(first.share, 5);
  expect(first.since).toBeLessThanOrEqual(alert.peakAt);
  expect(first.since).toBeGreaterThan(alert.openedAt - 10_000);
});

it('shows what each member says of every device, and how far each is known', () => {
  const { fleet } = bench.engine.takeFrame() ?? {};
  expect(fleet?.members.slice(0, 5).map((member) => member.id)).toEqual([
    'isolation-forest',
    'mahalanobis',
    'stillness',
    'slow-shift',
    'logs',
  ]);
  for (const device of [0, 9]) {
    expect(fleet?.members[0].score[device]).toBeGreaterThanOrEqual(0);
    expect(fleet?.confidence[device]).toBeGreaterThan(0.3);
  }
});

it('refuses an injection on a quarantined device, saying since when', async () => {
  const refused = await bench.engine.inject({
    fault: 'ddos',
    target: { kind: 'device', deviceId: device(2) },
    origin: bench.engine.run.info.regions[0].id,
    intensity: 0.8,
    durationMs: 10_000,
  });
  expect(refused).toMatchObject({ ok: true, value: [{ status: 'refused' }] });
  expect(refused.ok && refused.value[0]?.note).toMatch(/^refused: quarantined since 2026-/);
});

it('lets data flow again after a release', async () => {
  await bench.runFor(100_000);
  const released = await bench.engine.release([device(2)], 'checked');
  expect(released.ok).toBe(true);
  const before = bench.engine.run.lastSeen[2];
  await bench.runFor(5000);
  expect(bench.engine.run.lastSeen[2]).toBeGreaterThan(before);
  expect(bench.engine.quarantineList()).toEqual([]);
});

it.each([
  ['memory-leak', 'memory-leak', 5],
  ['crypto-mining', 'crypto-mining', 6],
  ['disk-failure', 'disk-failure', 7],
] as const)('finds an injected %s within a minute and names the cause', async (fault, cause, target) => {
  await bench.engine.inject({
    fault,
    target: { kind: 'device', deviceId: device(target) },
    origin: bench.engine.run.info.regions[0].id,
    intensity: 0.8,
    durationMs: 90_000,
  });
  await bench.runFor(70_000);
  expect((await alertsOn(target)).map((alert) => alert.cause)).toContain(cause);
});

it('exports both models, and importing the same file scores the probe equal to the bit', async () => {
  const text = await bench.engine.exportModels();
  if (!text.ok) throw new Error(text.error.message);
  const checked = await bench.engine.checkModels(text.value);
  expect(checked).toMatchObject({ ok: true, value: { probeDifference: 0 } });
  const cut = await bench.engine.checkModels(text.value.slice(0, 5000));
  expect(cut.ok).toBe(false);
});

it.each(['metrics', 'logs'] as const)('trains the %s again by hand right after an import', async (kind) => {
  const text = await bench.engine.exportModels();
  if (!text.ok) throw new Error(text.error.message);
  expect((await bench.engine.importModels(text.value)).ok).toBe(true);
  const trained = await bench.engine.retrain(kind);
  expect(trained).toMatchObject({ ok: true, value: { kind, origin: 'trained' } });
  expect(trained.ok && trained.value.rows).toBeGreaterThan(500);
});

it('has a member that is switched off say nothing, from the next sample on', async () => {
  const { settings } = bench.engine;
  await bench.engine.setSettings({ ...settings, members: { ...settings.members, 'isolation-forest': false } });
  await bench.runFor(2000);
  const said = bench.engine.takeFrame()?.fleet.members ?? [];
  expect(said.slice(0, 4).map((member) => member.id)).toEqual(['mahalanobis', 'stillness', 'slow-shift', 'logs']);
  await bench.engine.setSettings(settings);
});

it('goes on after a restart with the same run: models, decisions and history are there', async () => {
  await bench.engine.quarantine([device(1)], 'by hand');
  bench.elapse(6000);
  await bench.engine.flush();
  const id = bench.engine.run.info.runId;
  const second = await createBench(bench.store);
  expect((await second.engine.start(undefined)).ok).toBe(true);
  expect(second.engine.run.info.runId).toBe(id);
  expect(second.engine.run.trained).toBe(true);
  const { pull } = second.parts.source;
  second.parts.source.pull = () => {
    throw new Error('the source is gone');
  };
  await expect(second.runFor(3000)).rejects.toThrow('the source is gone');
  expect(second.engine.state()).toEqual({ kind: 'starting' });
  second.parts.source.pull = pull;
  expect(second.engine.quarantineList()).toEqual(bench.engine.quarantineList());
  expect(second.engine.quarantineList().map((entry) => entry.deviceId)).toContain(device(1));
  await second.runFor(3000);
  expect(second.engine.state()).toEqual({ kind: 'running' });
  expect(Number.isNaN(second.engine.run.score[0])).toBe(false);
  expect(second.engine.takeFrame()?.ticks.n).toBeGreaterThan(100);
});

it('goes on with an incident after a restart: the same fault on the same device soon after is not another one', async () => {
  const third = await createBench(bench.store);
  third.elapse(bench.now() - third.now() + 10_000);
  expect((await third.engine.start(undefined)).ok).toBe(true);
  const diskFailures = async (): Promise<readonly Alert[]> =>
    (await alertsOn(7)).filter((alert) => alert.cause === 'disk-failure');
  const before = await diskFailures();
  await third.runFor(40_000);
  await third.engine.inject({
    fault: 'disk-failure',
    target: { kind: 'device', deviceId: device(7) },
    origin: third.engine.run.info.regions[0].id,
    intensity: 0.8,
    durationMs: 30_000,
  });
  await third.runFor(20_000);
  const after = await diskFailures();
  expect(after.length).toBeGreaterThan(before.length);
  expect(new Set(after.map((alert) => alert.incidentId)).size).toBe(1);
});
