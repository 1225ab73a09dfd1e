import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compress, featureNames, scaleFeatures, slopePerMinute, stepWindows } from './features';
import { plainCatalog } from './testing';
import { Tracks } from './tracks';

/** One metric of one device, fed at one sample a second and learned from; gives the features of the last sample. */
function feed(values: readonly number[], tracks = new Tracks(1)): { tracks: Tracks; features: number[] } {
  tracks.reserve(2);
  const windows = new Float64Array(5);
  const features = new Float32Array(5);
  values.forEach((value, i) => {
    const now = Float64Array.of(value);
    const scales = tracks.readScales(1);
    stepWindows(tracks, 1, i * 1000, now, 0, scales, windows, 0);
    scaleFeatures(tracks, scales, windows, 0, features, 0);
    tracks.learn(1, now);
  });
  return { tracks, features: [...features] };
}

describe('features', () => {
  it('are named by metric and kind; many metrics have fewer kinds', () => {
    expect(featureNames(plainCatalog(1, 1).metrics)).toEqual([
      'm0 level',
      'm0 mean',
      'm0 change',
      'm0 volatility',
      'm0 drift',
    ]);
    expect(featureNames(plainCatalog(1, 38).metrics).length).toBe(38 * 3);
  });

  it('compress beyond 4 and stay odd, monotone and finite', () => {
    expect(compress(3)).toBe(3);
    expect(compress(4 * Math.E)).toBeCloseTo(8, 12);
    expect(compress(Number.NaN)).toBe(0);
    fc.assert(
      fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (a, b) => {
        expect(compress(-a)).toBeCloseTo(-compress(a), 9);
        expect(Number.isFinite(compress(a))).toBe(true);
        if (a < b) expect(compress(a)).toBeLessThanOrEqual(compress(b));
      }),
    );
  });

  it('begin with the usual volatility where a device is known: its first change alone says nothing', () => {
    const { tracks } = feed(Array.from({ length: 200 }, (_, i) => 50 + (i % 2)));
    tracks.clearWindows(1);
    const [, , , atOnce] = feed([50], tracks).features;
    const [, , , afterStill] = feed([50, 50], tracks).features;
    expect(atOnce).toBeCloseTo(0, 1);
    expect(afterStill).toBeGreaterThan(-0.5);
  });

  it('are all 0 for the first sample ever and for what is missing', () => {
    expect(feed([5]).features).toEqual([0, 0, 0, 0, 0]);
    expect(feed([5, 6, Number.NaN]).features).toEqual([0, 0, 0, 0, 0]);
  });

  it('show a jump in level and change at once, in mean and drift after a while', () => {
    const calm = Array.from({ length: 200 }, (_, i) => 50 + Math.sin(i * 1.7));
    const [level, mean, change] = feed([...calm, 60]).features;
    expect(level).toBeGreaterThan(6);
    expect(change).toBeGreaterThan(6);
    expect(mean).toBeLessThan(level);
    const later = feed([...calm, ...new Array(15).fill(60)]).features;
    expect(later[1]).toBeGreaterThan(mean);
    expect(later[2]).toBe(0);
    expect(later[4]).toBeGreaterThan(3);
  });

  it('tell the slope of a steady climb per minute', () => {
    const { tracks } = feed(Array.from({ length: 100 }, (_, i) => 10 + i / 2));
    expect(slopePerMinute(tracks, 1, 0)).toBeCloseTo(30, 6);
    expect(slopePerMinute(feed([1]).tracks, 1, 0)).toBe(0);
  });

  it('begin their windows anew after a hole in the data', () => {
    const { tracks } = feed(Array.from({ length: 100 }, (_, i) => 10 + (i % 2)));
    const windows = new Float64Array(5);
    stepWindows(tracks, 1, 3_600_000, Float64Array.of(40), 0, tracks.readScales(1), windows, 0);
    expect(windows[2]).toBeNaN();
    expect(tracks.seen[1]).toBe(1);
  });
});

describe('scalers', () => {
  it('have the median and the spread of what they learned', () => {
    const { tracks } = feed(Array.from({ length: 400 }, (_, i) => 100 + 10 * Math.sin(i)));
    expect(tracks.typical(1, 0)).toBeCloseTo(100, 0);
    expect(tracks.deviation(1, 0)).toBeGreaterThan(6);
    expect(tracks.deviation(1, 0)).toBeLessThan(10);
  });

  it('are not carried away by a wild first value or a wild run', () => {
    const calm = Array.from({ length: 300 }, (_, i) => 50 + Math.sin(i));
    const { tracks } = feed([3.4e38, ...calm, ...new Array(20).fill(1e9), ...calm.slice(0, 60)]);
    expect(tracks.typical(1, 0)).toBeGreaterThan(48);
    expect(tracks.typical(1, 0)).toBeLessThan(53);
  });

  it('start from the fleet and become the device own', () => {
    const tracks = new Tracks(1);
    tracks.reserve(3);
    for (let i = 0; i < 200; i++) tracks.learn(1, Float64Array.of(10 + (i % 5)));
    expect(tracks.typical(2, 0)).toBeCloseTo(12, 0);
    for (let i = 0; i < 60; i++) tracks.learn(2, Float64Array.of(90 + (i % 5)));
    expect(tracks.typical(2, 0)).toBeCloseTo(92, 0);
  });
});
