import { expect, it } from 'vitest';
import { createSessionScout, type SessionKey } from './session-keys';
import { findName } from './session-names';

const id = (i: number): string => `blk_-${6_952_295_868_487_000 + i * 7919}`;

function scout(texts: readonly string[], kindOf: (line: number) => number): SessionKey | undefined {
  const scouting = createSessionScout();
  texts.forEach((text, line) => {
    scouting.add(text, 0, text.length, kindOf(line), line, 0);
  });
  return scouting.choose();
}

function nameIn(text: string, form: string): string | undefined {
  return findName(text, 0, text.length, form);
}

it('finds the parameter that recurs over lines of different templates', () => {
  const texts = Array.from({ length: 60 }, (_, i) => [
    `Receiving block ${id(i)} src: /10.0.0.${i}:50010`,
    `PacketResponder ${i % 3} for block ${id(i)} terminating`,
    `stored ${id(i)} size 67108864`,
  ]).flat();
  expect(scout(texts, (line) => line % 3)).toEqual({ form: 'blk_#', coverage: 1, sessions: 60 });
  expect(nameIn(texts[4], 'blk_#')).toBe(id(1));
  expect(nameIn('no id here', 'blk_#')).toBeUndefined();
});

it('tells names of one look apart by the word in front', () => {
  const hex = (i: number): string => (0xabc00000 + i * 7919).toString(16);
  const texts = Array.from({ length: 60 }, (_, i) => [
    `request ${hex(5000 + 2 * i)} GET / -> 200`,
    `request ${hex(5001 + 2 * i)} GET / -> 200`,
    `request ${hex(9000 + 2 * i)} GET / -> 200`,
    `request ${hex(9001 + 2 * i)} GET / -> 200`,
    `job run=${hex(i)} started`,
    `job run=${hex(i)} finished`,
  ]).flat();
  expect(scout(texts, (line) => line % 6)).toMatchObject({ form: 'run hex', sessions: 60 });
  expect(nameIn(texts[4], 'run hex')).toBe(hex(0));
});

it('reads UUIDs, also behind a word, and hexadecimal ids', () => {
  const uuid = '123e4567-e89b-12d3-a456-426614174000';
  expect(nameIn(`[instance: ${uuid}] up`, 'uuid')).toBe(uuid);
  expect(nameIn(`req-${uuid} GET`, 'req-uuid')).toBe(`req-${uuid}`);
  expect(nameIn('span 7fed806eb5d1 ended', 'hex')).toBe('7fed806eb5d1');
  expect(nameIn('span deadbeef ended', 'hex')).toBeUndefined();
});

it('finds none where ids never come again, stand in one kind of line, or in few lines', () => {
  const once = Array.from({ length: 400 }, (_, i) => `job ${1_000_000 + i} done`);
  expect(scout(once, (line) => line % 2)).toBeUndefined();
  const oneKind = Array.from({ length: 400 }, (_, i) => `job ${1_000_000 + (i >> 1)} done`);
  expect(scout(oneKind, () => 1)).toBeUndefined();
  const few = Array.from({ length: 2000 }, (_, i) => (i < 80 ? `job ${1_000_000 + (i >> 1)} is due` : 'tick'));
  expect(scout(few, (line) => line % 2)).toBeUndefined();
  expect(scout([], () => 0)).toBeUndefined();
});

it('takes short numbers for no names', () => {
  const texts = Array.from({ length: 400 }, (_, i) => `worker ${i % 100} is at step ${i % 7}`);
  expect(scout(texts, (line) => line % 2)).toBeUndefined();
});
