import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../domain/catalog';
import { departFromPeers, groupPeers, viewPeers } from './peers';
import { createMetricPipeline } from './pipeline';
import { type Disturbance, plainCatalog, plainFleet } from './testing';
import { Tracks } from './tracks';

function withRoles(catalog: Catalog, roleOf: (device: number) => string): Catalog {
  return { ...catalog, devices: catalog.devices.map((device, d) => ({ ...device, role: roleOf(d) })) };
}

/** Tracks of devices with one metric that is typically 100 with a deviation of 10, whose last values at time 0 are given. */
function tracksAt(values: readonly number[]): Tracks {
  const tracks = new Tracks(1);
  tracks.reserve(values.length + 1);
  values.forEach((value, device) => {
    const slot = device + 1;
    tracks.centre[slot] = 100;
    tracks.spread[slot] = 10 / 1.2533;
    tracks.learned[slot] = 1000;
    tracks.last[slot] = value;
    tracks.lastT[slot] = 0;
    tracks.usualGap[slot] = 1000;
  });
  return tracks;
}

const all = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, device) => device);

describe('groups of peers', () => {
  it('are the roles with at least six devices; a device without a role is in none', () => {
    const roles = ['web', 'web', 'db', 'web', '', 'web', 'web', 'web', '', '', '', '', ''];
    const { members, groupOf } = groupPeers(withRoles(plainCatalog(13, 1), (d) => roles[d]));
    expect(members.map((devices) => [...devices])).toEqual([[0, 1, 3, 5, 6, 7]]);
    expect([...groupOf.subarray(0, 6)]).toEqual([0, 0, -1, 0, -1, 0]);
  });
});

describe('the view of peers', () => {
  it('has the median and the spread of what they are away from their own typical values', () => {
    const view = viewPeers(tracksAt([100, 110, 120, 130, 140, 300]), all(6), 1000);
    expect(view?.peers).toBe(5);
    expect(view?.centre[0]).toBeCloseTo(2.5, 9);
    // Departures from 2.5: 2.5, 1.5, 0.5, 0.5, 1.5, 17.5; their median is 1.5.
    expect(view?.spread[0]).toBeCloseTo(Math.hypot(1, 1.4826 * 1.5), 9);
  });

  it('finds the one that is unlike the others, and none where all move alike', () => {
    const one = viewPeers(tracksAt([100, 101, 99, 102, 98, 200]), all(6), 1000);
    expect(one && departFromPeers(one, 0, 10)).toBeGreaterThan(8);
    const surge = viewPeers(tracksAt([200, 205, 195, 200, 210, 200]), all(6), 1000);
    expect(surge && Math.abs(departFromPeers(surge, 0, 10))).toBeLessThan(1);
  });

  it('does not count the silent, and says nothing with fewer than five peers', () => {
    const tracks = tracksAt([100, 100, 100, 100, 100, 100, 100]);
    expect(viewPeers(tracks, all(7), 1000)?.peers).toBe(6);
    tracks.lastT[1] = -60_000;
    expect(viewPeers(tracks, all(7), 1000)?.peers).toBe(5);
    tracks.lastT[2] = Number.NaN;
    expect(viewPeers(tracks, all(7), 1000)).toBeUndefined();
  });

  it('is finite where a metric is missing everywhere, or wild', () => {
    const missing = viewPeers(tracksAt(new Array(6).fill(Number.NaN)), all(6), 1000);
    expect(missing && departFromPeers(missing, 0, 4)).toBe(4);
    const wild = viewPeers(tracksAt([3.4e38, -3.4e38, 3.4e38, 100, 100, 100]), all(6), 1000);
    expect(wild && Number.isFinite(departFromPeers(wild, 0, 1e300))).toBe(true);
  });
});

describe('an explanation', () => {
  const DEVICES = 8;
  const config = { seed: 1, falseAlarmsPerDay: 0.5, samplesPerDay: 86_400, retrainEvery: 5000, keepRows: 20_000 };
  const explain = (disturb: Disturbance) => {
    const catalog = withRoles(plainCatalog(DEVICES, 3), () => 'web');
    const pipeline = createMetricPipeline(catalog, config);
    const fleet = plainFleet({ devices: DEVICES, metrics: 3, seed: 4, disturb });
    const healthy = new Uint8Array(DEVICES);
    pipeline.score(fleet.next(400), 0, healthy);
    expect(pipeline.train().ok).toBe(true);
    const { explanations } = pipeline.score(fleet.next(1), 1, healthy);
    return explanations.find(({ row }) => row === 3)?.contributions.find(({ metric }) => metric === 1);
  };

  it('tells a device that is alone in its trouble from a role that moves as a whole', () => {
    const alone = explain((tick, d, values) => {
      if (tick >= 400 && d === 3) values[1] *= 3;
    });
    expect(alone?.peers?.count).toBe(DEVICES - 1);
    expect(alone?.peers?.z).toBeGreaterThan(6);
    const together = explain((tick, _, values) => {
      if (tick >= 400) values[1] *= 3;
    });
    expect(together?.z).toBeGreaterThan(6);
    expect(Math.abs(together?.peers?.z ?? 9)).toBeLessThan(3);
  });
});
