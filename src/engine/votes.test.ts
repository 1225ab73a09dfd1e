import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { MemberScores } from '../domain/verdicts';
import { joinConfidence, listVotes } from './votes';

const member = (detector: string, rarity: number, flagsAt?: number): MemberScores => ({
  detector,
  raw: Float32Array.of(0),
  rarity: Float32Array.of(rarity),
  ...(flagsAt === undefined ? {} : { flagsAt }),
});

it('lists what every member said on one scale, and who would have raised the alarm alone', () => {
  const votes = listVotes(
    [member('isolation-forest', 6, 5.5), member('mahalanobis', 2)],
    0,
    [{ id: 'autoencoder', rarity: 4 }],
    { metric: 5, log: 4 },
  );
  expect(votes.map(({ id, model, label, score, flagged }) => [id, model, label, score, flagged])).toEqual([
    ['isolation-forest', 'metrics', 'Isolation Forest', 60, true],
    ['mahalanobis', 'metrics', 'Mahalanobis distance', 20, false],
    ['autoencoder', 'logs', 'Autoencoder', 40, true],
  ]);
  expect(listVotes([member('mahalanobis', 2)], -1, [], { metric: 5, log: 4 })).toEqual([]);
});

it('trusts a joined score as far as what it rests on', () => {
  const metric = { rarity: 5, threshold: 5, confidence: 0.8 };
  const log = { rarity: 5, threshold: 5, confidence: 0.4 };
  const silent = { rarity: Number.NaN, threshold: 5, confidence: 0.4 };
  expect(joinConfidence(metric, log, DEFAULT_SETTINGS)).toBeCloseTo(0.6, 6);
  expect(joinConfidence(metric, { ...log, rarity: 0 }, DEFAULT_SETTINGS)).toBeCloseTo(0.8, 6);
  expect(joinConfidence(metric, silent, DEFAULT_SETTINGS)).toBeCloseTo(0.8, 6);
  expect(joinConfidence(metric, log, { ...DEFAULT_SETTINGS, metricsOn: false })).toBeCloseTo(0.4, 6);
  expect(joinConfidence({ ...metric, rarity: 0 }, { ...log, rarity: 0 }, DEFAULT_SETTINGS)).toBeCloseTo(0.6, 6);
  expect(joinConfidence(silent, silent, DEFAULT_SETTINGS)).toBeNaN();
});
