import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../domain/random';
import type { FeatureMatrix } from '../contract';
import { fitGaussianMaps, identityMaps } from './gaussianise';
import { createDistances, createDistancesInJs, type Ellipsoid } from './mahalanobis-kernel';
import { normalRows } from './testing';

/** An ellipsoid of `columns` of the f features: maps to normality of rows of which some lie far out, or none; any lower triangle. */
function ellipsoidOf(f: number, columns: readonly number[], seed: number, mapped: boolean): Ellipsoid {
  const random = createRandom(seed, 'ellipsoid');
  const rows = normalRows(400, f, seed);
  for (let i = 0; i < rows.data.length; i += 97) rows.data[i] *= 40;
  const used = Uint16Array.from(columns);
  const k = used.length;
  const whiten = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) whiten[i * k + j] = random.normal();
  const mean = Float64Array.from({ length: k }, () => random.normal());
  const maps = mapped ? fitGaussianMaps(rows, used) : identityMaps(k);
  return { features: f, columns: used, maps, mean, whiten, apart: undefined };
}

/** Some rows stand exactly on knots, or beyond the outermost ones. */
function rowsFor({ features: f, columns, maps }: Ellipsoid, n: number, seed: number): FeatureMatrix {
  const rows = normalRows(n, f, seed);
  const odd = [0, -0, 1e-45, 3.4e38, -3.4e38];
  for (let i = 0; i < rows.data.length; i += 5) {
    const c = columns.indexOf(i % f);
    if (i % 3 === 0) rows.data[i] = odd[i % odd.length];
    else if (c >= 0) rows.data[i] = maps.x[maps.starts[c] + (i % (maps.starts[c + 1] - maps.starts[c]))];
  }
  return rows;
}

function distancesOf(ellipsoid: Ellipsoid, rows: FeatureMatrix, make: typeof createDistances): Float32Array {
  const out = new Float32Array(rows.n + 1).fill(7);
  make(ellipsoid)(rows, out);
  return out;
}

describe('the distance in WebAssembly', () => {
  it('is the one by hand: each value through its map, less the mean, through the triangle, squared and added', () => {
    const maps = {
      starts: Int32Array.of(0, 3, 5),
      x: Float64Array.of(-2, 0, 4, -1, 1),
      g: Float64Array.of(-1, 0, 1, -2, 2),
    };
    const whiten = Float64Array.of(2, 0, 1, 3);
    const ellipsoid = { features: 3, columns: Uint16Array.of(0, 2), mean: Float64Array.of(0.5, 1), apart: undefined };
    // Mapped: (0.5, 1), (-0.5, 3), (1.25, -1). Less the mean: (0, 0), (-1, 2), (0.75, -2).
    const rows = { n: 3, f: 3, data: Float32Array.of(2, 9, 0.5, -1, 9, 1.5, 5, 9, -0.5) };
    const wanted = [0, (4 + 25) / 2, (1.5 ** 2 + 5.25 ** 2) / 2, 7];
    expect([...distancesOf({ ...ellipsoid, maps, whiten }, rows, createDistances)]).toEqual(wanted);
  });

  it('is equal to the bit to the one in JavaScript, whatever the number of rows and columns', () => {
    const shape = fc.record({
      n: fc.integer({ min: 1, max: 150 }),
      f: fc.integer({ min: 1, max: 26 }),
      skip: fc.integer({ min: 2, max: 5 }),
      seed: fc.integer({ min: 0, max: 1000 }),
      mapped: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ n, f, skip, seed, mapped }) => {
        const columns = Array.from({ length: f }, (_, c) => c).filter((c) => c === 0 || c % skip !== 0);
        const ellipsoid = ellipsoidOf(f, columns, seed, mapped);
        const rows = rowsFor(ellipsoid, n, seed + 1);
        const inJs = distancesOf(ellipsoid, rows, createDistancesInJs);
        expect(distancesOf(ellipsoid, rows, createDistances)).toEqual(inJs);
        expect(inJs[n]).toBe(7);
        expect(inJs.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps two models apart that score in turn, the larger one second', () => {
    const models = [
      ellipsoidOf(3, [0, 1, 2], 1, true),
      ellipsoidOf(
        90,
        Array.from({ length: 90 }, (_, c) => c),
        2,
        true,
      ),
    ];
    const rows = models.map((ellipsoid, i) => rowsFor(ellipsoid, 30, i));
    const scores = models.map((ellipsoid) => createDistances(ellipsoid));
    for (const turn of [0, 1, 0, 1]) {
      const out = new Float32Array(31).fill(7);
      scores[turn](rows[turn], out);
      expect(out).toEqual(distancesOf(models[turn], rows[turn], createDistancesInJs));
    }
  });

  it('runs here, and is not asked for where the host has no WebAssembly', async () => {
    const ellipsoid = ellipsoidOf(4, [0, 1, 2, 3], 3, true);
    const rows = rowsFor(ellipsoid, 10, 4);
    const { readDistances } = await import('./mahalanobis-wasm');
    expect(readDistances(ellipsoid, rows, 0, 10)).toBeInstanceOf(Float64Array);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    try {
      const fresh = await import('./mahalanobis-wasm');
      expect(fresh.readDistances(ellipsoid, rows, 0, 10)).toBeUndefined();
      const { createDistances: without } = await import('./mahalanobis-kernel');
      expect(distancesOf(ellipsoid, rows, without)).toEqual(distancesOf(ellipsoid, rows, createDistances));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
