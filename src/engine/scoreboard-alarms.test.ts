import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIntervalState, DEFAULT_INTERVAL_RULES, stepInterval } from '../detect/intervals';
import { type AlarmListener, createMemberAlarms } from './scoreboard-alarms';

interface Said {
  readonly alarms: { from: number; to: number; raisedAt: number }[];
  readonly rested: number[];
}

/** flags: one a sample. What is said of device 3 by the metrics. */
function listen(flags: readonly boolean[], cutAt?: number): Said {
  const said: Said = { alarms: [], rested: [] };
  let standing: { from: number; to: number; raisedAt: number } | undefined;
  let now = 0;
  const listener: AlarmListener = {
    alarm: (_member, _device, from, t) => {
      if (standing === undefined) {
        standing = { from, to: t, raisedAt: t };
        said.alarms.push(standing);
      } else standing.to = t;
    },
    rest: () => {
      standing = undefined;
      said.rested.push(now);
    },
  };
  const alarms = createMemberAlarms(listener, DEFAULT_INTERVAL_RULES);
  flags.forEach((flagged, t) => {
    now = t;
    if (t === cutAt) alarms.cutOff(3);
    else alarms.step('metrics', 3, { t, flagged, score: flagged ? 60 : 5, enormous: false });
  });
  return said;
}

const flagsAt = (n: number, ...at: readonly number[]): boolean[] => Array.from({ length: n }, (_, t) => at.includes(t));

it('raises an alert on the second of three flagged samples, from the first of them on', () => {
  expect(listen(flagsAt(80, 10, 12)).alarms).toEqual([{ from: 10, to: 12, raisedAt: 12 }]);
  expect(listen(flagsAt(80, 10, 14)).alarms).toEqual([]);
});

it('lets an alert rest once the calm and the refractory time are over', () => {
  expect(listen(flagsAt(80, 10, 11)).rested).toEqual([11 + 15 + 30]);
});

it('takes flags within the refractory time for the same alert', () => {
  expect(listen(flagsAt(120, 10, 11, 50, 51)).alarms).toEqual([{ from: 10, to: 51, raisedAt: 11 }]);
  expect(listen(flagsAt(120, 10, 11, 60, 61)).alarms).toHaveLength(2);
});

it('ends an alert where data are refused', () => {
  expect(listen(flagsAt(80, 10, 11), 13).rested).toEqual([13]);
  expect(listen(flagsAt(80), 12).rested).toEqual([]);
});

it('says the same as the intervals themselves, though it forgets calm devices', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (gaps) => {
      const at = gaps.map((gap, i) => gaps.slice(0, i).reduce((sum, g) => sum + g + 1, gap));
      const flags = flagsAt(100 + (at[at.length - 1] ?? 0), ...at);
      let state = createIntervalState(3);
      const opened = new Set<number>();
      const ends = new Map<number, number>();
      flags.forEach((flagged, t) => {
        const step = stepInterval(state, { t, flagged, score: flagged ? 60 : 5, enormous: false });
        state = step.state;
        if (step.event !== 'opened' && step.event !== 'extended') return;
        opened.add(state.interval?.from ?? -1);
        ends.set(state.interval?.from ?? -1, t);
      });
      expect(listen(flags).alarms.map(({ from, to }) => [from, to])).toEqual([...opened].map((f) => [f, ends.get(f)]));
    }),
  );
});
