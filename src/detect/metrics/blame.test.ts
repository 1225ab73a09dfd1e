import { describe, expect, it } from 'vitest';
import { blameOf, stepBlame } from './blame';
import { stepWindows } from './features';
import { Tracks } from './tracks';

/** Two metrics of a settled device: usual departures of 1 and of 10 from a level of 0. */
function settledTracks(): Tracks {
  const tracks = new Tracks(2, 'slow');
  tracks.reserve(2);
  for (const [metric, unit] of [1, 10].entries()) {
    const values = Float64Array.from({ length: 101 }, (_, i) => ((i - 50) * 1.349 * unit) / 50);
    tracks.settle(1, metric, values, values);
  }
  return tracks;
}

describe('blame', () => {
  it('is how far a value left its recent mean, in usual departures of its own, and fades', () => {
    const tracks = settledTracks();
    const blame = { part: new Float64Array(0) };
    const step = (t: number, values: readonly number[]): number[] => {
      const row = Float64Array.from(values);
      stepWindows(tracks, 1, t, row, 0, tracks.readScales(1), new Float64Array(6), 0);
      stepBlame(blame, tracks, 1, row, 0);
      return [...blameOf(blame, tracks, 1)];
    };
    expect(step(0, [0, 0])).toEqual([0, 0]);
    // The mean follows by a sixth, so five sixths of the jump are left.
    const jumped = step(60_000, [1.2, 1.2]);
    expect(jumped[0]).toBeCloseTo(1, 1);
    expect(jumped[1]).toBeCloseTo(0.1, 2);
    const missing = step(120_000, [Number.NaN, Number.NaN]);
    expect(missing[0]).toBeCloseTo(0.9 * jumped[0], 9);
  });

  it('does not count a level that stays away from typical for long', () => {
    const tracks = settledTracks();
    const blame = { part: new Float64Array(0) };
    for (let t = 0; t < 200; t++) {
      const row = Float64Array.of(3, 10 * (t % 2));
      stepWindows(tracks, 1, t * 60_000, row, 0, tracks.readScales(1), new Float64Array(6), 0);
      stepBlame(blame, tracks, 1, row, 0);
    }
    const [stayed, moved] = blameOf(blame, tracks, 1);
    expect(stayed).toBeLessThan(0.01);
    expect(moved).toBeGreaterThan(0.3);
  });
});
