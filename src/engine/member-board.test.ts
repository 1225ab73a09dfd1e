import { beforeEach, describe, expect, it } from 'vitest';
import { CANONICAL_METRICS } from '../domain/catalog';
import { deviceId, runId } from '../domain/ids';
import type { LogVerdicts, MetricVerdicts } from '../domain/verdicts';
import { fleetMembers, noteMembers, votesOn } from './member-board';
import type { Point } from './points';
import { createRunState, growRun, holdLogRarity, type RunState, ZERO_COUNTERS } from './run-state';

const THRESHOLDS = { metric: 5, log: 4 };
const device = (id: string) => ({
  id: deviceId(id),
  name: id,
  region: '',
  city: '',
  country: '',
  latitude: 0,
  longitude: 0,
  role: 'web',
});
const CATALOG = { devices: [device('a'), device('b')], metrics: CANONICAL_METRICS };

let run: RunState;
beforeEach(() => {
  const info = {
    runId: runId('r'),
    kind: 'fleet' as const,
    label: '',
    catalog: CATALOG,
    faults: [],
    regions: [],
    stepMs: 1000,
    warmUpSteps: 0,
    backfillSteps: 0,
    totalSteps: undefined,
  };
  run = createRunState(info, { counters: ZERO_COUNTERS, seed: 1, startedAt: 0 });
});

const metrics = (forest: number, distance: number): MetricVerdicts => ({
  seq: 0,
  n: 1,
  rarity: Float32Array.of(Math.max(forest, distance)),
  members: [
    { detector: 'isolation-forest', raw: Float32Array.of(0.5), rarity: Float32Array.of(forest) },
    { detector: 'mahalanobis', raw: Float32Array.of(9), rarity: Float32Array.of(distance) },
  ],
  explanations: [],
  state: { kind: 'ready' },
  retrainDue: false,
});
const logs = (rarity: number, burst: number): LogVerdicts => ({
  seq: 0,
  n: 1,
  raw: Float32Array.of(1),
  rarity: Float32Array.of(rarity),
  template: new Uint32Array(1),
  members: [{ detector: 'burst', rarity: Float32Array.of(burst) }],
  explanations: [],
  templates: [],
  state: { kind: 'ready' },
  retrainDue: false,
});
const point = (changes: Partial<Point>): Point => ({
  t: 1000,
  device: 0,
  row: -1,
  metricRarity: Number.NaN,
  logRarity: Number.NaN,
  lines: [],
  ...changes,
});
const takeLine = (t: number, rarity: number, burst: number): void => {
  holdLogRarity(run, 0, rarity, t);
  noteMembers(run, point({ t, logRarity: rarity, lines: [0] }), metrics(0, 0), logs(rarity, burst));
};

describe('votes of the members', () => {
  it('are each member alone on the scale of anomaly scores, against what its model alarms at', () => {
    noteMembers(run, point({ row: 0 }), metrics(1, 6.5), logs(Number.NaN, Number.NaN));
    expect(votesOn(run, 0, 1000, THRESHOLDS)).toEqual([
      { member: 'isolation-forest', kind: 'metrics', score: 10, alarmAt: 50 },
      { member: 'mahalanobis', kind: 'metrics', score: 65, alarmAt: 50 },
    ]);
  });

  it('leave out who has nothing to say, on another device or without a score', () => {
    expect(votesOn(run, 0, 1000, THRESHOLDS)).toEqual([]);
    noteMembers(run, point({ row: 0 }), metrics(Number.NaN, 2), logs(Number.NaN, Number.NaN));
    expect(votesOn(run, 0, 1000, THRESHOLDS).map((vote) => vote.member)).toEqual(['mahalanobis']);
    expect(votesOn(run, 1, 1000, THRESHOLDS)).toEqual([]);
  });

  it('of a line hold for three steps, then fade, then are gone', () => {
    takeLine(1000, 6, 3);
    const burstAt = (t: number) => votesOn(run, 0, t, THRESHOLDS).map(({ score }) => score);
    expect(burstAt(1000)).toEqual([30]);
    expect(burstAt(4000)).toEqual([30]);
    expect(burstAt(5500)).toEqual([15]);
    expect(burstAt(7000)).toEqual([]);
  });

  it('are those of the rarest line: a plainer one that follows does not change them', () => {
    takeLine(1000, 6, 3);
    takeLine(2000, 1, 0);
    expect(votesOn(run, 0, 2000, THRESHOLDS)).toEqual([{ member: 'burst', kind: 'logs', score: 30, alarmAt: 40 }]);
    takeLine(3000, 8, 7);
    expect(votesOn(run, 0, 3000, THRESHOLDS)[0].score).toBe(70);
  });
});

it('gives a frame one column a member over all devices, also for those that join later', () => {
  noteMembers(run, point({ row: 0 }), metrics(1, 2), logs(Number.NaN, Number.NaN));
  growRun(run, { ...CATALOG, devices: [...CATALOG.devices, device('c')] });
  noteMembers(run, point({ row: 0, device: 2 }), metrics(3, 12), logs(Number.NaN, Number.NaN));
  const [forest, distance] = fleetMembers(run, THRESHOLDS);
  expect(forest).toEqual({
    member: 'isolation-forest',
    kind: 'metrics',
    alarmAt: 50,
    score: Float32Array.of(10, Number.NaN, 30),
  });
  expect(distance.score).toEqual(Float32Array.of(20, Number.NaN, 100));
});
