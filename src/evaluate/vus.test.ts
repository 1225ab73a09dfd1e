import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from './ranking';
import { vusPr } from './vus';

const labels = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0];
const scores = [1, 3, 9, 2, 4, 1, 0, 5, 8, 1];

describe('vusPr', () => {
  // Values of an independent implementation that was checked against the authors' own.
  it.each([
    [0.666666666666667, 0],
    [0.666666666666667, 1],
    [0.741178915472881, 2],
    [0.823309983949457, 4],
    [0.89224531903503, 8],
  ] as const)('gives %d for a widest window of %d', (value, maxWindow) => {
    expect(vusPr({ labels, scores, maxWindow })).toBeCloseTo(value, 12);
  });

  it('is 1 without a buffer where every anomalous row scores above every other', () => {
    expect(vusPr({ labels, scores: labels, maxWindow: 0 })).toBeCloseTo(1, 12);
  });

  it('forgives a score that comes one row late, which average precision does not', () => {
    const late = [0, ...labels.slice(0, -1)];
    expect(vusPr({ labels, scores: late, maxWindow: 6 })).toBeGreaterThan(
      averagePrecision({ labels, scores: late }) + 0.1,
    );
  });

  it('takes what is not finite as the lowest score', () => {
    const holes = scores.map((score) => (score === 0 ? Number.NaN : score));
    expect(vusPr({ labels, scores: holes, maxWindow: 2 })).toBe(
      vusPr({ labels, scores: scores.map((score) => (score === 0 ? 1 : score)), maxWindow: 2 }),
    );
  });

  it('has nothing to say without anomalous or without normal rows', () => {
    expect(vusPr({ labels: [0, 0], scores: [1, 2], maxWindow: 2 })).toBeNaN();
    expect(vusPr({ labels: [1, 1], scores: [1, 2], maxWindow: 2 })).toBeNaN();
  });

  it('stays within 0..1', () => {
    const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(9)), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.nat(12), (pairs, maxWindow) => {
        const value = vusPr({ labels: pairs.map(([l]) => l), scores: pairs.map(([, s]) => s), maxWindow });
        fc.pre(!Number.isNaN(value));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
