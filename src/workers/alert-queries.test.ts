import { beforeAll, describe, expect, it } from 'vitest';
import type { Alert } from '../domain/alerts';
import { alertId } from '../domain/ids';
import { anomalyScore } from '../domain/scores';
import { createBench, type TestBench } from '../engine/testing';
import { alertSamples, traceAlert } from './alert-queries';

let bench: TestBench;
let alert: Alert;
const trace = (id = alert.id) =>
  traceAlert({ store: bench.store, engine: bench.engine, metric: bench.parts.metric }, id);

beforeAll(async () => {
  bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, ambientFaults: false, autoRetrain: false });
  await bench.engine.start(undefined);
  const { info } = bench.engine.run;
  await bench.runUntil(() => bench.engine.run.stepsDone >= info.warmUpSteps + info.backfillSteps);
  const target = bench.engine.run.catalog.devices[2].id;
  await bench.engine.inject({
    fault: 'ddos',
    target: { kind: 'device', deviceId: target },
    origin: info.regions[0].id,
    intensity: 0.9,
    durationMs: 60_000,
  });
  await bench.runFor(30_000);
  await bench.engine.flush();
  const found = (await bench.store.alerts({ limit: 100 })).find((one) => one.deviceId === target);
  if (found === undefined) throw new Error('the flood raised no alert');
  alert = found;
}, 60_000);

describe('the trace of an alert', () => {
  it('gives the forest score that was given when it was raised, from the features that the alert keeps', async () => {
    const traced = await trace();
    if (!traced.ok) throw new Error(traced.error.message);
    const { sample, scoreThen, model, isPresentRun } = traced.value;
    expect(scoreThen).toBeGreaterThan(0);
    // The calibration goes on learning: it may have moved a little since.
    expect(Math.abs(anomalyScore(sample.rarity) - (scoreThen ?? Number.NaN))).toBeLessThan(1);
    expect(2 ** (-sample.meanLength / sample.cPsi)).toBeCloseTo(sample.rawScore, 5);
    expect(model?.kind).toBe('metrics');
    expect(isPresentRun).toBe(true);
  });

  it('sets a typical sample beside it, in the same trees, that is harder to isolate', async () => {
    const traced = await trace();
    if (!traced.ok) throw new Error(traced.error.message);
    const { sample, typical } = traced.value;
    const trees = (paths: typeof sample.paths): number[] => paths.map((path) => path.tree).sort((a, b) => a - b);
    expect(trees(typical.paths)).toEqual(trees(sample.paths));
    expect(typical.meanLength).toBeGreaterThan(sample.meanLength);
    expect(typical.features.every((value) => value === 0)).toBe(true);
  });

  it('says why there is none', async () => {
    expect(await trace(alertId('nobody'))).toMatchObject({ ok: false, error: { code: 'no-alert' } });
    const silent = { ...alert, id: alertId('silent'), contributions: [] };
    const other = {
      ...alert,
      id: alertId('other'),
      contributions: [{ ...alert.contributions[0], features: [{ name: 'steam_pressure level', share: 1, value: 9 }] }],
    };
    await bench.store.putAlerts([silent, other]);
    expect(await trace(silent.id)).toMatchObject({ ok: false, error: { code: 'no-features' } });
    const refused = await trace(other.id);
    expect(refused).toMatchObject({ ok: false, error: { code: 'other-metrics' } });
    expect(!refused.ok && refused.error.message).toContain('steam_pressure');
  });
});

describe('the samples around an alert', () => {
  it('are those of its own device, in order, with the peak among them and a calm time before', async () => {
    const read = await alertSamples(bench.store, bench.engine, alert.id);
    if (!read.ok) throw new Error(read.error.message);
    const { metrics, t, values, score } = read.value;
    expect(metrics).toEqual(bench.engine.run.catalog.metrics.map((metric) => metric.key));
    expect([...t]).toEqual([...t].sort((a, b) => a - b));
    expect(new Set(t).size).toBe(t.length);
    expect(alert.openedAt - t[0]).toBeGreaterThanOrEqual(110_000);
    const peak = t.indexOf(alert.peakAt);
    expect(score[peak]).toBeCloseTo(alert.peakScore, 3);
    const { metric, actual } = alert.contributions[0];
    expect(values[metrics.indexOf(metric)][peak]).toBeCloseTo(actual, 3);
  });

  it('are none where nothing is stored of its run', async () => {
    const lost = { ...alert, id: alertId('lost'), runId: 'gone' as Alert['runId'] };
    await bench.store.putAlerts([lost]);
    const read = await alertSamples(bench.store, bench.engine, lost.id);
    expect(read.ok && read.value.t.length).toBe(0);
    expect(await alertSamples(bench.store, bench.engine, alertId('nobody'))).toMatchObject({ ok: false });
  });
});
