import { describe, expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { type AlarmUnit, fitAlarmCalibration } from './alarm-calibration';
import { type Calibration, loadCalibration, rarityOf, rawAtRarity, saveCalibration } from './calibration';
import { alarmPeaks, openingLevels } from './episodes';
import { SLOW_INTERVAL_RULES } from './intervals';

const UNIT: AlarmUnit = { samples: 10, rules: SLOW_INTERVAL_RULES };
const GAP = SLOW_INTERVAL_RULES.calmSamples + SLOW_INTERVAL_RULES.refractorySamples;

function calibrate(scores: ArrayLike<number>, unit = UNIT): Calibration {
  const at = Array.from({ length: scores.length }, (_, i) => i);
  const fitted = fitAlarmCalibration({ scores, at }, unit);
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

/** Squares of autocorrelated noise, smoothed as slow scores are. */
function noise(n: number, phi: number, seed: number): Float64Array {
  const random = createRandom(seed, 'alarm calibration');
  let value = 0;
  let mean = 1;
  return Float64Array.from({ length: n }, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    mean += 0.3 * (value * value - mean);
    return mean;
  });
}

function countAlarms(scores: Float64Array, threshold: number): number {
  const at = Array.from(scores, (_, i) => i);
  return alarmPeaks(openingLevels({ scores, at }, SLOW_INTERVAL_RULES), at, { threshold, gap: GAP }).length;
}

describe('a calibration in alarms', () => {
  it('counts ten samples for each alarm where alarms are short, and samples where they are long', () => {
    const short = Float64Array.from({ length: 10_000 }, (_, i) => (i % 500 < 2 ? 50 : i % 7));
    expect(rarityOf(calibrate(short), 50)).toBeCloseTo(-Math.log10((10 * 20) / 10_000), 6);
    const long = Float64Array.from({ length: 10_000 }, (_, i) => (i % 500 < 40 ? 50 : i % 7));
    expect(rarityOf(calibrate(long), 50)).toBeCloseTo(-Math.log10((20 * 40) / 10_000), 6);
  });

  it.each([0, 0.5, 0.9, 0.98])(
    'keeps to its budget on what it was fitted to, and on more of the kind (autocorrelation %d)',
    (phi) => {
      let own = 0;
      let fresh = 0;
      const due = 8 * 6;
      for (let seed = 1; seed <= 8; seed++) {
        const scores = noise(9000, phi, seed);
        const threshold = rawAtRarity(calibrate(scores), -Math.log10((10 * 6) / 9000));
        own += countAlarms(scores, threshold);
        fresh += countAlarms(noise(9000, phi, 100 + seed), threshold);
      }
      expect(own).toBeLessThan(1.3 * due);
      expect(own).toBeGreaterThan(due / 2);
      expect(fresh).toBeLessThan(2 * due);
    },
  );

  it('is monotone, 0 at the smallest score and the same after saving', () => {
    const calibration = calibrate(noise(2000, 0.5, 1));
    expect(rarityOf(calibration, calibration.raw[0])).toBe(0);
    let before = 0;
    for (let score = 0; score < 40; score += 0.1) {
      const rarity = rarityOf(calibration, score);
      expect(rarity).toBeGreaterThanOrEqual(before);
      before = rarity;
    }
    expect(loadCalibration(saveCalibration(calibration))).toEqual({ ok: true, value: calibration });
  });

  it('gives equal scores rarity 0 and grows above them, and leaves NaN out', () => {
    const flat = calibrate([...new Float64Array(50).fill(0.4), Number.NaN]);
    expect(flat.n).toBe(50);
    expect(rarityOf(flat, 0.4)).toBe(0);
    expect(rarityOf(flat, 0.5)).toBeGreaterThan(3);
  });

  it('refuses fewer than 8 scores and says how many came', () => {
    const refused = fitAlarmCalibration({ scores: [1, 2, Number.NaN], at: [0, 1, 2] }, UNIT);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'too-few-rows', message: expect.stringContaining('2') },
    });
  });
});
