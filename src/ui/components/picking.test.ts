import { describe, expect, it } from 'vitest';
import { type PickClick, pickRows, sharePicked } from './picking';

const order = ['a', 'b', 'c', 'd', 'e'];
const click = (part: Partial<PickClick>): string =>
  [...pickRows({ order, picked: new Set(['b']), key: 'd', on: true, anchor: undefined, range: false, ...part })].join(
    '',
  );

describe('picking rows', () => {
  it('adds one and takes one away', () => {
    expect(click({})).toBe('bd');
    expect(click({ key: 'b', on: false })).toBe('');
  });

  it('with shift does the same to all from the row before to this one, up or down', () => {
    expect(click({ anchor: 'b', range: true })).toBe('bcd');
    expect(click({ key: 'a', anchor: 'c', range: true })).toBe('bac');
    expect(click({ picked: new Set(order), key: 'b', on: false, anchor: 'd', range: true })).toBe('ae');
  });

  it('with shift but no row before, or one that is gone, is one row', () => {
    expect(click({ range: true })).toBe('bd');
    expect(click({ range: true, anchor: 'gone' })).toBe('bd');
  });

  it('says whether none, some or all that are shown are picked', () => {
    expect(sharePicked(order, new Set(['gone']))).toBe('none');
    expect(sharePicked(order, new Set(['a', 'gone']))).toBe('some');
    expect(sharePicked(order, new Set([...order, 'gone']))).toBe('all');
    expect(sharePicked([], new Set(['a']))).toBe('none');
  });
});
