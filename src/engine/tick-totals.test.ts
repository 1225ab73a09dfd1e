import { expect, it } from 'vitest';
import { createTickTotals } from './tick-totals';

it('means over the devices that reported, highest value, and the focused device', () => {
  const totals = createTickTotals(1, 1);
  totals.add([10], 0, 1, false, 5);
  totals.add([30], 1, 1, true, 70);
  totals.add([Number.NaN], 2, 1, false, Number.NaN);
  const tick = totals.endStep(1000);
  expect(tick).toMatchObject({ t: 1000, flagged: 1, score: 70 });
  expect([tick?.mean[0], tick?.high[0], tick?.focus[0]]).toEqual([20, 30, 30]);
});

it('shows a step in which nobody reported as missing, not as zero', () => {
  const tick = createTickTotals(1, 1).endStep(1000);
  expect([tick?.mean[0], tick?.score]).toEqual([Number.NaN, Number.NaN]);
});

it('joins stride steps to one point and gives the rest on flush', () => {
  const totals = createTickTotals(1, 2);
  totals.add([1], 0, undefined, false, 1);
  expect(totals.endStep(0)).toBeUndefined();
  totals.add([3], 0, undefined, true, 2);
  expect(totals.endStep(1)).toMatchObject({ t: 0, flagged: 1, score: 2 });
  totals.add([5], 0, undefined, false, 1);
  totals.endStep(2);
  expect(totals.flush()).toMatchObject({ t: 2 });
  expect(totals.flush()).toBeUndefined();
});
