import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseAlarmRate, medianOf, scoreEvents, timesToDetect } from './events';
import { findSegments, mergeSegments, overlaps, type Segment } from './segments';

const seg = (device: number, from: number, to: number): Segment => ({ device, from, to });
const segments = fc
  .array(fc.tuple(fc.nat(3), fc.nat(100), fc.nat(20)), { maxLength: 15 })
  .map((list) => list.map(([device, from, length]) => seg(device, from, from + length)));

describe('findSegments', () => {
  it('finds the stretches of interleaved devices', () => {
    const rows = {
      t: [0, 0, 1, 1, 2, 2, 3, 3],
      device: [0, 1, 0, 1, 0, 1, 0, 1],
      marked: [1, 0, 1, 1, 0, 1, 1, 1],
    };
    expect(findSegments(rows)).toEqual([seg(0, 0, 1), seg(1, 1, 3), seg(0, 3, 3)]);
  });

  it('finds none where nothing is marked', () => {
    expect(findSegments({ t: [0, 1], device: [0, 0], marked: [0, 0] })).toEqual([]);
  });

  it('finds one stretch a device when everything is marked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }), (device) => {
        const found = findSegments({ t: device.map((_, i) => i), device, marked: device.map(() => 1) });
        expect(found.length).toBe(new Set(device).size);
      }),
    );
  });
});

describe('mergeSegments', () => {
  it('joins what overlaps or touches on one device and drops what ends before it begins', () => {
    expect(mergeSegments([seg(0, 5, 9), seg(1, 0, 20), seg(0, 0, 5), seg(0, 12, 14), seg(0, 30, 20)])).toEqual([
      seg(0, 0, 9),
      seg(0, 12, 14),
      seg(1, 0, 20),
    ]);
  });

  it('leaves nothing that overlaps, and is the same when done twice', () => {
    fc.assert(
      fc.property(segments, (list) => {
        const merged = mergeSegments(list);
        for (let i = 1; i < merged.length; i++) expect(overlaps(merged[i - 1], merged[i])).toBe(false);
        expect(mergeSegments(merged)).toEqual(merged);
      }),
    );
  });
});

describe('scoreEvents', () => {
  it('counts an event as hit by any touch, and an alarm elsewhere or on another device as false', () => {
    const scores = scoreEvents({
      truth: [seg(0, 10, 19), seg(0, 40, 49)],
      detected: [seg(0, 15, 17), seg(0, 25, 26), seg(1, 40, 49)],
      stepMs: 1,
    });
    expect(scores).toMatchObject({ events: 2, eventsHit: 1, eventRecall: 0.5, falseAlarms: 2 });
  });

  it('gives range recall of existence and covered part: (1/2 + 1/2 x 5/10)', () => {
    const scores = scoreEvents({ truth: [seg(0, 0, 9)], detected: [seg(0, 5, 9)], stepMs: 1 });
    expect(scores.rangeRecall).toBeCloseTo(0.75, 15);
    expect(scores.rangePrecision).toBe(1);
  });

  it('gives less for an event covered in pieces', () => {
    const whole = scoreEvents({ truth: [seg(0, 0, 9)], detected: [seg(0, 0, 3)], stepMs: 1 });
    const pieces = scoreEvents({ truth: [seg(0, 0, 9)], detected: [seg(0, 0, 1), seg(0, 4, 5)], stepMs: 1 });
    expect(whole.rangeRecall).toBeCloseTo(0.5 + 0.5 * 0.4, 15);
    expect(pieces.rangeRecall).toBeCloseTo(0.5 + 0.5 * (0.4 / 2), 15);
  });

  it('counts a detection within the grace time for the event', () => {
    const input = { truth: [seg(0, 0, 9)], detected: [seg(0, 12, 15)], stepMs: 1 };
    expect(scoreEvents(input)).toMatchObject({ eventsHit: 0, falseAlarms: 1 });
    expect(scoreEvents({ ...input, graceMs: 5 })).toMatchObject({ eventsHit: 1, falseAlarms: 0 });
  });

  it('has no recall without events and no range precision without detections', () => {
    const nothing = scoreEvents({ truth: [], detected: [], stepMs: 1 });
    expect(nothing.events).toBe(0);
    expect(nothing.eventRecall).toBeNaN();
    expect(nothing.rangeRecall).toBeNaN();
    expect(nothing.rangePrecision).toBeNaN();
  });

  it('is perfect for a detector that says the truth, and stays within 0..1 for any', () => {
    fc.assert(
      fc.property(segments, segments, (truth, detected) => {
        fc.pre(truth.length > 0 && detected.length > 0);
        expect(scoreEvents({ truth, detected: truth, stepMs: 1 })).toMatchObject({
          eventRecall: 1,
          rangeRecall: 1,
          rangePrecision: 1,
          falseAlarms: 0,
        });
        const scores = scoreEvents({ truth, detected, stepMs: 1 });
        for (const value of [scores.eventRecall, scores.rangeRecall, scores.rangePrecision]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('timesToDetect', () => {
  it('counts from the onset to the first detection, 0 when it stood already, undefined when missed', () => {
    const truth = [seg(0, 10, 20), seg(0, 30, 40), seg(1, 50, 60)];
    const detected = [seg(0, 14, 15), seg(0, 18, 19), seg(0, 25, 33)];
    expect(timesToDetect({ truth, detected })).toEqual([4, 0, undefined]);
  });
});

describe('falseAlarmRate and medianOf', () => {
  it('is 3 alarms over 2 devices and half a day: 3 a device and day', () => {
    expect(falseAlarmRate(3, 2, 43_200_000)).toBe(3);
    expect(falseAlarmRate(3, 0, 1000)).toBeNaN();
  });

  it('takes the middle', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(medianOf([])).toBeNaN();
  });
});
