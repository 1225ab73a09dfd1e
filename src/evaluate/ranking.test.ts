import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, precisionRecallCurve, rocAuc } from './ranking';

const rows = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 60,
});
const split = (pairs: readonly (readonly [number, number])[]) => ({
  scores: pairs.map(([score]) => score),
  labels: pairs.map(([, label]) => label),
});

describe('rocAuc', () => {
  it('is 1 when every anomaly scores above every normal row, 0 when below', () => {
    expect(rocAuc({ scores: [1, 2, 3, 4], labels: [0, 0, 1, 1] })).toBe(1);
    expect(rocAuc({ scores: [1, 2, 3, 4], labels: [1, 1, 0, 0] })).toBe(0);
  });

  it('counts the ordered pairs: 3 of 4', () => {
    expect(rocAuc({ scores: [0.1, 0.4, 0.35, 0.8], labels: [0, 0, 1, 1] })).toBe(0.75);
  });

  it('counts a tie half', () => {
    expect(rocAuc({ scores: [5, 5], labels: [0, 1] })).toBe(0.5);
    expect(rocAuc({ scores: [1, 2, 2, 3], labels: [0, 0, 1, 1] })).toBe(3.5 / 4);
  });

  it('is NaN without anomalies and without normal rows', () => {
    expect(rocAuc({ scores: [1, 2], labels: [0, 0] })).toBeNaN();
    expect(rocAuc({ scores: [1, 2], labels: [1, 1] })).toBeNaN();
    expect(rocAuc({ scores: [], labels: [] })).toBeNaN();
  });

  it('leaves rows without a score out and ranks infinities', () => {
    expect(
      rocAuc({ scores: [Number.NaN, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], labels: [1, 0, 1, 0] }),
    ).toBe(0.75);
  });

  it('equals the count over all pairs', () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const positives = pairs.filter(([, label]) => label === 1);
        const negatives = pairs.filter(([, label]) => label === 0);
        fc.pre(positives.length > 0 && negatives.length > 0);
        let sum = 0;
        for (const [p] of positives) for (const [n] of negatives) sum += p > n ? 1 : p === n ? 0.5 : 0;
        expect(rocAuc(split(pairs))).toBeCloseTo(sum / (positives.length * negatives.length), 12);
      }),
    );
  });
});

describe('averagePrecision', () => {
  it('gives the textbook value', () => {
    // Ranked 1, 0, 1, 0: precision 1 at the first anomaly, 2/3 at the second.
    expect(averagePrecision({ scores: [0.8, 0.4, 0.35, 0.1], labels: [1, 0, 1, 0] })).toBeCloseTo((1 + 2 / 3) / 2, 15);
  });

  it('takes rows of one score together, so that their order cannot matter', () => {
    expect(averagePrecision({ scores: [1, 1, 1, 1], labels: [1, 0, 0, 0] })).toBe(0.25);
    expect(averagePrecision({ scores: [1, 1, 1, 1], labels: [0, 0, 0, 1] })).toBe(0.25);
  });

  it('is NaN without anomalies and 1 when all are', () => {
    expect(averagePrecision({ scores: [1, 2], labels: [0, 0] })).toBeNaN();
    expect(averagePrecision({ scores: [1, 2], labels: [1, 1] })).toBe(1);
  });
});

describe('precisionRecallCurve', () => {
  it('lists each distinct threshold from the highest down', () => {
    expect(precisionRecallCurve({ scores: [3, 2, 2, 1], labels: [1, 0, 1, 0] })).toEqual([
      { threshold: 3, precision: 1, recall: 0.5 },
      { threshold: 2, precision: 2 / 3, recall: 1 },
      { threshold: 1, precision: 0.5, recall: 1 },
    ]);
  });

  it('is empty without anomalies', () => {
    expect(precisionRecallCurve({ scores: [3, 2], labels: [0, 0] })).toEqual([]);
  });
});

describe('both', () => {
  it('depend on the ranking only: a strictly rising transform changes nothing', () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const plain = split(pairs);
        const bent = { ...plain, scores: plain.scores.map((score) => Math.exp(score / 20) * 3 - 7) };
        expect(rocAuc(bent)).toBe(rocAuc(plain));
        expect(averagePrecision(bent)).toBe(averagePrecision(plain));
      }),
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (pairs, keys) => {
        const shuffled = pairs.map((pair, i) => ({ pair, key: keys[i] })).sort((a, b) => a.key - b.key);
        const other = split(shuffled.map(({ pair }) => pair));
        expect(rocAuc(other)).toBe(rocAuc(split(pairs)));
        expect(averagePrecision(other)).toBe(averagePrecision(split(pairs)));
      }),
    );
  });

  it('refuse columns of different length', () => {
    expect(() => rocAuc({ scores: [1, 2], labels: [1] })).toThrow('2 and 1');
  });
});
