import { describe, expect, it } from 'vitest';
import { isMissing, parseLabel, parseNumber } from './numbers';

describe('parseNumber', () => {
  it.each([
    ['1.5', 1.5],
    [' 42 ', 42],
    ['-0', -0],
    ['+3', 3],
    ['.5', 0.5],
    ['1e3', 1000],
    ['45%', 45],
    ['1,234', 1234],
    ['1,234,567.5', 1_234_567.5],
    ['', Number.NaN],
    ['NaN', Number.NaN],
    ['null', Number.NaN],
    ['N/A', Number.NaN],
    ['-', Number.NaN],
  ])('reads %j', (cell, expected) => {
    expect(parseNumber(cell, false)).toBe(expected);
  });

  it.each(['1e999', '-1e39', 'abc', '0x10', '0B1', ' 0x10', '1,5', '1 2', 'Infinity', '12abc', '--5'])(
    'refuses %j',
    (cell) => {
      expect(parseNumber(cell, false)).toBeUndefined();
    },
  );

  it('reads decimal commas where the file uses them', () => {
    expect([
      parseNumber('1,5', true),
      parseNumber('1.234,5', true),
      parseNumber('-0,25', true),
      parseNumber('1.5', true),
    ]).toEqual([1.5, 1234.5, -0.25, 1.5]);
  });
});

describe('parseLabel', () => {
  it('reads 0 and 1 in their written forms and nothing else', () => {
    expect(['0', '1', 'TRUE', 'normal', 'anomaly', '', '1.0'].map(parseLabel)).toEqual([0, 1, 1, 0, 1, 0, 1]);
    expect(['2', 'maybe', '-1'].map(parseLabel)).toEqual([undefined, undefined, undefined]);
  });
});

describe('isMissing', () => {
  it('knows the ways to write no value, and zero is not one', () => {
    expect(['', '  ', '-', 'NA', 'None', '0', 'x'].map(isMissing)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
