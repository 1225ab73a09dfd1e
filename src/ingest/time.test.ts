import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeParser, detectDayFirst, epochToMs, parseTime, readTimePrefix, statesZone } from './time';

const options = { latest: Date.UTC(2026, 10, 22), dayFirst: false };
const utc = (text: string): number => Date.parse(text);

describe('parseTime', () => {
  it.each([
    ['2014-04-01 00:05:00', '2014-04-01T00:05:00Z'],
    ['2014-04-01T00:05:00Z', '2014-04-01T00:05:00Z'],
    ['2014-04-01T00:05:00.250+02:00', '2014-03-31T22:05:00.250Z'],
    ['2014-04-01T00:05:00-0730', '2014-04-01T07:35:00Z'],
    ['2014/4/1 0:05', '2014-04-01T00:05:00Z'],
    ['2014-04-01', '2014-04-01T00:00:00Z'],
    ['4/1/2014 0:05', '2014-04-01T00:05:00Z'],
    ['4/1/2014 12:05 AM', '2014-04-01T00:05:00Z'],
    ['4/1/2014 12:05:09 PM', '2014-04-01T12:05:09Z'],
    ['01.04.2014 00:05', '2014-04-01T00:05:00Z'],
    ['2005-06-03-15.42.50.675872', '2005-06-03T15:42:50.676Z'],
    ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36Z'],
    ['Sun Dec 04 04:47:44 2005', '2005-12-04T04:47:44Z'],
    ['20140401T000500Z', '2014-04-01T00:05:00Z'],
    ['20140401', '2014-04-01T00:00:00Z'],
    ['20140401000500', '2014-04-01T00:05:00Z'],
    ['1396310700', '2014-04-01T00:05:00Z'],
    ['1396310700000', '2014-04-01T00:05:00Z'],
    ['1396310700000000', '2014-04-01T00:05:00Z'],
    ['1396310700000000000', '2014-04-01T00:05:00Z'],
    ['1396310700.5', '2014-04-01T00:05:00.500Z'],
    ['-86400', '1969-12-31T00:00:00Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(Math.round(parseTime(text, options) ?? Number.NaN)).toBe(utc(expected));
  });

  it.each([
    '',
    'abc',
    '2014-13-01',
    '2014-02-30',
    '2014-04-01 25:00',
    '+275760-09-13T00:00:00Z',
    '1e999',
    '9'.repeat(30),
    '12:00',
    'Infinity',
    '2014-04-01 00:05 PST',
  ])('gives nothing for %j', (text) => {
    expect(parseTime(text, options)).toBeUndefined();
  });

  it('reads the 29th of February in leap years only', () => {
    expect(parseTime('2016-02-29', options)).toBe(utc('2016-02-29T00:00:00Z'));
    expect(parseTime('2015-02-29', options)).toBeUndefined();
  });

  it('reads dates with slashes day first when told so', () => {
    expect(parseTime('3/4/2020', { ...options, dayFirst: true })).toBe(utc('2020-04-03T00:00:00Z'));
  });

  it('puts dates without a year in the last year that is not in the future', () => {
    expect(parseTime('Jul  1 09:00:55', options)).toBe(utc('2026-07-01T09:00:55Z'));
    expect(parseTime('Dec 31 23:59:59', options)).toBe(utc('2025-12-31T23:59:59Z'));
    expect(parseTime('Feb 29 00:00:00', options)).toBe(utc('2024-02-29T00:00:00Z'));
  });

  it('reads back every ISO time of the years 1000 to 9999, and a column parser reads the same', () => {
    const parser = createTimeParser(options);
    fc.assert(
      fc.property(fc.integer({ min: -30_610_224_000_000, max: 253_402_300_799_999 }), (t) => {
        const text = new Date(t).toISOString();
        expect(parseTime(text, options)).toBe(t);
        expect(parser(text)).toBe(t);
      }),
    );
  });

  it('never throws and never gives a number that is not finite', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(Number.isFinite(parseTime(text, options) ?? 0)).toBe(true);
      }),
    );
  });
});

describe('readTimePrefix', () => {
  it.each([
    ['081109 203615 148 INFO dfs', '2008-11-09T20:36:15Z', ' 148 INFO dfs'],
    ['17/06/09 20:10:40 INFO executor', '2017-06-09T20:10:40Z', ' INFO executor'],
    ['2015-07-29 17:41:44,747 - INFO x', '2015-07-29T17:41:44.747Z', ' - INFO x'],
    ['2016-09-28 04:30:31, Info CBS', '2016-09-28T04:30:31Z', ', Info CBS'],
    ['03-17 16:13:38.811  1702 D Tag: x', '2026-03-17T16:13:38.811Z', '  1702 D Tag: x'],
    ['[Sun Dec 04 04:47:44 2005] [notice] ok', '2005-12-04T04:47:44Z', ' [notice] ok'],
    ['1117838570 node x', '2005-06-03T22:42:50Z', ' node x'],
    ['20171223-22:15:29:606|Step', '2017-12-23T22:15:29.606Z', '|Step'],
  ])('finds the time of %j', (line, expected, rest) => {
    expect(readTimePrefix(line, options)).toEqual({ t: utc(expected), rest });
  });

  it('finds none where a line starts with something else', () => {
    expect(readTimePrefix('connection 2015-07-29 17:41:44', options)).toBeUndefined();
    expect(readTimePrefix('123456 packets', options)).toBeUndefined();
  });
});

describe('epochToMs', () => {
  it('refuses what lies outside the years 1 to 9999', () => {
    expect(epochToMs(9.3e13)).toBe(9.3e13);
    expect(epochToMs(1e24)).toBeUndefined();
    expect(epochToMs(Number.POSITIVE_INFINITY)).toBeUndefined();
    expect(epochToMs(Number.NaN)).toBeUndefined();
  });
});

describe('hints about a column of times', () => {
  it('tell whether a zone is stated', () => {
    expect([statesZone('2014-04-01T00:00:00Z'), statesZone('2014-04-01 00:00:00'), statesZone('1396310700')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('tell whether the day leads', () => {
    expect(detectDayFirst(['1/2/2020', '25/12/2020'])).toBe(true);
    expect(detectDayFirst(['1/2/2020', '12/25/2020'])).toBe(false);
    expect(detectDayFirst([])).toBe(false);
  });
});
