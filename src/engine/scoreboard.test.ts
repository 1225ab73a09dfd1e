import { beforeAll, describe, expect, it } from 'vitest';
import type { TruthInterval } from '../domain/faults';
import { fromJson, toJson } from '../domain/plain-data';
import { createScoreKeeper } from './scoreboard';
import { parseScoreState } from './scoreboard-state';
import { createBench, type TestBench } from './testing';

const FAULT: Omit<TruthInterval, 'device'> = {
  fault: 'crypto-mining',
  from: 5000,
  to: 15_000,
  group: 'grp-1',
  intensity: 0.8,
  onset: { shape: 'step', seconds: 0 },
  seenIn: { metrics: true, logs: true },
};
const INPUT = {
  faults: [{ id: 'crypto-mining', creeping: false }],
  normalEvents: [],
  thresholds: { metric: 4, log: 5 },
  settings: { alarmAt: 1 },
  scenario: '',
};

describe('the score keeper', () => {
  it('judges each member at its own threshold and the hybrid by its own flag', () => {
    const keeper = createScoreKeeper(1000);
    for (let step = 0; step < 80; step++) {
      const inside = step >= 7 && step < 15;
      const point = { metricRarity: inside ? 6 : 1, logRarity: inside ? 4 : Number.NaN };
      keeper.note({ t: step * 1000, device: 2, ...point, hybrid: inside ? 2.25 : 0.06, flagged: inside, score: 60 });
    }
    expect(keeper.pending).toEqual({ from: 0, to: 80_000 });
    keeper.judge({ ...INPUT, truth: [{ ...FAULT, device: 2 }] });
    expect(keeper.pending).toBeUndefined();
    const { members, now, hits } = keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds });
    expect(members.hybrid).toMatchObject({ samples: 80, positives: 10, truePositives: 8, falsePositives: 0 });
    expect(members.metrics.truePositives).toBe(8);
    // Below its threshold of 5; before its first line nothing was to be scored.
    expect(members.logs).toMatchObject({ samples: 73, truePositives: 0, byEvent: { hits: 0, misses: 1 } });
    expect(hits).toMatchObject([{ device: 2, fault: 'crypto-mining', from: 5000, noticedAt: 8000 }]);
    expect(now).toEqual({ threshold: 4, precision: 1, recall: 0.8 });
  });

  it('knows when a creeping fault has half of its size: a line at half its way, and shorter when it ends before', () => {
    const boardOf = (seconds: number, noticedAt: number) => {
      const keeper = createScoreKeeper(1000);
      for (let step = 0; step < 80; step++) {
        const flagged = step >= noticedAt - 1;
        keeper.note({ t: step * 1000, device: 0, metricRarity: 1, logRarity: 1, hybrid: 0, flagged, score: 60 });
      }
      const onset = { shape: 'ramp', seconds } as const;
      const faults = [{ id: 'crypto-mining', creeping: true }];
      keeper.judge({ ...INPUT, faults, truth: [{ ...FAULT, device: 0, onset }] });
      return keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds }).members.hybrid.byEvent;
    };
    expect(boardOf(8, 8)).toMatchObject({ hits: 1, creeping: 1, beforeHalf: 1 });
    expect(boardOf(8, 9)).toMatchObject({ hits: 1, creeping: 1, beforeHalf: 0 });
    // It lasts ten seconds only: half of what it comes to is there after five.
    expect(boardOf(1000, 9)).toMatchObject({ beforeHalf: 1 });
    expect(boardOf(1000, 10)).toMatchObject({ beforeHalf: 0 });
  });

  it('counts an alert during a deployment apart', () => {
    const keeper = createScoreKeeper(1000);
    for (let step = 0; step < 80; step++) {
      const flagged = step === 8 || step === 9;
      keeper.note({ t: step * 1000, device: 1, metricRarity: 1, logRarity: 1, hybrid: 0, flagged, score: 60 });
    }
    const event = { id: 'e1', event: 'deployment', devices: [0, 1], intensity: 1, by: 'fleet' } as const;
    keeper.judge({ ...INPUT, truth: [], normalEvents: [{ ...event, from: 5000, to: 20_000 }] });
    const board = keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds });
    expect(board.members.hybrid.alarms).toMatchObject({ falseAlarms: 1, duringNormalEvents: 1 });
    expect(board.falseAlarms).toMatchObject([{ device: 1, during: 'deployment', raisedAt: 9000 }]);
  });

  it('forgets what could not be judged', () => {
    const keeper = createScoreKeeper(1000);
    keeper.note({ t: 0, device: 0, metricRarity: 1, logRarity: 1, hybrid: 0.1, flagged: false, score: 10 });
    keeper.drop();
    keeper.judge({ ...INPUT, truth: [] });
    expect(keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds }).members.hybrid.samples).toBe(0);
  });

  it('ends the alert of a device that is quarantined, and does not ask for what was refused', () => {
    const keeper = createScoreKeeper(1000);
    for (let step = 0; step < 80; step++) {
      const flagged = step >= 6 && step < 9;
      if (step >= 9 && step < 30) keeper.noteRefused(0, step * 1000);
      else
        keeper.note({
          t: step * 1000,
          device: 0,
          metricRarity: 1,
          logRarity: 1,
          hybrid: flagged ? 2 : 0,
          flagged,
          score: 60,
        });
    }
    keeper.judge({ ...INPUT, truth: [{ ...FAULT, device: 0 }] });
    const { hybrid } = keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds }).members;
    expect(hybrid.byEvent).toMatchObject({ hits: 1, medianDelayMs: 2000 });
    expect(hybrid.byEvent.rangeRecall).toBeCloseTo(0.5 + 0.5 * (3 / 4), 12);
    expect(hybrid.alarms).toMatchObject({ alerts: 1, falseAlarms: 0 });
  });
});

/** A small fleet with one injected fault, played for two minutes. */
async function playFleet(lie: boolean): Promise<TestBench> {
  const bench = await createBench();
  if (lie) {
    bench.truth.truth = (from, to) =>
      Array.from({ length: 4 }, (_, device) => ({ ...FAULT, device, fault: 'a lie', from: from - 60_000, to }));
  }
  await bench.engine.setSettings({ ...bench.engine.settings, deviceCount: 4, ambientFaults: false });
  await bench.engine.start(undefined);
  const { warmUpSteps, backfillSteps, regions } = bench.engine.run.info;
  await bench.runUntil(() => bench.engine.run.stepsDone >= warmUpSteps + backfillSteps);
  await bench.engine.inject({
    fault: 'crypto-mining',
    target: { kind: 'device', deviceId: bench.engine.run.catalog.devices[3].id },
    origin: regions[0].id,
    intensity: 0.8,
    durationMs: 40_000,
  });
  await bench.runFor(120_000);
  await bench.engine.flush();
  return bench;
}

describe('a score keeper that was saved', () => {
  /** A device that is flagged inside of its faults and now and then outside, in batches of seven seconds. */
  const batches = Array.from({ length: 30 }, (_, batch) => batch * 7000);
  const judge = (keeper: ReturnType<typeof createScoreKeeper>, from: number): void => {
    for (let t = from; t < from + 7000; t += 1000) {
      const inside = (t >= 12_000 && t < 15_000) || (t >= 100_000 && t < 118_000) || t === 170_000 || t === 171_000;
      const logRarity = t % 3000 === 0 ? 2 : Number.NaN;
      if (t >= 140_000 && t < 150_000) keeper.noteRefused(1, t);
      else
        keeper.note({ t, device: 1, metricRarity: inside ? 6 : 1, logRarity, hybrid: 1, flagged: inside, score: 60 });
    }
    const spans = [FAULT, { ...FAULT, fault: 'cpu-hog', from: 99_000, to: 130_000 }];
    const truth = spans
      .filter((span) => span.from < from + 7000 && span.to > from)
      .map((span) => ({ ...span, device: 1 }));
    keeper.judge({ ...INPUT, truth });
  };
  const boardOf = (keeper: ReturnType<typeof createScoreKeeper>) =>
    keeper.snapshot({ member: 'hybrid', thresholds: INPUT.thresholds });

  it('goes on with the same numbers, wherever it was cut: inside of a fault, of an alert, or of a quarantine', () => {
    const whole = createScoreKeeper(1000);
    for (const from of batches) judge(whole, from);
    for (const cut of batches) {
      let keeper = createScoreKeeper(1000);
      for (const from of batches) {
        if (from === cut) {
          // As it comes back from a backup: through JSON.
          const read = fromJson(JSON.parse(JSON.stringify(toJson(keeper.save()))));
          const saved = read.ok ? parseScoreState(read.value, 1000) : read;
          if (!saved.ok) throw new Error(saved.error.message);
          keeper = createScoreKeeper(1000, saved.value);
        }
        judge(keeper, from);
      }
      expect(boardOf(keeper)).toEqual(boardOf(whole));
    }
    expect(boardOf(whole).members.hybrid).toMatchObject({ byEvent: { hits: 2 }, alarms: { falseAlarms: 1 } });
  });

  it('shares nothing with what it was made of', () => {
    const keeper = createScoreKeeper(1000);
    judge(keeper, 0);
    judge(keeper, 7000);
    const saved = keeper.save();
    const before = structuredClone(saved);
    judge(createScoreKeeper(1000, saved), 14_000);
    judge(keeper, 14_000);
    expect(saved).toEqual(before);
  });

  it('ends an alert that stood when the page was closed: nobody saw it go on', () => {
    const keeper = createScoreKeeper(1000);
    const note = (t: number, flagged: boolean) =>
      keeper.note({ t, device: 0, metricRarity: 1, logRarity: 1, hybrid: 0, flagged, score: 60 });
    for (let t = 0; t < 5000; t += 1000) note(t, t >= 2000);
    keeper.judge({ ...INPUT, truth: [] });
    for (let t = 600_000; t < 605_000; t += 1000) note(t, t < 602_000);
    keeper.judge({ ...INPUT, truth: [] });
    expect(boardOf(keeper).falseAlarms).toMatchObject([
      { from: 600_000, to: 601_000 },
      { from: 2000, to: 4000 },
    ]);
  });

  it.each<readonly [string, (state: Record<string, unknown>) => void, string]>([
    ['of another step', (state) => Object.assign(state, { stepMs: 60_000 }), 'stepMs must be 1000, got 60000'],
    ['without its board', (state) => delete state.board, 'board.'],
    ['with alarms that are none', (state) => Object.assign(state, { alarms: { hybrid: 7 } }), 'alarms.hybrid'],
  ])('%s is refused', (_, change, message) => {
    const state: Record<string, unknown> = { ...structuredClone(createScoreKeeper(1000).save()) };
    change(state);
    const read = parseScoreState(state, 1000);
    expect(!read.ok && read.error.message).toContain(message);
  });
});

describe('the engine', () => {
  let bench: TestBench;
  let lied: TestBench;
  let stored: readonly string[];
  beforeAll(async () => {
    bench = await playFleet(false);
    lied = await playFleet(true);
    stored = await Promise.all([bench, lied].map((of) => of.store.exportBackup()));
  }, 60_000);

  it('scores an injected fault as a hit, with the moment of its alert', () => {
    const board = bench.engine.scoreboard({ member: 'hybrid' });
    expect(board.hits).toHaveLength(1);
    const [hit] = board.hits;
    expect(hit).toMatchObject({ device: 3, fault: 'crypto-mining' });
    expect(hit.to - hit.from).toBe(39_000);
    expect((hit.noticedAt ?? Number.NaN) - hit.from).toBeLessThan(30_000);
    expect(board.members.hybrid.samples).toBe(board.members.metrics.samples);
    expect(board.members.hybrid.samples).toBeGreaterThan(4 * 200);
  });

  it('tells each frame whether the scoreboard changed', async () => {
    const before = bench.engine.takeFrame()?.scoreboardRevision ?? Number.NaN;
    await bench.runFor(3000);
    expect(bench.engine.takeFrame()?.scoreboardRevision).toBeGreaterThan(before);
  });

  it('goes on after a reload with the numbers where they stood, and with the speed', async () => {
    const again = await createBench(bench.store);
    again.elapse(bench.now() - again.now());
    bench.engine.setSpeed(10);
    await bench.runFor(3000);
    await bench.engine.flush();
    again.elapse(bench.now() - again.now());
    await again.engine.start(undefined);
    expect(again.engine.resumed).toBe(true);
    expect(again.engine.speed).toBe(10);
    const before = bench.engine.scoreboard({ member: 'hybrid' });
    expect(again.engine.scoreboard({ member: 'hybrid' })).toEqual(before);
    await again.runFor(5000);
    const later = again.engine.scoreboard({ member: 'hybrid' });
    expect(later.from).toBe(before.from);
    expect(later.members.hybrid.samples).toBeGreaterThan(before.members.hybrid.samples);
    expect(later.hits).toEqual(before.hits);
  });

  it('scores, decides, learns and stores the same whatever the truth says', () => {
    expect(lied.engine.scoreboard({ member: 'hybrid' }).members.hybrid.positives).toBeGreaterThan(500);
    const [told, liedTo] = stored.map((text) => {
      const { boards, ...content } = JSON.parse(text).content;
      return { boards: JSON.stringify(boards), content };
    });
    expect(liedTo.content).toEqual(told.content);
    expect(JSON.stringify(liedTo.content)).not.toContain('a lie');
    // What was counted is kept apart, for the scoreboard alone.
    expect(liedTo.boards).toContain('a lie');
  });
});
