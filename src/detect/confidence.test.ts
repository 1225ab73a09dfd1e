import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calibrationConfidence, deviceConfidence } from './confidence';

it('is nothing at first and half at what the constants stand for', () => {
  expect([calibrationConfidence(0), deviceConfidence(Number.NaN)]).toEqual([0, 0]);
  expect([calibrationConfidence(2500), deviceConfidence(60)]).toEqual([0.5, 0.5]);
});

it('grows with what was seen and never reaches one', () => {
  // Beyond some ten million one sample more is less than a double can tell.
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 1, max: 1e6 }), (n, more) => {
      for (const confidence of [calibrationConfidence, deviceConfidence]) {
        expect(confidence(n + more)).toBeGreaterThan(confidence(n));
        expect(confidence(n + more)).toBeLessThan(1);
      }
    }),
  );
});
