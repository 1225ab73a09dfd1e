import { expect, it } from 'vitest';
import { createRecurrenceCounter } from './recurrence';

it('counts how often a device came back to a template, older times less', () => {
  const counter = createRecurrenceCounter();
  expect(counter.count(1, 7, 0)).toBe(0);
  expect(counter.count(1, 7, 1000)).toBe(1);
  expect(counter.count(1, 7, 2000)).toBeCloseTo(1 + Math.exp(-1 / 60), 9);
  expect(counter.count(1, 7, 62_000)).toBeCloseTo(1 + Math.exp(-60 / 60) + Math.exp(-61 / 60), 9);
  expect(counter.count(1, 7, 700_000)).toBeLessThan(0.001);
});

it('adds up the templates of a device, and counts none that comes once', () => {
  const counter = createRecurrenceCounter();
  for (let template = 0; template < 8; template++) expect(counter.count(1, template, 1000 * template)).toBe(0);
  expect(counter.count(1, 0, 8000)).toBe(1);
  expect(counter.count(1, 1, 8000)).toBe(2);
  expect(counter.count(2, 1, 8000)).toBe(0);
});

it('takes the lines of one outcry for one, and counts nothing without a clock', () => {
  const counter = createRecurrenceCounter();
  for (let line = 0; line < 30; line++) expect(counter.count(1, 7, line)).toBe(0);
  for (let line = 0; line < 30; line++) expect(counter.count(1, 8, 0)).toBe(0);
});

it('has a bounded memory, and forgets those silent for longest first', () => {
  const counter = createRecurrenceCounter();
  counter.count(1, 0, 0);
  for (let template = 1; template < 5000; template++) counter.count(1, template, 1000);
  expect(counter.count(1, 0, 2000)).toBe(0);
  expect(counter.count(1, 4999, 2000)).toBe(1);
});
