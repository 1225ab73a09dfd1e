import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { MAX_RARITY } from '../domain/scores';
import {
  type Calibration,
  type CalibrationOptions,
  createRarityLookup,
  fitCalibration,
  loadCalibration,
  lookUpRarities,
  rarityOf,
  rawAtRarity,
  saveCalibration,
} from './calibration';
import { fitCensoredTail, fitTail, heaviestOf, tailDecades, tailExcess } from './gpd';

function calibrate(reference: ArrayLike<number>, options?: CalibrationOptions): Calibration {
  const result = fitCalibration(reference, options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const thousand = calibrate(Float64Array.from({ length: 1000 }, (_, i) => i + 1));

describe('calibration', () => {
  it('gives rarity 0 at the smallest reference and -log10 of the share at or above a score elsewhere', () => {
    expect(rarityOf(thousand, 1)).toBe(0);
    expect(rarityOf(thousand, -5)).toBe(0);
    expect(rarityOf(thousand, 901)).toBeCloseTo(1, 1);
    expect(rarityOf(thousand, 981)).toBeCloseTo(Math.log10(50), 1);
  });

  it('counts further out where the tail begins later', () => {
    const far = calibrate(
      Float64Array.from({ length: 10_000 }, (_, i) => i + 1),
      { tailShare: 0.002 },
    );
    expect(rarityOf(far, 9971)).toBeCloseTo(Math.log10(10_000 / 30), 2);
  });

  it('leaves out the trimmed share: what a few references reached is as rare as if they had not been there, however far it is', () => {
    const clean = Float64Array.from({ length: 995 }, (_, i) => i + 1);
    const troubled = Float64Array.from([...clean, 5000, 6000, 7000, 8000, 9000]);
    const trimmed = calibrate(troubled, { trim: 0.005 });
    expect(rarityOf(trimmed, 970)).toBe(rarityOf(calibrate(clean), 970));
    expect(calibrate([...clean, 1e6, 2e6, 3e6, 4e6, 5e6], { trim: 0.005 })).toEqual(trimmed);
    expect(rarityOf(calibrate(troubled), 6000)).toBeLessThan(4);
    expect(rarityOf(trimmed, 6000)).toBe(MAX_RARITY);
  });

  it('does not take a clean tail for shorter than it is because its top was trimmed', () => {
    const random = createRandom(4, 'trimmed tail');
    const clean = Float64Array.from({ length: 20_000 }, () => -Math.log10(1 - random.next()));
    const trimmed = calibrate(clean, { trim: 0.002, tailShare: 0.002 });
    // Half of what lies beyond one in 250 was trimmed, so that all beyond is told as at most twice as rare.
    for (const rarity of [3, 4, 5]) expect(Math.abs(rarityOf(trimmed, rarity) - rarity)).toBeLessThan(0.6);
  });

  it('is NaN for NaN and the largest rarity for infinity', () => {
    expect(rarityOf(thousand, Number.NaN)).toBeNaN();
    expect(rarityOf(thousand, Number.POSITIVE_INFINITY)).toBe(MAX_RARITY);
  });

  it('gives equal references rarity 0 and grows above them', () => {
    const flat = calibrate(new Float64Array(50).fill(0.4));
    expect(rarityOf(flat, 0.4)).toBe(0);
    expect(rarityOf(flat, 0.5)).toBeGreaterThan(3);
  });

  it('refuses fewer than 8 finite scores and says how many came', () => {
    const result = fitCalibration([1, 2, Number.NaN, 3]);
    expect(result).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
    expect(!result.ok && result.error.message).toContain('got 3');
  });

  it('is looked up to the bit as it is worked out, below, among and above the references', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 8, maxLength: 300 }),
        fc.array(fc.double(), { maxLength: 30 }),
        (reference, scores) => {
          const calibration = calibrate(reference);
          const asked = Float32Array.of(7, ...reference, ...calibration.raw, ...scores, 7);
          const rarity = asked.slice();
          lookUpRarities(createRarityLookup(calibration), asked, rarity, 1, asked.length - 1);
          const wanted = asked.map((score, i) => (i % (asked.length - 1) === 0 ? 7 : rarityOf(calibration, score)));
          expect(rarity).toEqual(wanted);
        },
      ),
    );
  });

  it('is monotone, in range and inverted by rawAtRarity, whatever the reference', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 8, maxLength: 200 }),
        fc.array(fc.double({ min: -1e7, max: 1e7, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (reference, scores) => {
          const calibration = calibrate(reference);
          const rarities = [...scores].sort((a, b) => a - b).map((score) => rarityOf(calibration, score));
          rarities.forEach((rarity, i) => {
            expect(rarity).toBeGreaterThanOrEqual(i === 0 ? 0 : rarities[i - 1]);
            expect(rarity).toBeLessThanOrEqual(MAX_RARITY);
          });
          expect(rarityOf(calibration, rawAtRarity(calibration, 5))).toBeCloseTo(5, 5);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('tells the probability of an exponential tail far beyond its reference within a factor of 4', () => {
    const random = createRandom(7, 'tail');
    const calibration = calibrate(Float64Array.from({ length: 6000 }, () => -Math.log(1 - random.next())));
    for (const decades of [3, 4, 5]) {
      expect(Math.abs(rarityOf(calibration, decades * Math.LN10) - decades)).toBeLessThan(0.6);
    }
  });

  it('comes back from its saved form with the same rarity to the bit', () => {
    const loaded = loadCalibration(structuredClone(saveCalibration(thousand)));
    if (!loaded.ok) throw new Error(loaded.error.message);
    for (let score = 0; score < 1200; score += 7.3)
      expect(rarityOf(loaded.value, score)).toBe(rarityOf(thousand, score));
  });

  it.each([
    ['no object', null, 'calibration must be an object'],
    ['a missing field', { n: 9 }, 'calibration.raw is missing'],
    ['NaN', { ...good(), raw: Float64Array.of(0, Number.NaN) }, 'calibration.raw[1]'],
    ['descending scores', { ...good(), raw: Float64Array.of(1, 0) }, 'must ascend'],
    ['no scale', { ...good(), scale: 0 }, 'calibration.scale'],
    ['another array type', { ...good(), raw: [0, 1] }, 'must be a Float64Array'],
    ['an unknown field', { ...good(), rows: 1 }, 'calibration.rows is not known'],
  ])('refuses %s', (_, saved, message) => {
    const result = loadCalibration(saved);
    expect(!result.ok && result.error.message).toContain(message);
  });
});

function good(): Record<string, unknown> {
  return { n: 9, raw: Float64Array.of(0, 1), rarity: Float64Array.of(0, 1), shape: 0.1, scale: 1 };
}

describe('generalised Pareto tail', () => {
  it('is exponential at shape 0: one decade every ln 10 scales', () => {
    expect(tailDecades({ shape: 0, scale: 2 }, 2 * Math.LN10)).toBeCloseTo(1, 12);
  });

  it('is inverted by tailExcess', () => {
    for (const shape of [0, 0.1, 0.35]) {
      expect(tailDecades({ shape, scale: 3 }, tailExcess({ shape, scale: 3 }, 4))).toBeCloseTo(4, 9);
    }
  });

  it('finds the shape of a heavy tail', () => {
    const random = createRandom(3, 'pareto');
    const excesses = Float64Array.from({ length: 4000 }, () => ((1 - random.next()) ** -0.25 - 1) / 0.25).sort();
    const tail = fitTail(excesses, 1e-9);
    expect(tail.shape).toBeGreaterThan(0.17);
    expect(tail.shape).toBeLessThan(0.33);
    expect(tail.scale).toBeCloseTo(1, 0);
  });

  it('never claims that a tail ends', () => {
    const uniform = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    expect(fitTail(uniform, 1e-9).shape).toBe(0);
  });

  it('gives nothing to fit the smallest scale', () => {
    expect(fitTail(new Float64Array(0), 0.5).scale).toBe(0.5);
    expect(fitTail(new Float64Array(9), 0.5).scale).toBe(0.5);
  });

  it('may be as heavy as few exceedances leave possible, with the same mean', () => {
    const fitted = { shape: 0.1, scale: 0.9 };
    expect(heaviestOf(fitted, { n: 80, doubt: 0, maxShape: 0.5 })).toEqual(fitted);
    const doubted = heaviestOf(fitted, { n: 80, doubt: 2, maxShape: 0.5 });
    expect(doubted.shape).toBeCloseTo(0.1 + (2 * 1.1 * Math.sqrt(80)) / 100, 12);
    expect(doubted.scale / (1 - doubted.shape)).toBeCloseTo(1, 12);
    expect(heaviestOf(fitted, { n: 8000, doubt: 2, maxShape: 0.5 }).shape).toBeLessThan(doubted.shape);
    expect(heaviestOf(fitted, { n: 4, doubt: 9, maxShape: 0.5 }).shape).toBe(0.5);
  });
});

describe('a tail that is as heavy as its rows leave possible', () => {
  const MILLIONTH = 6;
  const draw = (n: number, seed: number): Float64Array => {
    const random = createRandom(seed, 'doubt');
    // Shape 0.2: P(x > s) = (1 + 0.2 s)^-5.
    return Float64Array.from({ length: n }, () => 5 * ((1 - random.next()) ** -0.2 - 1));
  };
  const truth = 5 * (10 ** (0.2 * MILLIONTH) - 1);
  const tooLow = (doubt: number): number => {
    const seeds = Array.from({ length: 40 }, (_, k) => k + 1);
    return seeds.filter((seed) => rawAtRarity(calibrate(draw(2000, seed), { doubt }), MILLIONTH) < truth).length;
  };

  it('seldom puts what is rarer than anything seen too low, where the likeliest tail mostly does', () => {
    expect(tooLow(0)).toBeGreaterThan(20);
    expect(tooLow(2)).toBeLessThan(8);
  });

  it('comes closer to the likeliest one with more rows', () => {
    const ratioAt = (n: number): number =>
      rawAtRarity(calibrate(draw(n, 1), { doubt: 2 }), MILLIONTH) / rawAtRarity(calibrate(draw(n, 1)), MILLIONTH);
    expect(ratioAt(200_000)).toBeLessThan(ratioAt(20_000));
    expect(ratioAt(20_000)).toBeLessThan(ratioAt(2000));
    expect(ratioAt(200_000)).toBeGreaterThan(1);
  });

  it('changes nothing of what was counted', () => {
    const rows = draw(2000, 3);
    const [plain, doubted] = [calibrate(rows), calibrate(rows, { doubt: 2 })];
    expect([doubted.raw, doubted.rarity]).toEqual([plain.raw, plain.rarity]);
  });
});

describe('a censored tail', () => {
  it('has the mean excess that the others and the known part of the censored ones give', () => {
    // 1 + 2 + 3 and twice at least 3: 12 among three that ended.
    const { shape, scale } = fitCensoredTail([1, 2, 3, 50, 90], 2, 1e-9);
    expect(scale / (1 - shape)).toBeCloseTo(4, 12);
    expect(fitCensoredTail([5, 6], 2, 0.1).scale).toBe(0.1);
    expect(fitCensoredTail([], 0, 0.1).scale).toBe(0.1);
  });
});
