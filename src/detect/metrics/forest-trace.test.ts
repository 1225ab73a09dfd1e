import { describe, expect, it } from 'vitest';
import { createFlaggedRows, findFlagged, keepFlagged } from './flagged-rows';
import type { ForestTrees } from './forest-grow';
import { growForest } from './forest-grow';
import { compileForest, meanPathLength, scoreForest } from './forest-kernel';
import { tracePaths } from './forest-trace';
import { createMetricPipeline } from './pipeline';
import { robustZ } from './robust-z';
import { normalRows, plainCatalog, plainFleet } from './testing';

/** Two trees of four rows: `a < 1`, then on the right `b < 2`; and a tree that is a single leaf. */
const forest: ForestTrees = {
  features: 2,
  subsample: 4,
  maxDepth: 2,
  roots: Int32Array.of(0, 5),
  feature: Uint16Array.of(0, 0, 1, 0, 0, 0),
  threshold: Float32Array.of(1, 0, 2, 0, 0, 0),
  left: Int32Array.of(1, 0, 3, 0, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0, 0),
  size: Int32Array.of(4, 1, 3, 1, 2, 4),
};

describe('the way of a row through a tree', () => {
  it('tells each split, its side, the leaf and the length', () => {
    const { paths, cPsi, meanLength } = tracePaths(forest, Float32Array.of(1, 5), ['a', 'b']);
    expect(paths).toEqual([
      {
        tree: 0,
        steps: [
          { feature: 0, name: 'a', threshold: 1, value: 1, goesLeft: false },
          { feature: 1, name: 'b', threshold: 2, value: 5, goesLeft: false },
        ],
        leafSize: 2,
        length: 3,
      },
      { tree: 1, steps: [], leafSize: 4, length: meanPathLength(4) },
    ]);
    expect(cPsi).toBe(meanPathLength(4));
    expect(meanLength).toBe((3 + meanPathLength(4)) / 2);
  });

  it('is short for a row that one split parts from the others', () => {
    const { paths } = tracePaths(forest, Float32Array.of(0, 0), ['a', 'b']);
    expect(paths[0]).toMatchObject({ leafSize: 1, length: 1, steps: [{ name: 'a', goesLeft: true }] });
  });

  it('makes the score: 2^(-mean length / c(psi)) is what the kernel gives', () => {
    const rows = normalRows(400, 6, 3);
    const grown = growForest(rows, { columns: [0, 1, 2, 3, 4, 5], trees: 100, subsample: 256, seed: 2 });
    const probe = { ...normalRows(50, 6, 4) };
    probe.data.set([9, -9, 0, 300, 1, 2], 0);
    const out = new Float32Array(50);
    scoreForest(compileForest(grown), probe, out);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let row = 0; row < 50; row++) {
      const { meanLength, cPsi, paths } = tracePaths(grown, probe.data.slice(row * 6, row * 6 + 6), names);
      expect(2 ** (-meanLength / cPsi)).toBeCloseTo(out[row], 6);
      expect(paths.length).toBe(100);
      for (const { steps } of paths) {
        expect(steps.length).toBeLessThanOrEqual(8);
        for (const step of steps) {
          expect(step.goesLeft).toBe(step.value < step.threshold);
          expect(step.name).toBe(names[step.feature]);
        }
      }
    }
  });
});

describe('kept flagged rows', () => {
  const row = (device: number, t: number, rarity: number) => ({
    device,
    t,
    rarity,
    raw: 0.6,
    features: Float32Array.of(rarity),
  });

  it('are the rarest of each event of a device', () => {
    const kept = createFlaggedRows();
    keepFlagged(kept, row(1, 1000, 6), 1);
    keepFlagged(kept, row(1, 2000, 9), 2);
    keepFlagged(kept, row(2, 2000, 12), 2);
    keepFlagged(kept, row(1, 3000, 7), 3);
    keepFlagged(kept, row(1, 60_000, 8), 60);
    expect(findFlagged(kept, 1, 0, 5000)).toMatchObject({ t: 2000, rarity: 9 });
    expect(findFlagged(kept, 1, 5000, 90_000)).toMatchObject({ t: 60_000, rarity: 8 });
    expect(findFlagged(kept, 1, 3000, 5000)).toBeUndefined();
    expect(findFlagged(kept, 3, 0, 90_000)).toBeUndefined();
  });

  it('are bounded: the oldest events go', () => {
    const kept = createFlaggedRows();
    for (let k = 0; k < 2000; k++) keepFlagged(kept, row(k % 3, k, 6), k * 100);
    expect(kept.rows.length).toBe(512);
    expect(findFlagged(kept, 0, 0, 1000)).toBeUndefined();
    expect(findFlagged(kept, 1, 1999, 1999)).toMatchObject({ t: 1999 });
  });
});

describe('a pipeline', () => {
  const config = { seed: 1, falseAlarmsPerDay: 0.5, samplesPerDay: 86_400, retrainEvery: 5000, keepRows: 20_000 };
  const trusted = new Uint8Array(8);
  const fleet = plainFleet({
    devices: 8,
    metrics: 4,
    seed: 1,
    disturb: (tick, d, values) => {
      if (d === 2 && tick >= 410 && tick < 415) values[1] *= 5;
    },
  });
  const pipeline = createMetricPipeline(plainCatalog(8, 4), config);
  pipeline.score(fleet.next(400), 0, trusted);

  it('shows how its forest saw a flagged sample, with the raw score that it was given then', () => {
    expect(pipeline.tracePaths({ of: 'typical' })).toBeUndefined();
    expect(pipeline.train().ok).toBe(true);
    const batch = fleet.next(20);
    const { members } = pipeline.score(batch, 1, trusted);
    const from = batch.t[10 * 8];
    const trace = pipeline.tracePaths({ of: 'flagged', device: 2, from, to: from + 4000 });
    if (!trace) throw new Error('the event was flagged');
    const row = batch.t.findIndex((t, i) => t === trace.t && batch.device[i] === 2);
    expect(trace.rawScore).toBe(members[0].raw[row]);
    expect(trace.rawThen).toBe(trace.rawScore);
    expect(trace.rarity).toBeCloseTo(members[0].rarity[row], 5);
    expect(2 ** (-trace.meanLength / trace.cPsi)).toBeCloseTo(trace.rawScore, 6);
    expect(trace.featureNames.length).toBe(trace.features.length);
    expect(trace.paths.length).toBe(20);
    expect(trace.paths[0].length).toBeLessThanOrEqual(trace.paths[19].length);
    const typical = pipeline.tracePaths({ of: 'typical' }, 3);
    expect(typical?.paths.length).toBe(3);
    expect(typical?.rawScore).toBeLessThan(trace.rawScore);
    expect(typical?.rawThen).toBeNaN();
    expect(pipeline.tracePaths({ of: 'features', features: trace.features })?.rawScore).toBe(trace.rawScore);
  });

  it('has nothing to show for what was not flagged, nor for features that do not fit', () => {
    expect(pipeline.tracePaths({ of: 'flagged', device: 5, from: 0, to: 9e15 })).toBeUndefined();
    expect(pipeline.tracePaths({ of: 'features', features: new Float32Array(3) })).toBeUndefined();
    expect(pipeline.tracePaths({ of: 'features', features: new Float32Array(20).fill(Number.NaN) })).toBeUndefined();
  });

  it('has none without a member made of trees', () => {
    const other = createMetricPipeline(plainCatalog(8, 4), config, [robustZ]);
    other.score(plainFleet({ devices: 8, metrics: 4, seed: 1 }).next(200), 0, trusted);
    expect(other.train().ok).toBe(true);
    expect(other.tracePaths({ of: 'typical' })).toBeUndefined();
  });
});
