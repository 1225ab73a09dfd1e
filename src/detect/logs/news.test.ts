import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOG_LEVELS } from '../../domain/telemetry';
import { createNewsBook, FRESH_MS, type News, TRIAL_MS, weighNews } from './news';

/** A template first seen at t. */
const of = (id: number, firstSeen = 0): { id: number; firstSeen: number } => ({ id, firstSeen });
const [, INFO, WARNING, ERROR, CRITICAL, UNKNOWN] = LOG_LEVELS.keys();
const MINUTE = 60_000;
const model = {
  novelShare: 0.001,
  atLeast: Float64Array.of(1, 0.9, 0.1, 0.01, 0.001, 0.9),
  summary: { rows: 2000, windowFrom: 0, windowTo: 0, featureNames: [], rawThreshold: 0, params: {} },
};

it('counts what the fleet has met before a line, at its level or a worse one', () => {
  const book = createNewsBook();
  for (let i = 0; i < 10; i++) book.countLine(i % 2, true);
  book.countLine(0, false);
  expect(book.count(0, of(1), 0, INFO)).toMatchObject({ met: 0, lines: 10 });
  expect(book.count(0, of(2), 1000, ERROR)).toMatchObject({ met: 0 });
  expect(book.count(0, of(2), 2000, ERROR)).toMatchObject({ met: 1 });
  expect(book.count(0, of(3), 2000, WARNING)).toMatchObject({ met: 1 });
  expect(book.count(0, of(4), 3000, INFO)).toMatchObject({ met: 3 });
  // Lines without a level are as bad as info.
  expect(book.count(0, of(5), 4000, UNKNOWN)).toMatchObject({ met: 4 });
  expect(book.count(0, of(6), 5000, CRITICAL)).toMatchObject({ met: 0 });
});

it('counts a stack trace as one', () => {
  const book = createNewsBook();
  for (let template = 1; template < 9; template++) book.count(0, of(template), template, ERROR);
  expect(book.count(1, of(9), 5, ERROR).met).toBe(1);
  expect(book.count(1, of(10), 1000, ERROR).met).toBe(2);
});

it('leaves what came with trouble out of what it has met', () => {
  const book = createNewsBook();
  book.count(0, of(1), 0, ERROR);
  book.count(0, of(2), 1000, WARNING);
  book.setAside(1);
  book.setAside(1);
  book.setAside(77);
  expect(book.count(0, of(3), 2000, ERROR).met).toBe(0);
  expect(book.count(0, of(1), 2000, INFO).met).toBe(2);
});

it('goes on from what was saved', () => {
  const book = createNewsBook();
  book.countLine(0, true);
  book.count(0, of(1), 0, ERROR);
  const other = createNewsBook();
  other.restore(book.save());
  expect(other.count(0, of(1), 0, ERROR)).toMatchObject({ met: 1, lines: 1 });
  // What was counted of all devices was of those that are there.
  for (let i = 0; i < 6; i++) book.countLine(i, true);
  other.restore(book.save());
  for (let device = 0; device < 3; device++) other.countLine(device, true);
  expect(other.count(2, of(1), 0, ERROR)).toMatchObject({ met: 1, lines: 10, before: 2, since: 1 });
  other.restore(undefined);
  expect(other.count(0, of(1), 0, ERROR)).toMatchObject({ met: 0, lines: 0 });
});

it('calls what is new no rarer than so many lines can tell, nor than such news have been', () => {
  const news: News = {
    fresh: true,
    heard: false,
    onTrial: true,
    told: false,
    devices: 1,
    hour: 1,
    before: 0,
    since: 1,
    minutes: 1,
    met: 0,
    lines: 9000,
  };
  // Half of the training lines, which held one new template at info and less than one beyond.
  expect(weighNews(model, news, ERROR).atMost).toBeCloseTo(4, 12);
  expect(weighNews(model, { ...news, met: 9 }, ERROR).atMost).toBeCloseTo(3, 12);
  expect(weighNews({ ...model, novelShare: 0.1 }, { ...news, met: 9 }, ERROR).atMost).toBeCloseTo(3, 12);
  expect(weighNews({ ...model, novelShare: 0.1 }, news, INFO).atMost).toBeCloseTo(Math.log10(10_000 / 90), 12);
  expect(weighNews(model, { ...news, lines: 0, met: 1e9 }, INFO).atMost).toBe(0);
});

it('is fresh for a quarter of an hour in the whole fleet, and again when it was flagged and comes back after a pause', () => {
  const book = createNewsBook();
  expect(book.count(0, of(1), 0, INFO).fresh).toBe(true);
  expect(book.count(1, of(1), FRESH_MS, INFO).fresh).toBe(true);
  expect(book.count(2, of(1), FRESH_MS + 1, INFO).fresh).toBe(false);
  book.convict(1);
  expect(book.isConvicted(1)).toBe(true);
  // Not while it goes on.
  expect(book.count(2, of(1), FRESH_MS + 2, INFO).fresh).toBe(false);
  expect(book.count(3, of(1), 3 * FRESH_MS, INFO)).toMatchObject({ fresh: true, onTrial: true });
  expect(book.isConvicted(2)).toBe(false);
});

it('was heard of where another device said it first, unless it was flagged', () => {
  const book = createNewsBook();
  expect([0, 0, 1, 0].map((device, i) => book.count(device, of(1), i, INFO).heard)).toEqual([
    false,
    false,
    true,
    false,
  ]);
  book.convict(1);
  expect(book.count(1, of(1), 9, INFO).heard).toBe(false);
});

it('is on trial while one or two devices say it, for two hours', () => {
  const book = createNewsBook();
  const devices = [0, 0, 1, 0, 2, 0];
  expect(devices.map((device, i) => book.count(device, of(1), i, INFO).onTrial)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect([0, TRIAL_MS, TRIAL_MS + 1].map((t) => book.count(0, of(2), t, INFO).onTrial)).toEqual([true, true, false]);
});

const GOES_ON: News = {
  fresh: false,
  heard: false,
  onTrial: true,
  devices: 1,
  told: false,
  hour: 6,
  before: 990,
  since: 10,
  minutes: 3,
  met: 0,
  lines: 0,
};
const lasting = (more: Partial<News>, level: number): number =>
  weighNews(model, { ...GOES_ON, ...more }, level).lasting;

it('hears a warning that a device goes on saying after it was silent of it: a part of a factor of ten a minute for each factor that its silence was longer', () => {
  const some = { before: 900, since: 100 };
  expect(lasting(some, WARNING)).toBeCloseTo(1.4, 12);
  expect(lasting(some, CRITICAL)).toBeCloseTo(1.4, 12);
  expect(lasting({ minutes: 1 }, WARNING)).toBe(0);
  // Two devices; never silent of it; longer silent than a few lines can tell.
  expect(lasting({ ...some, devices: 2 }, WARNING)).toBeCloseTo(0.7, 12);
  expect(lasting({ before: 0, minutes: 30 }, WARNING)).toBe(0);
  expect(lasting({ before: 1e9 }, WARNING)).toBe(2);
  expect(lasting({ ...some, told: true }, WARNING)).toBe(0);
});

it('minds that a device comes back to what it had long been silent of', () => {
  const ofReturn = (more: Partial<News>): number => weighNews(model, { ...GOES_ON, ...more }, INFO).ofReturn;
  expect(ofReturn({})).toBe(1);
  expect(ofReturn({ before: 90, since: 90 })).toBeCloseTo(Math.log10(2), 12);
  expect(ofReturn({ before: 0 })).toBe(0);
});

it('hears the rest beyond what a job takes', () => {
  expect(lasting({}, INFO)).toBe(0);
  expect(lasting({ hour: 24, minutes: 24 }, INFO)).toBe(0);
  expect(lasting({ hour: 31.5 }, INFO)).toBeCloseTo(1.5, 12);
  expect(lasting({ hour: 31.5 }, UNKNOWN)).toBeCloseTo(1.5, 12);
  expect(lasting({ hour: 60, onTrial: false }, ERROR)).toBe(0);
});

it('says no less of more minutes, of a longer silence, and of fewer lines since', () => {
  const count = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(count, count, count, count, (before, since, minutes, more) => {
      const one = lasting({ before, since, minutes }, WARNING);
      expect(lasting({ before: before + more, since, minutes }, WARNING)).toBeGreaterThanOrEqual(one);
      expect(lasting({ before, since, minutes: minutes + more }, WARNING)).toBeGreaterThanOrEqual(one);
      expect(lasting({ before, since: since + more, minutes }, WARNING)).toBeLessThanOrEqual(one);
    }),
  );
});

it('forgets those silent for longest when there are too many', () => {
  const book = createNewsBook();
  book.count(0, of(1), 0, INFO);
  book.convict(1);
  for (let template = 2; template < 10_000; template++) book.count(template % 300, of(template), 1000 * template, INFO);
  expect(book.isConvicted(1)).toBe(false);
  expect(book.count(0, of(9999), 1e9, INFO).met).toBe(9999);
});

it('tells once that a device goes on saying something, and again after a pause', () => {
  const book = createNewsBook();
  for (let i = 0; i < 100; i++) book.countLine(3, true);
  for (let minute = 0; minute < 40; minute++) book.count(3, of(1), minute * MINUTE, INFO);
  const goesOn = book.count(3, of(1), 40 * MINUTE, INFO);
  expect(weighNews(model, goesOn, INFO).lasting).toBeGreaterThan(0);
  book.tell(3, 1, 40 * MINUTE);
  book.tell(4, 1, 40 * MINUTE);
  expect(book.count(3, of(1), 41 * MINUTE, INFO).told).toBe(false);
  const told = book.count(3, of(1), 42 * MINUTE, INFO);
  expect(told.told).toBe(true);
  expect(weighNews(model, told, INFO).lasting).toBe(0);
  expect(book.count(5, of(1), 42 * MINUTE, INFO).told).toBe(false);
  expect(book.count(3, of(1), 42 * MINUTE + 2 * FRESH_MS, INFO).told).toBe(false);
});
