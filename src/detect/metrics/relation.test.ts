import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRelation, leaveUnexplained, type Relation, readCorrelations, relate } from './relation';

/** Of two metrics; undefined where there is none. */
function relationOf(correlations: readonly number[], deviation: readonly number[]): Relation | undefined {
  const relation = createRelation(2);
  relation.deviation.set(deviation);
  return relate(relation, Float64Array.from(correlations)) ? relation : undefined;
}

const two = (correlation: number, unit = 1) => {
  const relation = relationOf([1, correlation, correlation, 1], [2, 10 * unit]);
  if (!relation) throw new Error('no relation');
  return relation;
};

function left(correlation: number, departures: readonly number[]): readonly number[] {
  const out = new Float64Array(2);
  leaveUnexplained(two(correlation), Float64Array.from(departures), out);
  return [...out];
}

it('leaves departures as they are where nothing goes together', () => {
  expect(left(0, [3, -4])).toEqual([3, -4]);
  expect(two(0).left[1]).toBe(10);
});

it('takes away what the other metric lets expect: its departure in deviations, times the correlation', () => {
  // A correlation of 0.8 counts as 0.76: 5 % is left apart.
  const [first, second] = left(0.8, [2, 10]);
  expect(first).toBeCloseTo(2 * (1 - 0.76), 9);
  expect(second).toBeCloseTo(10 * (1 - 0.76), 9);
  expect(two(0.8).left[0]).toBeCloseTo(2 * Math.sqrt(1 - 0.76 ** 2), 9);
});

it('reads correlations from a covariance matrix within a column of them', () => {
  const cov = Float64Array.of(0, 4, 10, 10, 100);
  const out = new Float64Array(4);
  readCorrelations(cov, 1, Float64Array.of(2, 10), out);
  expect([...out]).toEqual([1, 0.5, 0.5, 1]);
});

it('has no relation for what no covariance is like', () => {
  expect(relationOf([1, 3, 3, 1], [1, 1])).toBeUndefined();
  expect(relationOf([1, Number.NaN, Number.NaN, 1], [1, 1])).toBeUndefined();
});

it('does not depend on the units', () => {
  const scale = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  const departure = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(scale, departure, departure, (unit, a, b) => {
      const [plain, scaled] = [new Float64Array(2), new Float64Array(2)];
      leaveUnexplained(two(0.6), Float64Array.of(a, b), plain);
      leaveUnexplained(two(0.6, unit), Float64Array.of(a, b * unit), scaled);
      expect(scaled[0]).toBeCloseTo(plain[0], 6);
      expect(scaled[1] / unit).toBeCloseTo(plain[1], 6);
    }),
  );
});
