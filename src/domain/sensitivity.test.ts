import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetOfContamination, contaminationOfBudget, samplesPerDayAt } from './sensitivity';

it('is the share of a day of samples, ten of which are one alarm where they are slow', () => {
  expect(contaminationOfBudget(86.4, samplesPerDayAt(1000))).toBeCloseTo(0.001, 12);
  expect(contaminationOfBudget(1.44, samplesPerDayAt(60_000))).toBeCloseTo(0.01, 12);
});

it('goes both ways as long as no more than half is asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 0.5, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (contamination, perDay) => {
        const budget = budgetOfContamination(contamination, perDay);
        expect(contaminationOfBudget(budget, perDay) / contamination).toBeCloseTo(1, 9);
      },
    ),
  );
});

it('ends at one half, and is not a number for what is no budget', () => {
  expect(contaminationOfBudget(1e9, 86_400)).toBe(0.5);
  expect(budgetOfContamination(7, 100_000)).toBe(50_000);
  for (const bad of [0, -1, Number.NaN]) {
    expect(contaminationOfBudget(bad, 86_400)).toBeNaN();
    expect(budgetOfContamination(0.1, bad)).toBeNaN();
  }
});
