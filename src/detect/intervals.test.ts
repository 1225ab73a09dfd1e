import { describe, expect, it } from 'vitest';
import {
  createIntervalState,
  DEFAULT_INTERVAL_RULES,
  type IntervalEvent,
  type IntervalState,
  intervalRules,
  stepInterval,
} from './intervals';

/** One character a sample: `.` calm, `x` flagged at 60, `!` enormous at 95, `?` not scorable. */
function run(
  samples: string,
  state: IntervalState = createIntervalState(3),
): { state: IntervalState; events: IntervalEvent[] } {
  const events: IntervalEvent[] = [];
  [...samples].forEach((sample, i) => {
    const score = { '.': 5, x: 60, '!': 95, '?': Number.NaN }[sample] ?? 0;
    const step = stepInterval(state, { t: i * 1000, flagged: sample !== '.', score, enormous: sample === '!' });
    state = step.state;
    events.push(step.event);
  });
  return { state, events };
}

describe('intervals', () => {
  it('opens on two flagged samples of three, from the first of them on', () => {
    const { state, events } = run('..x.x');
    expect(events).toEqual(['none', 'none', 'none', 'none', 'opened']);
    expect(state.interval).toEqual({
      device: 3,
      from: 2000,
      to: 4000,
      open: true,
      flagged: 2,
      peakScore: 60,
      peakAt: 2000,
    });
  });

  it('closes after a third of the calm samples where they are a quarter of a minute apart or more', () => {
    expect(intervalRules(86_400)).toEqual({ ...DEFAULT_INTERVAL_RULES, refractorySamples: 300 });
    expect(intervalRules(5761)).toEqual(DEFAULT_INTERVAL_RULES);
    expect(intervalRules(5760)).toEqual({ ...DEFAULT_INTERVAL_RULES, calmSamples: 5 });
  });

  it('does not open on single flagged samples far apart', () => {
    expect(run('x..x..x...x').events).not.toContain('opened');
  });

  it('opens at once on an enormous score', () => {
    expect(run('.!').events).toEqual(['none', 'opened']);
  });

  it('counts what cannot be scored as calm', () => {
    expect(run('x?x?????').state.interval?.flagged).toBe(2);
    expect(run('????').events).not.toContain('opened');
  });

  it('goes on over short calm and closes after 15 calm samples at its last flagged one', () => {
    const { state, events } = run(`xx${'.'.repeat(14)}x${'.'.repeat(15)}`);
    expect(events.filter((event) => event !== 'none')).toEqual(['opened', 'extended', 'closed']);
    expect(state.interval).toMatchObject({ open: false, from: 0, to: 16_000, flagged: 3 });
  });

  it('re-opens the same interval within the refractory and a new one after it', () => {
    const calm = (n: number): string => '.'.repeat(n);
    expect(run(`xx${calm(30)}xx`).state.interval).toMatchObject({ from: 0, flagged: 4, open: true });
    expect(run(`xx${calm(60)}xx`).state.interval).toMatchObject({ from: 62_000, flagged: 2, open: true });
  });

  it('keeps the highest score and when it came', () => {
    expect(run('xx!x').state.interval).toMatchObject({ peakScore: 95, peakAt: 2000 });
  });

  it('leaves the state it was given as it was', () => {
    const before = run('x').state;
    const copy = structuredClone(before);
    stepInterval(before, { t: 9, flagged: true, score: 50, enormous: false });
    expect(before).toEqual(copy);
  });
});
