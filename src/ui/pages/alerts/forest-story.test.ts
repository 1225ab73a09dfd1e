import { describe, expect, it } from 'vitest';
import type { AlertTrace } from '../../../app/types';
import type { SampleTrace, TreePath } from '../../../domain/trace';
import { hasChanged, tellChain, tellTrees } from './forest-story';

const step = (name: string, threshold: number, value: number) => ({
  feature: 0,
  name,
  threshold,
  value,
  goesLeft: value < threshold,
});
const trace = (paths: readonly TreePath[], rarity: number): SampleTrace => ({
  t: Number.NaN,
  featureNames: [],
  features: new Float32Array(0),
  trees: 100,
  meanLength: 5,
  cPsi: 10,
  rawScore: 2 ** -0.5,
  rarity,
  rawThen: Number.NaN,
  paths,
});
const both: AlertTrace = {
  sample: trace(
    [
      { tree: 3, steps: [step('net level', 1, 9), step('cpu drift', -2, -5)], leafSize: 1, length: 2 },
      { tree: 8, steps: [step('cpu', 4, 9)], leafSize: 3, length: 2.2 },
    ],
    5,
  ),
  typical: trace(
    [
      {
        tree: 3,
        steps: [step('net level', 1, 9), step('cpu drift', -2, 0), step('cpu level', 0, 0)],
        leafSize: 7,
        length: 5.6,
      },
    ],
    0,
  ),
  scoreThen: 50,
  model: undefined,
  isPresentRun: true,
};

describe('tellTrees', () => {
  it('tells each split with its side, and where a typical sample goes the other way', () => {
    const [first, second] = tellTrees(both, 12);
    expect(first).toEqual({
      tree: 3,
      steps: [
        { metric: 'net', kind: 'level', side: '≥', threshold: 1, value: 9, parts: false },
        { metric: 'cpu', kind: 'drift', side: '<', threshold: -2, value: -5, parts: true },
      ],
      leafSize: 1,
      length: 2,
      typical: { depth: 3, leafSize: 7, length: 5.6 },
    });
    expect(second).toMatchObject({ steps: [{ metric: 'cpu', kind: '', parts: false }], typical: undefined });
  });

  it('tells no more trees than asked for', () => {
    expect(tellTrees(both, 1).map((story) => story.tree)).toEqual([3]);
  });
});

describe('the chain of numbers', () => {
  it('goes from the mean path to the anomaly score', () => {
    expect(tellChain(both.sample)).toMatchObject({ meanLength: 5, cPsi: 10, rarity: 5, oneIn: 100_000, score: 50 });
  });

  it('tells a score that is no longer the one that was given', () => {
    expect(hasChanged(both)).toBe(false);
    expect(hasChanged({ ...both, scoreThen: 49 })).toBe(true);
    expect(hasChanged({ ...both, scoreThen: Number.NaN })).toBe(false);
    expect(hasChanged({ ...both, scoreThen: undefined })).toBe(false);
  });
});
