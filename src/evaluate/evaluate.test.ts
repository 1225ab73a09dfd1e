import { describe, expect, it } from 'vitest';
import { evaluateRows } from './evaluate';

// One device, ten seconds: an event at 3..5, flagged at 4..5, and a false alarm at 8. The first row is warming up.
const ROWS = {
  t: [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000],
  device: new Array(10).fill(0),
  score: [Number.NaN, 1, 2, 5, 9, 8, 3, 2, 7, 1],
  flagged: [1, 0, 0, 0, 1, 1, 0, 0, 1, 0],
  label: [1, 0, 0, 1, 1, 1, 0, 0, 0, 0],
};

describe('evaluateRows', () => {
  it('gives the figures that a reader can count', () => {
    const got = evaluateRows(ROWS, { stepMs: 1000 });
    expect(got).toMatchObject({ rows: 9, labelled: 3, events: 1, eventsHit: 1, falseAlarms: 1, timeToDetectMs: 1000 });
    expect(got.precision).toBeCloseTo(2 / 3, 15);
    expect(got.recall).toBeCloseTo(2 / 3, 15);
    expect(got.f1).toBeCloseTo(2 / 3, 15);
    // Ranked 9 and 8 (anomalous), 7 (not), 5 (anomalous): one of the 18 pairs is wrong.
    expect(got.rocAuc).toBeCloseTo(17 / 18, 15);
    expect(got.averagePrecision).toBeCloseTo((1 + 1 + 3 / 4) / 3, 15);
    expect(got.rangeRecall).toBeCloseTo(0.5 + 0.5 * (2 / 3), 15);
    expect(got.rangePrecision).toBe(0.5);
    expect(got.falseAlarmsPerDeviceDay).toBeCloseTo(1 / (9 / 86_400), 9);
  });

  it('takes alerts instead of flagged stretches when they are given', () => {
    const got = evaluateRows(ROWS, { stepMs: 1000, alerts: [{ device: 0, from: 4000, to: 8000 }] });
    expect(got).toMatchObject({ eventsHit: 1, falseAlarms: 0 });
  });

  it('has no figures to give for rows without labels, but counts false alarms', () => {
    const got = evaluateRows({ ...ROWS, label: new Array(10).fill(0) }, { stepMs: 1000 });
    expect(got).toMatchObject({ labelled: 0, events: 0, falseAlarms: 2, precision: 0 });
    for (const value of [got.rocAuc, got.averagePrecision, got.recall, got.f1, got.rangeRecall, got.timeToDetectMs]) {
      expect(value).toBeNaN();
    }
  });

  it('stands an empty file', () => {
    const got = evaluateRows({ t: [], device: [], score: [], flagged: [], label: [] }, { stepMs: 1000 });
    expect(got.rows).toBe(0);
    expect(got.falseAlarmsPerDeviceDay).toBeNaN();
  });
});
