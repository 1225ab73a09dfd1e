import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOCK_CELLS, demandAt, localMinute, readRegionClocks, trendAt } from './demand';
import { REGIONS } from './regions';

const HOUR_MS = 3_600_000;
const WEDNESDAY = Date.UTC(2026, 10, 18);
const AT_GREENWICH = { longitude: 0, dailySwing: 0.2, peakHour: 15 };

describe('demandAt', () => {
  test('peaks at the peak hour and is lowest twelve hours away', () => {
    expect(demandAt(WEDNESDAY + 15 * HOUR_MS, AT_GREENWICH)).toBeCloseTo(Math.exp(0.2), 12);
    expect(demandAt(WEDNESDAY + 3 * HOUR_MS, AT_GREENWICH)).toBeCloseTo(Math.exp(-0.2), 12);
    expect(demandAt(WEDNESDAY + 9 * HOUR_MS, AT_GREENWICH)).toBeCloseTo(1, 12);
  });

  test('follows the local solar time of the longitude', () => {
    const tokyo = { ...AT_GREENWICH, longitude: 135 };
    expect(demandAt(WEDNESDAY + 6 * HOUR_MS, tokyo)).toBeCloseTo(Math.exp(0.2), 12);
  });

  test('dips at the weekend', () => {
    const saturday = WEDNESDAY + 3 * 24 * HOUR_MS;
    expect(demandAt(saturday + 15 * HOUR_MS, AT_GREENWICH)).toBeCloseTo(Math.exp(0.2) * 0.82, 12);
  });

  test('never jumps: a minute changes it by less than half a percent, over any week', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 2e12 }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (t, longitude) => {
          const traits = { ...AT_GREENWICH, longitude };
          expect(Math.abs(demandAt(t + 60_000, traits) - demandAt(t, traits))).toBeLessThan(0.005);
        },
      ),
    );
  });
});

describe('readRegionClocks', () => {
  test('holds what demandAt says, for any device of a region', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.nat({ max: REGIONS.length - 1 }),
        fc.double({ min: 0, max: 24, noNaN: true }),
        (t, region, peakHour) => {
          const clocks = new Float64Array(REGIONS.length * CLOCK_CELLS);
          readRegionClocks(t, clocks);
          const [cos, sin, week] = clocks.subarray(region * CLOCK_CELLS, (region + 1) * CLOCK_CELLS);
          const peak = (2 * Math.PI * peakHour) / 24;
          const { longitude } = REGIONS[region];
          const told = Math.exp(0.3 * (cos * Math.cos(peak) + sin * Math.sin(peak))) * week;
          expect(told).toBeCloseTo(demandAt(t, { longitude, dailySwing: 0.3, peakHour }), 10);
        },
      ),
    );
  });
});

describe('localMinute', () => {
  test('is the minute of the day at Greenwich, and four minutes later for each degree east', () => {
    expect(localMinute(WEDNESDAY + 90 * 60_000 + 59_999, 0)).toBe(90);
    expect(localMinute(WEDNESDAY, 10)).toBe(40);
    expect(localMinute(WEDNESDAY, -10)).toBe(1400);
  });

  test('a minute later is the next minute, everywhere and always', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e12 }), fc.constantFrom(...REGIONS), (t, { longitude }) => {
        expect(localMinute(t + 60_000, longitude)).toBe((localMinute(t, longitude) + 1) % 1440);
      }),
    );
  });
});

describe('trendAt', () => {
  test('grows in a straight line and stops a quarter away', () => {
    expect(trendAt(10, 0.01)).toBeCloseTo(1.1, 12);
    expect(trendAt(100, 0.01)).toBe(1.25);
    expect(trendAt(100, -0.01)).toBe(0.75);
  });
});
