import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type CountVector,
  countTemplates,
  nearestVector,
  vectorDistance,
  vectorKey,
  weighTemplates,
} from './session-vectors';

const vector = (...templates: number[]): CountVector => countTemplates({ id: '', templates });
const FLAT = { weights: new Map<number, number>(), unknown: 1 };
const far = Number.POSITIVE_INFINITY;

it('counts templates, in any order of lines', () => {
  expect(vector(7, 3, 7, 7)).toEqual({ templates: [3, 7], counts: [1, 3] });
  expect(vector(7, 7, 3, 7)).toEqual(vector(3, 7, 7, 7));
  expect(vectorKey(vector(7, 3, 7))).toBe('3:1 7:2');
  expect(vector()).toEqual({ templates: [], counts: [] });
});

it('measures distance in logarithms of counts', () => {
  expect(vectorDistance(vector(1, 2), vector(1, 2), FLAT, far)).toBe(0);
  expect(vectorDistance(vector(1), vector(2), FLAT, far)).toBeCloseTo(2 * Math.LN2, 12);
  expect(vectorDistance(vector(1, 1, 1), vector(1), FLAT, far)).toBeCloseTo(Math.LN2, 12);
  expect(vectorDistance(vector(), vector(5), FLAT, far)).toBeCloseTo(Math.LN2, 12);
});

it('weighs rare templates more, unknown ones most', () => {
  const space = weighTemplates([vector(1, 2), vector(1), vector(1)]);
  expect(space.weights.get(1)).toBeCloseTo(1, 12);
  expect(space.weights.get(2)).toBeCloseTo(1 + Math.log(2), 12);
  expect(space.unknown).toBeCloseTo(1 + Math.log(4), 12);
});

it('finds the nearest vector', () => {
  const normal = [vector(1, 2), vector(1, 3, 3), vector(4)];
  expect(nearestVector(vector(1, 3, 3, 3), normal, FLAT)).toMatchObject({ at: 1 });
  expect(nearestVector(vector(4), normal, FLAT)).toEqual({ at: 2, distance: 0 });
  expect(nearestVector(vector(4), [], FLAT)).toEqual({ at: -1, distance: far });
});

it('is a distance: symmetric, zero for equals only, and no way round is shorter', () => {
  const session = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }).map((templates) => vector(...templates));
  fc.assert(
    fc.property(session, session, session, (a, b, c) => {
      const ab = vectorDistance(a, b, FLAT, far);
      expect(ab).toBeCloseTo(vectorDistance(b, a, FLAT, far), 12);
      expect(ab === 0).toBe(vectorKey(a) === vectorKey(b));
      expect(ab).toBeLessThanOrEqual(vectorDistance(a, c, FLAT, far) + vectorDistance(c, b, FLAT, far) + 1e-12);
    }),
    { seed: 1, numRuns: 200 },
  );
});
