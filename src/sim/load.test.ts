import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSpreadSums, POOLS, spreadTraffic, type Traffic } from './load';
import { ZONES } from './regions';
import { mean, seriesOf, startSimulator } from './testing';

interface Server {
  readonly demand: number;
  readonly serving: number;
  readonly weight: number;
  readonly capacity: number;
  readonly pool: number;
}

function spread(servers: readonly Server[]) {
  const traffic: Traffic = {
    count: servers.length,
    demand: Float64Array.from(servers, ({ demand }) => demand),
    serving: Float64Array.from(servers, ({ serving }) => serving),
    weight: Float64Array.from(servers, ({ weight }) => weight),
    limit: Float64Array.from(servers, ({ weight, capacity }) => weight * capacity),
    pool: Int16Array.from(servers, ({ pool }) => pool),
  };
  const load = new Float64Array(servers.length);
  const sums = createSpreadSums();
  spreadTraffic(traffic, load, sums);
  return { load: [...load], dropped: [...sums.dropped], limit: [...traffic.limit] };
}

const usual = { demand: 1, serving: 1, weight: 1, capacity: 3, pool: 0 };

describe('spreadTraffic', () => {
  test('leaves everybody their own while all serve', () => {
    expect(spread([usual, { ...usual, demand: 2 }]).load).toEqual([1, 2]);
  });

  test('gives the traffic of a lost server to its pool by weight, and to nobody else', () => {
    const { load, dropped } = spread([
      { ...usual, serving: 0 },
      usual,
      { ...usual, weight: 3, demand: 3 },
      { ...usual, pool: 5 },
    ]);
    expect(load).toEqual([0, 1.25, 3.75, 1]);
    expect(dropped.every((rate) => rate === 0)).toBe(true);
  });

  test('gives the traffic of a pool that is lost as a whole to the role in other zones, by the room there', () => {
    const { load } = spread([
      { ...usual, serving: 0, demand: 2 },
      { ...usual, pool: 1, capacity: 2 },
      { ...usual, pool: 2, capacity: 4 },
    ]);
    expect(load).toEqual([0, 1.5, 2.5]);
  });

  test('turns away what nobody can carry', () => {
    const { load, dropped } = spread([
      { ...usual, serving: 0, demand: 5 },
      { ...usual, capacity: 2 },
    ]);
    expect(load).toEqual([0, 2]);
    expect(dropped[0]).toBe(4);
  });

  test('drops everything of a role without a serving device, and a device outside of the fleet shares with nobody', () => {
    expect(spread([{ ...usual, serving: 0 }]).dropped[0]).toBe(1);
    expect(
      spread([
        { ...usual, pool: -1, serving: 0 },
        { ...usual, pool: -1 },
      ]).load,
    ).toEqual([0, 1]);
  });

  test('over each role, load and what was dropped add up to the demand, and no load is above its limit', () => {
    const server = fc.record({
      demand: fc.double({ min: 0, max: 20, noNaN: true }),
      serving: fc.constantFrom(0, 0.3, 1),
      weight: fc.double({ min: 0.5, max: 2, noNaN: true }),
      capacity: fc.double({ min: 1, max: 5, noNaN: true }),
      pool: fc.nat({ max: POOLS - 1 }),
    });
    fc.assert(
      fc.property(fc.array(server, { minLength: 1, maxLength: 40 }), (servers) => {
        const { load, dropped, limit } = spread(servers);
        for (let role = 0; role < dropped.length; role++) {
          const of = servers.map((_, i) => i).filter((i) => Math.floor(servers[i].pool / ZONES.length) === role);
          const asked = of.reduce((sum, i) => sum + servers[i].demand, 0);
          const served = of.reduce((sum, i) => sum + load[i], 0);
          expect(served + dropped[role]).toBeCloseTo(asked, 6);
        }
        load.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(limit[i] * servers[i].serving + 1e-9);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a fleet with blocked devices', () => {
  const isEuropean = (region: string): boolean =>
    ['dub', 'lhr', 'cdg', 'fra', 'arn', 'mxp', 'waw', 'dxb', 'jnb'].includes(region);

  test('a blocked device goes idle, reports on, and its peers carry its load until it is released', () => {
    const options = { deviceCount: 96, normalEvents: false };
    const free = startSimulator(options);
    const shut = startSimulator(options);
    const { devices } = free.info().catalog;
    const webs = devices.flatMap((d, i) => (d.role === 'web' && isEuropean(d.region) ? [i] : []));
    expect(webs.length).toBeGreaterThan(3);
    const blocked = webs.slice(0, Math.floor(webs.length / 2));
    const peers = webs.slice(blocked.length);
    const others = devices.flatMap((d, i) => (d.role !== 'web' ? [i] : []));
    for (const simulator of [free, shut]) simulator.pull(60);
    shut.setBlocked(blocked);
    const [a, b] = [free.pull(120), shut.pull(120)];
    const network = (batch: typeof a, i: number): number => mean(seriesOf(batch, i, 3).slice(30));
    for (const i of blocked) expect(network(b, i)).toBeLessThan(0.35 * network(a, i));
    for (const i of blocked) expect(seriesOf(b, i, 3)).toHaveLength(120);
    for (const i of peers) expect(network(b, i)).toBeGreaterThan(1.25 * network(a, i));
    for (const i of others) expect(seriesOf(b, i, 3)).toEqual(seriesOf(a, i, 3));

    shut.setBlocked([]);
    shut.pull(300);
    free.pull(300);
    const [later, shutLater] = [free.pull(60), shut.pull(60)];
    for (const i of webs) expect(mean(seriesOf(shutLater, i, 3)) / mean(seriesOf(later, i, 3))).toBeCloseTo(1, 1);
  });

  test('blocking almost all of a role overloads the rest: twice the CPU, lines that say so', () => {
    const simulator = startSimulator({ deviceCount: 48, normalEvents: false });
    const { devices } = simulator.info().catalog;
    const apis = devices.flatMap((d, i) => (d.role === 'api' ? [i] : []));
    const calm = simulator.pull(30);
    simulator.setBlocked(apis.slice(1));
    const batch = simulator.pull(90);
    const before = mean(seriesOf(calm, apis[0], 0));
    expect(mean(seriesOf(batch, apis[0], 0).slice(30))).toBeGreaterThan(Math.max(60, 1.7 * before));
    const text = new TextDecoder().decode(batch.logs.bytes);
    expect(text).toContain('overload: shedding load');
  });
});
