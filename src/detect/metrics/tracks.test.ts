import { describe, expect, it } from 'vitest';
import { Tracks } from './tracks';

/** Deviation of one metric that was settled on these values. */
function settled(values: readonly number[]): number {
  const tracks = new Tracks(1, 'slow');
  tracks.reserve(2);
  tracks.settle(
    1,
    0,
    Float64Array.from(values),
    Float64Array.from(values, () => 0),
  );
  return tracks.deviation(1, 0);
}

describe('the scaler of slow data', () => {
  it('takes a twentieth of its level for the deviation of a column that never moved, whatever the sums of it round to', () => {
    for (const level of [0.1, 0.7, 1 / 3, 4096.1]) {
      for (const n of [7, 1000, 8617]) {
        expect(settled(Array.from({ length: n }, () => level))).toBeCloseTo(0.05 * level, 9);
      }
    }
    expect(settled([0, 0, 0])).toBeCloseTo(1e-3, 9);
  });

  it('goes by the quartiles, but not under a quarter of the plain deviation', () => {
    const uniform = Array.from({ length: 1001 }, (_, i) => i);
    expect(settled(uniform)).toBeCloseTo(500 / 1.349, 6);
    const resting = Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 100 : 0));
    expect(settled(resting)).toBeCloseTo(30 / 4, 6);
  });

  it('takes a tenth of that for the usual move of a metric that creeps', () => {
    const tracks = new Tracks(1, 'slow');
    tracks.reserve(2);
    const values = Float64Array.from({ length: 1001 }, (_, i) => i);
    tracks.settle(1, 0, values, new Float64Array(1001).fill(1));
    expect(tracks.usualStep(1, 0)).toBeCloseTo(tracks.deviation(1, 0) / 10, 6);
  });

  it('stays finite for the largest floats', () => {
    expect(Number.isFinite(settled([-3.4e38, 3.4e38, 0, 3.4e38]))).toBe(true);
  });
});
