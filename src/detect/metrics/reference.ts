/** The latest `capacity` raw scores of normal rows: what the calibration is fitted to again as the data drifts. */
export interface ReferenceWindow {
  readonly scores: Float32Array;
  next: number;
  count: number;
  /** Scores added since the last fit. */
  fresh: number;
}

export function createReference(capacity: number): ReferenceWindow {
  return { scores: new Float32Array(capacity), next: 0, count: 0, fresh: 0 };
}

/** Adds one score; the oldest goes when the window is full. */
export function addReference(window: ReferenceWindow, score: number): void {
  window.scores[window.next] = score;
  window.next = (window.next + 1) % window.scores.length;
  window.count = Math.min(window.scores.length, window.count + 1);
  window.fresh += 1;
}

/** The scores held, in no particular order. A view: valid until the next add. */
export function referenceScores(window: ReferenceWindow): Float32Array {
  return window.scores.subarray(0, window.count);
}
