import { describe, expect, it } from 'vitest';
import type { MetricBatch } from '../../domain/telemetry';
import { createMetricPipeline } from './pipeline';
import { probeMetricModel } from './probe';
import { type Disturbance, plainCatalog, plainFleet } from './testing';

const config = { seed: 1, falseAlarmsPerDay: 0.25, samplesPerDay: 1440, retrainEvery: 5000, keepRows: 20_000 };
const trusted = new Uint8Array(4);

/** The fleet's rows a minute apart. */
function minutes(batch: MetricBatch): MetricBatch {
  return { ...batch, t: batch.t.map((t) => 60 * t) };
}

function trained(metrics: number, disturb?: Disturbance) {
  const pipeline = createMetricPipeline(plainCatalog(1, metrics), config);
  const fleet = plainFleet({ devices: 1, metrics, seed: 3, ...(disturb ? { disturb } : {}) });
  pipeline.score(minutes(fleet.next(3000)), 0, trusted);
  const result = pipeline.train();
  if (!result.ok) throw new Error(result.error.message);
  return { pipeline, next: (ticks: number) => pipeline.score(minutes(fleet.next(ticks)), 1, trusted), fleet };
}

describe('slow data', () => {
  it('ranks a planted event (or the few rows in which its windows empty) highest, beyond the cap of rarity, and blames the metric that left its place', () => {
    const { next } = trained(4, (tick, _, values) => {
      if (tick >= 3500 && tick < 3510) values[2] *= 50;
    });
    const { rank, rarity, explanations } = next(1000);
    if (!rank) throw new Error('slow data is ranked');
    const top = rank.indexOf(Math.max(...rank));
    expect(top).toBeGreaterThanOrEqual(500);
    expect(top).toBeLessThan(520);
    expect(rarity[top]).toBe(12);
    expect(rank[top]).toBeGreaterThan(12);
    const said = explanations.find((entry) => entry.row === top);
    expect(said?.contributions[0].metric).toBe(2);
    expect(said?.contributions[0].share).toBeGreaterThan(0.5);
  });

  it('remembers the values of a single metric: an event begins once', () => {
    const { next } = trained(1, (tick, _, values) => {
      if (tick >= 3500 && tick < 3600) values[0] *= 3;
    });
    const { onset } = next(1000);
    if (!onset) throw new Error('a single metric has onsets');
    expect(onset[500]).toBeGreaterThan(3);
    expect(onset.indexOf(Math.max(...onset))).toBe(500);
    expect([...onset.subarray(501, 600)].filter((value) => value > 3)).toEqual([]);
  });

  it('has no rank and no onsets where seconds are between samples', () => {
    const live = createMetricPipeline(plainCatalog(1, 1), { ...config, samplesPerDay: 86_400 });
    const verdicts = live.score(plainFleet({ devices: 1, metrics: 1, seed: 3 }).next(10), 0, trusted);
    expect([verdicts.rank, verdicts.onset]).toEqual([undefined, undefined]);
  });

  it('keeps to few flags on clean rows that it has not seen', () => {
    const { next } = trained(4);
    expect(next(5000).rarity.filter((rarity) => rarity >= 2.76).length).toBeLessThan(100);
  });

  it('stops calling a level rare that lasts, though it still ranks above all that the training saw', () => {
    const { next } = trained(4, (tick, _, values) => {
      if (tick >= 3500) values[2] += 500;
    });
    const { rank, rarity } = next(1500);
    if (!rank) throw new Error('slow data is ranked');
    const flagged = Array.from(rarity, (value) => value >= 2.76);
    expect(flagged.slice(505, 560)).not.toContain(false);
    expect(flagged.slice(700).filter(Boolean).length).toBeLessThan(40);
    expect(Math.min(...rank.subarray(520))).toBeGreaterThan(Math.max(...rank.subarray(0, 500)));
  });

  it('does not depend on how rows are cut into batches', () => {
    const whole = trained(3).next(200).rank;
    const { next } = trained(3);
    const parts = [next(1), next(150), next(49)].flatMap(({ rank }) => [...(rank ?? [])]);
    expect(parts).toEqual([...(whole ?? [])]);
  });

  it('gives the same scores to the bit wherever its model is loaded, and passes the probe', () => {
    const { pipeline, fleet } = trained(3);
    const saved = pipeline.save();
    if (!saved.ok) throw new Error(saved.error.message);
    expect(probeMetricModel(structuredClone(saved.value)).ok).toBe(true);
    const other = createMetricPipeline(plainCatalog(1, 3), config);
    for (const each of [pipeline, other]) expect(each.load(structuredClone(saved.value)).ok).toBe(true);
    const batch = minutes(fleet.next(100));
    expect(other.score(batch, 1, trusted)).toEqual(pipeline.score(batch, 1, trusted));
  });
});
