import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundValues, MAX_DISK_MBS, MAX_NETWORK_MBITS, saturateCpu } from './bounds';

describe('boundValues', () => {
  test('brings every value into its physical range', () => {
    const low = { cpu: -1, memory: -2, disk: -3, network: -4 };
    boundValues(low);
    expect(low).toEqual({ cpu: 0, memory: 0, disk: 0, network: 0 });
    const high = { cpu: 101, memory: 102, disk: 1e9, network: 1e9 };
    boundValues(high);
    expect(high).toEqual({ cpu: 100, memory: 100, disk: MAX_DISK_MBS, network: MAX_NETWORK_MBITS });
  });
});

describe('saturateCpu', () => {
  test('is what is asked for up to the knee, and never reaches 100', () => {
    expect(saturateCpu(30)).toBe(30);
    expect(saturateCpu(85)).toBe(85);
    expect(saturateCpu(100)).toBeCloseTo(100 - 15 / Math.E, 12);
  });

  test('more asked for is never less used', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (at, more) => {
          expect(saturateCpu(at + more)).toBeGreaterThanOrEqual(saturateCpu(at));
          expect(saturateCpu(at)).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
