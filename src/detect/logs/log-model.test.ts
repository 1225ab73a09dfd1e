import { expect, it } from 'vitest';
import { type Calibration, fitCalibration } from '../calibration';
import type { Autoencoder } from './autoencoder';
import { burstRarity, judgeLine, type LogModel, shareAtLeast, weighLine } from './log-model';

const INFO = 1;
const WARNING = 2;
const ERROR = 3;
const CRITICAL = 4;

function calibrate(): Calibration {
  const fitted = fitCalibration(Float64Array.from({ length: 1000 }, (_, i) => i / 1000));
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

/** Evidence e is 1 in 10 to the e. */
function calibrateEvidence(): Calibration {
  const fitted = fitCalibration(Float64Array.from({ length: 1000 }, (_, i) => -Math.log10((i + 0.5) / 1000)));
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

function model(over: Partial<LogModel> = {}): LogModel {
  return {
    network: {} as Autoencoder,
    templates: new Map(),
    vocabulary: new Set(),
    atLeast: Float64Array.of(1, 0.9, 0.1, 0.01, 0.001, 0.9),
    novelShare: 0.001,
    errors: calibrate(),
    bursts: undefined,
    evidence: calibrateEvidence(),
    summary: { rows: 0, windowFrom: 0, windowTo: 0, featureNames: [], rawThreshold: 0, params: {} },
    ...over,
  };
}

const seen = {
  novelty: 'seen',
  level: INFO,
  error: 0,
  burst: Number.NaN,
  clumping: 0,
  recurrences: 0,
  fresh: true,
  live: undefined,
} as const;
/** One line after a million, none of which was new. */
const rarely = { atMost: 6, heard: false, ofReturn: 1, lasting: 0 } as const;

it('counts each level with the worse ones, a line without level as info', () => {
  // debug, info, warning, error, critical, unknown.
  const shares = shareAtLeast([0, 1, 2, 3, 4, 5, 5]);
  expect([...shares]).toEqual([8, 7, 4, 3, 2, 7].map((count) => count / 8));
  expect([...shareAtLeast([])]).toEqual([1, 1, 1, 1, 1, 1]);
});

it('gives an ordinary line rarity 0', () => {
  expect(judgeLine(model(), seen).rarity).toBe(0);
});

it('adds up what the level means, the strongest member and how clumped such lines come', () => {
  const weighed = weighLine(model(), { ...seen, level: CRITICAL, error: 0.999, clumping: 0.5 });
  expect(weighed.level).toBeCloseTo(3, 12);
  expect(weighed.evidence).toBeCloseTo(3 + weighed.reconstruction + 0.5, 12);
  expect(weighLine(model(), seen).evidence).toBe(0);
});

it('gives evidence the rarity that it has among the reference lines', () => {
  const rarity = (clumping: number): number => judgeLine(model(), { ...seen, clumping }).rarity;
  expect(rarity(1)).toBeCloseTo(1, 1);
  expect(rarity(2)).toBeCloseTo(2, 1);
  expect(rarity(6)).toBeGreaterThan(4);
});

it('bounds the error of a new template by how rare new templates are', () => {
  const judged = judgeLine(model(), { ...seen, novelty: 'unseen', error: 1e9 });
  expect(judged.novelty).toBeCloseTo(3 - Math.log10(0.9), 12);
  expect(judged.reconstruction).toBe(judged.novelty);
});

it('puts an error or critical line of a new template of a file into the upper bands', () => {
  expect(judgeLine(model(), { ...seen, novelty: 'unseen', level: ERROR }).rarity).toBeGreaterThanOrEqual(7.5);
  expect(judgeLine(model(), { ...seen, novelty: 'unseen', level: CRITICAL }).rarity).toBeGreaterThanOrEqual(9);
});

it('does not where errors, or new templates, are ordinary', () => {
  const line = { ...seen, novelty: 'unseen', level: ERROR } as const;
  expect(judgeLine(model({ atLeast: Float64Array.of(1, 1, 0.5, 0.4, 0.1, 1) }), line).rarity).toBeLessThan(5);
  expect(judgeLine(model({ novelShare: 0.5 }), line).rarity).toBeLessThan(5);
});

it('finds a new template odder each time that its device comes back to it, up to a major finding', () => {
  const quiet = model({ novelShare: 0.01, atLeast: Float64Array.of(1, 1, 0.05, 0.01, 0.001, 1) });
  const rarityAfter = (recurrences: number): number =>
    judgeLine(quiet, { ...seen, novelty: 'unseen', level: INFO, recurrences }).novelty;
  expect(rarityAfter(0)).toBeCloseTo(2, 9);
  // Four a minute is what a job writes that tells of its progress.
  expect(rarityAfter(4)).toBeCloseTo(2, 9);
  expect(rarityAfter(5)).toBeCloseTo(2.5, 9);
  expect(rarityAfter(7)).toBeCloseTo(3.5, 9);
  expect(rarityAfter(100)).toBe(7.6);
  const warning = { ...seen, novelty: 'unseen', level: WARNING } as const;
  const [once, again] = [0, 1].map((recurrences) => judgeLine(quiet, { ...warning, recurrences }).novelty);
  expect(again - once).toBeCloseTo(1, 9);
  expect(judgeLine(quiet, { ...seen, level: INFO, recurrences: 100 }).novelty).toBe(0);
});

it('calls a new template of a live fleet at most as rare as the fleet has had lines to tell, but a critical one', () => {
  const line = { ...seen, novelty: 'unseen', level: ERROR } as const;
  const novelty = (atMost: number): number => judgeLine(model(), { ...line, live: { ...rarely, atMost } }).novelty;
  expect(novelty(3.5)).toBe(3.5);
  expect(novelty(9)).toBeCloseTo(5, 12);
  expect(judgeLine(model(), { ...line, live: { ...rarely, atMost: 3.5 }, recurrences: 3 }).novelty).toBe(6.5);
  expect(judgeLine(model(), { ...line, level: CRITICAL, live: { ...rarely, atMost: 3.5 } }).novelty).toBe(9.7);
});

it('takes one line of what another device has said for no news, but not several', () => {
  const line = { ...seen, novelty: 'unseen', level: ERROR, live: { ...rarely, heard: true } } as const;
  expect(judgeLine(model(), line).novelty).toBe(0);
  expect(judgeLine(model(), { ...line, recurrences: 1 }).novelty).toBeCloseTo(6, 12);
  expect(judgeLine(model(), { ...line, level: INFO, recurrences: 4 }).novelty).toBe(0);
  expect(judgeLine(model(), { ...line, level: CRITICAL }).novelty).toBe(9.7);
});

it('minds less what comes back where the device is hardly known without it', () => {
  const line = { ...seen, novelty: 'unseen', level: WARNING, recurrences: 3 } as const;
  expect(judgeLine(model(), { ...line, live: { ...rarely, atMost: 3, ofReturn: 0.25 } }).novelty).toBe(3.75);
  expect(
    judgeLine(model(), { ...line, level: INFO, recurrences: 8, live: { ...rarely, atMost: 3, ofReturn: 0.75 } })
      .novelty,
  ).toBe(5);
});

it('adds what goes on for long, however long the fleet has known it', () => {
  const line = { ...seen, novelty: 'unseen', level: WARNING, fresh: false } as const;
  expect(judgeLine(model(), { ...line, live: rarely }).novelty).toBe(0);
  expect(judgeLine(model(), { ...line, live: rarely, recurrences: 9 }).novelty).toBe(0);
  expect(judgeLine(model(), { ...line, live: { ...rarely, atMost: 3, lasting: 1.5 } }).novelty).toBe(4.5);
  expect(judgeLine(model(), { ...line, live: { ...rarely, atMost: 3, lasting: 0.9 } }).novelty).toBe(0);
});

it('takes a new template that a file has had for a while for news only where it is critical, or an error that comes back', () => {
  const stale = { ...seen, novelty: 'unseen', fresh: false } as const;
  expect(judgeLine(model(), { ...stale, level: WARNING }).novelty).toBe(0);
  expect(judgeLine(model(), { ...stale, level: ERROR }).novelty).toBe(0);
  expect(judgeLine(model(), { ...stale, level: ERROR, recurrences: 1 }).novelty).toBeGreaterThan(8);
  expect(judgeLine(model(), { ...stale, level: CRITICAL }).novelty).toBeGreaterThan(9);
});

it('believes a changed word only where the autoencoder agrees', () => {
  const line = { ...seen, novelty: 'changed', level: CRITICAL } as const;
  expect(judgeLine(model(), { ...line, error: 0.5 }).novelty).toBeLessThan(1);
  expect(judgeLine(model(), { ...line, error: 1e9 }).rarity).toBeGreaterThanOrEqual(9);
});

it('hears little from an error of less than one wrong slot, however exact the rest is repeated', () => {
  const fitted = fitCalibration(Float64Array.from({ length: 1000 }, (_, i) => i * 1e-9));
  if (!fitted.ok) throw new Error(fitted.error.message);
  const exact = model({ errors: fitted.value });
  // A quarter of a slot: one factor of ten. Two slots: eight.
  expect(judgeLine(exact, { ...seen, error: 0.25 / 64 }).reconstruction).toBeCloseTo(1, 12);
  expect(judgeLine(exact, { ...seen, error: 2 / 64 }).reconstruction).toBeCloseTo(8, 12);
});

it('hears at most as many factors of ten in a burst as it is deviations above the usual', () => {
  const fitted = fitCalibration(new Float64Array(100));
  if (!fitted.ok) throw new Error(fitted.error.message);
  expect(burstRarity(fitted.value, 0)).toBe(0);
  expect(burstRarity(fitted.value, 0.1)).toBeCloseTo(0.1, 12);
});

it('judges bursts only with a clock', () => {
  expect(judgeLine(model(), { ...seen, burst: 1e9 }).burst).toBe(0);
  expect(judgeLine(model({ bursts: calibrate() }), { ...seen, burst: 1e9 }).rarity).toBeGreaterThan(5);
  expect(judgeLine(model({ bursts: calibrate() }), seen).burst).toBe(0);
});

it('calls no line rarer than its evidence, however alike the reference was', () => {
  const fitted = fitCalibration(new Float64Array(200));
  if (!fitted.ok) throw new Error(fitted.error.message);
  const warning = { ...seen, level: 2 } as const;
  expect(judgeLine(model({ evidence: fitted.value }), warning).rarity).toBe(1);
});

it('takes a template that has settled since the training for ordinary, whatever its reconstruction error', () => {
  expect(judgeLine(model(), { ...seen, novelty: 'settled', error: 1e9 })).toMatchObject({
    novelty: 0,
    reconstruction: 0,
    rarity: 0,
  });
});
