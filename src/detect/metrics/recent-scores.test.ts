import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecentScores, rarityOfLate, stepRecentScores } from './recent-scores';

describe('recent scores', () => {
  it('counts the share of the memory that scored as high, without the sample itself', () => {
    const recent = createRecentScores(24);
    expect(stepRecentScores(recent, 0, 5)).toBe(0);
    expect(stepRecentScores(recent, 0, 5)).toBeCloseTo(1 / 900, 6);
    expect(stepRecentScores(recent, 0, 50)).toBe(0);
    expect(stepRecentScores(recent, 0, 1)).toBeCloseTo(3 / 900, 5);
    expect(stepRecentScores(recent, 1, 1)).toBe(0);
  });

  it('lets a level that lasts be in alarm for a fiftieth of three days, and again once that is forgotten', () => {
    const recent = createRecentScores(1440);
    const step = (score: number): boolean => rarityOfLate(6, stepRecentScores(recent, 0, score)) >= 6;
    for (let i = 0; i < 4320; i++) step(1);
    const shift = Array.from({ length: 1000 }, () => step(100));
    const alarmed = shift.filter(Boolean).length;
    expect(alarmed).toBeGreaterThan(80);
    expect(alarmed).toBeLessThan(95);
    expect(shift.indexOf(false)).toBe(alarmed);
    expect(step(200)).toBe(true);
    for (let i = 0; i < 20_000; i++) step(1);
    expect(step(100)).toBe(true);
  });

  it('never makes a sample rarer, and leaves alone what 1 in 50 did not reach', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rarity, share) => {
          const late = rarityOfLate(rarity, share);
          expect(late).toBeLessThanOrEqual(rarity);
          if (share <= 0.02) expect(late).toBe(rarity);
          else expect(late).toBeLessThan(1.7);
        },
      ),
    );
  });

  it('takes any score, from nothing to the largest float', () => {
    const recent = createRecentScores(1440);
    for (const score of [0, 3e38, 1e-300, 3e38]) expect(Number.isFinite(stepRecentScores(recent, 0, score))).toBe(true);
  });
});
