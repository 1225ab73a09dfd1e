import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadDevices, wrapLongitude } from './spread';

describe('spreadDevices', () => {
  it('leaves devices alone in their place', () => {
    const devices = [
      { latitude: 50, longitude: 8 },
      { latitude: -33, longitude: 151 },
    ];
    expect(spreadDevices(devices, 1)).toEqual(devices);
  });

  it('puts two devices of one place on opposite sides of it', () => {
    const [a, b] = spreadDevices(
      [
        { latitude: 0, longitude: 10 },
        { latitude: 0, longitude: 10 },
      ],
      2,
    );
    expect(a.longitude).toBeCloseTo(12, 9);
    expect(b.longitude).toBeCloseTo(8, 9);
    expect(a.latitude).toBeCloseTo(0, 9);
    expect(b.latitude).toBeCloseTo(0, 9);
  });

  it('lays many devices of one place out so that none covers another, within reach of it', () => {
    const apart = (n: number): { nearest: number; farthest: number } => {
      const spread = spreadDevices(
        Array.from({ length: n }, () => ({ latitude: 0, longitude: 10 })),
        2,
      );
      const from = (a: { latitude: number; longitude: number }, latitude: number, longitude: number): number =>
        Math.hypot(a.latitude - latitude, a.longitude - longitude);
      return {
        nearest: Math.min(
          ...spread.flatMap((a, i) => spread.slice(i + 1).map((b) => from(a, b.latitude, b.longitude))),
        ),
        farthest: Math.max(...spread.map((a) => from(a, 0, 10))),
      };
    };
    expect(apart(20).nearest).toBeGreaterThan(1.8);
    expect(apart(400).farthest).toBeLessThan(7.01);
  });

  it('gives nothing for nothing', () => {
    expect(spreadDevices([], 1)).toEqual([]);
  });

  it('keeps every device on the globe, in order, and apart from its neighbours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: -180, max: 179.9, noNaN: true }),
        (n, latitude, longitude) => {
          const spread = spreadDevices(
            Array.from({ length: n }, (_, id) => ({ id, latitude, longitude })),
            1,
          );
          expect(spread.map((device) => device.id)).toEqual(Array.from({ length: n }, (_, id) => id));
          expect(spread.every((d) => d.longitude >= -180 && d.longitude < 180 && Math.abs(d.latitude) <= 90)).toBe(
            true,
          );
          expect(new Set(spread.map((d) => `${d.latitude.toFixed(6)}:${d.longitude.toFixed(6)}`)).size).toBe(n);
        },
      ),
    );
  });
});

describe('wrapLongitude', () => {
  it('maps the far side of the date line to this side', () => {
    expect(wrapLongitude(181)).toBe(-179);
    expect(wrapLongitude(-181)).toBe(179);
    expect(wrapLongitude(180)).toBe(-180);
    expect(wrapLongitude(12.5)).toBeCloseTo(12.5, 9);
  });
});
