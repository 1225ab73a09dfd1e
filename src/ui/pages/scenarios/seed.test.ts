import { expect, it } from 'vitest';
import { checkSeed } from './seed';

it('a typed seed is a whole number of 32 bits, and anything else is said with its value', () => {
  expect(checkSeed(' 4294967295 ')).toEqual({ ok: true, value: 4_294_967_295 });
  const messageOf = (text: string): string => {
    const checked = checkSeed(text);
    return checked.ok ? 'right' : checked.error.message;
  };
  expect(messageOf('4294967296')).toBe('Seed must be in [0, 4294967295], got 4294967296');
  expect(messageOf('1.5')).toBe('Seed must be a whole number, got 1.5');
  expect(messageOf('')).toBe('Seed must be in [0, 4294967295], got nothing');
});
