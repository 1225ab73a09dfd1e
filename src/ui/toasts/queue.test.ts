import { describe, expect, it } from 'vitest';
import type { Notice } from '../../app/types';
import { isSwipe, MAX_TOASTS, pickToasts, shownMs } from './queue';

const notice = (id: string, kind: Notice['kind']): Notice => ({
  id,
  kind,
  title: id,
  detail: '',
  undo: undefined,
  link: undefined,
});

describe('toasts', () => {
  it('are at most three, critical ones first, and the newest other is always among them', () => {
    const notices = [
      notice('a', 'info'),
      notice('b', 'success'),
      notice('c', 'critical'),
      notice('d', 'error'),
      notice('e', 'critical'),
    ];
    const shown = (all: readonly Notice[]): string[] => pickToasts(all).map(({ id }) => id);
    expect(shown(notices)).toEqual(['c', 'e', 'd']);
    expect(shown([...notices, notice('f', 'critical')])).toEqual(['e', 'f', 'd']);
    expect(shown(notices.filter(({ kind }) => kind !== 'critical'))).toEqual(['a', 'b', 'd']);
    expect(shown([notice('x', 'critical'), notice('y', 'critical'), notice('z', 'critical')])).toEqual(['x', 'y', 'z']);
    expect(pickToasts(notices)).toHaveLength(MAX_TOASTS);
    expect(pickToasts([])).toEqual([]);
  });

  it('go by themselves: critical ones and errors after 20 s, all others after the 10 s in which they can be undone', () => {
    for (const kind of ['critical', 'error'] as const) expect(shownMs(notice('a', kind))).toBe(20_000);
    for (const kind of ['info', 'success'] as const) expect(shownMs(notice('a', kind))).toBe(10_000);
  });

  it('are one at a time on a phone, the answer to what was just done first, and shorter', () => {
    const notices = [notice('c', 'critical'), notice('a', 'info'), notice('b', 'success'), notice('d', 'critical')];
    expect(pickToasts(notices, true).map(({ id }) => id)).toEqual(['b']);
    expect(pickToasts([notice('c', 'critical'), notice('d', 'critical')], true).map(({ id }) => id)).toEqual(['d']);
    expect(pickToasts([], true)).toEqual([]);
    const kinds = ['error', 'critical', 'success'] as const;
    expect(kinds.map((kind) => shownMs({ kind }, true))).toEqual([12_000, 8_000, 5_000]);
  });

  it('are put aside by a move that is long and sideways', () => {
    expect([isSwipe(72, 0), isSwipe(-90, 44)]).toEqual([true, true]);
    expect([isSwipe(71, 0), isSwipe(90, 46), isSwipe(0, 200)]).toEqual([false, false, false]);
  });
});
