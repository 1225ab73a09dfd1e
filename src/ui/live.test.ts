import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveRings } from '../app/types';
import { followFacts, subscribeLive } from './live';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function fakeDocument() {
  const listeners = new Set<() => void>();
  const fake = {
    hidden: false,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    show: (visible: boolean) => {
      fake.hidden = !visible;
      for (const listener of listeners) listener();
    },
    listeners,
  };
  vi.stubGlobal('document', fake);
  return fake;
}

function fakeRings() {
  const listeners = new Set<() => void>();
  const rings: Pick<LiveRings, 'subscribe'> = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { rings: rings as LiveRings, frame: () => listeners.forEach((listener) => void listener()), listeners };
}

describe('subscribeLive', () => {
  it('calls at most so many times a second, however many frames come', () => {
    fakeDocument();
    const { rings, frame } = fakeRings();
    let calls = 0;
    subscribeLive(rings, 2, () => calls++);
    for (let ms = 0; ms < 3000; ms += 50) {
      frame();
      vi.advanceTimersByTime(50);
    }
    expect(calls).toBeGreaterThanOrEqual(5);
    expect(calls).toBeLessThanOrEqual(7);
  });

  it('is quiet while the page is hidden and catches up once when it is shown again', () => {
    const page = fakeDocument();
    const { rings, frame } = fakeRings();
    let calls = 0;
    subscribeLive(rings, 2, () => calls++);
    page.show(false);
    for (let i = 0; i < 10; i++) frame();
    vi.advanceTimersByTime(5000);
    expect(calls).toBe(0);
    page.show(true);
    vi.advanceTimersByTime(1000);
    expect(calls).toBe(1);
  });

  it('leaves nothing behind', () => {
    const page = fakeDocument();
    const { rings, frame, listeners } = fakeRings();
    let calls = 0;
    const stop = subscribeLive(rings, 2, () => calls++);
    frame();
    stop();
    vi.advanceTimersByTime(1000);
    expect([calls, listeners.size, page.listeners.size]).toEqual([0, 0, 0]);
  });
});

describe('followFacts', () => {
  it('asks once at once, and joins many changes into one further question', async () => {
    let asked = 0;
    const seen: number[] = [];
    const following = followFacts({
      ask: async () => ++asked,
      onData: (data) => seen.push(data),
      onError: () => expect.unreachable(),
    });
    for (let i = 0; i < 20; i++) following.ask();
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([1, 2]);
    following.dispose();
  });

  it('drops the answer that comes after it was given up', async () => {
    const seen: string[] = [];
    let answer: (value: string) => void = () => undefined;
    const following = followFacts({
      ask: () => new Promise<string>((resolve) => (answer = resolve)),
      onData: (data) => seen.push(data),
      onError: (message) => seen.push(message),
    });
    following.dispose();
    answer('late');
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([]);
  });

  it('tells a failure in words and answers the next question', async () => {
    const seen: string[] = [];
    let fail = true;
    const following = followFacts({
      ask: async () => {
        if (fail) throw new Error('the engine is being restarted');
        return 'fine';
      },
      onData: (data) => seen.push(data),
      onError: (message) => seen.push(message),
    });
    await vi.advanceTimersByTimeAsync(500);
    fail = false;
    following.ask();
    await vi.advanceTimersByTimeAsync(500);
    expect(seen).toEqual(['the engine is being restarted', 'fine']);
    following.dispose();
  });
});
