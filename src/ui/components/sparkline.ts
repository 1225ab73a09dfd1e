/** A picture's size in its own units; it is stretched to the place it gets. */
export const SPARK = { width: 300, height: 40, inset: 3 } as const;

export interface SparkScale {
  /** Horizontal place of a time, clamped into the picture. */
  readonly x: (t: number) => number;
  readonly y: (value: number) => number;
}

/**
 * Scales for samples so that all of them and `also` (such as the typical value) are inside. Degenerate: equal values lie in the middle,
 * a single time at the left.
 */
export function sparkScale(t: ArrayLike<number>, values: ArrayLike<number>, also: readonly number[]): SparkScale {
  const { width, height, inset } = SPARK;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of [...Array.from(values), ...also]) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const from = t.length > 0 ? t[0] : 0;
  const span = t.length > 0 ? t[t.length - 1] - from : 0;
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return {
    x: (time) => (span > 0 ? clamp(((time - from) / span) * width, width) : 0),
    y: (value) => (high > low ? inset + ((high - value) / (high - low)) * (height - 2 * inset) : height / 2),
  };
}

/** The samples as an SVG path; a missing value (NaN) is a gap. '' where nothing is there. */
export function sparkPath(t: ArrayLike<number>, values: ArrayLike<number>, { x, y }: SparkScale): string {
  let path = '';
  let isDown = false;
  for (let i = 0; i < t.length; i++) {
    if (!Number.isFinite(values[i])) {
      isDown = false;
      continue;
    }
    path += `${isDown ? 'L' : 'M'}${x(t[i]).toFixed(1)} ${y(values[i]).toFixed(1)}`;
    isDown = true;
  }
  return path;
}
