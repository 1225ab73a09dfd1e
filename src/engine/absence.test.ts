import { expect, it } from 'vitest';
import { planReturn } from './absence';

const NOON = Date.UTC(2026, 0, 5, 12);

it('starts a new fleet now, with nothing to catch up with', () => {
  expect(planReturn(undefined, NOON)).toEqual({ resumeAt: NOON, catchUpSteps: 0, isLong: false });
});

it('leaves no gap after a short absence', () => {
  expect(planReturn(NOON - 61_000, NOON)).toEqual({ resumeAt: NOON - 60_000, catchUpSteps: 60, isLong: false });
});

it('catches up with twelve minutes of a longer one, and calls more than half an hour long', () => {
  expect(planReturn(NOON - 3_600_000, NOON)).toEqual({ resumeAt: NOON - 720_000, catchUpSteps: 720, isLong: true });
});

it('has nothing to catch up with where the clock stood still', () => {
  expect(planReturn(NOON - 3_600_000, NOON, true)).toEqual({
    resumeAt: NOON - 3_599_000,
    catchUpSteps: 0,
    isLong: false,
  });
});

it('never goes back behind what is stored', () => {
  expect(planReturn(NOON + 5000, NOON)).toEqual({ resumeAt: NOON + 6000, catchUpSteps: 0, isLong: false });
});
