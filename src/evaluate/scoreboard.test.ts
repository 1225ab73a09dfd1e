import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEMBERS, type Scoreboard } from '../domain/scoreboard';
import { countConfusion } from './confusion';
import { scoreEvents, timesToDetect } from './events';
import type { TruthSpan } from './open-events';
import { averagePrecision } from './ranking';
import { type Board, createBoard, type SnapshotOptions } from './scoreboard';
import { findSegments, type Segment } from './segments';

const STEP = 1000;
const THRESHOLDS = { hybrid: 4, metrics: 4, logs: 4 };
const ALL: SnapshotOptions = { member: 'hybrid', scenario: undefined, thresholds: THRESHOLDS };

const fault = (device: number, from: number, to: number, more: Partial<TruthSpan> = {}): TruthSpan => ({
  device,
  fault: 'leak',
  from: from * STEP,
  to: to * STEP,
  isNormal: false,
  halfAt: undefined,
  seenIn: { metrics: true, logs: true },
  ...more,
});

interface Play {
  readonly truth: readonly TruthSpan[];
  /** scores[device][step], all members alike; NaN = not scorable. Flagged from 4 on; every flagged stretch is an alert. */
  readonly scores: readonly (readonly number[])[];
  /** Steps of one batch. */
  readonly batch?: number;
  readonly scenario?: string;
  readonly refused?: (device: number, step: number) => boolean;
}

/** Plays as an engine does: in batches, with the truth that reaches into each, as far as it is known then. */
function play(given: Play, board: Board = createBoard({ stepMs: STEP, graceMs: 5 * STEP })): Board {
  const steps = given.scores[0]?.length ?? 0;
  for (let start = 0; start < steps; start += given.batch ?? 1) {
    const end = Math.min(steps, start + (given.batch ?? 1));
    const known = given.truth.filter((span) => span.from < end * STEP && span.to > start * STEP);
    const cut = known.map((span) => ({ ...span, to: Math.min(span.to, end * STEP) }));
    board.follow(cut, start * STEP, given.scenario ?? '');
    for (let step = start; step < end; step++) {
      for (const [device, row] of given.scores.entries()) {
        const t = step * STEP;
        if (given.refused?.(device, step)) {
          for (const member of MEMBERS) board.rest(member, device);
          board.refuse(device, t);
          continue;
        }
        const score = row[step];
        const flagged = score >= 4 ? 1 : 0;
        board.addSample({ device, t, score: [score, score, score], flagged: [flagged, flagged, flagged] });
        for (const member of MEMBERS) {
          if (flagged === 1) board.alarm(member, device, t, t);
          else board.rest(member, device);
        }
      }
    }
    board.settle();
  }
  return board;
}

const quiet = (steps: number): number[] => new Array(steps).fill(1);
const withAlarm = (steps: number, ...ranges: readonly (readonly [number, number])[]): number[] =>
  quiet(steps).map((score, step) => (ranges.some(([from, to]) => step >= from && step <= to) ? 6 : score));

describe('the board', () => {
  it('gives the figures that a reader can count', () => {
    // A fault at 10..19 noticed at 13..15; a false alarm at 40..41.
    const board = play({ truth: [fault(0, 10, 20)], scores: [withAlarm(60, [13, 15], [40, 41])] });
    const { hybrid } = board.snapshot(ALL).members;
    expect(hybrid).toMatchObject({ samples: 60, positives: 10, truePositives: 3, falsePositives: 2 });
    expect(hybrid.precision).toBe(3 / 5);
    expect(hybrid.recall).toBe(3 / 10);
    expect(hybrid.byEvent).toMatchObject({ events: 1, hits: 1, misses: 0, recall: 1, medianDelayMs: 3000 });
    expect(hybrid.byEvent.rangeRecall).toBeCloseTo(0.5 + 0.5 * 0.3, 12);
    expect(hybrid.alarms).toMatchObject({ alerts: 2, falseAlarms: 1, duringNormalEvents: 0, rangePrecision: 0.5 });
    expect(hybrid.alarms.perDeviceDay).toBeCloseTo(86_400 / 60, 9);
  });

  it('lists hits, misses and false alarms with their moments', () => {
    const truth = [fault(0, 10, 20), fault(1, 30, 35, { fault: 'flood' })];
    const board = play({ truth, scores: [withAlarm(60, [13, 15], [40, 41]), quiet(60)] }).snapshot(ALL);
    expect(board.hits).toEqual([
      { device: 0, fault: 'leak', scenario: '', from: 10_000, to: 19_000, noticedAt: 13_000 },
    ]);
    expect(board.misses).toMatchObject([{ device: 1, fault: 'flood', from: 30_000, to: 34_000 }]);
    expect(board.falseAlarms).toEqual([
      { device: 0, scenario: '', from: 40_000, to: 41_000, raisedAt: 40_000, during: '' },
    ]);
    expect(board.faults.map((row) => [row.fault, row.members.hybrid.byEvent.hits])).toEqual([
      ['flood', 0],
      ['leak', 1],
    ]);
  });

  it('counts a fault that runs unnoticed neither as hit nor as miss, and a noticed one at once', () => {
    const scores = withAlarm(60, [13, 15]);
    const early = play({ truth: [fault(0, 10, 50)], scores: [scores.slice(0, 12)] }).snapshot(ALL);
    expect(early.members.hybrid.byEvent).toMatchObject({ events: 0, running: 1 });
    expect(early.running).toHaveLength(1);
    const later = play({ truth: [fault(0, 10, 50)], scores: [scores.slice(0, 14)] }).snapshot(ALL);
    expect(later.members.hybrid.byEvent).toMatchObject({ events: 1, hits: 1, running: 0 });
  });

  it('takes an alert that stood before the onset from its first flagged sample inside', () => {
    const board = play({ truth: [fault(0, 10, 20)], scores: [withAlarm(40, [7, 12])] }).snapshot(ALL);
    expect(board.members.hybrid.byEvent.medianDelayMs).toBe(0);
    expect(board.members.hybrid.alarms.falseAlarms).toBe(0);
  });

  it('counts an alert within the grace neither as a hit nor as false, and one after it as false', () => {
    const scores = (at: number) => [withAlarm(60, [at, at])];
    const inside = play({ truth: [fault(0, 10, 20)], scores: scores(24) }).snapshot(ALL).members.hybrid;
    expect([inside.byEvent.hits, inside.alarms.falseAlarms]).toEqual([0, 0]);
    const outside = play({ truth: [fault(0, 10, 20)], scores: scores(25) }).snapshot(ALL).members.hybrid;
    expect([outside.byEvent.hits, outside.alarms.falseAlarms]).toEqual([0, 1]);
  });

  it('counts an alert during a deployment as false, and apart', () => {
    const truth = [fault(0, 10, 20, { fault: 'deployment', isNormal: true })];
    const { hybrid } = play({ truth, scores: [withAlarm(60, [12, 13])] }).snapshot(ALL).members;
    expect(hybrid.alarms).toMatchObject({ falseAlarms: 1, duringNormalEvents: 1 });
    expect(hybrid.normalEvents).toEqual({ samples: 10, flagged: 2 });
    expect(hybrid.byEvent.events).toBe(0);
    expect(hybrid.positives).toBe(0);
  });

  it('tells whether a creeping fault was noticed before half of its size', () => {
    const truth = [fault(0, 10, 50, { halfAt: 30_000 }), fault(1, 10, 50, { halfAt: 30_000 })];
    const { hybrid } = play({ truth, scores: [withAlarm(80, [29, 29]), withAlarm(80, [30, 30])] }).snapshot(
      ALL,
    ).members;
    expect(hybrid.byEvent).toMatchObject({ hits: 2, creeping: 2, beforeHalf: 1 });
  });

  it('does not hold against a detector what was refused', () => {
    // Quarantined from 14 on: ten samples of the fault, four of which could be seen, two of them covered.
    const refused = (device: number, step: number): boolean => device === 1 || (step >= 14 && step < 30);
    const truth = [fault(0, 10, 20), fault(1, 10, 20)];
    const { hybrid } = play({ truth, scores: [withAlarm(60, [12, 13]), quiet(60)], refused }).snapshot(ALL).members;
    expect(hybrid.byEvent).toMatchObject({ events: 1, hits: 1, unseen: 1 });
    expect(hybrid.byEvent.rangeRecall).toBeCloseTo(0.5 + 0.5 * 0.5, 12);
  });

  it('counts a fault that shows in log lines alone neither for nor against the metrics', () => {
    const truth = [fault(0, 10, 20, { seenIn: { metrics: false, logs: true } })];
    const { members } = play({ truth, scores: [withAlarm(60, [12, 13])] }).snapshot(ALL);
    expect(members.metrics).toMatchObject({ samples: 50, positives: 0, falsePositives: 0 });
    expect(members.metrics.byEvent).toMatchObject({ events: 0, unseen: 1 });
    expect(members.metrics.alarms.falseAlarms).toBe(0);
    expect([members.logs.byEvent.hits, members.hybrid.byEvent.hits]).toEqual([1, 1]);
  });

  it('counts a fault that makes a device fall silent as missed when nobody noticed', () => {
    const board = createBoard({ stepMs: STEP, graceMs: 5 * STEP });
    for (let step = 0; step < 60; step++) {
      board.follow(step >= 10 && step < 20 ? [fault(1, 10, 20)] : [], step * STEP, '');
      for (const device of step >= 10 && step < 20 ? [0] : [0, 1])
        board.addSample({ device, t: step * STEP, score: [1, 1, 1], flagged: [0, 0, 0] });
      board.settle();
    }
    expect(board.snapshot(ALL).members.hybrid.byEvent).toMatchObject({ events: 1, misses: 1, unseen: 0 });
  });

  it('lets a fault that was stopped end there, whatever its plan was', () => {
    const board = createBoard({ stepMs: STEP, graceMs: 5 * STEP });
    for (let step = 0; step < 40; step++) {
      board.follow(step < 15 ? [fault(0, 10, 1000)] : [], step * STEP, '');
      board.addSample({ device: 0, t: step * STEP, score: [1, 1, 1], flagged: [0, 0, 0] });
      board.settle();
    }
    expect(board.snapshot(ALL).misses).toMatchObject([{ from: 10_000, to: 14_000 }]);
    expect(board.snapshot(ALL).members.hybrid.positives).toBe(5);
  });

  it('leaves out samples that a member could not score', () => {
    const board = play({ truth: [fault(0, 3, 6)], scores: [[...new Array(8).fill(Number.NaN), ...quiet(12)]] });
    expect(board.snapshot(ALL).members.hybrid).toMatchObject({ samples: 12, positives: 0, byEvent: { unseen: 1 } });
  });

  it('tells scenarios apart, and gives both together', () => {
    const board = play({ truth: [fault(0, 10, 20)], scores: [withAlarm(40, [12, 13])], scenario: 'leaky' });
    const shifted = new Array(60).fill(Number.NaN).fill(1, 40);
    play({ truth: [], scores: [shifted], scenario: 'quiet' }, board);
    const all = board.snapshot(ALL);
    expect(all.scenarios.map((row) => [row.scenario, row.members.hybrid.samples])).toEqual([
      ['leaky', 40],
      ['quiet', 20],
    ]);
    expect(all.members.hybrid.samples).toBe(60);
    expect(board.snapshot({ ...ALL, scenario: 'quiet' }).members.hybrid.byEvent.events).toBe(0);
    expect(board.snapshot({ ...ALL, scenario: 'nothing like it' }).members.hybrid.samples).toBe(0);
  });

  it('is empty before the first sample', () => {
    const board = createBoard({ stepMs: STEP, graceMs: 0 }).snapshot(ALL);
    expect(board.from).toBeNaN();
    expect(board.members.hybrid.samples).toBe(0);
    expect(board.members.hybrid.precision).toBeNaN();
    expect(board.curve).toEqual({ threshold: [], precision: [], recall: [] });
  });

  it('stays below 50 kB as JSON with twenty kinds of faults, every list full and several scenarios', () => {
    const board = createBoard({ stepMs: STEP, graceMs: 0 });
    for (const scenario of ['', 'deploy-gone-wrong', 'leaky-release', 'ddos-on-two-regions']) {
      const truth = Array.from({ length: 200 }, (_, i) =>
        fault(i, 10, 20, { fault: `connection-pool-exhaustion-${i % 20}` }),
      );
      const scores = truth.map((_, i) =>
        withAlarm(
          60,
          ...((i % 2
            ? [
                [13, 13],
                [40, 41],
              ]
            : []) as [number, number][]),
        ),
      );
      play(
        { truth, scores: scores.map((row, i) => row.map((s, j) => s + ((i * 7 + j) % 97) / 13.7)), scenario },
        board,
      );
    }
    expect(JSON.stringify(board.snapshot(ALL)).length).toBeLessThan(50_000);
  });
});

describe('the board and the figures over everything at once', () => {
  /** Faults that do not overlap on a device, scores, and a batch size. */
  const games = fc
    .record({
      starts: fc.array(fc.tuple(fc.nat(2), fc.nat(60), fc.integer({ min: 1, max: 12 })), { maxLength: 6 }),
      scores: fc.array(fc.array(fc.integer({ min: 0, max: 24 }), { minLength: 90, maxLength: 90 }), {
        minLength: 3,
        maxLength: 3,
      }),
      batch: fc.integer({ min: 1, max: 30 }),
    })
    .map(({ starts, scores, batch }) => {
      const truth: TruthSpan[] = [];
      for (const [device, from, length] of starts) {
        const span = fault(device, from, from + length);
        // Apart by more than the grace, so that an alert is on one of them only.
        if (!truth.some((t) => t.device === device && t.from - 8000 <= span.to && span.from - 8000 <= t.to))
          truth.push(span);
      }
      // Mostly calm: a sixth of the samples is flagged.
      return { truth, scores: scores.map((row) => row.map((s) => (s <= 20 ? s / 6 : s / 4))), batch };
    });

  it('agree, whatever the batches', () => {
    fc.assert(
      fc.property(games, (game) => {
        const got: Scoreboard = play(game).snapshot(ALL);
        const rows = game.scores.flatMap((row, device) =>
          row.map((score, step) => ({ device, t: step * STEP, score })),
        );
        const inside = ({ device, t }: { device: number; t: number }): boolean =>
          game.truth.some((span) => span.device === device && t >= span.from && t < span.to);
        const labels = rows.map((row) => (inside(row) ? 1 : 0));
        const flags = rows.map((row) => (row.score >= 4 ? 1 : 0));
        const { hybrid } = got.members;
        const confusion = countConfusion(flags, labels);
        expect(hybrid.truePositives).toBe(confusion.truePositives);
        expect(hybrid.falsePositives).toBe(confusion.falsePositives);
        expect(hybrid.positives).toBe(confusion.truePositives + confusion.falseNegatives);
        const exact = averagePrecision({ scores: rows.map((row) => row.score), labels });
        if (!Number.isNaN(exact)) {
          expect(exact).toBeGreaterThanOrEqual(hybrid.averagePrecisionLow - 1e-12);
          expect(exact).toBeLessThanOrEqual(hybrid.averagePrecisionHigh + 1e-12);
        }
        const detected = findSegments({ t: rows.map((r) => r.t), device: rows.map((r) => r.device), marked: flags });
        const truth: Segment[] = game.truth.map(({ device, from, to }) => ({ device, from, to: to - STEP }));
        const input = { truth, detected, stepMs: STEP, graceMs: 5 * STEP };
        const events = scoreEvents(input);
        const strict = scoreEvents({ ...input, graceMs: 0 });
        const delays = timesToDetect({ truth, detected }).filter((delay) => delay !== undefined);
        expect(hybrid.byEvent.events + hybrid.byEvent.running).toBe(events.events);
        expect(hybrid.byEvent.hits).toBe(strict.eventsHit);
        expect(hybrid.alarms.alerts).toBe(detected.length);
        expect(hybrid.alarms.falseAlarms).toBe(events.falseAlarms);
        if (hybrid.byEvent.running === 0 && events.events > 0)
          expect(hybrid.byEvent.rangeRecall).toBeCloseTo(events.rangeRecall, 9);
        if (detected.length > 0) expect(hybrid.alarms.rangePrecision).toBeCloseTo(events.rangePrecision, 9);
        const told = got.hits.map((hit) => (hit.noticedAt ?? 0) - hit.from);
        expect([...told].sort((a, b) => a - b)).toEqual([...delays].sort((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });
});
