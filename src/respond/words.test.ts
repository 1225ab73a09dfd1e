import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenText, formatDuration, formatNumber, formatSigned, formatTime, formatValue } from './words';

describe('formatNumber', () => {
  it.each([
    [98.24, '98.2'],
    [1234.5, '1235'],
    [3.456, '3.46'],
    [0.01234, '0.0123'],
    [0, '0'],
    [-12.44, '-12.4'],
    [2.5e12, '2.50e+12'],
    [1e-9, '1.00e-9'],
    [Number.NaN, 'not measured'],
    [Number.NEGATIVE_INFINITY, '-infinite'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('adds the unit and the sign where there is a number', () => {
    expect(formatValue(98.24, '%')).toBe('98.2 %');
    expect(formatValue(5, '')).toBe('5.00');
    expect(formatValue(Number.NaN, '%')).toBe('not measured');
    expect(formatSigned(12.4)).toBe('+12.4');
    expect(formatSigned(-3)).toBe('-3.00');
    expect(formatSigned(Number.NaN)).toBe('not measured');
  });
});

describe('formatDuration and formatTime', () => {
  it('takes the two largest units', () => {
    expect([5000, 125_000, 3_600_000, 90_061_000].map(formatDuration)).toEqual(['5 s', '2 min 5 s', '1 h', '1 d 1 h']);
    expect(formatDuration(-1)).toBe('not measured');
  });

  it('writes ISO 8601 in UTC and never throws', () => {
    expect(formatTime(Date.UTC(2026, 10, 22, 10))).toBe('2026-11-22T10:00:00.000Z');
    expect(formatTime(Number.NaN)).toBe('invalid time (NaN)');
    fc.assert(fc.property(fc.double(), (time) => formatTime(time).length > 0));
  });
});

describe('flattenText', () => {
  it('puts text on one line without control and direction-changing characters', () => {
    expect(flattenText('a\r\n\tb\u202Ec\u0000d\u2028e', 100)).toBe('a b c d e');
  });

  it('cuts long text by characters, not by halves of them', () => {
    expect(flattenText('abcdef', 3)).toBe('abc…');
    expect(flattenText('😀😀😀', 2)).toBe('😀😀…');
    expect(flattenText('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(10)}…`);
  });

  it('replaces lone surrogates', () => {
    expect(flattenText('a\uD800b', 10)).toBe('a\uFFFDb');
  });
});
