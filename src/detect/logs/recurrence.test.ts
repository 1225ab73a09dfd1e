import { expect, it } from 'vitest';
import { createRecurrenceCounter } from './recurrence';

it('counts how often a device came back to a template, older times less', () => {
  const counter = createRecurrenceCounter();
  expect(counter.count(1, 7, 0, false)).toBe(0);
  expect(counter.count(1, 7, 1000, false)).toBe(1);
  expect(counter.count(1, 7, 2000, false)).toBeCloseTo(1 + Math.exp(-1 / 60), 9);
  expect(counter.count(1, 7, 62_000, false)).toBeCloseTo(1 + Math.exp(-60 / 60) + Math.exp(-61 / 60), 9);
  expect(counter.count(1, 7, 700_000, false)).toBeLessThan(0.001);
});

it('adds up the templates of a device, and counts none that comes once', () => {
  const counter = createRecurrenceCounter();
  for (let template = 0; template < 8; template++) expect(counter.count(1, template, 1000 * template, false)).toBe(0);
  expect(counter.count(1, 0, 8000, false)).toBe(1);
  expect(counter.count(1, 1, 8000, false)).toBe(2);
  expect(counter.count(2, 1, 8000, false)).toBe(0);
});

it('takes the bad lines of a device for company, whatever their templates', () => {
  const counter = createRecurrenceCounter();
  expect([0, 1000, 2000].map((t, template) => Math.round(counter.count(1, 1 + template, t, true)))).toEqual([0, 1, 2]);
  expect(counter.count(2, 1, 2000, true)).toBe(0);
  // A stack trace is one outcry.
  expect([0, 1, 2].map((t, template) => counter.count(3, 5 + template, t, true))).toEqual([0, 0, 0]);
});

it('takes the lines of one outcry for one, and counts nothing without a clock', () => {
  const counter = createRecurrenceCounter();
  for (let line = 0; line < 30; line++) expect(counter.count(1, 7, line, false)).toBe(0);
  for (let line = 0; line < 30; line++) expect(counter.count(1, 8, 0, false)).toBe(0);
});

it('has a bounded memory, and forgets those silent for longest first', () => {
  const counter = createRecurrenceCounter();
  counter.count(1, 0, 0, false);
  for (let template = 1; template < 5000; template++) counter.count(1, template, 1000, false);
  expect(counter.count(1, 0, 2000, false)).toBe(0);
  expect(counter.count(1, 4999, 2000, false)).toBe(1);
});
