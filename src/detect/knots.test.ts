import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKnots, findKnot, stepsOf } from './knots';

it('finds the last knot at or below a value, within its own list and never the last one of it', () => {
  const knots = createKnots(Int32Array.of(0, 3, 5), Float64Array.of(-2, 0, 4, -1, 1));
  expect([-9, -2, -0.1, 0, 3.9, 4, 9].map((value) => findKnot(knots, 0, value))).toEqual([0, 0, 0, 1, 1, 1, 1]);
  expect([-9, 0.5, 9].map((value) => findKnot(knots, 1, value))).toEqual([3, 3, 3]);
  expect([stepsOf(knots, 0), stepsOf(knots, 1)]).toEqual([1, 1]);
});

it('finds what a look at every knot finds, and within the steps it says, however unevenly they stand', () => {
  const gap = fc.oneof(
    fc.double({ min: 1e-9, max: 1e-6, noNaN: true }),
    fc.double({ min: 0.1, max: 1e6, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(gap, { minLength: 1, maxLength: 40 }),
      fc.array(fc.double(), { maxLength: 20 }),
      (gaps, some) => {
        const x = Float64Array.of(-5, ...gaps).map((_, i, all) => all.slice(0, i + 1).reduce((sum, g) => sum + g, 0));
        const knots = createKnots(Int32Array.of(0, x.length), x);
        for (const value of [...x, ...some]) {
          const wanted = Math.max(0, x.subarray(0, -1).filter((knot) => knot <= value).length - 1);
          expect(findKnot(knots, 0, value)).toBe(wanted);
        }
        expect(stepsOf(knots, 0)).toBeLessThanOrEqual(Math.max(1, x.length - 2));
      },
    ),
  );
});
