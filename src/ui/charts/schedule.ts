/** Draws at most one chart a frame, in turn, so that several charts never make one long task. */
export interface DrawQueue {
  /** Asks for `draw` in one of the next frames. Asking again before it ran changes nothing. */
  request(draw: () => void): void;
  cancel(draw: () => void): void;
}

/** A queue on top of `nextFrame` (requestAnimationFrame in the page). */
export function createDrawQueue(nextFrame: (callback: () => void) => void): DrawQueue {
  const waiting = new Set<() => void>();
  let asked = false;
  const step = (): void => {
    asked = false;
    const first = waiting.values().next().value;
    if (first === undefined) return;
    waiting.delete(first);
    if (waiting.size > 0) ask();
    first();
  };
  const ask = (): void => {
    if (asked) return;
    asked = true;
    nextFrame(step);
  };
  return {
    request: (draw) => {
      waiting.add(draw);
      ask();
    },
    cancel: (draw) => {
      waiting.delete(draw);
    },
  };
}

export const drawQueue: DrawQueue = createDrawQueue((callback) => {
  requestAnimationFrame(callback);
});
