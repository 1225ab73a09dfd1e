import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectFile } from './inspect';
import { LIMITS } from './limits';
import { createParser } from './parse';
import { expectOk, inspectWhole, messagesOf, readWhole, TEST_LATEST } from './testing';

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? '\uFEFF' : ''), ...text].map((c) => c.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => (bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

describe('hostile and broken files', () => {
  it.each([
    ['nothing', '', 'empty', 'file.csv is empty: no line with text in it'],
    ['blank lines', '\n \r\n\t\n', 'empty', 'file.csv is empty: no line with text in it'],
    ['only a header', 'time,cpu\n', 'no-usable-rows', 'file.csv has a header (time, cpu) and no row that fits it'],
    [
      'no numbers',
      'a,b\nx,y\nz,w\n',
      'no-usable-columns',
      'file.csv has no numeric column and no message column among a, b',
    ],
    [
      'a ZIP archive',
      'PK\u0003\u0004abc',
      'not-text',
      'this is not a text file: it is a ZIP archive or an Excel workbook: save the sheet as CSV',
    ],
  ])('%s is refused with a reason', (_what, content, code, message) => {
    expect(readWhole(content)).toEqual({ ok: false, error: { code, message } });
  });

  it('a file over 200 MB is refused before it is read', () => {
    const result = inspectFile(new Uint8Array(10), { name: 'big.csv', bytes: 200_000_001, latest: TEST_LATEST });
    expect(result).toMatchObject({ error: { code: 'too-large', message: 'big.csv has 200 MB; the limit is 200 MB' } });
  });

  it('rows past two million are not read, and that is said', () => {
    const plan = expectOk(inspectWhole(new TextEncoder().encode('v\n1\n2\n'), 'x.csv'));
    const parser = expectOk(createParser(plan, plan.preview.mapping));
    parser.push(new TextEncoder().encode('v\n'));
    const chunk = new TextEncoder().encode('1\n'.repeat(250_000));
    const more = Array.from({ length: 9 }, () => parser.push(chunk));
    expect(more).toEqual([true, true, true, true, true, true, true, false, false]);
    const parsed = expectOk(parser.finish());
    expect(parsed.rows).toBe(LIMITS.rows);
    expect(parsed.notes[0]).toBe('only the first 2,000,000 rows were read; the limit is 2,000,000 rows');
  });

  it.each([
    ['little', false, true],
    ['big', true, true],
    ['little, without a mark', false, false],
    ['big, without a mark', true, false],
  ])('UTF-16 (%s endian) is decoded, in chunks that cut characters too', (_what, bigEndian, mark) => {
    const content = utf16('time,cpu\n2024-01-01,5\n2024-01-02,6\n', bigEndian, mark);
    const parsed = expectOk(readWhole(content, { chunkBytes: 3 }));
    expect([...parsed.metrics.metrics[0]]).toEqual([5, 6]);
    expect(parsed.notes.some((note) => note.includes('UTF-16'))).toBe(true);
  });

  it('a mark at the start or amid the file does no harm', () => {
    const parsed = expectOk(readWhole('\uFEFFtime,cpu\n2024-01-01,5\n\uFEFF2024-01-02,6\n'));
    expect(parsed.catalog.metrics.map((metric) => metric.key)).toEqual(['cpu']);
    expect([...parsed.metrics.metrics[0]]).toEqual([5, 6]);
  });

  it('NUL characters are told and stay text', () => {
    const parsed = expectOk(readWhole('a\0b\nc', { name: 'x.log' }));
    expect(messagesOf(parsed)).toEqual(['a\0b', 'c']);
    expect(parsed.notes).toContain('the file contains NUL characters');
  });

  it('an unclosed quote costs one row, not the file', () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `${1_700_000_000 + i},${i}`);
    rows[1000] = '1700001000,"1000';
    const parsed = expectOk(readWhole(`time,v\n${rows.join('\n')}\n`));
    expect([parsed.rows, parsed.badRows]).toEqual([4_999, 1]);
    expect(parsed.problems[0].line).toBe(1002);
  });

  it('dates that cannot be, negative and nanosecond times are read or refused one by one', () => {
    const parsed = expectOk(
      readWhole('time,v\n-5,1\n1700000000000000000,2\n+275760-09-13,3\n1e999,4\n', {
        mapping: { time: 'time', device: undefined, label: undefined, metrics: ['v'] },
      }),
    );
    expect([...parsed.metrics.t]).toEqual([-5000, 1_700_000_000_000]);
    expect(parsed.problems.map((problem) => problem.line)).toEqual([4, 5]);
  });

  it('any bytes under any name end in a result, the same for any chunk size', () => {
    const soup = fc.array(
      fc.constantFrom(
        'time,cpu\n',
        '2024-01-01,5\n',
        '"',
        ',',
        '\n',
        '\r',
        '{"msg":1}\n',
        '\uFEFF',
        '\0',
        'é',
        '<34>Oct 11 22:14:15 m su: x\n',
        '1e999',
        ';',
        '-',
      ),
      { maxLength: 30 },
    );
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      soup.map((parts) => new TextEncoder().encode(parts.join(''))),
    );
    fc.assert(
      fc.property(
        content,
        fc.constantFrom('a.csv', 'b.log', 'c.jsonl', ''),
        fc.integer({ min: 1, max: 50 }),
        (bytes, name, chunkBytes) => {
          const whole = readWhole(bytes, { name });
          expect(readWhole(bytes, { name, chunkBytes })).toEqual(whole);
          if (!whole.ok) return;
          const batch = whole.value.kind === 'metrics' ? whole.value.metrics : whole.value.logs;
          expect(batch.n).toBe(whole.value.rows);
          expect(batch.t.every((t, i) => Number.isFinite(t) && (i === 0 || t >= batch.t[i - 1]))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});
