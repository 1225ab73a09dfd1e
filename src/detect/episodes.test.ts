import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmPeaks, openingLevels } from './episodes';
import { createIntervalState, SLOW_INTERVAL_RULES, stepInterval } from './intervals';

const RULES = { openWindow: 3 };
const NONE = Number.NEGATIVE_INFINITY;

describe('the threshold at which a sample would open an alarm', () => {
  it('is the lower one of its own score and the best of the two before', () => {
    const played = { scores: [5, 1, 4, 9, 2], at: [0, 1, 2, 3, 4] };
    expect([...openingLevels(played, RULES)]).toEqual([NONE, 1, 4, 4, 2]);
  });

  it('looks neither past a hole nor at another device, and never at NaN', () => {
    expect([...openingLevels({ scores: [5, 5, 5], at: [0, 3, 1e9] }, RULES)]).toEqual([NONE, NONE, NONE]);
    expect([...openingLevels({ scores: [7, Number.NaN, 6], at: [0, 1, 2] }, RULES)]).toEqual([NONE, Number.NaN, 6]);
  });
});

describe('the peaks of alarms', () => {
  const levels = Float64Array.of(3, 5, 1, 4, Number.NaN, 6);

  it('are one for each stretch that reaches the threshold again within the gap', () => {
    const at = [0, 1, 2, 3, 4, 50];
    expect([...alarmPeaks(levels, at, { threshold: 3, gap: 10 })]).toEqual([5, 6]);
    expect([...alarmPeaks(levels, at, { threshold: 3, gap: 1 })]).toEqual([5, 4, 6]);
    expect([...alarmPeaks(levels, at, { threshold: 3, gap: 100 })]).toEqual([6]);
    expect(alarmPeaks(levels, at, { threshold: 7, gap: 10 })).toHaveLength(0);
  });

  it('are as many as the alerts that the same scores open', () => {
    const score = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 5, max: 10, noNaN: true }),
        (scores, threshold) => {
          const at = scores.map((_, i) => i);
          let state = createIntervalState(0);
          const begins = new Set<number>();
          scores.forEach((value, t) => {
            const step = stepInterval(
              state,
              { t, flagged: value >= threshold, score: value, enormous: false },
              SLOW_INTERVAL_RULES,
            );
            state = step.state;
            if (state.interval) begins.add(state.interval.from);
          });
          const { calmSamples, refractorySamples } = SLOW_INTERVAL_RULES;
          const opening = openingLevels({ scores, at }, SLOW_INTERVAL_RULES);
          const counted = alarmPeaks(opening, at, { threshold, gap: calmSamples + refractorySamples }).length;
          // A lone flag extends an alert that is open, which it could not have opened: the count may split one, never join two.
          expect(counted).toBeGreaterThanOrEqual(begins.size);
          expect(counted).toBeLessThanOrEqual(begins.size + scores.length / 30);
        },
      ),
    );
  });
});
