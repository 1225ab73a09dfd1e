import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, invertLower, scatterOf } from './linear-algebra';
import { normalRows } from './testing';

describe('the scatter of rows', () => {
  it('is the sum of the products of what departs from the mean', () => {
    const data = Float64Array.of(1, 10, 3, 10, 5, 40);
    const scatter = scatterOf(data, 2, Uint32Array.of(0, 1, 2), Float64Array.of(3, 20));
    expect([...scatter]).toEqual([8, 0, 60, 600]);
  });

  it('is to the bit that of the plain loop, whatever the number of rows and columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 1, max: 13 }), fc.nat(999), (n, k, seed) => {
        const data = Float64Array.from(normalRows(n, k, seed).data);
        // Every second row, backwards.
        const rows = Uint32Array.from({ length: n >> 1 }, (_, i) => n - 1 - 2 * i);
        const mean = Float64Array.from({ length: k }, (_, j) => j / 10);
        const plain = new Float64Array(k * k);
        for (const row of rows) {
          for (let i = 0; i < k; i++) {
            for (let j = 0; j <= i; j++)
              plain[i * k + j] += (data[row * k + i] - mean[i]) * (data[row * k + j] - mean[j]);
          }
        }
        expect(scatterOf(data, k, rows, mean)).toEqual(plain);
      }),
    );
  });
});

describe('a Cholesky factor', () => {
  it('multiplied by its transpose gives the matrix, and its inverse undoes it', () => {
    const a = Float64Array.of(4, 2, 2, 5);
    const l = cholesky(a, 2);
    if (!l) throw new Error('positive definite');
    expect([...l]).toEqual([2, 0, 1, 2]);
    expect([...invertLower(l, 2)]).toEqual([0.5, 0, -0.25, 0.5]);
  });

  it('is not to be had of a matrix that is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(0), 1)).toBeUndefined();
  });
});
