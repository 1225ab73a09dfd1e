import type { ParamSpec } from '../../../domain/params';
import { budgetOfContamination, contaminationOfBudget } from '../../../domain/sensitivity';

/** Digits that are shown of a contamination, and kept of a budget that one stands for: more than a person means by either. */
const SHOWN_DIGITS = 4;
const KEPT_DIGITS = 6;

/** Contamination in percent of all samples that a budget of false alarms per device and day stands for. samplesPerDay: of one device. */
export function percentOfBudget(falseAlarmsPerDay: number, samplesPerDay: number): number {
  return round(100 * contaminationOfBudget(falseAlarmsPerDay, samplesPerDay), SHOWN_DIGITS);
}

/** The budget that a contamination in percent stands for, inside what the settings allow. */
export function budgetOfPercent(percent: number, samplesPerDay: number, budget: ParamSpec): number {
  const asked = round(budgetOfContamination(percent / 100, samplesPerDay), KEPT_DIGITS);
  return Math.min(budget.max, Math.max(budget.min, asked));
}

/** The other input of the sensitivity: its range is that of the budget, said as a share of samples. */
export function contaminationSpec(budget: ParamSpec, samplesPerDay: number): ParamSpec {
  const percent = (falseAlarms: number): number => percentOfBudget(falseAlarms, samplesPerDay);
  return {
    key: 'contamination',
    label: 'Contamination',
    unit: '% of samples',
    min: percent(budget.min),
    max: percent(budget.max),
    default: percent(budget.default),
    step: 0.1,
    help: 'The same sensitivity as a share of samples that may be flagged. It moves the threshold only, never the model.',
  };
}

function round(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
