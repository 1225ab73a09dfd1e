import { describe, expect, it } from 'vitest';
import { catchUpSteps, mostSteps } from './pull-size';

describe('the size of a pull', () => {
  it('is a minute of history for a fleet of the usual size, and what is left at the end', () => {
    expect(catchUpSteps(48, 900)).toBe(60);
    expect(catchUpSteps(48, 7)).toBe(7);
    expect(catchUpSteps(0, 900)).toBe(60);
  });

  it('shrinks with the fleet, so that no worker is busy for long with one, but never to nothing', () => {
    expect(catchUpSteps(1000, 900)).toBe(20);
    expect(catchUpSteps(10_000, 900)).toBe(2);
    expect(mostSteps(10_000)).toBe(2);
    expect(mostSteps(1_000_000)).toBe(1);
  });
});
