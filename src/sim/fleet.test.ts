import { describe, expect, test } from 'vitest';
import { createDevices } from './fleet';
import { findRegion, REGIONS } from './regions';
import { ROLES } from './roles';

describe('regions', () => {
  test('there are at least 20, each with its own id and city and coordinates on the globe', () => {
    expect(REGIONS.length).toBeGreaterThanOrEqual(20);
    expect(new Set(REGIONS.map((region) => region.id)).size).toBe(REGIONS.length);
    expect(new Set(REGIONS.map((region) => region.city)).size).toBe(REGIONS.length);
    for (const region of REGIONS) {
      expect(Math.abs(region.latitude)).toBeLessThanOrEqual(90);
      expect(Math.abs(region.longitude)).toBeLessThanOrEqual(180);
    }
  });
});

describe('createDevices', () => {
  test('24 devices stand in at least 12 cities and have every role', () => {
    const devices = createDevices(1, 24);
    expect(devices).toHaveLength(24);
    expect(new Set(devices.map((device) => device.city)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(devices.map((device) => device.role))).toEqual(new Set(ROLES));
  });

  test('10,000 devices have different ids and stand where their region is', () => {
    const devices = createDevices(3, 10_000);
    expect(new Set(devices.map((device) => device.id)).size).toBe(10_000);
    const misplaced = devices.filter((device) => {
      const region = findRegion(device.region);
      return (
        device.city !== region?.city || device.latitude !== region.latitude || device.longitude !== region.longitude
      );
    });
    expect(misplaced).toEqual([]);
  });

  test('the same seed gives the same devices, another seed other places', () => {
    expect(createDevices(7, 30)).toEqual(createDevices(7, 30));
    expect(createDevices(7, 30)).not.toEqual(createDevices(8, 30));
  });
});
