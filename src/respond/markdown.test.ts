import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTable, escapeMarkdown, fenceText, roundShares } from './markdown';

/** Any 16-bit units, lone surrogates included, with the dangerous ones often. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0x20, max: 0x7e })), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

describe('escapeMarkdown', () => {
  it.each([
    ['web-01', 'web-01'],
    ['a|b', 'a\\|b'],
    ['`rm`', '\\`rm\\`'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['![](https://evil.example/x)', '\\!\\[\\](https\\://evil.example/x)'],
    ['www.evil.example', 'www\\.evil.example'],
    ['me@evil.example', 'me\\@evil.example'],
    ['a\n# b', 'a \\# b'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['\\`', '\\\\\\`'],
  ])('makes %j inert', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves no line break, no bare bracket, pipe, backtick or angle for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[\r\n<>\u2028\u2029]/);
        expect(escaped.replace(/\\\\/g, '').replace(/\\[`|[\]*_~#!@$:.]/g, '')).not.toMatch(/[`|[\]*_]/);
      }),
    );
  });
});

describe('fenceText', () => {
  it('is longer than any run of backticks inside', () => {
    expect(fenceText(['plain'])).toBe('```text\nplain\n```');
    expect(fenceText(['a ```` b'])).toBe('`````text\na ```` b\n`````');
  });

  it('cannot be closed from inside by any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('```', '````\n', '~~~', '\n```\n# x')), { maxLength: 4 }),
        (texts) => {
          const lines = fenceText(texts).split('\n');
          expect(lines.length).toBe(texts.length + 2);
          const fence = lines[lines.length - 1];
          for (const line of lines.slice(1, -1)) expect(line.includes(fence)).toBe(false);
        },
      ),
    );
  });
});

describe('drawTable', () => {
  it('aligns numbers to the right', () => {
    const columns = [
      { title: 'a', right: false },
      { title: 'b', right: true },
    ];
    expect(drawTable(columns, [['x', '1']])).toBe('| a | b |\n| --- | ---: |\n| x | 1 |');
  });
});

describe('roundShares', () => {
  it('gives the missing tenth to the largest remainder', () => {
    expect(roundShares([1 / 3, 1 / 3, 1 / 3])).toEqual([33.4, 33.3, 33.3]);
    expect(roundShares([0.62, 0.38])).toEqual([62, 38]);
  });

  it('is all 0 when nothing is left to share, and takes odd values for 0', () => {
    expect(roundShares([0, Number.NaN])).toEqual([0, 0]);
    expect(roundShares([Number.NaN, -1, 1])).toEqual([0, 0, 100]);
    expect(roundShares([])).toEqual([]);
  });

  it('adds to 100 for any shares', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 64 }), (shares) => {
        fc.pre(shares.some((share) => share > 1e-6));
        expect(roundShares(shares).reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 9);
      }),
    );
  });
});
