import { expect, it } from 'vitest';
import { CANONICAL_METRICS } from '../domain/catalog';
import { deviceId, runId } from '../domain/ids';
import { DEFAULT_SETTINGS } from '../domain/settings';
import type { MemberScores } from '../domain/verdicts';
import { createRunState, holdLogRarity, type RunState, ZERO_COUNTERS } from './run-state';
import { joinConfidence, keepVotes, listVotes, prepareMembers } from './votes';

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

function openRun(): RunState {
  const place = { region: '', city: '', country: '', latitude: 0, longitude: 0, role: 'web' };
  const info = {
    runId: runId('r'),
    kind: 'fleet' as const,
    label: '',
    catalog: {
      devices: ['a', 'b'].map((id) => ({ id: deviceId(id), name: id, ...place })),
      metrics: CANONICAL_METRICS,
    },
    faults: [],
    regions: [],
    stepMs: 1000,
    warmUpSteps: 0,
    backfillSteps: 0,
    totalSteps: undefined,
  };
  return createRunState(info, { counters: ZERO_COUNTERS, seed: 1, startedAt: 0 });
}

const THRESHOLDS = { metric: 5, log: 4 };

it('keeps a column a member over all devices, with the score from which it says anomaly', () => {
  const run = openRun();
  const said = [member('isolation-forest', 6, 5.5), member('mahalanobis', Number.NaN)];
  prepareMembers(run, said, THRESHOLDS);
  keepVotes(run, 0, { members: said, row: 0, logScore: Number.NaN });
  expect(run.members.map(({ id, alarmAt, score }) => [id, alarmAt, score[0], score[1]])).toEqual([
    ['isolation-forest', 55, 60, Number.NaN],
    ['mahalanobis', 50, Number.NaN, Number.NaN],
    ...['logs', 'autoencoder', 'novelty', 'level', 'burst', 'session'].map((id) => [id, 40, Number.NaN, Number.NaN]),
  ]);
  prepareMembers(run, said, { metric: 6, log: 4 });
  expect(run.members[1].alarmAt).toBe(60);
  expect(run.members[0].score[0]).toBe(60);
});

it('lets what the members said of a line fade together with the line', () => {
  const run = openRun();
  prepareMembers(run, [], THRESHOLDS);
  const burstAt = (t: number, rarity: number, burst: number | undefined): number => {
    const members = burst === undefined ? undefined : [{ id: 'burst', rarity: burst }];
    const logScore = 10 * holdLogRarity(run, 0, { rarity, members }, t);
    keepVotes(run, 0, { members: [], row: -1, logScore });
    return run.members.find((column) => column.id === 'burst')?.score[0] ?? Number.NaN;
  };
  expect(burstAt(1000, 6, 3)).toBe(30);
  expect(burstAt(3000, 1, 0)).toBe(30);
  expect(burstAt(5500, Number.NaN, undefined)).toBe(15);
  expect(burstAt(7000, Number.NaN, undefined)).toBeNaN();
});
