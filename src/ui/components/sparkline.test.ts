import { describe, expect, it } from 'vitest';
import { sparkPath, sparkScale } from './sparkline';

describe('sparkline', () => {
  it('draws from left to right, the largest value on top', () => {
    const t = [0, 500, 1000];
    const values = [0, 10, 5];
    expect(sparkPath(t, values, sparkScale(t, values, []))).toBe('M0.0 37.0L150.0 3.0L300.0 20.0');
  });

  it('leaves a gap where a value is missing', () => {
    const t = [0, 1, 2, 3];
    const values = [1, Number.NaN, 2, 2];
    expect(sparkPath(t, values, sparkScale(t, values, [])).match(/M/g)).toHaveLength(2);
  });

  it('keeps the typical value inside, and times outside at the edge', () => {
    const scale = sparkScale([0, 10], [5, 6], [0]);
    expect(scale.y(0)).toBe(37);
    expect(scale.x(-5)).toBe(0);
    expect(scale.x(99)).toBe(300);
  });

  it('puts equal values in the middle and draws nothing for nothing', () => {
    const scale = sparkScale([0, 1], [4, 4], []);
    expect(scale.y(4)).toBe(20);
    expect(sparkPath([], [], sparkScale([], [], []))).toBe('');
  });
});
