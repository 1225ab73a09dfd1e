import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { createRecordSplitter } from './records';

interface Split {
  readonly records: string[][];
  readonly lines: number[];
  readonly bad: [number, string][];
}

function split(chunks: readonly string[], delimiter = ','): Split {
  const result: Split = { records: [], lines: [], bad: [] };
  const splitter = createRecordSplitter(delimiter, {
    onRecord: (fields, line) => {
      result.records.push([...fields]);
      result.lines.push(line);
    },
    onBad: (line, message) => result.bad.push([line, message]),
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.finish();
  return result;
}

describe('createRecordSplitter', () => {
  it('splits plain and quoted cells and numbers the lines from 1', () => {
    expect(split(['a,b\n1,"x, ""y"""\n\n2,"two\nlines"\n3,4'])).toEqual({
      records: [
        ['a', 'b'],
        ['1', 'x, "y"'],
        ['2', 'two\nlines'],
        ['3', '4'],
      ],
      lines: [1, 2, 4, 6],
      bad: [],
    });
  });

  it('takes LF, CRLF and lone CR as line ends in one file, quoted or not', () => {
    const { records, lines } = split(['a,b\r\n1,2\r3,"4"\r5,6\n"7",8\r\n9,0\r\n']);
    expect(records).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
      ['7', '8'],
      ['9', '0'],
    ]);
    expect(lines).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives the same records however the text is cut into chunks', () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n"",2\n"q""q",3\r4,5\r\n';
    const whole = split([text]);
    for (let size = 1; size < 8; size++) {
      expect(split(text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [])).toEqual(whole);
    }
  });

  it('refuses a row with text behind a closing quote and goes on with the next line', () => {
    expect(split(['a,b\n"x"y,1\n2,3\n'])).toMatchObject({
      records: [
        ['a', 'b'],
        ['2', '3'],
      ],
      bad: [[2, '"y" after a closing quote; expected a delimiter']],
    });
  });

  it('refuses an unclosed quote and goes on behind the line that opened it', () => {
    const { records, bad } = split([`a,b\n1,"open\n2,3\n4,5\n`]);
    expect(records).toEqual([
      ['a', 'b'],
      ['2', '3'],
      ['4', '5'],
    ]);
    expect(bad[0][0]).toBe(2);
    expect(bad[0][1]).toContain('quote without an end');
  });

  it('refuses cells over 64,000 characters and rows over a million by name, and goes on', () => {
    const { records, bad } = split([
      'a,b\n',
      `1,${'x'.repeat(64_001)}\n`,
      '2,3\n',
      'y'.repeat(600_000),
      'y'.repeat(600_000),
      '\n4,5\n',
    ]);
    expect(records).toEqual([
      ['a', 'b'],
      ['2', '3'],
      ['4', '5'],
    ]);
    expect(bad.map(([line, message]) => [line, message.split(' of ')[0]])).toEqual([
      [2, 'field'],
      [4, 'row'],
    ]);
    expect(bad[1][1]).toContain('1,000,000');
  });

  it('works in linear time on text made to open quotes over and over', () => {
    // Counted in records and refusals rather than in seconds: each of these takes minutes when rows are read again and again.
    const quotes = split([`${'"\n'.repeat(100_001)}`]);
    expect(quotes.records.length + quotes.bad.length).toBeLessThan(120_000);
    for (const bait of ['x",",\n', '"x\n', '"""\n', ',"\n', '"a",\n"']) {
      const text = bait.repeat(Math.ceil(500_000 / bait.length));
      const { records, bad } = split([text]);
      expect(records.length + bad.length).toBeGreaterThan(0);
    }
  });

  it('reads what PapaParse reads from any table that was written correctly', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '1', '\0'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (table) => {
        const text = Papa.unparse(table, { quotes: true, newline: '\n' });
        expect(split([text]).records).toEqual(table);
        expect(Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data).toEqual(table);
      }),
    );
  });

  it('never throws, and gives the same for any cut, on any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(40), (whole, at) => {
        expect(split([whole.slice(0, at), whole.slice(at)])).toEqual(split([whole]));
      }),
      { numRuns: 1000 },
    );
  });
});
