import { describe, expect, it } from 'vitest';
import type { Notice } from '../../app/types';
import { MAX_TOASTS, pickToasts } from './queue';

const notice = (id: string, kind: Notice['kind']): Notice => ({
  id,
  kind,
  title: id,
  detail: '',
  undo: undefined,
  link: undefined,
});

describe('toasts', () => {
  it('are at most three, critical ones first, the others in the order they came', () => {
    const notices = [
      notice('a', 'info'),
      notice('b', 'success'),
      notice('c', 'critical'),
      notice('d', 'error'),
      notice('e', 'critical'),
    ];
    expect(pickToasts(notices).map(({ id }) => id)).toEqual(['c', 'e', 'a']);
    expect(pickToasts(notices)).toHaveLength(MAX_TOASTS);
    expect(pickToasts([])).toEqual([]);
  });
});
