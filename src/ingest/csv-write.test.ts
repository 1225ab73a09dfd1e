import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreCell, writeCsv } from './csv-write';
import { createRecordSplitter } from './records';
import { expectOk, messagesOf, readWhole } from './testing';

function readBack(text: string): string[][] {
  const records: string[][] = [];
  const splitter = createRecordSplitter(',', {
    onRecord: (fields) => records.push(fields.map(restoreCell)),
    onBad: (line, message) => {
      throw new Error(`${line}: ${message}`);
    },
  });
  splitter.push(text);
  splitter.finish();
  return records;
}

const write = (header: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string =>
  [...writeCsv(header, rows)].join('');

describe('writeCsv', () => {
  it('writes numbers in full, missing values empty, and quotes where it must', () => {
    expect(
      write(
        ['a', 'b,c'],
        [
          [1.5, 'x "y"'],
          [Number.NaN, undefined],
          [-2, 'two\nlines'],
        ],
      ),
    ).toBe('a,"b,c"\r\n1.5,"x ""y"""\r\n,\r\n-2,"two\nlines"\r\n');
  });

  it.each(['=1+1', '+x', '-x', '@SUM(A1)', '\tx', '\rx', '\nx', '\0x', '＝1', '＋1', '－1', '＠x'])(
    'makes %j inert',
    (cell) => {
      const [record] = [write(['h'], [[cell, 'z']]).slice(3)];
      expect(record.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('leaves numbers that are written as text alone', () => {
    expect(write(['h', 'i'], [['-5', '+1.5e3']])).toBe('h,i\r\n-5,+1.5e3\r\n');
  });

  it('comes in chunks and not in one piece', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [i, 'some text']);
    const chunks = [...writeCsv(['n', 'text'], rows)];
    expect(chunks.length).toBeGreaterThan(3);
    expect(readBack(chunks.join(''))).toHaveLength(20_001);
  });

  it('is read back as the same texts, whatever they are', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '@', '"', ',', '\r', '\n', '\t', '\0', ' ', '5', '＝') }),
    );
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 })),
        (table) => {
          expect(readBack(write(table[0], table.slice(1)))).toEqual(table);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is opened by the importer as the same log lines', () => {
    const messages = ['=cmd|calc', "'=quoted once", '-5 is low', '@home, "x"', 'two\nlines here'];
    const text = write(
      ['time', 'host', 'message'],
      messages.map((message, i) => [`2024-01-01T00:00:0${i}Z`, '-n1', message]),
    );
    const parsed = expectOk(readWhole(text));
    expect(messagesOf(parsed)).toEqual(messages);
    expect(parsed.catalog.devices.map((device) => device.name)).toEqual(['-n1']);
  });
});
