import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { sortFloats } from './sort-floats';

it('sorts a few values, negative ones, zeros and infinities too', () => {
  const values = Float32Array.of(3, -1, 0, Number.POSITIVE_INFINITY, -0, 1e-45, -3.4e38, 2);
  expect(sortFloats(values)).toEqual(Float32Array.of(-3.4e38, -1, -0, 0, 1e-45, 2, 3, Number.POSITIVE_INFINITY));
});

it('gives what the built-in sort gives, to the bit, in place', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 40 }), fc.nat(), (some, seed) => {
      const random = createRandom(seed, 'sort');
      // Long enough to be counted, with many ties among the odd values.
      const values = Float32Array.from({ length: 700 }, (_, i) =>
        i % 3 === 0 ? some[i % some.length] : random.normal(),
      );
      const expected = values.slice().sort();
      const sorted = sortFloats(values);
      expect(sorted).toBe(values);
      expect(new Uint32Array(sorted.buffer)).toEqual(new Uint32Array(expected.buffer));
    }),
  );
});

it('sorts a part of a longer array and leaves the rest alone', () => {
  const random = createRandom(1, 'sort');
  const all = Float32Array.from({ length: 1000 }, () => random.normal());
  const before = all.slice();
  sortFloats(all.subarray(100, 900));
  expect([...all.subarray(100, 900)]).toEqual([...before.slice(100, 900).sort()]);
  expect([...all.subarray(0, 100), ...all.subarray(900)]).toEqual([
    ...before.subarray(0, 100),
    ...before.subarray(900),
  ]);
});
