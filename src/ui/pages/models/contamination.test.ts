import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTING_SPECS } from '../../../domain/settings';
import { budgetOfPercent, contaminationSpec, percentOfBudget } from './contamination';

const budget = SETTING_SPECS.find((spec) => spec.key === 'falseAlarmsPerDay');
if (budget === undefined) throw new Error('the budget is not described');
const EACH_SECOND = 86_400;

describe('contamination beside the budget of false alarms', () => {
  it('says one as the other, in percent', () => {
    expect(percentOfBudget(86.4, EACH_SECOND)).toBe(0.1);
    expect(budgetOfPercent(0.1, EACH_SECOND, budget)).toBe(86.4);
  });

  it('goes both ways: what is shown stands for the budget that it came from', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 8000, noNaN: true }), (falseAlarms) => {
        const back = budgetOfPercent(percentOfBudget(falseAlarms, EACH_SECOND), EACH_SECOND, budget);
        expect(back / falseAlarms).toBeCloseTo(1, 3);
      }),
    );
  });

  it('stays inside what the settings allow', () => {
    expect(budgetOfPercent(50, EACH_SECOND, budget)).toBe(budget.max);
    expect(budgetOfPercent(1e-9, EACH_SECOND, budget)).toBe(budget.min);
    const spec = contaminationSpec(budget, EACH_SECOND);
    expect([spec.min, spec.max]).toEqual([percentOfBudget(budget.min, EACH_SECOND), 10]);
  });

  it('ends at one half of the samples where they are few', () => {
    expect(contaminationSpec(budget, 288).max).toBe(50);
  });
});
