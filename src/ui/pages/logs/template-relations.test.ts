import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateEvent, TemplateInfo } from '../../../domain/verdicts';
import { hasWords, searchTextOf, shareOfLines, siblingsOf, splitTemplate, turnsOf } from './template-relations';

function makeTemplate(changes: Partial<TemplateInfo>): TemplateInfo {
  return { id: 1, text: 'link up', count: 1, firstSeen: 0, lastSeen: 0, example: 'link up', ...changes };
}

describe('hasWords', () => {
  it.each([
    ['<*> <*> <*> <*> <*> <*>', false],
    ['<*>: <*> - [<*>] 7', false],
    ['', false],
    ['<*> <*> GET', true],
    ['Verbindung zu <*>', true],
    ['plain', true],
  ])('says of %j: %s', (text, expected) => {
    expect(hasWords(text)).toBe(expected);
  });
});

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

describe('turnsOf', () => {
  const event = (kind: TemplateEvent['kind'], template: number, other: number): TemplateEvent => ({
    t: 7,
    kind,
    template,
    text: `text ${template}`,
    other,
    otherText: `text ${other}`,
  });
  const told = (id: number, one: TemplateEvent) =>
    turnsOf(makeTemplate({ id }), [one]).map((turn) => [turn.words, turn.text]);

  it('tells a split and a merge from both sides, and leaves out what concerns others', () => {
    expect(told(2, event('split', 2, 1))).toEqual([['a new word made it a template of its own, beside', 'text 1']]);
    expect(told(1, event('split', 2, 1))).toEqual([['a new word in its lines founded', 'text 2']]);
    expect(told(2, event('merged', 2, 1))).toEqual([['merged into', 'text 1']]);
    expect(told(1, event('merged', 2, 1))).toEqual([['took in', 'text 2']]);
    expect(told(3, event('merged', 2, 1))).toEqual([]);
  });
});

describe('searchTextOf', () => {
  it('is the longest constant part, or all of it where nothing is constant', () => {
    expect(searchTextOf('<*> unable to mount <*> on sda')).toBe('unable to mount');
    expect(searchTextOf('<*>')).toBe('<*>');
  });
});
