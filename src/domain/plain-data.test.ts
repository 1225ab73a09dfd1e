import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from './plain-data';

describe('plain data as JSON', () => {
  it('writes typed arrays as tagged little-endian base64', () => {
    expect(toJson(Float32Array.of(1, -2))).toEqual({ $f32: 'AACAPwAAAMA=' });
    expect(toJson(Uint16Array.of(1, 258))).toEqual({ $u16: 'AQACAQ==' });
    expect(toJson(new Uint8Array(0))).toEqual({ $u8: '' });
  });

  it('writes the numbers that JSON lacks', () => {
    expect(toJson([Number.NaN, Number.NEGATIVE_INFINITY, -0, 0, 1.5])).toEqual([
      { $num: 'NaN' },
      { $num: '-Infinity' },
      { $num: '-0' },
      0,
      1.5,
    ]);
  });

  it('leaves undefined fields out and wraps keys that look like tags', () => {
    expect(toJson({ a: 1, b: undefined })).toEqual({ a: 1 });
    expect(toJson({ $f32: 'x' })).toEqual({ $obj: { $f32: 'x' } });
    expect(fromJson({ $obj: { $f32: 'x' } })).toEqual({ ok: true, value: { $f32: 'x' } });
  });

  it('writes a view by its own part only', () => {
    expect(toJson(Float32Array.of(9, 1, -2).subarray(1))).toEqual({ $f32: 'AACAPwAAAMA=' });
  });

  it('refuses with the place what is not plain', () => {
    expect(() => toJson({ a: [() => 1] }, 'model')).toThrow('model.a[0] cannot be written as JSON: it is a function');
    expect(() => toJson({ when: new Date(0) })).toThrow('$.when cannot be written as JSON: it is a Date');
    expect(() => toJson(JSON.parse('{"__proto__": 1}'))).toThrow('__proto__');
  });

  it.each([
    [{ $f32: 'AAA' }, 'content: the text is not base64'],
    [{ $f32: 7 }, 'content: the tag $f32 must hold a text'],
    [{ $f64: 'AAAA' }, 'content: 3 bytes are no whole number of Float64Array elements'],
    [{ $num: 'toString' }, 'content: unknown tag "$num"'],
    [{ constructor: { $x: '' } }, 'content.constructor: unknown tag "$x"'],
    [JSON.parse('[{"__proto__":{"polluted":1}}]'), 'content[0] has a key __proto__'],
  ])('refuses %j', (json, message) => {
    expect(fromJson(json, 'content')).toEqual({ ok: false, error: { code: 'plain-data', message } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads large arrays back whole', () => {
    const values = Float64Array.from({ length: 100_001 }, (_, i) => i / 3);
    expect(fromJson(JSON.parse(JSON.stringify(toJson(values))))).toEqual({ ok: true, value: values });
  });

  it('gives back any plain value to the bit', () => {
    const { plain } = fc.letrec((tie) => ({
      plain: fc.oneof(
        { maxDepth: 4 },
        fc.double(),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.constant(null),
        fc.float32Array(),
        fc.float64Array(),
        fc.int32Array(),
        fc.uint8Array(),
        fc.uint16Array(),
        fc.uint32Array(),
        fc.array(tie('plain'), { maxLength: 4 }),
        fc.dictionary(
          fc
            .oneof(fc.string(), fc.constantFrom('$f32', '$obj', '$num', 'constructor'))
            .filter((key) => key !== '__proto__'),
          tie('plain'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(plain, (value) => {
        expect(fromJson(JSON.parse(JSON.stringify(toJson(value))))).toEqual({ ok: true, value });
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
