import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMinuteMeans, MINUTE_SAMPLES, reserveMinuteMeans, stepMinute } from './minute-means';

/** The mean of one minute of a device with one metric; undefined where none was completed. */
function meanOf(values: readonly number[]): number | undefined {
  const means = createMinuteMeans(1);
  reserveMinuteMeans(means, 1);
  const out = new Float64Array(1);
  let mean: number | undefined;
  for (const value of values) if (stepMinute(means, 0, Float64Array.of(value), 0, out)) mean = out[0];
  return mean;
}

const steps = Array.from({ length: MINUTE_SAMPLES }, (_, i) => Math.floor(i / 10));

it('is the mean of six pieces without the lowest and the highest, with the sample that completes the minute', () => {
  expect(meanOf(steps.slice(1))).toBeUndefined();
  expect(meanOf(steps)).toBe(2.5);
  expect(meanOf(steps.map((step) => (step === 5 ? 1000 : step)))).toBe(2.5);
});

it('leaves missing values out, and has none where half of the pieces have none', () => {
  expect(meanOf(steps.map((step, i) => (i % 2 ? Number.NaN : step)))).toBe(2.5);
  expect(meanOf(steps.map((step) => (step < 3 ? Number.NaN : step)))).toBe(4);
  expect(meanOf(steps.map((step) => (step < 4 ? Number.NaN : step)))).toBeNaN();
});

it('begins each minute anew, and keeps what is there when devices join', () => {
  const means = createMinuteMeans(1);
  reserveMinuteMeans(means, 1);
  const out = new Float64Array(1);
  for (let i = 0; i < 30; i++) stepMinute(means, 0, Float64Array.of(7), 0, out);
  reserveMinuteMeans(means, 5);
  const done = Array.from({ length: 90 }, () => stepMinute(means, 0, Float64Array.of(7), 0, out));
  expect(done.flatMap((complete, i) => (complete ? [i] : []))).toEqual([29, 89]);
  expect(out[0]).toBe(7);
});

it('lies between the smallest and the largest value', () => {
  const minute = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(minute, (values) => {
      const mean = meanOf(values) ?? Number.NaN;
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1);
      expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1);
    }),
  );
});
