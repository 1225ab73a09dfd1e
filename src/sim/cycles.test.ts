import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectionAt, flushAt, jobAt, levelAt } from './cycles';
import * as T from './traits';
import { TRAITS } from './traits';

function traitsWith(values: Readonly<Record<number, number>>): Float64Array {
  const traits = new Float64Array(TRAITS);
  traits[T.FLUSH_PERIOD] = 60;
  traits[T.FLUSH_FACTOR] = 1;
  traits[T.CHECKPOINT_FACTOR] = 1;
  for (const [trait, value] of Object.entries(values)) traits[Number(trait)] = value;
  return traits;
}

describe('collectionAt', () => {
  test('climbs from half below to half above over the period and falls within three seconds', () => {
    expect(collectionAt(0, 8, 43, 0)).toBe(-4);
    expect(collectionAt(20, 8, 43, 0)).toBe(0);
    expect(collectionAt(40, 8, 43, 0)).toBe(4);
    expect(collectionAt(43, 8, 43, 0)).toBe(-4);
    expect(collectionAt(40, 0, 43, 0)).toBe(0);
  });
});

describe('flushAt', () => {
  test('is the factor for four seconds of each period', () => {
    const traits = traitsWith({ [T.FLUSH_FACTOR]: 2 });
    expect([0, 3, 4, 59, 60].map((tick) => flushAt(tick, traits, 0))).toEqual([2, 2, 1, 1, 2]);
  });

  test('is more over the half minute of a checkpoint, with soft edges', () => {
    const traits = traitsWith({ [T.CHECKPOINT_FACTOR]: 2, [T.CHECKPOINT_PERIOD]: 300 });
    expect([0, 4, 20, 29, 30, 299].map((tick) => flushAt(tick, traits, 0))).toEqual([1.2, 2, 2, 1.2, 1, 1]);
  });
});

describe('jobAt', () => {
  const traits = traitsWith({ [T.JOB_LOAD]: 0.9, [T.JOB_PERIOD]: 100 });

  test('runs for two fifths of each period, and no two runs are of one size', () => {
    expect(jobAt(60, traits, 0, 7)).toBe(0);
    expect(jobAt(20, traits, 0, 7)).toBe(jobAt(30, traits, 0, 7));
    const sizes = Array.from({ length: 200 }, (_, run) => jobAt(100 * run + 20, traits, 0, 7));
    expect(new Set(sizes).size).toBeGreaterThan(100);
    expect(Math.min(...sizes)).toBeGreaterThan(0.4);
    expect(Math.max(...sizes)).toBeLessThan(1.4);
  });

  test('is nothing without jobs', () => {
    expect(jobAt(20, traitsWith({}), 0, 7)).toBe(0);
  });
});

describe('levelAt', () => {
  const traits = traitsWith({ [T.LEVELS]: 0.7, [T.LEVEL_PERIOD]: 10_000, [T.LEVEL_PHASE]: 123 });

  test('holds for hours, then is another', () => {
    expect(levelAt(2000, traits, 0, 7)).toBe(levelAt(9000, traits, 0, 7));
    const levels = Array.from({ length: 100 }, (_, k) => levelAt(10_000 * k + 5000, traits, 0, 7));
    expect(Math.max(...levels) / Math.min(...levels)).toBeGreaterThan(3);
    expect(levels.filter((level) => level < 0.6).length).toBeGreaterThan(10);
  });

  test('never jumps: a second changes it by less than half a percent, on any device', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e8 }), fc.integer(), (tick, key) => {
        const now = levelAt(tick, traits, 0, key);
        expect(Math.abs(levelAt(tick + 1, traits, 0, key) / now - 1)).toBeLessThan(0.005);
      }),
    );
  });

  test('is 1 for a device without levels', () => {
    expect(levelAt(5000, traitsWith({}), 0, 7)).toBe(1);
  });
});
