import { describe, expect, it } from 'vitest';
import { createMetricPipeline } from './pipeline';
import {
  clearStillness,
  createStillness,
  learnStillness,
  reserveStillness,
  type Stillness,
  stepStillness,
  stillestRarity,
  stillRarity,
  stillSamples,
} from './stillness';
import { type Disturbance, plainCatalog, plainFleet } from './testing';

/** One device with one metric in [0, 100] that has gone through these values. */
function gone(values: readonly number[], learns = true): Stillness {
  const still = createStillness([{ min: 0, max: 100 }]);
  reserveStillness(still, 1);
  for (const value of values) {
    stepStillness(still, 0, Float64Array.of(value), 0);
    if (learns) learnStillness(still, 0);
  }
  return still;
}

function repeat(still: Stillness, value: number, times: number): number {
  for (let i = 0; i < times; i++) stepStillness(still, 0, Float64Array.of(value), 0);
  return stillRarity(still, 0, 0);
}

const lively = Array.from({ length: 998 }, (_, i) => 50 + 40 * Math.sin(i * i));

describe('stillness', () => {
  it('is as rare as a first repeat ever, then half as likely with each further one', () => {
    const still = gone(lively);
    expect(repeat(still, 7, 1)).toBe(0);
    // Seen 998 times, repeated never, decaying by a 4,000th each: about 1 in 900.
    const first = repeat(still, 7, 1);
    expect(first).toBeGreaterThan(2.8);
    expect(first).toBeLessThan(3.1);
    expect(repeat(still, 7, 9)).toBeCloseTo(first + 9 * Math.log10(2), 9);
    expect(repeat(still, 8, 1)).toBe(0);
  });

  it('says nothing before enough was seen, of a metric that often rests, and of one that rests at a bound', () => {
    expect(repeat(gone(lively.slice(0, 100)), 7, 50)).toBe(0);
    expect(repeat(gone(lively.map((value, i) => (i % 10 === 0 ? lively[i - 1] : value))), 7, 50)).toBe(0);
    expect(repeat(gone(lively), 0, 50)).toBe(0);
    expect(repeat(gone(lively), 100, 50)).toBe(0);
  });

  it('learns that repeats come in runs, as from an agent that reports each reading three times now and then', () => {
    const runs = lively.map((value, i) => (i % 100 < 3 ? 5 + Math.floor(i / 100) : value));
    const [of3, of12] = [repeat(gone(runs), 7, 3), repeat(gone(runs), 7, 12)];
    expect(of3).toBeLessThan(2.5);
    expect(of12).toBeGreaterThan(of3);
    expect(of12).toBeLessThan(repeat(gone(lively), 7, 12));
  });

  it('knows nothing of a missing value, and forgets what it is told to', () => {
    const still = gone(lively);
    repeat(still, 7, 5);
    const before = stillRarity(still, 0, 0);
    expect(repeat(still, Number.NaN, 3)).toBe(before);
    clearStillness(still, 0);
    expect(stillestRarity(still, 0)).toBe(0);
    expect([...stillSamples(still, 0)]).toEqual([0]);
  });
});

describe('a pipeline', () => {
  const DEVICES = 4;
  const healthy = new Uint8Array(DEVICES);
  const config = { seed: 1, falseAlarmsPerDay: 0.25, samplesPerDay: 86_400, retrainEvery: 5000, keepRows: 20_000 };
  const scoreStuck = (disturb: Disturbance, members?: readonly string[]) => {
    const pipeline = createMetricPipeline(
      plainCatalog(DEVICES, 3),
      members === undefined ? config : { ...config, members },
    );
    const fleet = plainFleet({ devices: DEVICES, metrics: 3, seed: 4, disturb });
    pipeline.score(fleet.next(700), 0, healthy);
    expect(pipeline.train().ok).toBe(true);
    return pipeline.score(fleet.next(20), 1, healthy);
  };

  it('flags one stuck metric in the middle of its range within 15 samples, and says which and since when', () => {
    let held = 0;
    const { rarity, explanations, members } = scoreStuck((tick, d, values) => {
      if (tick === 699 && d === 2) held = values[1];
      if (tick >= 700 && d === 2) values[1] = held;
    });
    const flaggedAt = Array.from({ length: 20 }, (_, tick) => rarity[tick * DEVICES + 2]).findIndex((r) => r >= 5.54);
    expect(flaggedAt).toBeGreaterThan(2);
    expect(flaggedAt).toBeLessThan(15);
    const [first] = explanations.find(({ row }) => row === 19 * DEVICES + 2)?.contributions ?? [];
    expect(first).toMatchObject({ metric: 1, stillFor: 20, share: 1 });
    expect(members.map(({ detector }) => detector)).toContain('stillness');
  });

  it('says nothing of it where the member is switched off', () => {
    let held = 0;
    const stick: Disturbance = (tick, d, values) => {
      if (tick === 699 && d === 2) held = values[1];
      if (tick >= 700 && d === 2) values[1] = held;
    };
    const { rarity, members } = scoreStuck(stick, ['isolation-forest', 'mahalanobis']);
    expect(members.map(({ detector }) => detector)).toEqual(['isolation-forest', 'mahalanobis']);
    expect(rarity[19 * DEVICES + 2]).toBeLessThan(5.54);
  });

  it('has nothing to say of metrics that move', () => {
    const { members } = scoreStuck(() => undefined);
    const still = members.find(({ detector }) => detector === 'stillness');
    expect(Math.max(...(still?.rarity ?? [9]))).toBe(0);
  });
});
