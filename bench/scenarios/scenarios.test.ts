import { expect, it } from 'vitest';
import type { Member } from '../../src/domain/scoreboard';
import { type FaultRun, summariseFault } from './faults';
import { readScenarios } from './scenario-run';
import { faultTable, formatRows } from './tables';

const run = (seed: number, delaySamples: number | undefined, more: Partial<FaultRun> = {}): FaultRun => ({
  fault: 'ddos',
  seed,
  member: 'hybrid',
  events: 2,
  noticed: delaySamples === undefined ? 0 : 1,
  delaySamples,
  creeping: 0,
  beforeHalf: 0,
  ...more,
});

it('sums a fault up over its runs', () => {
  const runs = [run(1, 4), run(2, 8), run(3, undefined), run(4, 6), run(1, 1, { fault: 'other' })];
  const summary = summariseFault(runs, 'ddos', 'hybrid');
  expect(summary).toMatchObject({ runs: 4, found: 0.75, eventRecall: 3 / 8, medianSamples: 6, p90Samples: 8 });
  expect(summary.beforeHalf).toBeNaN();
});

it('leaves out what a member cannot see, and says how many creeping ones were noticed in time', () => {
  const member: Member = 'logs';
  const runs = [
    run(1, undefined, { member, events: 0, noticed: 0 }),
    run(2, 9, { member, events: 1, creeping: 1, beforeHalf: 1 }),
    run(3, 9, { member, events: 1, creeping: 1 }),
  ];
  expect(summariseFault(runs, 'ddos', member)).toMatchObject({ runs: 2, found: 1, beforeHalf: 0.5 });
});

it('pads a table, the first column to the left', () => {
  expect(formatRows(['a', 'b'], [['long', '1']])).toBe('a     b\nlong  1');
});

it('shows a dash where there is no figure', () => {
  const table = faultTable([summariseFault([], 'ddos', 'hybrid')]).split('\n');
  expect(table[1].split(/\s+/)).toEqual(['ddos', '0', '–', '–', '–', '–', '–', '–', '–']);
});

it('reads every scenario that comes with the app', () => {
  const scenarios = readScenarios('src/sim/scenarios/files');
  expect(scenarios.length).toBeGreaterThanOrEqual(8);
  expect(scenarios.some(({ healthy }) => healthy)).toBe(true);
});
