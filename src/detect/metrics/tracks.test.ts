import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { OWN_SCALER_AFTER, Tracks } from './tracks';

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

describe('the scaler of live data', () => {
  it.each([
    ['normal', (z: number) => z],
    ['lognormal', (z: number) => Math.exp(z)],
    ['mirrored lognormal', (z: number) => -Math.exp(z)],
  ])('is settled on %s values where the running one comes to rest', (_, shape) => {
    const random = createRandom(1, 'resting');
    const values = Float64Array.from({ length: 4000 }, () => 50 + shape(random.normal()));
    const moves = values.map((value, i) => (i === 0 ? Number.NaN : value - values[i - 1]));
    const tracks = new Tracks(1);
    tracks.reserve(3);
    tracks.learned[1] = OWN_SCALER_AFTER;
    tracks.settle(1, 0, values, moves);
    values.forEach((value, i) => {
      tracks.change[2] = moves[i];
      tracks.learn(2, Float64Array.of(value));
    });
    const deviation = tracks.deviation(2, 0);
    expect(Math.abs(tracks.typical(1, 0) - tracks.typical(2, 0))).toBeLessThan(0.1 * deviation);
    expect(tracks.deviation(1, 0) / deviation).toBeGreaterThan(0.8);
    expect(tracks.deviation(1, 0) / deviation).toBeLessThan(1.25);
  });

  it('is the median and what it is told, where values are symmetric or all alike', () => {
    const tracks = new Tracks(1);
    tracks.reserve(2);
    tracks.learned[1] = OWN_SCALER_AFTER;
    tracks.settle(1, 0, Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(Number.NaN, 1, 1, 1, 1));
    expect(tracks.typical(1, 0)).toBeCloseTo(3, 9);
    tracks.settle(1, 0, Float64Array.of(7, 7, 7), Float64Array.of(0, 0, 0));
    expect(tracks.typical(1, 0)).toBe(7);
    expect(tracks.deviation(1, 0)).toBeGreaterThan(0);
  });
});
