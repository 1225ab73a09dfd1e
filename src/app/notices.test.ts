import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createNotices, type NewNotice } from './notices';
import type { AppState } from './types';

function makeNotices() {
  // The notices touch nothing else of the state.
  const store = createStore<AppState>(() => ({ notices: [] }) as unknown as AppState);
  return { store, notices: createNotices(store), titles: () => store.getState().notices.map(({ title }) => title) };
}

const news = (title: string, more: Partial<NewNotice> = {}): NewNotice => ({
  kind: 'success',
  title,
  detail: '',
  ...more,
});

describe('notices', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the newest three of each kind, so that nothing stale comes up later', () => {
    const { notices, titles } = makeNotices();
    for (const title of ['a', 'b', 'c', 'd']) notices.notify(news(title));
    for (const title of ['A', 'B', 'C', 'D']) notices.notify(news(title, { kind: 'critical' }));
    expect(titles()).toEqual(['b', 'c', 'd', 'B', 'C', 'D']);
    notices.dismiss('notice-7');
    expect(titles()).toEqual(['b', 'c', 'd', 'B', 'C']);
  });

  it('takes back the latest that can be undone, once, and not after a minute', () => {
    const { store, notices, titles } = makeNotices();
    const undone: string[] = [];
    notices.notify(news('first', { undo: () => undone.push('first') }));
    vi.advanceTimersByTime(30_000);
    notices.notify(news('second', { undo: () => undone.push('second') }));
    notices.notify(news('third'));
    notices.undoLast();
    expect(undone).toEqual(['second']);
    expect(titles()).toEqual(['first', 'third']);
    expect(store.getState().undoable).toBe('first');
    vi.advanceTimersByTime(30_001);
    expect(store.getState().undoable).toBeUndefined();
    notices.undoLast();
    expect(undone).toEqual(['second']);
  });

  it('still takes back what newer notices pushed out of sight', () => {
    const { notices } = makeNotices();
    const undone: string[] = [];
    notices.notify(news('hidden', { undo: () => undone.push('hidden') }));
    for (const title of ['a', 'b', 'c']) notices.notify(news(title));
    notices.undoLast();
    expect(undone).toEqual(['hidden']);
  });
});
