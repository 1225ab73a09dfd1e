import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEVICE_STATES, type DeviceState } from '../domain/frame';
import { measureStability } from './stability';

const fleet = (...devices: readonly (readonly [number, DeviceState])[]) => ({
  score: Float32Array.from(devices, ([score]) => score),
  state: Uint8Array.from(devices, ([, state]) => DEVICE_STATES.indexOf(state)),
});

describe('measureStability', () => {
  it('is 100 when all are calm and 0 when all are quarantined', () => {
    expect(measureStability(fleet([0, 'ok'], [25, 'ok']))).toBe(100);
    expect(measureStability(fleet([Number.NaN, 'quarantined'], [50, 'quarantined']))).toBe(0);
  });

  it('loses in proportion between 25 and 90', () => {
    expect(measureStability(fleet([57.5, 'ok']))).toBe(50);
    expect(measureStability(fleet([90, 'ok']))).toBe(0);
    expect(measureStability(fleet([57.5, 'ok'], [0, 'ok']))).toBe(75);
  });

  it('is capped by the state: an alert is not over because one sample was calm', () => {
    expect(measureStability(fleet([0, 'alert']))).toBe(25);
    expect(measureStability(fleet([0, 'warning']))).toBe(75);
    expect(measureStability(fleet([0, 'silent'], [0, 'ok']))).toBe(50);
  });

  it('leaves out devices that were never scored, and is NaN while nothing counts', () => {
    expect(measureStability(fleet([Number.NaN, 'ok'], [0, 'ok'], [Number.NaN, 'silent']))).toBe(100);
    expect(measureStability(fleet([Number.NaN, 'ok'], [Number.NaN, 'silent']))).toBeNaN();
    expect(measureStability(fleet())).toBeNaN();
  });

  it('stays within 0..100 and never rises with a score', () => {
    const entry = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(...DEVICE_STATES));
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (list, more) => {
          const before = measureStability(fleet(...list));
          const after = measureStability(
            fleet(...list.map(([score, state]) => [Math.min(100, score + more), state] as const)),
          );
          expect(before).toBeGreaterThanOrEqual(0);
          expect(before).toBeLessThanOrEqual(100);
          expect(after).toBeLessThanOrEqual(before + 1e-9);
        },
      ),
    );
  });
});
