import { expect, it } from 'vitest';
import { findSessionKey, sessionOf } from './session-keys';

const id = (i: number): string => `blk_-${6_952_295_868_487_000 + i * 7919}`;

it('finds the parameter that recurs over lines of different templates', () => {
  const texts = Array.from({ length: 60 }, (_, i) => [
    `Receiving block ${id(i)} src: /10.0.0.${i}:50010`,
    `PacketResponder ${i % 3} for block ${id(i)} terminating`,
    `stored ${id(i)} size 67108864`,
  ]).flat();
  const key = findSessionKey(
    texts,
    texts.map((_, i) => i % 3),
  );
  expect(key).toEqual({ form: 'blk_#', coverage: 1, sessions: 60 });
  expect(sessionOf(texts[4], 'blk_#')).toBe(id(1));
  expect(sessionOf('no id here', 'blk_#')).toBeUndefined();
});

it('reads UUIDs, also behind a word, and hexadecimal ids', () => {
  expect(sessionOf('[instance: 123e4567-e89b-12d3-a456-426614174000] up', 'uuid')).toBe(
    '123e4567-e89b-12d3-a456-426614174000',
  );
  expect(sessionOf('req-123e4567-e89b-12d3-a456-426614174000 GET', 'req-uuid')).toBe(
    'req-123e4567-e89b-12d3-a456-426614174000',
  );
  expect(sessionOf('span 7fed806eb5d1 ended', 'hex')).toBe('7fed806eb5d1');
});

it('finds none where ids never come again, stand in one kind of line, or in few lines', () => {
  const once = Array.from({ length: 100 }, (_, i) => `job ${1_000_000 + i} done`);
  const kinds = (n: number): number[] => Array.from({ length: n }, (_, i) => i % 2);
  expect(findSessionKey(once, kinds(100))).toBeUndefined();
  const oneKind = Array.from({ length: 100 }, (_, i) => `job ${1_000_000 + (i >> 1)} done`);
  expect(findSessionKey(oneKind, new Array<number>(100).fill(1))).toBeUndefined();
  const few = Array.from({ length: 100 }, (_, i) => (i < 20 ? `job ${1_000_000 + (i >> 1)} is due` : 'tick'));
  expect(findSessionKey(few, kinds(100))).toBeUndefined();
  expect(findSessionKey([], [])).toBeUndefined();
});

it('takes short numbers for no names', () => {
  const texts = Array.from({ length: 100 }, (_, i) => `worker ${i % 10} is at step ${i % 7}`);
  expect(
    findSessionKey(
      texts,
      texts.map((_, i) => i % 2),
    ),
  ).toBeUndefined();
});
