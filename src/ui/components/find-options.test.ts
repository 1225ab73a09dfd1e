import { describe, expect, it } from 'vitest';
import { findOptions, moveAmong } from './find-options';

const options = ['web-fra-01 (Frankfurt)', 'web-hkg-01 (Hong Kong)', 'cache-fra-02 (Frankfurt)'].map((label, i) => ({
  value: String(i),
  label,
}));
const found = (text: string): string =>
  findOptions(options, text)
    .map(({ value }) => value)
    .join('');

describe('a search among options', () => {
  it('finds those that have every word, whatever the case and the order', () => {
    expect(found('FRA')).toBe('02');
    expect(found('frankfurt web')).toBe('0');
    expect(found(' hong  kong ')).toBe('1');
    expect(found('tokyo')).toBe('');
    expect(found('  ')).toBe('012');
  });

  it('moves by one and by ten, and stops at the ends', () => {
    expect(moveAmong('ArrowDown', -1, 3)).toBe(0);
    expect(moveAmong('ArrowUp', -1, 3)).toBe(2);
    expect(moveAmong('ArrowDown', 2, 3)).toBe(2);
    expect(moveAmong('PageDown', 3, 100)).toBe(13);
    expect(moveAmong('PageUp', 3, 100)).toBe(0);
    expect(moveAmong('a', 3, 100)).toBeUndefined();
  });
});
