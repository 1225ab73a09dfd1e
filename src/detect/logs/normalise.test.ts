import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineScan, MAX_LINE_CHARS, MAX_TOKENS, scanLine, tokenText } from './normalise';

/** Any UTF-16 code units, lone surrogates too. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes));

function mask(text: string): string[] {
  const scan = createLineScan();
  scanLine(text, 0, text.length, scan);
  return Array.from({ length: scan.tokens }, (_, i) => tokenText(scan, i));
}

describe('scanLine masks', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['took 12 ms', 'took <*> ms'],
    ['took 3.75s at -5 and +2', 'took <*> at <*> and <*>'],
    ['from 10.0.0.7:443 closed', 'from <*> closed'],
    ['to db-1.example.org:5432 failed', 'to <*> failed'],
    ['at (Main.java:17) thrown', 'at (Main.java:<*>) thrown'],
    ['id 123e4567-e89b-12d3-a456-426614174000 done', 'id <*> done'],
    ['mac 00:1b:44:ff:3a:b7 up', 'mac <*> up'],
    ['at 2026-11-22T10:00:00.123Z now', 'at <*> now'],
    ['addr 0x7fed806eb5d read', 'addr <*> read'],
    ['session ecccdeab of req-bacaceecedbc renewed', 'session <*> of req-<*> renewed'],
    ['facade of a cafe', 'facade of a cafe'],
    ['block blk_-6952295868487656571 gone', 'block blk_<*> gone'],
    ['open /var/log/app.log failed', 'open <*> failed'],
    ['open C:\\Windows\\x.dll failed', 'open <*> failed'],
    ['GET https://example.org/a?b=c now', 'GET <*> now'],
    ['name="my disk" lost', 'name= "<*>" lost'],
    ["file 'my disk' gone", "file '<*>' gone"],
    ["state is 'Inactive' now", "state is 'Inactive' now"],
    ['disk "sda1" lost', 'disk "<*>" lost'],
    ["it isn't a quote, isn't it", "it isn't a quote, isn't it"],
    ['an empty "" stays', 'an empty "" stays'],
    ['key=value,size=7', 'key= value,size= <*>'],
    ['read and/or write', 'read and/or write'],
    ['plain words only', 'plain words only'],
  ];
  for (const [line, masked] of cases) {
    it(`"${line}" as "${masked}"`, () => {
      expect(mask(line).join(' ')).toBe(masked);
    });
  }
});

describe('scanLine', () => {
  it('finds no tokens in a blank line', () => {
    expect(mask('')).toEqual([]);
    expect(mask(' \t ')).toEqual([]);
  });

  it('reads a slice of a longer text as if it stood alone', () => {
    const scan = createLineScan();
    scanLine('disk 1 lost\nfan 2 ok\n', 12, 20, scan);
    expect(scan.tokens).toBe(3);
    expect(tokenText(scan, 0)).toBe('fan');
    expect(scan.chars).toBe(8);
  });

  it('counts the shape of the line', () => {
    const scan = createLineScan();
    scanLine('ABc 12-!', 0, 8, scan);
    expect(scan).toMatchObject({ chars: 8, scanned: 8, digits: 2, upper: 2, punctuation: 2 });
  });

  it('gives lines that differ in parameters alone the same hashes', () => {
    const a = createLineScan();
    const b = createLineScan();
    scanLine('job 17 took 3 ms', 0, 16, a);
    scanLine('job 9 took 4711 ms', 0, 18, b);
    expect([...b.hash.subarray(0, b.tokens)]).toEqual([...a.hash.subarray(0, a.tokens)]);
  });

  it('cuts long lines and keeps their full length as shape', () => {
    const scan = createLineScan();
    const text = 'word '.repeat(1000);
    scanLine(text, 0, text.length, scan);
    expect(scan.tokens).toBe(MAX_TOKENS);
    expect(scan.chars).toBe(5000);
    expect(scan.scanned).toBe(MAX_LINE_CHARS);
  });

  it('looks for closing quotes as if each opening one were the first', () => {
    const far = 'm'.repeat(280);
    expect(mask(`it 'x 'y ${far} 'q r' end`).join(' ')).toBe(`it 'x 'y ${far} '<*>' end`);
    expect(mask('say "a b" and "c d" or "e').join(' ')).toBe('say "<*>" and "<*>" or "e');
  });

  it('takes text that looks like its own wildcard for text', () => {
    expect(mask('odd \ue000 char')).toEqual(['odd', '\ufffd', 'char']);
  });

  it('survives any text, within its bounds', () => {
    const scan = createLineScan();
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 9 }), (part, times) => {
        const text = part.repeat(times);
        scanLine(text, 0, text.length, scan);
        expect(scan.tokens).toBeLessThanOrEqual(MAX_TOKENS);
        expect(scan.start[scan.tokens]).toBeLessThanOrEqual(Math.min(text.length, MAX_LINE_CHARS));
        for (let i = 0; i < scan.tokens; i++) expect(tokenText(scan, i).length).toBeGreaterThan(0);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
