import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  ENCODING_SLOTS,
  encodeLine,
  hashWord,
  hashWords,
  packShape,
  SHAPE_AT,
  SHAPE_COUNT,
  SLOT_NAMES,
  slotsOfWord,
} from './encode';
import { createLineScan, scanLine } from './normalise';

/** Any UTF-16 code units, lone surrogates too. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes));

function encode(words: readonly number[], level: number, shape: number): Float32Array {
  const out = new Float32Array(ENCODING_SLOTS);
  encodeLine(words, level, shape, out, 0);
  return out;
}

it('names every slot', () => {
  expect(SLOT_NAMES).toHaveLength(ENCODING_SLOTS);
  expect(new Set(SLOT_NAMES).size).toBe(ENCODING_SLOTS);
});

it('sets the level, the shape and the slots of each word, and nothing else but the template bits', () => {
  const scan = createLineScan();
  scanLine('ABCDEFGH', 0, 8, scan);
  const word = hashWord('ABCDEFGH');
  const out = encode([word], 3, packShape(scan));
  expect([...out.subarray(0, 6)]).toEqual([0, 0, 0, 1, 0, 0]);
  // 8 characters: round(1.4 log2 9) = 4 of 16 steps; all capitals.
  expect([...out.subarray(SHAPE_AT, SHAPE_AT + 4)]).toEqual([4 / 16, 0, 1, 0]);
  const filled = [...out.keys()].filter((slot) => slot >= 18 && out[slot] === 1);
  expect(filled).toEqual([...new Set(slotsOfWord(word))].sort((a, b) => a - b));
});

it('encodes a line without words or characters as its level alone', () => {
  const scan = createLineScan();
  scanLine('', 0, 0, scan);
  expect(packShape(scan)).toBe(0);
  const out = encode([], 1, 0);
  expect(out[1]).toBe(1);
  expect([...out.subarray(18)].every((value) => value === 0)).toBe(true);
});

it('hashes words without case and punctuation, and only words', () => {
  expect(hashWord('Failed:')).toBe(hashWord('failed'));
  expect(hashWord('failed')).not.toBe(hashWord('faded'));
  expect(hashWord('<*>')).toBe(0);
  expect(hashWord('a')).toBe(0);
});

it('tells the order of words', () => {
  expect(hashWords([1, 2])).not.toBe(hashWords([2, 1]));
  expect(hashWords([1, 0, 2])).toBe(hashWords([1, 2]));
});

it('stays in [0, 1] and is the same for the same line', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { maxLength: 30 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: SHAPE_COUNT - 1 }),
      (words, level, shape) => {
        const out = encode(words, level, shape);
        expect(out.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(encode(words, level, shape)).toEqual(out);
      },
    ),
    { seed: 2 },
  );
});

it('packs any shape below SHAPE_COUNT', () => {
  const scan = createLineScan();
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 9 }), (part, times) => {
      const text = part.repeat(times);
      scanLine(text, 0, text.length, scan);
      const shape = packShape(scan);
      expect(Number.isInteger(shape) && shape >= 0 && shape < SHAPE_COUNT).toBe(true);
    }),
    { seed: 3, numRuns: 30 },
  );
});
