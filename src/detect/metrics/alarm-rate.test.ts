import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import {
  type AlarmRate,
  correctionAt,
  correctionOf,
  createAlarmRate,
  followAlarms,
  readAlarmRate,
  saveAlarmRate,
} from './alarm-rate';

const THRESHOLD = 2.5;
/** One alarm in so many samples is allowed. */
const PERIOD = 1000;

/** Plays a device's rarities, an alarm of two flags at each of `alarms` (sample -> rarity) and nothing elsewhere; returns the last correction. */
function play(rate: AlarmRate, samples: number, alarms: ReadonlyMap<number, number>): number {
  let correction = 0;
  for (let sample = 1; sample <= samples; sample++) {
    const rarity = alarms.get(sample) ?? alarms.get(sample - 1) ?? 0;
    correction = correctionAt(rate, sample);
    followAlarms(rate, { device: 0, sample, rarity: Math.max(0, rarity - correction), threshold: THRESHOLD });
  }
  return correction;
}

const every = (gap: number, samples: number, rarity: number) =>
  new Map(Array.from({ length: Math.floor(samples / gap) - 1 }, (_, i) => [(i + 1) * gap, rarity]));

describe('the rate of alarms', () => {
  it('takes nothing off while no more alarms come than are due, one in ten of them beyond a factor of ten', () => {
    const rate = createAlarmRate(1 / PERIOD);
    const alarms = every(PERIOD, 20_000, 2.8)
      .set(5 * PERIOD, 4)
      .set(15 * PERIOD, 4);
    expect(play(rate, 20_000, alarms)).toBe(0);
    expect(rate.counted).toBeCloseTo(19, 0);
  });

  it('takes off what silences alarms just over the threshold that come five times as often as is due, and takes it back when they stay away', () => {
    const rate = createAlarmRate(1 / PERIOD);
    const correction = play(rate, 10_000, every(200, 10_000, 2.8));
    expect(correction).toBeGreaterThan(0.15);
    expect(correction).toBeLessThan(0.35);
    for (let sample = 10_001; sample <= 40_000; sample++) {
      correctionAt(rate, sample);
      followAlarms(rate, { device: 0, sample, rarity: 0, threshold: THRESHOLD });
    }
    expect(correctionOf(rate)).toBe(0);
  });

  it('is not deafened by trouble far beyond the threshold, however often it comes', () => {
    expect(play(createAlarmRate(1 / PERIOD), 20_000, every(100, 20_000, 6))).toBe(0);
  });

  it('waits for more than chance explains: two alarms at the beginning change nothing', () => {
    expect(
      play(
        createAlarmRate(1 / PERIOD),
        400,
        new Map([
          [100, 2.8],
          [200, 2.8],
        ]),
      ),
    ).toBe(0);
  });

  it('counts two flags within three samples as an alarm, a single one only where it is enormous, and what comes back within 35 samples once', () => {
    const rate = createAlarmRate(1 / PERIOD);
    const flags = new Map([
      [100, 3],
      [200, 3],
      [202, 3],
      [237, 3],
      [300, 9],
    ]);
    for (let sample = 1; sample <= 400; sample++) {
      correctionAt(rate, sample);
      followAlarms(rate, { device: 0, sample, rarity: flags.get(sample) ?? 0, threshold: THRESHOLD });
    }
    expect(rate.counted).toBe(2);
  });

  it('never takes off more than a factor of ten, and never adds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { maxLength: 300 }), (rarities) => {
        const rate = createAlarmRate(1 / PERIOD);
        rarities.forEach((rarity, i) => {
          const correction = correctionAt(rate, i);
          expect(correction).toBeGreaterThanOrEqual(0);
          expect(correction).toBeLessThanOrEqual(1);
          followAlarms(rate, { device: i % 3, sample: Math.floor(i / 3), rarity, threshold: THRESHOLD });
        });
      }),
      { numRuns: 50 },
    );
  });

  it('holds the budget within a factor of two where a calibration promises a quarter of the alarms that come', () => {
    const random = createRandom(5, 'alarm rate');
    const rate = createAlarmRate(1 / PERIOD);
    let alarms = 0;
    const samples = 200_000;
    let told = 0;
    for (let sample = 1; sample <= samples; sample++) {
      const correction = correctionAt(rate, sample);
      // Peaks of two samples, one in 40, of an exponential tail that reaches the threshold four times as often as is due.
      if (sample % 40 === 0) told = THRESHOLD + Math.log10((4 * 40) / PERIOD / (1 - random.next()));
      const rarity = sample % 40 < 2 ? Math.max(0, told - correction) : 0;
      if (sample % 40 === 1 && rarity >= THRESHOLD) alarms += 1;
      followAlarms(rate, { device: 0, sample, rarity, threshold: THRESHOLD });
    }
    expect(alarms).toBeLessThan((2 * samples) / PERIOD);
    expect(alarms).toBeGreaterThan(samples / PERIOD / 2);
  });

  it('goes on from what was saved, and refuses what is out of range by its place', () => {
    const rate = createAlarmRate(1 / PERIOD);
    play(rate, 10_000, every(200, 10_000, 2.8));
    const saved = saveAlarmRate(rate) as Record<string, unknown>;
    const read = readAlarmRate(structuredClone(saved), 'alarms');
    if (!read.ok) throw new Error(read.error.message);
    expect(correctionOf(Object.assign(createAlarmRate(1 / PERIOD), read.value))).toBe(correctionOf(rate));
    for (const key of ['asked', 'counted', 'expected']) {
      const spoilt = readAlarmRate({ ...saved, [key]: -1 }, 'alarms');
      expect(spoilt.ok ? '' : spoilt.error.message).toContain(`alarms.${key} must be a number in [0,`);
    }
  });
});
