import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateInfo } from '../../../domain/verdicts';
import { searchTextOf, shareOfLines, siblingsOf, splitTemplate } from './template-relations';

function makeTemplate(changes: Partial<TemplateInfo>): TemplateInfo {
  return { id: 1, text: 'link up', count: 1, firstSeen: 0, lastSeen: 0, example: 'link up', ...changes };
}

describe('splitTemplate', () => {
  it('tells constant words from parameters', () => {
    expect(splitTemplate('took <*> ms')).toEqual([
      { text: 'took ', isParameter: false },
      { text: '<*>', isParameter: true },
      { text: ' ms', isParameter: false },
    ]);
    expect(splitTemplate('')).toEqual([]);
  });

  it('gives the text back when its parts are put together', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<*>', ' ', 'a', '<', '*>', 'word')), (parts) => {
        const text = parts.join('');
        expect(
          splitTemplate(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('siblingsOf', () => {
  const up = makeTemplate({ id: 1, group: 1, count: 3 });
  const down = makeTemplate({ id: 2, group: 1, count: 9 });
  const gone = makeTemplate({ id: 3, group: 1, count: 5, mergedInto: 2 });
  const other = makeTemplate({ id: 4, group: 4 });

  it('finds the templates of the same group, most frequent first, without merged ones', () => {
    const flap = makeTemplate({ id: 5, group: 1, count: 20 });
    expect(siblingsOf(up, [up, down, gone, other, flap]).map((one) => one.id)).toEqual([5, 2]);
  });

  it('finds none where the group is not known', () => {
    expect(siblingsOf(makeTemplate({}), [up, down])).toEqual([]);
  });
});

describe('shareOfLines', () => {
  it('is the part of all lines, merged templates counted once', () => {
    const big = makeTemplate({ id: 1, count: 30 });
    const small = makeTemplate({ id: 2, count: 10 });
    const merged = makeTemplate({ id: 3, count: 7, mergedInto: 1 });
    expect(shareOfLines(small, [big, small, merged])).toBe(0.25);
  });

  it('is 0 without any line', () => {
    expect(shareOfLines(makeTemplate({ count: 0 }), [])).toBe(0);
  });
});

describe('searchTextOf', () => {
  it('is the longest constant part, or all of it where nothing is constant', () => {
    expect(searchTextOf('<*> unable to mount <*> on sda')).toBe('unable to mount');
    expect(searchTextOf('<*>')).toBe('<*>');
  });
});
