import { expect, it } from 'vitest';
import { fitCalibration } from '../calibration';
import type { Autoencoder } from './autoencoder';
import { createLineScorer, seeLine } from './line-scorer';
import type { LogModel } from './log-model';
import { createLineScan, scanLine } from './normalise';
import { createTemplateMiner } from './template-miner';

const INFO = 1;
const ERROR = 3;
const HOUR_MS = 3_600_000;

function emptyModel(): LogModel {
  const errors = fitCalibration(new Float64Array(8));
  if (!errors.ok) throw new Error(errors.error.message);
  return {
    network: {} as Autoencoder,
    templates: new Map(),
    vocabulary: new Set(),
    atLeast: new Float64Array(6).fill(1),
    novelShare: 0.001,
    errors: errors.value,
    bursts: undefined,
    evidence: errors.value,
    summary: { rows: 0, windowFrom: 0, windowTo: 0, featureNames: [], rawThreshold: 0, params: {} },
  };
}

it('counts a template as settled after eight lines over an hour, unless it is an error', () => {
  const miner = createTemplateMiner();
  const scan = createLineScan();
  const text = 'link errors remain current';
  const novelties = Array.from({ length: 10 }, (_, i) => {
    scanLine(text, 0, text.length, scan);
    return seeLine(
      emptyModel(),
      miner.match(scan, (i * HOUR_MS) / 8, () => text),
      scan,
      INFO,
    ).novelty;
  });
  expect(novelties).toEqual([...new Array(8).fill('unseen'), 'settled', 'settled']);
  expect(
    seeLine(
      emptyModel(),
      miner.match(scan, HOUR_MS * 9, () => text),
      scan,
      ERROR,
    ).novelty,
  ).toBe('unseen');
});

it('does not take many lines within minutes for settled', () => {
  const miner = createTemplateMiner();
  const scan = createLineScan();
  const text = 'link errors remain current';
  let novelty = '';
  for (let i = 0; i < 1000; i++) {
    scanLine(text, 0, text.length, scan);
    novelty = seeLine(
      emptyModel(),
      miner.match(scan, i * 1000, () => text),
      scan,
      INFO,
    ).novelty;
  }
  expect(novelty).toBe('unseen');
});

it('asks the network once for equal encodings and gives each line its own error', () => {
  let rows = 0;
  const network = {
    reconstruct: (values: Float32Array, n: number) => {
      rows += n;
      return new Float32Array(values.length);
    },
  } as unknown as Autoencoder;
  const scorer = createLineScorer(network);
  const line = (words: number[]) => ({ novelty: 'unseen', trained: undefined, words }) as const;
  scorer.begin();
  const [a, b, c] = [scorer.ask(line([5]), INFO, 0), scorer.ask(line([5, 9]), INFO, 0), scorer.ask(line([5]), INFO, 0)];
  scorer.resolve();
  expect(rows).toBe(2);
  expect(a).toBe(c);
  expect(scorer.errorOf(b)).toBeGreaterThan(0);
  expect(scorer.errorOf(a)).toBe(scorer.errorOf(c));
});
