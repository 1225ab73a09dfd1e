import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvTable } from './csv';

describe('csvCell', () => {
  it('keeps plain text and numbers as they are', () => {
    expect(csvCell('web-01')).toBe('web-01');
    expect(csvCell(-1.5)).toBe('-1.5');
    expect(csvCell('-1.5')).toBe('-1.5');
    expect(csvCell(Number.NaN)).toBe('');
    expect(csvCell(undefined)).toBe('');
  });

  it('disarms formulas', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('@SUM(A1)')).toBe("'@SUM(A1)");
    expect(csvCell('＝1')).toBe("'＝1");
    expect(csvCell('-2+3')).toBe("'-2+3");
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('say "hi"')).toBe('"say ""hi"""');
    expect(csvCell('\nx')).toBe('"\'\nx"');
  });

  it('never lets a cell begin like a formula unless it is a number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text).replace(/^"/, '');
        expect(/^[=+\-@\t\r\n\0]/.test(cell) && Number.isNaN(Number(cell))).toBe(false);
      }),
    );
  });
});

describe('csvTable', () => {
  it('writes a header and rows', () => {
    expect(csvTable(['a', 'b'], [[1, 'x,y']])).toBe('a,b\r\n1,"x,y"\r\n');
  });
});
