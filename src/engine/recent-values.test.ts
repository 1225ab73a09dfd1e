import { expect, it } from 'vitest';
import { createRecentValues } from './recent-values';

const usual = { actual: 20, typical: 10, deviation: 1 };

function after(values: readonly number[], metrics = 1, devices = 1) {
  const recent = createRecentValues(metrics, devices);
  values.forEach((value, i) => {
    recent.add(0, 1000 * i, [value]);
  });
  return recent;
}

it('names the first sample of the departure that goes on, through a moment of noise', () => {
  const recent = after([10, 20, 10, 10, 10, 13, 14, 11, 15, 20]);
  expect(recent.departedSince(0, 0, usual)).toBe(5000);
});

it('looks on one side only, and passes over what is missing', () => {
  expect(after([0, 0, 0, 20, Number.NaN, 20]).departedSince(0, 0, usual)).toBe(3000);
  expect(after([0, 0, 0, 20]).departedSince(0, 0, { ...usual, actual: 0 })).toBe(0);
});

it('has nothing to say of a metric that is at home, of unknown devices, and without a spread', () => {
  expect(after([20, 20, 10, 10, 10]).departedSince(0, 0, usual)).toBeUndefined();
  expect(after([20]).departedSince(1, 0, usual)).toBeUndefined();
  expect(after([20]).departedSince(0, 0, { ...usual, deviation: Number.NaN })).toBeUndefined();
});

it('gives the oldest sample held where the departure began before', () => {
  const values = Array.from({ length: 100 }, () => 20);
  expect(after(values, 1, 1_000_000).departedSince(0, 0, usual)).toBe(84_000);
});
