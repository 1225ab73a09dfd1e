import { expect, it } from 'vitest';
import { TRAINED_MEMBERS } from '../../domain/members';
import type { MetricPipeline, PipelineConfig } from '../contract';
import { metricThreshold } from '../threshold';
import { createMetricPipeline } from './pipeline';
import { DEFAULT_MEMBERS } from './registry';
import { plainCatalog, plainFleet } from './testing';

const CONFIG: PipelineConfig = {
  seed: 1,
  falseAlarmsPerDay: 0.5,
  samplesPerDay: 86_400,
  retrainEvery: 5000,
  keepRows: 20_000,
};
const trusted = new Uint8Array(8);

function trained(config: PipelineConfig): { pipeline: MetricPipeline; fleet: ReturnType<typeof plainFleet> } {
  const pipeline = createMetricPipeline(plainCatalog(8, 3), config);
  const disturb = (tick: number, _: number, values: number[] | Float64Array): void => {
    if (tick >= 520 && tick < 525) values[1] *= 6;
  };
  const fleet = plainFleet({ devices: 8, metrics: 3, seed: 4, disturb });
  pipeline.score(fleet.next(500), 0, trusted);
  const result = pipeline.train();
  if (!result.ok) throw new Error(result.error.message);
  return { pipeline, fleet };
}

it('knows each default member by the id and the label that the settings show', () => {
  expect(TRAINED_MEMBERS.map(({ id, label }) => [id, label])).toEqual(
    DEFAULT_MEMBERS.map(({ spec }) => [spec.id, spec.label]),
  );
});

it('lets only those members speak that are switched on, without a penalty for one alone, and at once', () => {
  const { pipeline, fleet } = trained(CONFIG);
  const both = pipeline.score(fleet.next(10), 0, trusted);
  expect(both.members.map((member) => member.detector)).toEqual([
    'isolation-forest',
    'mahalanobis',
    'stillness',
    'slow-shift',
  ]);
  expect(both.members[0].flagsAt).toBeCloseTo(metricThreshold(CONFIG) + Math.log10(2), 6);
  pipeline.configure({ ...CONFIG, members: ['mahalanobis', 'stillness'] });
  const one = pipeline.score(fleet.next(40), 0, trusted);
  expect(one.members.map((member) => member.detector)).toEqual(['mahalanobis', 'stillness']);
  expect(one.rarity).toEqual(one.members[0].rarity);
  expect(one.members[0].flagsAt).toBe(metricThreshold(CONFIG));
  pipeline.configure({ ...CONFIG, members: ['slow-shift', 'mahalanobis'] });
  const other = pipeline.score(fleet.next(1), 0, trusted);
  expect(other.members.map((member) => member.detector)).toEqual(['mahalanobis', 'slow-shift']);
  pipeline.configure({ ...CONFIG, members: ['mahalanobis'] });
  expect(pipeline.score(fleet.next(1), 0, trusted).members.map((member) => member.detector)).toEqual(['mahalanobis']);
  pipeline.configure(CONFIG);
  const again = pipeline.score(fleet.next(1), 0, trusted);
  expect(again.members).toHaveLength(4);
});

it('says the same of a row with a member switched off before the training or after it', () => {
  const before = trained({ ...CONFIG, members: ['isolation-forest'] });
  const after = trained(CONFIG);
  after.pipeline.configure({ ...CONFIG, members: ['isolation-forest'] });
  const rarity = ({ pipeline, fleet }: typeof before) => pipeline.score(fleet.next(60), 0, trusted).rarity;
  expect(rarity(before)).toEqual(rarity(after));
});

it('takes a list that names none of its members as no list', () => {
  const { pipeline, fleet } = trained({ ...CONFIG, members: ['oracle'] });
  expect(pipeline.score(fleet.next(1), 0, trusted).members).toHaveLength(4);
});

it('trusts its scores more the more it has seen, and says nothing of it before the first model', () => {
  const fresh = createMetricPipeline(plainCatalog(8, 3), CONFIG);
  expect(fresh.score(plainFleet({ devices: 8, metrics: 3, seed: 1 }).next(3), 0, trusted).confidence).toBeUndefined();
  const { pipeline, fleet } = trained(CONFIG);
  const first = pipeline.score(fleet.next(1), 0, trusted).confidence?.[0] ?? Number.NaN;
  pipeline.score(fleet.next(2000), 0, trusted);
  const later = pipeline.score(fleet.next(1), 0, trusted).confidence?.[0] ?? Number.NaN;
  expect(first).toBeGreaterThan(0.2);
  expect(later).toBeGreaterThan(first + 0.2);
  expect(later).toBeLessThan(1);
});

it('tells each share apart by feature: the parts add to it, and all shares to one', () => {
  const { pipeline, fleet } = trained(CONFIG);
  const { explanations } = pipeline.score(fleet.next(30), 0, trusted);
  expect(explanations.length).toBeGreaterThan(0);
  for (const { contributions } of explanations) {
    expect(contributions.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1, 5);
    for (const { share, metric, features = [] } of contributions) {
      expect(features.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(share, 5);
      expect(features.every(({ name }) => name.startsWith(`m${metric} `))).toBe(true);
      expect(features.map((part) => part.share)).toEqual(features.map((part) => part.share).sort((a, b) => b - a));
    }
  }
  expect(explanations[0].contributions[0].metric).toBe(1);
});
