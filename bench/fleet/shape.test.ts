import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/domain/random';
import { averageOver, describeShape, quantileOf } from './shape';

describe('describeShape', () => {
  test('of a small series by hand', () => {
    const shape = describeShape([1, 1, 1, 1, 6], [1]);
    expect(shape.n).toBe(5);
    expect(shape.cv).toBeCloseTo(1, 12);
    expect(shape.skew).toBeCloseTo(1.5, 12);
    expect(shape.kurtosis).toBeCloseTo(0.25, 12);
    expect(shape.q95).toBeCloseTo(5, 12);
    expect(shape.bursts).toBe(0.2);
  });

  test('of white noise: nothing; of a first-order auto-regression: its coefficient', () => {
    const random = createRandom(3);
    let value = 0;
    const correlated = Array.from({ length: 50_000 }, () => {
      value = 0.9 * value + random.normal();
      return value + 100;
    });
    const noise = Array.from({ length: 50_000 }, () => 100 + random.normal());
    expect(Math.abs(describeShape(noise, [1]).acf[0])).toBeLessThan(0.02);
    expect(Math.abs(describeShape(noise, [1]).kurtosis)).toBeLessThan(0.1);
    expect(describeShape(correlated, [1, 10]).acf[0]).toBeCloseTo(0.9, 1);
    expect(describeShape(correlated, [1, 10]).acf[1]).toBeCloseTo(0.9 ** 10, 1);
  });

  test('of a constant series is undefined', () => {
    expect(describeShape([2, 2, 2, 2], [1]).skew).toBeNaN();
    expect(describeShape([2, 2, 2, 2], [1]).acf).toEqual([Number.NaN]);
  });
});

test('averageOver leaves out the unfinished group', () => {
  expect([...averageOver([1, 3, 5, 7, 9], 2)]).toEqual([2, 6]);
});

test('quantileOf draws straight lines', () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOf([0, 2, 4], share))).toEqual([0, 1, 2, 4]);
});
