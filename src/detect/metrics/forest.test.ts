import { describe, expect, it } from 'vitest';
import { isolationForest } from './forest';
import { depthLimit, type ForestTrees, growForest, roundUpToFloat32 } from './forest-grow';
import { compileForest, meanPathLength, scoreForest } from './forest-kernel';
import { loadForest, saveForest } from './forest-saved';
import { normalRows } from './testing';

/** One tree by hand: x < 2 -> 3 rows; else y < 5 -> 1 row, else 4 rows. */
function smallTree(): ForestTrees {
  return {
    features: 2,
    subsample: 8,
    maxDepth: 3,
    roots: Int32Array.of(0),
    feature: Uint16Array.of(0, 0, 1, 0, 0),
    threshold: Float32Array.of(2, 0, 5, 0, 0),
    left: Int32Array.of(1, 0, 3, 0, 0),
    right: Int32Array.of(2, 0, 4, 0, 0),
    size: Int32Array.of(8, 3, 5, 1, 4),
  };
}

describe('isolation forest', () => {
  it('has the mean path lengths of the paper', () => {
    expect(meanPathLength(0)).toBe(0);
    expect(meanPathLength(1)).toBe(0);
    expect(meanPathLength(2)).toBe(1);
    expect(meanPathLength(256)).toBeCloseTo(10.2448, 4);
  });

  it('scores a tree drawn by hand as the paper says', () => {
    const out = new Float32Array(5);
    const rows = Float32Array.of(1, 9, 2, 4.9, 3, 5, 1.99, 0, 9, 9);
    scoreForest(compileForest(smallTree()), { n: 5, f: 2, data: rows }, out);
    const c = meanPathLength(8);
    const paths = [1 + meanPathLength(3), 2, 2 + meanPathLength(4), 1 + meanPathLength(3), 2 + meanPathLength(4)];
    paths.forEach((path, row) => {
      expect(out[row]).toBeCloseTo(2 ** (-path / c), 6);
    });
  });

  it('rounds thresholds up, so that float32 rows fall on the same side as in double precision', () => {
    expect(roundUpToFloat32(0.5)).toBe(0.5);
    expect(roundUpToFloat32(0.1)).toBe(Math.fround(0.1));
    expect(roundUpToFloat32(0.3)).toBeGreaterThanOrEqual(0.3);
    expect(roundUpToFloat32(-0.1)).toBeGreaterThanOrEqual(-0.1);
    expect(roundUpToFloat32(1e-60)).toBeGreaterThan(0);
    for (let i = 1; i < 200; i++) {
      const value = Math.sin(i * 12.9898) * 1000;
      const up = roundUpToFloat32(value);
      expect(up).toBeGreaterThanOrEqual(value);
      expect(up - value).toBeLessThan(1e-4);
    }
  });

  it('grows sound trees of 256 rows, cut at depth 8, on columns that vary', () => {
    const rows = normalRows(2000, 3, 1);
    const forest = growForest(rows, { columns: [0, 2], trees: 20, subsample: 256, seed: 4 });
    expect(forest.roots.length).toBe(20);
    expect(depthLimit(256)).toBe(8);
    expect([...forest.feature].every((feature) => feature === 0 || feature === 2)).toBe(true);
    for (const root of forest.roots) expect(forest.size[root]).toBe(256);
    expect(loadForest(structuredClone(saveForest(forest))).ok).toBe(true);
  });

  it('keeps no training row: a canary value is nowhere in the saved form', () => {
    const rows = normalRows(500, 2, 1);
    rows.data[200] = 123.456;
    const fitted = isolationForest.fit(rows, { seed: 1 });
    if (!fitted.ok) throw new Error(fitted.error.message);
    const numbers = Object.values(fitted.value.save() as Record<string, ArrayLike<number>>).flatMap((v) =>
      typeof v === 'number' ? [v] : Array.from(v),
    );
    expect(numbers).not.toContain(Math.fround(123.456));
  });

  it.each<[string, (forest: Record<string, unknown>) => void, string]>([
    [
      'a cycle',
      (f) => {
        f.left = Int32Array.of(1, 0, 0, 0, 0);
      },
      'must be in',
    ],
    [
      'a node that is its own child',
      (f) => {
        f.right = Int32Array.of(2, 0, 2, 0, 0);
      },
      'must be in',
    ],
    [
      'a child out of range',
      (f) => {
        f.right = Int32Array.of(2, 0, 9, 0, 0);
      },
      'must be in',
    ],
    [
      'two parents',
      (f) => {
        f.right = Int32Array.of(2, 0, 3, 0, 0);
      },
      'two parents',
    ],
    [
      'a feature out of range',
      (f) => {
        f.feature = Uint16Array.of(0, 0, 2, 0, 0);
      },
      'feature[2]',
    ],
    [
      'an infinite threshold',
      (f) => {
        f.threshold = Float32Array.of(2, 0, Number.POSITIVE_INFINITY, 0, 0);
      },
      'threshold[2]',
    ],
    [
      'rows that do not add up',
      (f) => {
        f.size = Int32Array.of(8, 3, 5, 1, 5);
      },
      'add to',
    ],
    [
      'another number of rows',
      (f) => {
        f.size = Int32Array.of(7, 3, 4, 1, 3);
      },
      'instead of 8',
    ],
    [
      'no trees',
      (f) => {
        f.roots = Int32Array.of();
      },
      'empty',
    ],
    [
      'a root beyond the nodes',
      (f) => {
        f.roots = Int32Array.of(0, 7);
      },
      'hangs on no parent',
    ],
    [
      'a depth beyond the limit',
      (f) => {
        f.maxDepth = 1;
      },
      'deeper',
    ],
    [
      'a subsample beyond the limit',
      (f) => {
        f.subsample = 1e9;
      },
      'subsample',
    ],
  ])('refuses a saved forest with %s', (_, spoil, message) => {
    const saved = saveForest(smallTree()) as Record<string, unknown>;
    expect(loadForest(saved).ok).toBe(true);
    spoil(saved);
    const result = loadForest(saved);
    expect(!result.ok && result.error.message).toContain(message);
  });
});
