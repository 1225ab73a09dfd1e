import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { fitGaussianMaps, gaussianise, normalExceeded, normalShare } from './gaussianise';
import { cholesky, invertLower } from './linear-algebra';
import { mahalanobis } from './mahalanobis';

describe('linear algebra', () => {
  it('factors and inverts a 2 x 2 by hand', () => {
    const l = cholesky(Float64Array.of(4, 2, 2, 10), 2);
    expect(l).toEqual(Float64Array.of(2, 0, 1, 3));
    expect(l && [...invertLower(l, 2)]).toEqual([0.5, 0, -1 / 6, 1 / 3]);
  });

  it('says when a matrix is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  });
});

describe('maps to normality', () => {
  it('has the normal distribution function', () => {
    expect(normalShare(0)).toBeCloseTo(0.5, 7);
    expect(normalShare(1.959964)).toBeCloseTo(0.975, 6);
    expect(normalShare(-3)).toBeCloseTo(0.0013499, 6);
    for (const z of [0, 0.5, 1.959964, 4]) expect(normalExceeded(1 - normalShare(z))).toBeCloseTo(z, 2);
    expect(normalExceeded(0.5)).toBe(0);
  });

  it('maps an exponential column to about standard normal, in order', () => {
    const random = createRandom(1, 'skew');
    const data = Float32Array.from({ length: 5000 }, () => -Math.log(1 - random.next()));
    const maps = fitGaussianMaps({ n: 5000, f: 1, data }, Uint16Array.of(0));
    expect(gaussianise(maps, 0, Math.LN2)).toBeCloseTo(0, 1);
    expect(gaussianise(maps, 0, -Math.log(0.0228))).toBeCloseTo(2, 0);
    let before = Number.NEGATIVE_INFINITY;
    for (let x = -5; x < 50; x += 0.25) {
      const g = gaussianise(maps, 0, x);
      expect(g).toBeGreaterThan(before);
      before = g;
    }
  });
});

describe('mahalanobis', () => {
  it('finds a row whose values are ordinary one by one but not together', () => {
    const random = createRandom(2, 'pair');
    const data = new Float32Array(2000);
    for (let i = 0; i < 1000; i++) {
      data[2 * i] = random.normal();
      data[2 * i + 1] = data[2 * i] + 0.1 * random.normal();
    }
    const fitted = mahalanobis.fit({ n: 1000, f: 2, data }, { seed: 1 });
    if (!fitted.ok) throw new Error(fitted.error.message);
    const out = new Float32Array(2);
    fitted.value.score({ n: 2, f: 2, data: Float32Array.of(1.5, 1.5, 1.5, -1.5) }, out);
    expect(out[0]).toBeLessThan(3);
    expect(out[1]).toBeGreaterThan(20);
  });

  it('counts each feature by itself as far as it is told to: the geometric mean of both distances, the same after save and load', () => {
    const data = Float32Array.of(1, 1, 1, 1, -1, -1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1);
    const matrix = { n: 8, f: 2, data };
    const score = (apart: number): Float32Array => {
      const params = { shrinkage: 0.5, trim: 0, gaussianise: 0, apart };
      const fitted = mahalanobis.fit(matrix, { seed: 1, params });
      if (!fitted.ok) throw new Error(fitted.error.message);
      const loaded = mahalanobis.load(structuredClone(fitted.value.save()));
      if (!loaded.ok) throw new Error(loaded.error.message);
      const rows = { n: 2, f: 2, data: Float32Array.of(3, 3, 3, -3) };
      const [out, again] = [new Float32Array(2), new Float32Array(2)];
      fitted.value.score(rows, out);
      loaded.value.score(rows, again);
      expect(again).toEqual(out);
      return out;
    };
    // Variance 1 each (and the ridge), correlation 0.5 after shrinkage (k / n = 0.25 is less).
    const [joint, half, apart] = [score(0), score(0.5), score(1)];
    expect(joint[0]).toBeCloseTo(9 / 1.5, 1);
    expect(joint[1]).toBeCloseTo(9 / 0.5, 0);
    for (const row of [0, 1]) {
      expect(apart[row]).toBeCloseTo(9 / 1.001, 4);
      expect(half[row]).toBeCloseTo(Math.sqrt(joint[row] * apart[row]), 4);
    }
  });

  it('scores a row with a weight as if it were alone, whatever stands beside it, to the bit', () => {
    const random = createRandom(3, 'rows');
    const data = Float32Array.from({ length: 300 }, () => random.normal());
    const fitted = mahalanobis.fit({ n: 60, f: 5, data }, { seed: 1, params: { gaussianise: 0, apart: 0.5 } });
    if (!fitted.ok) throw new Error(fitted.error.message);
    const together = new Float32Array(60);
    fitted.value.score({ n: 60, f: 5, data }, together);
    const alone = Float32Array.from(together, (_, row) => {
      const out = new Float32Array(1);
      fitted.value.score({ n: 1, f: 5, data: data.slice(5 * row, 5 * row + 5) }, out);
      return out[0];
    });
    expect(alone).toEqual(together);
  });

  it('refuses a saved weight out of range, and names it', () => {
    const random = createRandom(2, 'pair');
    const data = Float32Array.from({ length: 40 }, () => random.normal());
    const fitted = mahalanobis.fit({ n: 20, f: 2, data }, { seed: 1, params: { apart: 0.5 } });
    if (!fitted.ok) throw new Error(fitted.error.message);
    const saved = fitted.value.save();
    if (typeof saved !== 'object' || saved === null) throw new Error('a model is saved as an object');
    const loaded = mahalanobis.load({ ...saved, apart: 2 });
    expect(!loaded.ok && loaded.error.message).toContain('mahalanobis.apart must be a number in');
  });
});
