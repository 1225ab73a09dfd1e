import { expect, it } from 'vitest';
import { columnsWidth, fitColumns } from './fit-columns';

const name = { key: 'name', width: 100 };
const place = { key: 'place', width: 90, optional: true };
const text = { key: 'text' };
const memory = { key: 'memory', width: 70, optional: true };
const all = [name, place, text, memory];
const keysAt = (room: number): string =>
  fitColumns(all, room)
    .map(({ key }) => key)
    .join(' ');

it('leaves optional columns out, the last first, until the others fit', () => {
  expect(columnsWidth(all)).toBe(380);
  expect(keysAt(380)).toBe('name place text memory');
  expect(keysAt(379)).toBe('name place text');
  expect(keysAt(309)).toBe('name text');
});

it('keeps what is not optional however little room there is, and everything where the room is not known yet', () => {
  expect(keysAt(0)).toBe('name text');
  expect(keysAt(Number.POSITIVE_INFINITY)).toBe('name place text memory');
  expect(fitColumns([], 0)).toEqual([]);
});
