import { expect, it } from 'vitest';
import { chooseColumns, columnsWidth } from './fit-columns';

interface Sized {
  readonly key: string;
  readonly width?: number;
  readonly optional?: number;
}

const ALL: readonly Sized[] = [
  { key: 'name', width: 100 },
  { key: 'place', width: 90, optional: 2 },
  { key: 'text' },
  { key: 'memory', width: 70, optional: 1 },
];
const SHORT: readonly Sized[] = [{ key: 'short' }, { key: 'when', width: 80, optional: 1 }];

function keysAt(room: number, narrow?: readonly Sized[]): string {
  const { columns, isNarrow } = chooseColumns(ALL, narrow, room);
  return `${isNarrow ? 'narrow: ' : ''}${columns.map(({ key }) => key).join(' ')}`;
}

it('leaves optional columns out, the least number first, until the others fit', () => {
  expect(columnsWidth(ALL)).toBe(380);
  expect(keysAt(380, SHORT)).toBe('name place text memory');
  expect(keysAt(379, SHORT)).toBe('name place text');
  expect(keysAt(309, SHORT)).toBe('name text');
  expect(keysAt(220, SHORT)).toBe('name text');
});

it('fits the narrow form where not even those that must stay fit', () => {
  expect(keysAt(219, SHORT)).toBe('narrow: short when');
  expect(keysAt(199, SHORT)).toBe('narrow: short');
  expect(keysAt(0, SHORT)).toBe('narrow: short');
  expect(keysAt(0)).toBe('name text');
});

it('leaves everything as it is where the room is not known yet', () => {
  expect(keysAt(Number.POSITIVE_INFINITY, SHORT)).toBe('name place text memory');
  expect(chooseColumns([], undefined, 0)).toEqual({ columns: [], isNarrow: false });
});
