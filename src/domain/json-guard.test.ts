import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json-guard';

const LIMITS = { maxChars: 1000, maxDepth: 3 };

describe('guarded JSON', () => {
  it('parses what JSON.parse parses', () => {
    expect(parseJson('{"a":[1,{"b":"]}"}]}', LIMITS)).toEqual({ ok: true, value: { a: [1, { b: ']}' }] } });
    expect(parseJson('7', LIMITS)).toEqual({ ok: true, value: 7 });
  });

  it.each([
    ['', 'empty', 'the file is empty'],
    [' \n', 'empty', 'the file is empty'],
    ['[[[[1]]]]', 'too-deep', 'nested too deep: more than 3 levels of objects and arrays'],
    [`"${'x'.repeat(1000)}"`, 'too-large', 'too large: 1,002 characters, at most 1,000 are read'],
    ['{"a": "unfinished', 'cut-off', 'cut off: the JSON ends early, after 17 characters'],
    ['{"a": "escaped \\"', 'cut-off', 'cut off: the JSON ends early, after 17 characters'],
    ['[1, 2', 'cut-off', 'cut off: the JSON ends early, after 5 characters'],
  ])('%j is %s', (text, code, message) => {
    expect(parseJson(text, LIMITS)).toEqual({ ok: false, error: { code, message } });
  });

  it('says what stands in place of JSON', () => {
    expect(parseJson('<html>', LIMITS)).toMatchObject({
      ok: false,
      error: { code: 'not-json', message: expect.stringContaining('<') },
    });
  });

  it('brackets inside texts do not count', () => {
    expect(parseJson('"[[[[\\\\"', LIMITS)).toEqual({ ok: true, value: '[[[[\\' });
  });

  it('agrees with JSON.parse on every JSON inside the limits', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text, { maxChars: 1e6, maxDepth: 10 })).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { seed: 1 },
    );
  });
});
