import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from './ranking';
import { BINS, binEdge, binnedAveragePrecision, binnedCurve, binOf, createBins, MAX_CURVE_POINTS } from './score-bins';

const rarity = fc.double({ min: 0, max: 12, noNaN: true });
const samples = fc.array(fc.tuple(rarity, fc.boolean()), { minLength: 1, maxLength: 200 });

function fill(list: readonly (readonly [number, boolean])[]) {
  const positives = createBins();
  const negatives = createBins();
  for (const [score, isPositive] of list) (isPositive ? positives : negatives)[binOf(score)]++;
  return { positives, negatives };
}

describe('binOf', () => {
  it('puts a score into the bin whose edges it lies between', () => {
    fc.assert(
      fc.property(rarity, (score) => {
        const bin = binOf(score);
        expect(score).toBeGreaterThanOrEqual(binEdge(bin) - 1e-12);
        expect(score).toBeLessThan(binEdge(bin + 1) + 1e-12);
      }),
    );
  });

  it('keeps what lies outside in the outermost bins', () => {
    expect(binOf(-1)).toBe(0);
    expect(binOf(Number.POSITIVE_INFINITY)).toBe(BINS - 1);
  });
});

describe('binnedAveragePrecision', () => {
  it('gives what a reader can count: hits at ranks 1 and 3 of 3', () => {
    const { positives, negatives } = fill([
      [5, true],
      [4, false],
      [3, true],
    ]);
    expect(binnedAveragePrecision(positives, negatives)).toEqual({
      value: (1 + 2 / 3) / 2,
      low: (1 + 2 / 3) / 2,
      high: (1 + 2 / 3) / 2,
    });
  });

  it('says how far a tie may go: one of each in a bin is between 1/2 and 1', () => {
    const { positives, negatives } = fill([
      [5, true],
      [5.0001, false],
    ]);
    expect(binnedAveragePrecision(positives, negatives)).toEqual({ value: 0.5, low: 0.5, high: 1 });
  });

  it('holds the exact value between its bounds', () => {
    fc.assert(
      fc.property(samples, (list) => {
        fc.pre(list.some(([, isPositive]) => isPositive));
        const { positives, negatives } = fill(list);
        const { value, low, high } = binnedAveragePrecision(positives, negatives);
        const exact = averagePrecision({ scores: list.map(([s]) => s), labels: list.map(([, p]) => (p ? 1 : 0)) });
        for (const figure of [exact, value]) {
          expect(figure).toBeGreaterThanOrEqual(low - 1e-12);
          expect(figure).toBeLessThanOrEqual(high + 1e-12);
        }
      }),
    );
  });

  it('has none without positives', () => {
    expect(binnedAveragePrecision(createBins(), createBins()).value).toBeNaN();
  });
});

describe('binnedCurve', () => {
  it('is the curve itself where it has few points', () => {
    const { positives, negatives } = fill([
      [5, true],
      [4, false],
      [3, true],
    ]);
    expect(binnedCurve(positives, negatives)).toEqual([
      { threshold: binEdge(binOf(5)), precision: 1, recall: 0.5 },
      { threshold: binEdge(binOf(3)), precision: 2 / 3, recall: 1 },
    ]);
  });

  it('keeps both ends and no more than its points, with recall rising', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: BINS, maxLength: BINS }), (counts) => {
        const positives = Uint32Array.from(counts, ([p]) => p);
        const curve = binnedCurve(
          positives,
          Uint32Array.from(counts, ([, n]) => n),
        );
        expect(curve.length).toBeLessThanOrEqual(MAX_CURVE_POINTS);
        expect(curve[curve.length - 1].recall).toBe(1);
        expect(curve[0].threshold).toBe(binEdge([...positives].map((count) => count > 0).lastIndexOf(true)));
        for (let i = 1; i < curve.length; i++) expect(curve[i].recall).toBeGreaterThan(curve[i - 1].recall);
      }),
      { numRuns: 20 },
    );
  });

  it('is empty without positives', () => {
    expect(binnedCurve(createBins(), createBins())).toEqual([]);
  });
});
