import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { combine, decayingMax, fadedValue, type HybridVerdict, unitScore } from './hybrid';

const thresholds = { metric: 5, log: 4 };
function join(metricRarity: number, logRarity: number, settings = DEFAULT_SETTINGS): HybridVerdict {
  return combine({ metricRarity, logRarity, settings, thresholds });
}

describe('hybrid', () => {
  it('gives a unit of one over the weight at the threshold, 0 for nothing and for NaN', () => {
    expect(unitScore(5, 5, 1.5)).toBeCloseTo(1 / 1.5, 12);
    expect(unitScore(0, 5, 1)).toBe(0);
    expect(unitScore(Number.NaN, 5, 1)).toBe(0);
  });

  it('alarms when either member alone reaches its own threshold', () => {
    expect(join(5, 0)).toMatchObject({ hybrid: 1, flagged: true, score: 50 });
    expect(join(Number.NaN, 4).hybrid).toBeCloseTo(1, 12);
    expect(join(Number.NaN, 4).flagged).toBe(true);
    expect(join(4.99, 0).flagged).toBe(false);
  });

  it('alarms when two members that are half sure agree', () => {
    const half = Math.SQRT1_2 + 1e-9;
    expect(join(5 * half, Number.NaN).flagged).toBe(false);
    expect(join(5 * half, 4 * half).flagged).toBe(true);
  });

  it('has nothing to say when no member has', () => {
    expect(join(Number.NaN, Number.NaN)).toEqual({ hybrid: Number.NaN, flagged: false, score: Number.NaN });
    expect(join(9, Number.NaN, { ...DEFAULT_SETTINGS, metricsOn: false }).score).toBeNaN();
    expect(join(9, Number.NaN, { ...DEFAULT_SETTINGS, metricWeight: 0 }).flagged).toBe(false);
  });

  it('raises the score when both members are high, never above 100', () => {
    expect(join(7, 7).score).toBeCloseTo(85, 9);
    expect(join(7, 1).score).toBe(70);
    expect(join(12, 12).score).toBe(100);
  });

  it('never falls when a member rises', () => {
    const rarity = fc.double({ min: 0, max: 12, noNaN: true });
    fc.assert(
      fc.property(rarity, rarity, rarity, (metric, log, more) => {
        const before = join(metric, log);
        const after = join(Math.max(metric, more), log);
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(after.hybrid).toBeGreaterThanOrEqual(before.hybrid);
      }),
    );
  });
});

describe('fading log evidence', () => {
  const none = { value: Number.NaN, at: 0 };

  it('stays whole for the hold, is half gone half way through the next one, and then nothing', () => {
    const line = decayingMax(none, 6, 1000, 4000);
    expect(fadedValue(line, 5000, 4000)).toBe(6);
    expect(fadedValue(line, 7000, 4000)).toBe(3);
    expect(fadedValue(line, 9000, 4000)).toBeNaN();
  });

  it('keeps the larger of what is left and what is new', () => {
    const line = decayingMax(none, 6, 0, 4000);
    expect(decayingMax(line, 2, 1000, 4000)).toBe(line);
    expect(decayingMax(line, 4, 6000, 4000)).toEqual({ value: 4, at: 6000 });
    expect(decayingMax(line, Number.NaN, 1000, 4000)).toBe(line);
    expect(decayingMax(line, Number.NaN, 9000, 4000).value).toBeNaN();
  });
});
