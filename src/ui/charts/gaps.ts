/** A line with its holes: t in ms since 1970 UTC, y in the metric's unit, NaN = missing (drawn as a gap). */
export interface Line {
  readonly t: Float64Array;
  readonly y: Float32Array;
}

/**
 * Puts a missing point into each hole in time longer than `longestMs`, so that a line is not drawn across it.
 * Points must be ordered by time. Without a hole the same arrays come back; an empty line stays empty.
 */
export function breakAtGaps(line: Line, longestMs: number): Line {
  const { t, y } = line;
  const holes: number[] = [];
  for (let i = 1; i < t.length; i++) if (t[i] - t[i - 1] > longestMs) holes.push(i);
  if (holes.length === 0) return line;
  const outT = new Float64Array(t.length + holes.length);
  const outY = new Float32Array(t.length + holes.length);
  let from = 0;
  holes.forEach((hole, k) => {
    outT.set(t.subarray(from, hole), from + k);
    outY.set(y.subarray(from, hole), from + k);
    outT[hole + k] = t[hole - 1] + longestMs / 2;
    outY[hole + k] = Number.NaN;
    from = hole;
  });
  outT.set(t.subarray(from), from + holes.length);
  outY.set(y.subarray(from), from + holes.length);
  return { t: outT, y: outY };
}

/** How long two neighbouring points may be apart: five steps, or five pixels' worth where the series was decimated. */
export function longestGap(t: Float64Array, stepMs: number, maxPoints: number): number {
  const span = t.length > 1 ? t[t.length - 1] - t[0] : 0;
  return 5 * Math.max(stepMs, span / maxPoints);
}

/**
 * Plotly shows every time as UTC: shifted by the reader's zone, the axis shows local time. `utc` gives the same array.
 * The zone's offset is taken at the last point, so that a line never folds back on itself when the clocks change.
 */
export function toAxisTime(t: Float64Array, zone: 'local' | 'utc'): Float64Array {
  if (zone === 'utc' || t.length === 0) return t;
  const shift = -new Date(t[t.length - 1]).getTimezoneOffset() * 60_000;
  return shift === 0 ? t : t.map((at) => at + shift);
}
