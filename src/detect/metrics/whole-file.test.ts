import { expect, it } from 'vitest';
import { lookBack } from './whole-file';

it('gives the row before an event a fifth of its score, and leaves the last row and other devices alone', () => {
  const seen = lookBack(Float32Array.of(0, 5, 0, 10, 0), [0, 1, 1, 0, 1]);
  expect([...seen]).toEqual([8, 1, 0, 10, 0]);
});

it('passes over rows that are not scorable', () => {
  expect([...lookBack(Float32Array.of(0, Number.NaN, 10), [0, 0, 0])]).toEqual([8, Number.NaN, 10]);
});

it('gives nothing for nothing', () => {
  expect(lookBack(new Float32Array(0), [])).toHaveLength(0);
});
