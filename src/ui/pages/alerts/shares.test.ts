import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markWords, percentShares } from './shares';

describe('percentShares', () => {
  it('gives the missing percent to the largest remainder', () => {
    expect(percentShares([1, 1, 1])).toEqual([34, 33, 33]);
    expect(percentShares([0.625, 0.25, 0.125])).toEqual([63, 25, 12]);
  });

  it('splits a part of the whole the same way', () => {
    expect(percentShares([0.5, 0.25, 0.25], 7)).toEqual([3, 2, 2]);
    expect(percentShares([0.4, 0.2], 0)).toEqual([0, 0]);
  });

  it('gives zeros when nothing has a share', () => {
    expect(percentShares([])).toEqual([]);
    expect(percentShares([0, Number.NaN])).toEqual([0, 0]);
  });

  it('always adds to 100', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 64 }),
        (shares) => {
          expect(percentShares(shares).reduce((sum, percent) => sum + percent, 0)).toBe(100);
        },
      ),
    );
  });
});

describe('markWords', () => {
  it('marks the words that stood out', () => {
    expect(markWords('disk sda failed', [{ word: 'failed', share: 0.7 }])).toEqual([
      { text: 'disk sda ', share: 0 },
      { text: 'failed', share: 0.7 },
    ]);
  });

  it('finds words whatever their case', () => {
    expect(markWords('Kernel PANIC', [{ word: 'panic', share: 0.5 }])).toEqual([
      { text: 'Kernel ', share: 0 },
      { text: 'PANIC', share: 0.5 },
    ]);
  });

  it('leaves out words that the line does not have, and overlaps', () => {
    expect(
      markWords('oom killer', [
        { word: 'oom killer', share: 0.6 },
        { word: 'killer', share: 0.3 },
        { word: 'absent', share: 0.1 },
      ]),
    ).toEqual([{ text: 'oom killer', share: 0.6 }]);
  });

  it('gives the message back, whatever the words', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.record({ word: fc.string(), share: fc.double({ min: 0, max: 1, noNaN: true }) })),
        (message, words) => {
          expect(
            markWords(message, words)
              .map((segment) => segment.text)
              .join(''),
          ).toBe(message);
        },
      ),
    );
  });
});
