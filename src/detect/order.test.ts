import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { type Order, orderOf } from './order';

/** Long enough to be cut into buckets: the same few values over and over among ordinary ones. */
function manyOf(some: readonly number[], seed: number): Float32Array {
  const random = createRandom(seed, 'order');
  return Float32Array.from({ length: 700 }, (_, i) => (i % 3 === 0 ? some[i % some.length] : random.normal()));
}

const positions = (order: Order): number[] => Array.from({ length: order.n }, (_, i) => order.valueAt(i));

it('puts a few values in order and leaves out what is not finite', () => {
  const order = orderOf([3, Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 3]);
  expect(positions(order)).toEqual([-1, 0.5, 3, 3]);
  expect([-2, -1, 0, 3, 4].map((value) => order.countAtLeast(value))).toEqual([4, 4, 3, 2, 0]);
  expect(order.valuesFrom(2)).toEqual(Float64Array.of(3, 3));
});

it('has the same order for many float32 values as sorting all of them, whichever is asked for first', () => {
  fc.assert(
    fc.property(fc.array(fc.float(), { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(699), (some, seed, from) => {
      const values = manyOf(some, seed);
      const before = values.slice();
      const sorted = Float64Array.from(values, (value) => value + 0)
        .filter(Number.isFinite)
        .sort();
      const backwards = orderOf(values);
      const asked = sorted.map((_, i) => backwards.valueAt(sorted.length - 1 - i));
      expect(asked.reverse()).toEqual(sorted);
      const position = Math.min(from, sorted.length - 1);
      expect(orderOf(values).valuesFrom(position)).toEqual(sorted.slice(position));
      expect(values).toEqual(before);
    }),
  );
});

it('counts among many float32 values what is at least as large, of values beyond and between them too', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 40 }), fc.nat(), (some, seed) => {
      const values = manyOf(some, seed);
      const order = orderOf(values);
      for (const value of [...some, 0, -0, 1e-3, -1e-3, 3.4e38, -3.4e38]) {
        if (!Number.isFinite(value)) continue;
        const bound = Math.fround(value);
        expect(order.countAtLeast(bound)).toBe(values.filter((one) => Number.isFinite(one) && one >= bound).length);
      }
    }),
  );
});

it('has an order of nothing, and of many equal values', () => {
  expect(orderOf(new Float32Array(600).fill(Number.NaN)).n).toBe(0);
  const equal = orderOf(new Float32Array(600).fill(0.25));
  expect([equal.valueAt(0), equal.valueAt(599), equal.countAtLeast(0.25), equal.countAtLeast(0.26)]).toEqual([
    0.25, 0.25, 600, 0,
  ]);
});
