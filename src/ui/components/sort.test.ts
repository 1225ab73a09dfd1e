import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSort, sortRows } from './sort';

describe('sorting a table', () => {
  it('goes down, up, and back to the given order', () => {
    const down = nextSort(undefined, 'score');
    expect(down).toEqual({ key: 'score', order: 'down' });
    const up = nextSort(down, 'score');
    expect(up).toEqual({ key: 'score', order: 'up' });
    expect(nextSort(up, 'score')).toBeUndefined();
    expect(nextSort(up, 'name')).toEqual({ key: 'name', order: 'down' });
  });

  it('puts what has no number last, both ways', () => {
    const rows = [2, Number.NaN, 3, 1];
    expect(sortRows(rows, (row) => row, 'up')).toEqual([1, 2, 3, Number.NaN]);
    expect(sortRows(rows, (row) => row, 'down')).toEqual([3, 2, 1, Number.NaN]);
  });

  it('orders names by their numbers', () => {
    expect(sortRows(['web-10', 'web-9', 'web-1'], (row) => row, 'up')).toEqual(['web-1', 'web-9', 'web-10']);
  });

  it('keeps every row, and equal rows in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat())), (rows) => {
        const sorted = sortRows(rows, ([key]) => key, 'up');
        const expected = rows.map((row, i) => ({ row, i })).sort((a, b) => a.row[0] - b.row[0] || a.i - b.i);
        expect(sorted).toEqual(expected.map(({ row }) => row));
      }),
    );
  });
});
