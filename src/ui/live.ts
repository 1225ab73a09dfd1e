import type { LiveRings } from '../app/types';

/**
 * Calls `listener` at most `fps` times a second while frames arrive and the document is visible; once more as soon as it is
 * visible again. Gives the way to stop.
 */
export function subscribeLive(rings: LiveRings, fps: number, listener: () => void): () => void {
  const gapMs = 1000 / fps;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const fire = (): void => {
    timer = undefined;
    last = performance.now();
    listener();
  };
  const onFrame = (): void => {
    if (document.hidden) {
      missed = true;
      return;
    }
    if (timer !== undefined) return;
    timer = setTimeout(fire, Math.max(0, last + gapMs - performance.now()));
  };
  const onVisible = (): void => {
    if (document.hidden || !missed) return;
    missed = false;
    onFrame();
  };
  const stop = rings.subscribe(onFrame);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/** Shortest time between two questions for the same facts. */
const ASK_GAP_MS = 200;

export interface FactsFollower {
  /** Asks again: at once when idle, otherwise once after the question under way. */
  readonly ask: () => void;
  readonly dispose: () => void;
}

/**
 * Asks once now and again on each call of `ask`: never two questions at a time, never more often than every 200 ms, and never an answer
 * after `dispose`. A rejection or throw becomes `onError` with its message.
 */
export function followFacts<T>(options: {
  readonly ask: () => Promise<T>;
  readonly onData: (data: T) => void;
  readonly onError: (message: string) => void;
}): FactsFollower {
  let disposed = false;
  let busy = false;
  let dirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async (): Promise<void> => {
    busy = true;
    dirty = false;
    try {
      const data = await options.ask();
      if (!disposed) options.onData(data);
    } catch (error) {
      if (!disposed) options.onError(error instanceof Error ? error.message : String(error));
    }
    if (disposed) return;
    timer = setTimeout(() => {
      busy = false;
      if (dirty) void run();
    }, ASK_GAP_MS);
  };
  void run();
  return {
    ask: () => {
      if (disposed) return;
      dirty = true;
      if (!busy) void run();
    },
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
