import { expect, it } from 'vitest';
import { addShortening, expectedPaths, normaliseShares } from './forest-explain';
import { type ForestTrees, growForest } from './forest-grow';
import { compileForest, meanPathLength } from './forest-kernel';
import { normalRows } from './testing';

/** x < 3 is one row of four by itself; of the other three y >= 5 is one. */
const byHand: ForestTrees = {
  features: 2,
  subsample: 4,
  maxDepth: 2,
  roots: Int32Array.of(0),
  feature: Uint16Array.of(0, 0, 1, 0, 0),
  threshold: Float32Array.of(3, 0, 5, 0, 0),
  left: Int32Array.of(1, 0, 3, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0),
  size: Int32Array.of(4, 1, 3, 2, 1),
};

function shorteningOf(forest: ForestTrees, row: Float32Array): Float32Array {
  const kernel = compileForest(forest);
  const out = new Float32Array(forest.features);
  addShortening(kernel, expectedPaths(forest, kernel), row, out);
  return out;
}

it('gives each split what it changed of the expected path', () => {
  // Leaves at 1, 2 + c(2) = 3 and 2; the second split expects (2 x 3 + 2) / 3, the root (1 + 3 x 8/3) / 4.
  const [root, inner] = [9 / 4, 8 / 3];
  expect([...shorteningOf(byHand, Float32Array.of(1, 9))]).toEqual([Math.fround(root - 1), 0]);
  const [x, y] = shorteningOf(byHand, Float32Array.of(4, 9));
  expect(x).toBeCloseTo(root - inner, 6);
  expect(y).toBeCloseTo(inner - 2, 6);
});

it('adds up to what the whole path is shorter than expected, whatever lies below its leaf', () => {
  const forest = growForest(normalRows(600, 5, 1), { columns: [0, 1, 2, 4], trees: 20, subsample: 200, seed: 3 });
  const rows = normalRows(40, 5, 2);
  const expected = expectedPaths(forest, compileForest(forest));
  const width = expected.length / 20 / 2;
  const roots = forest.roots.reduce((sum, _, tree) => sum + expected[2 * width * tree + 1], 0);
  for (let i = 0; i < 40; i++) {
    const row = rows.data.subarray(5 * i, 5 * i + 5);
    let paths = 0;
    for (const root of forest.roots) {
      let [at, depth] = [root, 0];
      for (; forest.left[at] !== 0; depth++) {
        at = root + (row[forest.feature[at]] >= forest.threshold[at] ? forest.right[at] : forest.left[at]);
      }
      paths += depth + meanPathLength(forest.size[at]);
    }
    const shortening = shorteningOf(forest, row);
    expect(shortening.reduce((sum, part) => sum + part, 0)).toBeCloseTo(roots - paths, 3);
    expect(shortening[3]).toBe(0);
  }
});

it('scales the first parts and leaves the others alone', () => {
  expect(normaliseShares(Float32Array.of(1, -2, 3, 9), 3)).toEqual(Float32Array.of(0.25, 0, 0.75, 9));
  expect(normaliseShares(Float32Array.of(0, -2, 9), 2)).toEqual(Float32Array.of(0.5, 0.5, 9));
});
