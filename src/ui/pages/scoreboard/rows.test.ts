import { describe, expect, it } from 'vitest';
import { createBoard } from '../../../evaluate/scoreboard';
import { describeCurve, describeDelay, listMoments, nameFault, whyEmpty } from './rows';

const STEP = 1000;
const OPTIONS = { member: 'hybrid', scenario: undefined, thresholds: { hybrid: 4, metrics: 4, logs: 4 } } as const;

/** One fault at 10..19, alerts at the given steps; a deployment at 30..39. */
function boardOf(steps: number, ...alertsAt: readonly number[]) {
  const board = createBoard({ stepMs: STEP, graceMs: 5 * STEP });
  const span = { device: 0, halfAt: undefined, seenIn: { metrics: true, logs: true } };
  for (let step = 0; step < steps; step++) {
    const t = step * STEP;
    const spans = [
      { ...span, fault: 'ddos', from: 10 * STEP, to: 20 * STEP, isNormal: false },
      { ...span, fault: 'deployment', from: 30 * STEP, to: 40 * STEP, isNormal: true },
    ].filter(({ from, to }) => t >= from && t < to);
    board.follow(spans, t, '');
    const flagged = alertsAt.includes(step) ? 1 : 0;
    board.addSample({ device: 0, t, score: [flagged * 6, 0, 0], flagged: [flagged, 0, 0] });
    if (flagged === 1) board.alarm('hybrid', 0, t, t);
    else board.rest('hybrid', 0);
    board.settle();
  }
  return board.snapshot(OPTIONS);
}

describe('listMoments', () => {
  it('links a hit to its alert and a miss to its onset', () => {
    const [hit] = listMoments(boardOf(60, 13), 'hits');
    expect(hit).toMatchObject({ device: 0, what: 'ddos', from: 10_000, to: 19_000, delayMs: 3000, at: 13_000 });
    const [miss] = listMoments(boardOf(60), 'misses');
    expect(miss).toMatchObject({ what: 'ddos', delayMs: undefined, at: 10_000 });
  });

  it('names the normal event of a false alarm, and nothing where there was none', () => {
    expect(listMoments(boardOf(60, 33, 50), 'false').map(({ what, at }) => [what, at])).toEqual([
      ['', 50_000],
      ['deployment', 33_000],
    ]);
  });
});

describe('whyEmpty', () => {
  it('tells warming up from a fleet without faults, and is silent once there is one', () => {
    expect(whyEmpty(boardOf(0))).toBe('warming-up');
    expect(whyEmpty(boardOf(5))).toBe('no-faults');
    expect(whyEmpty(boardOf(15))).toBeUndefined();
  });
});

describe('the words', () => {
  it('say the figures of a curve, unknown where there is none', () => {
    expect(describeCurve(boardOf(60, 13).members.hybrid, 'Hybrid')).toBe(
      'Hybrid: average precision 25 %; at the present threshold precision 100 % and recall 10 %.',
    );
    expect(describeCurve(boardOf(5).members.hybrid, 'Hybrid')).toContain('average precision unknown');
  });

  it('say a delay, and that there was none', () => {
    expect([describeDelay(0), describeDelay(3000), describeDelay(undefined)]).toEqual(['at once', '3 s', '–']);
  });

  it('name a fault by its label, or by its id', () => {
    expect(nameFault('ddos', new Map([['ddos', 'Network flood']]))).toBe('Network flood');
    expect(nameFault('slow-creep', new Map())).toBe('Slow creep');
  });
});
