import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { forecastBreach } from './forecast';

const seconds = (n: number): number[] => Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i * 1000);

/** First-order autoregressive noise of standard deviation `sd` around 0. */
function noise(n: number, phi: number, sd: number, seed: number): number[] {
  const random = createRandom(seed, `noise ${n} ${phi}`);
  let x = random.normal() * sd;
  return Array.from({ length: n }, () => {
    x = phi * x + sd * Math.sqrt(1 - phi * phi) * random.normal();
    return x;
  });
}

describe('forecastBreach', () => {
  it('extends a straight line: 40 rising by 0.1 a second meets 95 after 550 s', () => {
    const t = seconds(100);
    const got = forecastBreach({ t, values: t.map((_, i) => 40 + 0.1 * i), limit: 95 });
    expect(got?.slopePerMinute).toBeCloseTo(6, 6);
    expect(got?.fit).toBeCloseTo(1, 9);
    // The last point stands 99 s after the first.
    expect((got?.breachInMs ?? 0) / 1000).toBeCloseTo(550 - 99, 3);
  });

  it('reaches a lower limit by falling, when told so', () => {
    const t = seconds(100);
    const values = t.map((_, i) => 60 - 0.1 * i);
    const got = forecastBreach({ t, values, limit: 10, towards: 'falling' });
    expect(got?.slopePerMinute).toBeCloseTo(-6, 6);
    expect((got?.breachInMs ?? 0) / 1000).toBeCloseTo(500 - 99, 3);
    expect(forecastBreach({ t, values, limit: 95 })).toBeUndefined();
  });

  it('says 0 when the trend stands at the limit already', () => {
    const t = seconds(100);
    expect(forecastBreach({ t, values: t.map((_, i) => i), limit: 95 })?.breachInMs).toBe(0);
  });

  it.each([
    ['too few points', seconds(29), (i: number) => i],
    ['a constant', seconds(100), () => 50],
    ['no time passing', new Array(100).fill(1000), (i: number) => i],
    ['only missing values', seconds(100), () => Number.NaN],
    ['a breach further than 24 h away', seconds(10_000), (i: number) => 40 + i * 1e-4],
    ['a breach more than 40 times further than was seen', seconds(100), (i: number) => 40 + i * 0.012],
    ['a step, which is no trend', seconds(100), (i: number) => (i < 50 ? 30 : 80)],
    ['a climb that has ended', seconds(100), (i: number) => Math.min(80, 30 + 2 * i)],
  ])('gives none for %s', (_, t, value) => {
    expect(forecastBreach({ t, values: t.map((_time, i) => value(i)), limit: 95 })).toBeUndefined();
  });

  it('skips missing values and shrugs off outliers', () => {
    const t = seconds(120);
    const values = t.map((_, i) => (i % 7 === 0 ? Number.NaN : i % 31 === 0 ? 95 : 40 + 0.1 * i));
    expect(forecastBreach({ t, values, limit: 95 })?.slopePerMinute).toBeCloseTo(6, 1);
  });

  it('does not depend on where time starts or on the unit of the values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: -3, max: 3 }), (shift, power) => {
        const t = seconds(60);
        const values = noise(60, 0.3, 1, 7).map((x, i) => 40 + 0.5 * i + x);
        const scale = 2 ** power;
        const plain = forecastBreach({ t, values, limit: 95 });
        const moved = forecastBreach({
          t: t.map((x) => x + shift),
          values: values.map((v) => v * scale),
          limit: 95 * scale,
        });
        expect(moved?.breachInMs).toBe(plain?.breachInMs);
        expect(moved?.slopePerMinute).toBeCloseTo((plain?.slopePerMinute ?? 0) * scale, 9);
      }),
    );
  });

  it.each([
    [60, 0],
    [60, 0.9],
    [180, 0],
    [180, 0.7],
    [180, 0.9],
    [180, 0.97],
    [400, 0.97],
  ])('gives fewer than 2 % forecasts on %i points of noise with autocorrelation %d', (n, phi) => {
    let given = 0;
    for (let seed = 0; seed < 250; seed++) {
      const values = noise(n, phi, 3, seed).map((x) => 50 + x);
      if (forecastBreach({ t: seconds(n), values, limit: 95 }) !== undefined) given++;
    }
    expect(given).toBeLessThan(5);
  });

  it('finds a leak of 30 points over 180 noisy samples in at least 95 of 100 runs', () => {
    let found = 0;
    for (let seed = 0; seed < 100; seed++) {
      const values = noise(180, 0.7, 3, seed).map((x, i) => 40 + i / 6 + x);
      const got = forecastBreach({ t: seconds(180), values, limit: 95 });
      // The line meets 95 after 330 s: 151 s after the last sample.
      if (got !== undefined && Math.abs(got.breachInMs - 151_000) < 60_000) found++;
    }
    expect(found).toBeGreaterThanOrEqual(95);
  });
});
