import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { addRow, createRowStore, type RowStore } from './row-store';
import { screenRows } from './screen-rows';

/** One device, one feature a row. */
function storeOf(values: readonly number[]): RowStore {
  const store = createRowStore(2 * values.length, 1, 1);
  values.forEach((value, sample) => {
    addRow(store, { t: sample, device: 0, sample }, Float64Array.of(value), 0);
  });
  return store;
}

/** Rows that are taken of a file that a thousandth of an alarm is due on, unless another number is said. */
function screened(values: readonly number[], pace: 'live' | 'slow' = 'slow', least = 0, due = 0.001): number[] {
  const store = storeOf(values);
  const before = store.validCount;
  const taken = screenRows(store, { pace, least, due });
  expect(store.validCount).toBe(before - taken);
  return values.map((_, row) => row).filter((row) => store.valid[row] === 0);
}

/** 0 to 9 in turn, with other values where `at` says so. */
function ordinary(n: number, at: (row: number) => number | undefined): number[] {
  return Array.from({ length: n }, (_, row) => at(row) ?? row % 10);
}

describe('screening a history that may hold anomalies', () => {
  it('takes the rows that stand out of slow data and no others, and of live data what is around them, too', () => {
    const values = ordinary(400, (row) => (row === 200 || row === 201 ? 500 : undefined));
    expect(screened(values)).toEqual([200, 201]);
    expect(screened(values, 'live')).toEqual(Array.from({ length: 62 }, (_, i) => 170 + i));
  });

  it('finds what lies far below as well, and the small beside the large', () => {
    const values = ordinary(400, (row) => (row === 100 ? -1e6 : row === 300 ? -150 : undefined));
    expect(screened(values)).toEqual([100, 300]);
  });

  it('leaves what has come more than eight times, but for what goes twice as far', () => {
    const job = (row: number) => (row % 40 === 39 ? 300 : undefined);
    expect(screened(ordinary(400, job))).toEqual([]);
    expect(screened(ordinary(400, (row) => (row === 200 ? 900 : job(row))))).toEqual([200]);
    const eight = ordinary(400, (row) => (row < 320 ? job(row) : undefined));
    expect(screened(eight)).toHaveLength(8);
  });

  it.each(['live', 'slow'] as const)(
    'leaves what only goes on with a heavy tail, and takes what goes far beyond it (%s)',
    (pace) => {
      const random = createRandom(5, 'heavy tail');
      const heavy = Array.from(
        { length: 2000 },
        () => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3),
      );
      expect(screened(heavy, pace)).toEqual([]);
      const flood = heavy.map((value, row) => (row >= 1000 && row < 1020 ? value + 1000 : value));
      const [from, to] = pace === 'live' ? [970, 1050] : [1000, 1020];
      expect(screened(flood, pace)).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
    },
  );

  it('takes more where more alarms are due', () => {
    let few = 0;
    let many = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed, 'due');
      const values = Array.from({ length: 500 }, (_, row) => random.normal() + (row === 250 ? 6 : 0));
      few += screened(values, 'slow', 0, 0.001).length;
      many += screened(values, 'slow', 0, 2).length;
    }
    expect(few).toBeLessThan(5);
    expect(many).toBeGreaterThan(15);
  });

  it('leaves a level that lasts for more than a tenth of the rows', () => {
    expect(screened(ordinary(400, (row) => (row >= 350 ? 500 : undefined)))).toEqual([]);
  });

  it('leaves everything where too little would be left, where a device is new, and where nothing is there', () => {
    const values = ordinary(400, (row) => (row === 200 ? 500 : undefined));
    expect(screened(values, 'slow', 400)).toEqual([]);
    expect(screened(ordinary(60, (row) => (row === 30 ? 500 : undefined)))).toEqual([]);
    expect(screened(Array.from({ length: 100 }, () => Number.NaN))).toEqual([]);
    expect(screened(Array.from({ length: 100 }, () => 7))).toEqual([]);
    expect(screened([])).toEqual([]);
  });

  it('does not depend on unit and zero of a feature', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (seed, unit) => {
        const random = createRandom(seed, 'screen');
        const values = Array.from({ length: 300 }, (_, row) => random.normal() + (row === 150 ? 30 : 0));
        const taken = screened(values);
        expect(taken).toContain(150);
        expect(screened(values.map((value) => unit * value))).toEqual(taken);
      }),
      { numRuns: 30 },
    );
  });

  it('takes nothing of normal noise: under one row in a hundred thousand', () => {
    let taken = 0;
    for (let seed = 0; seed < 40; seed++) {
      const random = createRandom(seed, 'noise');
      taken += screened(Array.from({ length: 2500 }, () => random.normal())).length;
    }
    expect(taken).toBeLessThanOrEqual(1);
  });
});
