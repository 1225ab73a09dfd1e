import { describe, expect, it } from 'vitest';
import { departedSince } from './since';

/** Typical 40, robust deviation 2: from 44 on a value is departed. */
const peak = { at: 9000, actual: 60, typical: 40, z: 10 };
const seconds = (values: readonly number[]): number[] => values.map((_, i) => i * 1000);
const since = (values: readonly number[], changes: Partial<typeof peak> = {}) =>
  departedSince(seconds(values), values, { ...peak, ...changes });

describe('departedSince', () => {
  it('is the first sample of the departure that the peak belongs to', () => {
    expect(since([40, 41, 39, 40, 43.9, 44, 50, 55, 58, 60])).toEqual({ t: 5000, isCut: false });
  });

  it('looks past a few samples that are back, not past a calm time', () => {
    expect(since([40, 50, 50, 40, 41, 50, 50, 55, 58, 60])?.t).toBe(1000);
    expect(since([50, 40, 40, 40, 40, 40, 50, 55, 58, 60])?.t).toBe(6000);
  });

  it('follows a fall below typical as well, and never the other direction', () => {
    expect(since([40, 60, 60, 30, 30, 25, 22, 21, 20, 20], { actual: 20, z: -10 })?.t).toBe(3000);
  });

  it('leaves out what came after the peak', () => {
    expect(since([40, 40, 60, 40, 40, 40, 40, 70, 70, 70], { at: 2000 })).toEqual({ t: 2000, isCut: false });
  });

  it('says when it began before what is stored', () => {
    expect(since([60, 60, 60, 60, 60, 60, 60, 60, 60, 60])).toEqual({ t: 0, isCut: true });
  });

  it('skips missing values', () => {
    expect(since([40, 40, 40, 50, Number.NaN, Number.NaN, 50, 50, 50, 60])?.t).toBe(3000);
  });

  it('is not known where the value itself is not far, nothing is stored, or there is no deviation', () => {
    expect(since([40, 40, 40, 40, 40, 40, 40, 40, 40, 41], { actual: 41, z: 0.5 })).toBeUndefined();
    expect(since([])).toBeUndefined();
    expect(since([60], { at: 0, z: 0 })).toBeUndefined();
    expect(since([60], { at: 0, z: Number.NaN })).toBeUndefined();
  });
});
