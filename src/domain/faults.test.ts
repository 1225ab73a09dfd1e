import { expect, test } from 'vitest';
import { growthOf, type Onset, secondsToHalfSize } from './faults';
import { timelineOf } from './scenario';

const ramp: Onset = { shape: 'ramp', seconds: 100 };
const creep: Onset = { shape: 'creep', seconds: 100 };
const step: Onset = { shape: 'step', seconds: 0 };

test('a fault grows at once, in a straight line, or as its square, and on beyond its full size', () => {
  expect([0, 49, 99, 199].map((elapsedS) => growthOf(step, elapsedS))).toEqual([1, 1, 1, 1]);
  expect([0, 49, 99, 199].map((elapsedS) => growthOf(ramp, elapsedS))).toEqual([0.01, 0.5, 1, 2]);
  expect([0, 49, 99, 199].map((elapsedS) => growthOf(creep, elapsedS))).toEqual([0.0001, 0.25, 1, 4]);
});

test('half of the size is there when growth is a half', () => {
  expect([step, ramp].map(secondsToHalfSize)).toEqual([0, 50]);
  expect(growthOf(creep, secondsToHalfSize(creep) - 1)).toBeCloseTo(0.5, 10);
});

test('a timeline is in order of time, faults before events', () => {
  const fault = (at: number) =>
    ({ at, fault: 'ddos', target: { kind: 'role', role: 'web' }, intensity: 1, durationMs: 1000 }) as const;
  const event = (at: number) => ({ at, event: 'backup', target: { kind: 'role', role: 'web' } }) as const;
  const steps = timelineOf({ faults: [fault(20), fault(5)], events: [event(20), event(1)] });
  expect(steps.map(({ kind, at }) => `${kind} ${at}`)).toEqual(['event 1', 'fault 5', 'fault 20', 'event 20']);
});
