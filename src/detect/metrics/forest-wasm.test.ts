import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../domain/random';
import type { FeatureMatrix } from '../contract';
import { type ForestTrees, growForest } from './forest-grow';
import { compileForest, meanPathLength, scoreForest, sumPathsInJs } from './forest-kernel';
import { hasWasmKernel, sumPathsInWasm } from './forest-wasm';
import { normalRows } from './testing';

function grow(f: number, trees: number, subsample: number, seed: number): ForestTrees {
  const columns = Array.from({ length: f }, (_, column) => column);
  return growForest(normalRows(1000, f, seed), { columns, trees, subsample, seed });
}

/** Some rows take thresholds of the forest as their values, where >= and > part. */
function rowsOnThresholds(forest: ForestTrees, n: number, seed: number): FeatureMatrix {
  const rows = normalRows(n, forest.features, seed);
  const random = createRandom(seed, 'thresholds');
  for (let i = 0; i < rows.data.length; i += 3) rows.data[i] = forest.threshold[random.int(forest.threshold.length)];
  return rows;
}

/** The score as the paper writes it, in double precision, node by node. */
function referenceScore(forest: ForestTrees, row: Float32Array): number {
  let sum = 0;
  for (const root of forest.roots) {
    let node = 0;
    let depth = 0;
    for (; forest.left[root + node] !== 0; depth++) {
      const at = root + node;
      node = row[forest.feature[at]] < forest.threshold[at] ? forest.left[at] : forest.right[at];
    }
    sum += depth + meanPathLength(forest.size[root + node]);
  }
  return 2 ** (-sum / forest.roots.length / meanPathLength(forest.subsample));
}

describe('the kernels of the forest', () => {
  it('has WebAssembly to test here', () => {
    expect(hasWasmKernel()).toBe(true);
  });

  it('are equal to the bit, whatever the number of rows, features, trees and levels', () => {
    const shape = fc.record({
      n: fc.integer({ min: 0, max: 70 }),
      f: fc.integer({ min: 1, max: 40 }),
      trees: fc.integer({ min: 1, max: 9 }),
      subsample: fc.constantFrom(2, 8, 9, 60, 256, 1000),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(shape, ({ n, f, trees, subsample, seed }) => {
        const forest = grow(f, trees, subsample, seed);
        const kernel = compileForest(forest);
        const rows = rowsOnThresholds(forest, n, seed);
        const inJs = new Float32Array(n + 1).fill(7);
        const inWasm = inJs.slice();
        sumPathsInJs(kernel, rows, inJs);
        sumPathsInWasm(kernel, rows, inWasm);
        expect(inWasm).toEqual(inJs);
        expect(inJs[n]).toBe(7);
      }),
      { numRuns: 60 },
    );
  });

  it('are equal over many blocks, and with infinities, zeros of both signs and NaN', () => {
    const forest = grow(5, 30, 256, 2);
    const kernel = compileForest(forest);
    const rows = rowsOnThresholds(forest, 4999, 3);
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 3.4e38, 1e-45];
    odd.forEach((value, i) => {
      rows.data.fill(value, i * 700, i * 700 + 9);
    });
    const inJs = new Float32Array(rows.n);
    const inWasm = new Float32Array(rows.n);
    sumPathsInJs(kernel, rows, inJs);
    sumPathsInWasm(kernel, rows, inWasm);
    expect(inWasm).toEqual(inJs);
  });

  it('keep two forests apart that are scored in turn', () => {
    const rows = normalRows(64, 3, 1);
    const kernels = [compileForest(grow(3, 100, 256, 1)), compileForest(grow(3, 20, 64, 2))];
    const scores = kernels.map((kernel) => {
      const out = new Float32Array(64);
      sumPathsInJs(kernel, rows, out);
      return out;
    });
    for (const turn of [0, 1, 0, 1]) {
      const out = new Float32Array(64);
      sumPathsInWasm(kernels[turn], rows, out);
      expect(out).toEqual(scores[turn]);
    }
  });

  it('do not depend on which rows come together', () => {
    const kernel = compileForest(grow(4, 20, 256, 5));
    const rows = normalRows(50, 4, 6);
    const together = new Float32Array(50);
    scoreForest(kernel, rows, together, sumPathsInWasm);
    for (let row = 0; row < 50; row++) {
      const alone = new Float32Array(1);
      scoreForest(kernel, { n: 1, f: 4, data: rows.data.subarray(row * 4, row * 4 + 4) }, alone, sumPathsInWasm);
      expect(alone[0]).toBe(together[row]);
    }
  });

  it.each([4, 38])('are within 1e-6 of a reference in double precision, %i features', (f) => {
    const forest = grow(f, 100, 256, 7);
    const rows = rowsOnThresholds(forest, 2000, 8);
    const out = new Float32Array(rows.n);
    scoreForest(compileForest(forest), rows, out, sumPathsInWasm);
    let worst = 0;
    for (let row = 0; row < rows.n; row++) {
      const wanted = referenceScore(forest, rows.data.subarray(row * f, row * f + f));
      worst = Math.max(worst, Math.abs(out[row] - wanted));
    }
    expect(worst).toBeLessThan(1e-6);
  });

  it('score the same where there is no WebAssembly', async () => {
    const kernel = compileForest(grow(4, 20, 256, 5));
    const rows = normalRows(100, 4, 6);
    const wanted = new Float32Array(100);
    sumPathsInWasm(kernel, rows, wanted);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    try {
      const fresh = await import('./forest-wasm');
      expect(fresh.hasWasmKernel()).toBe(false);
      const out = new Float32Array(100);
      fresh.sumPathsInWasm(kernel, rows, out);
      expect(out).toEqual(wanted);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
