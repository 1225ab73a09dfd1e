import { expect, test } from 'vitest';
import { createColumns, growColumns } from './columns';

test('columns that grow keep every number of every column, and what is new is 0', () => {
  const columns = createColumns(2);
  const before = new Map<string, number[]>();
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'number') continue;
    column.forEach((_, i) => {
      column[i] = i + 1;
    });
    before.set(name, [...column]);
  }
  growColumns(columns, 3);
  expect(columns.room).toBeGreaterThanOrEqual(3);
  expect(before.size).toBeGreaterThan(5);
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'number') continue;
    const kept = before.get(name) ?? [];
    expect(column.length / columns.room, name).toBe(kept.length / 2);
    expect([...column.slice(0, kept.length)], name).toEqual(kept);
    expect(
      column.slice(kept.length).every((value) => value === 0),
      name,
    ).toBe(true);
  }
});

test('columns with room enough stay as they are', () => {
  const columns = createColumns(4);
  const { traits } = columns;
  growColumns(columns, 4);
  expect(columns.room).toBe(4);
  expect(columns.traits).toBe(traits);
});
