import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCoordinates,
  formatCount,
  formatDuration,
  formatIso,
  formatNumber,
  formatPercent,
  formatTime,
  formatValue,
  NO_VALUE,
  withLocalTimes,
} from './format';

const NUMBERS = [formatNumber, formatCount, formatValue, formatPercent, formatBytes, formatDuration];

describe('formatting', () => {
  it('shows a dash, never NaN, for what is not a number', () => {
    for (const format of NUMBERS) {
      expect(format(Number.NaN)).toBe(NO_VALUE);
      expect(format(undefined)).toBe(NO_VALUE);
      expect(format(Number.POSITIVE_INFINITY)).toBe(NO_VALUE);
    }
  });

  it('gives a value three significant digits and its unit', () => {
    expect(formatValue(71.34, '%')).toBe('71.3 %');
    expect(formatValue(940.4, 'Mbit/s')).toBe('940 Mbit/s');
    expect(formatValue(0.0414)).toBe('0.041');
    expect(formatValue(0, '%')).toBe('0 %');
  });

  it('shortens counts from ten thousand on', () => {
    expect(formatCount(9999)).toBe('9,999');
    expect(formatCount(123_456)).toBe('123.5K');
  });

  it('shows a share as percent', () => {
    expect(formatPercent(0.034)).toBe('3.4 %');
    expect(formatPercent(1, 0)).toBe('100 %');
    expect(formatPercent(0)).toBe('0 %');
    expect(formatPercent(1e-5, 2)).toBe('< 0.01 %');
    expect(formatPercent(0.004, 0)).toBe('< 1 %');
    expect(formatPercent(0.005, 0)).toBe('1 %');
  });

  it('counts bytes in decimal units', () => {
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1_240_000)).toBe('1.2 MB');
    expect(formatBytes(250_000_000)).toBe('250 MB');
  });

  it('puts moments inside a text into the chosen zone and leaves all other text alone', () => {
    const text = 'refused: quarantined since 2026-11-22T17:32:32.019Z (2 of 3, 2026-11-22)';
    const at = formatTime(Date.parse('2026-11-22T17:32:32.019Z'), 'utc', 'datetime');
    expect(withLocalTimes(text, 'utc')).toBe(`refused: quarantined since ${at} (2 of 3, 2026-11-22)`);
    expect(withLocalTimes('2026-99-99T99:99:99Z', 'utc')).toBe(NO_VALUE);
    expect(withLocalTimes('', 'local')).toBe('');
  });

  it('names the two largest units of a duration', () => {
    expect(formatDuration(400)).toBe('400 ms');
    expect(formatDuration(95_000)).toBe('1 min 35 s');
    expect(formatDuration(3_600_000)).toBe('1 h');
    expect(formatDuration(90_061_000)).toBe('1 d 1 h');
    expect(formatDuration(-1)).toBe(NO_VALUE);
  });

  it('never shows an empty duration', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (ms) => formatDuration(ms) !== ''));
  });

  it('shows times in UTC when asked to', () => {
    const t = Date.UTC(2026, 10, 22, 9, 5, 7);
    expect(formatTime(t, 'utc')).toBe('09:05:07');
    expect(formatTime(t, 'utc', 'datetime')).toContain('2026');
    expect(formatIso(t)).toBe('2026-11-22T09:05:07.000Z');
  });

  it('survives times that no Date can hold', () => {
    expect(formatTime(1e300, 'utc')).toBe(NO_VALUE);
    expect(formatTime(Number.NaN, 'local')).toBe(NO_VALUE);
    expect(formatIso(1e300)).toBe('');
  });

  it('shows coordinates with their half of the globe', () => {
    expect(formatCoordinates(-33.87, 151.21)).toBe('33.87° S, 151.21° E');
    expect(formatCoordinates(Number.NaN, 0)).toBe(NO_VALUE);
  });
});
