import { expect, it } from 'vitest';
import type { MetricBatch } from '../../domain/telemetry';
import { markOf } from '../suspicion';
import { metricThreshold } from '../threshold';
import { createMetricPipeline } from './pipeline';
import { stripForFile } from './pipeline-saved';
import { plainCatalog, plainFleet } from './testing';

const DEVICES = 4;
const config = { seed: 1, falseAlarmsPerDay: 0.25, samplesPerDay: 86_400, retrainEvery: 1e6, keepRows: 4000 };
const threshold = metricThreshold(config);
const catalog = plainCatalog(DEVICES, 3);
const quiet = new Uint8Array(DEVICES);

/** Ticks 0 to 799, of which 700 are trained on; then 200 in which device 0 rises for 20 s, and 300 in which device 1 rises a little less far. */
const fleet = plainFleet({
  devices: DEVICES,
  metrics: 3,
  seed: 7,
  disturb: (tick, device, values) => {
    if (device === 0 && tick >= 850 && tick < 870) values[2] *= 3;
    if (device === 1 && tick >= 1050 && tick < 1070) values[2] *= 2.8;
  },
});
const [training, calm, first, second] = [700, 100, 200, 300].map((ticks) => fleet.next(ticks));

function open() {
  const pipeline = createMetricPipeline(catalog, config);
  pipeline.score(training, 0, quiet);
  const trained = pipeline.train();
  if (!trained.ok) throw new Error(trained.error.message);
  pipeline.score(calm, 1, quiet);
  return pipeline;
}

/** Flagged samples of a device while it is up: from second 50 of its batch on, for 20 s. */
const flagsOf = (batch: MetricBatch, rarity: Float32Array, device: number): number =>
  rarity.filter((value, row) => {
    const second = (batch.t[row] - batch.t[0]) / 1000;
    return batch.device[row] === device && second >= 50 && second < 70 && value >= threshold;
  }).length;

it('flags what rises for the first time, and not the same on another device once it has passed', () => {
  const pipeline = open();
  const before = pipeline.score(first, 2, quiet);
  const after = pipeline.score(second, 3, quiet);
  expect(flagsOf(first, before.rarity, 0)).toBeGreaterThan(4);
  expect(flagsOf(second, after.rarity, 1)).toBe(0);
  // What the members say stays what they said.
  const members = after.members.slice(0, 2).map(({ rarity }) => flagsOf(second, rarity, 1));
  expect(Math.max(...members)).toBeGreaterThan(4);
});

it('flags both where the log lines of the first spoke of trouble', () => {
  const pipeline = open();
  pipeline.score(first, 2, quiet);
  const spoke = Uint8Array.of(markOf(false, true), 0, 0, 0);
  const after = pipeline.score(second, 3, spoke);
  expect(flagsOf(second, after.rarity, 1)).toBeGreaterThan(4);
});

it('goes on from what a saved model knows', () => {
  const pipeline = open();
  pipeline.score(first, 2, quiet);
  const saved = pipeline.save();
  if (!saved.ok) throw new Error(saved.error.message);
  const other = createMetricPipeline(catalog, config);
  expect(other.load(saved.value).ok).toBe(true);
  expect(flagsOf(second, other.score(second, 0, quiet).rarity, 1)).toBe(0);
  expect(other.load({ ...(saved.value as object), episodes: 3 }).ok).toBe(false);
});

it('knows nothing of them from a model file: the bounds of an episode of one sample are that sample', () => {
  const pipeline = open();
  pipeline.score(first, 2, quiet);
  const saved = pipeline.save();
  if (!saved.ok) throw new Error(saved.error.message);
  expect(saved.value).toHaveProperty('episodes');
  const file = stripForFile(saved.value);
  expect(file).not.toHaveProperty('episodes');
  const other = createMetricPipeline(catalog, config);
  expect(other.load(file).ok).toBe(true);
  expect(flagsOf(second, other.score(second, 0, quiet).rarity, 1)).toBeGreaterThan(4);
});
