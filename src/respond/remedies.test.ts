import { expect, it } from 'vitest';
import { CAUSES } from '../domain/alerts';
import { suggestRemedy } from './remedies';

it.each(CAUSES)('%s has three or four short steps of its own', (cause) => {
  const steps = suggestRemedy(cause);
  expect([3, 4]).toContain(steps.length);
  for (const step of steps) expect(step).toMatch(/^[A-Z].{10,100}\.$/);
  const others = CAUSES.filter((other) => other !== cause).flatMap((other) => suggestRemedy(other));
  expect(others).not.toEqual(expect.arrayContaining([steps[0]]));
});
