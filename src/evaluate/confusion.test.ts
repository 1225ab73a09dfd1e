import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countConfusion, f1Of, precisionOf, recallOf } from './confusion';

describe('countConfusion', () => {
  it('counts each kind', () => {
    expect(countConfusion([1, 1, 0, 0, 1], [1, 0, 1, 0, 1])).toEqual({
      truePositives: 2,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 1,
    });
  });

  it('gives precision, recall and F1 of 2/3', () => {
    const counts = countConfusion([1, 1, 0, 0, 1], [1, 0, 1, 0, 1]);
    expect(precisionOf(counts)).toBeCloseTo(2 / 3, 15);
    expect(recallOf(counts)).toBeCloseTo(2 / 3, 15);
    expect(f1Of(counts)).toBeCloseTo(2 / 3, 15);
  });

  it('has no precision when nothing was flagged, no recall and no F1 when nothing is anomalous', () => {
    expect(precisionOf(countConfusion([0, 0], [1, 0]))).toBeNaN();
    expect(f1Of(countConfusion([0, 0], [1, 0]))).toBe(0);
    expect(recallOf(countConfusion([1, 0], [0, 0]))).toBeNaN();
    expect(f1Of(countConfusion([1, 0], [0, 0]))).toBeNaN();
  });

  it('refuses columns of different length', () => {
    expect(() => countConfusion([1], [1, 0])).toThrow('1 and 2');
  });

  it('has an F1 between the smaller and the larger of precision and recall', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 40 }), (pairs) => {
        const counts = countConfusion(
          pairs.map(([flag]) => flag),
          pairs.map(([, label]) => label),
        );
        const [p, r] = [precisionOf(counts), recallOf(counts)];
        fc.pre(!Number.isNaN(p) && !Number.isNaN(r));
        expect(f1Of(counts)).toBeGreaterThanOrEqual(Math.min(p, r) - 1e-12);
        expect(f1Of(counts)).toBeLessThanOrEqual(Math.max(p, r) + 1e-12);
      }),
    );
  });
});
