import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFields, type FieldSpec, MAX_PROBLEMS } from './fields';

const field = (key: string, spec: FieldSpec, optional = false) => ({ key, label: key, help: '', optional, spec });

const SHAPE: FieldSpec = {
  type: 'object',
  fields: [
    field('size', { type: 'number', min: 0, max: 1, above: true }),
    field('count', { type: 'number', min: 1, max: 9, whole: true }, true),
    field('kind', { type: 'choice', options: ['round', 'flat'] }),
    field('place', {
      type: 'cases',
      tag: 'at',
      cases: { home: [], city: [field('name', { type: 'text', min: 1, max: 5, like: 'printable' })] },
    }),
    field('tags', { type: 'list', item: { type: 'text', min: 1, max: 9, like: 'id' }, min: 0, max: 2 }, true),
    field(
      'more',
      { type: 'by', on: 'kind', of: { round: { type: 'flag' }, flat: { type: 'number', min: 0, max: 2 } } },
      true,
    ),
  ],
};
const GOOD = { size: 0.5, kind: 'round', place: { at: 'home' } };
const messages = (input: unknown): string[] => checkFields(SHAPE, input).map(({ message }) => message);

describe('checkFields', () => {
  test('finds nothing wrong with what is as described', () => {
    expect(messages(GOOD)).toEqual([]);
    expect(
      messages({ ...GOOD, kind: 'flat', count: 9, tags: ['a-b', 'c'], more: 2, place: { at: 'city', name: 'Köln' } }),
    ).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['size must be in (0, 1], got 0', { ...GOOD, size: 0 }],
    ['size must be in (0, 1], got "1"', { ...GOOD, size: '1' }],
    ['size must be in (0, 1], got nothing', { kind: 'round', place: { at: 'home' } }],
    ['count must be a whole number, got 1.5', { ...GOOD, count: 1.5 }],
    ['kind must be one of round, flat, got "square"', { ...GOOD, kind: 'square' }],
    ['place.at must be one of home, city, got "toString"', { ...GOOD, place: { at: 'toString' } }],
    ['place.name must be a text of 1 to 5 characters, got nothing', { ...GOOD, place: { at: 'city' } }],
    ['place.name is not a known field: known are at', { ...GOOD, place: { at: 'home', name: 'x' } }],
    ['tags must be a list of 0 to 2, got a list of 3', { ...GOOD, tags: ['a', 'b', 'c'] }],
    ['tags[1] must be lower-case words with hyphens between, got "B b"', { ...GOOD, tags: ['a', 'B b'] }],
    ['more must be true or false, got 1', { ...GOOD, more: 1 }],
    ['it must be an object, got null', null],
  ])('says "%s"', (message, input) => {
    expect(messages(input)).toEqual([message]);
  });

  test('gathers all problems, in the order of the description', () => {
    expect(messages({ size: 7, kind: 1, place: [], extra: 0 })).toEqual([
      'size must be in (0, 1], got 7',
      'kind must be one of round, flat, got 1',
      'place must be an object, got a list of 0',
      'extra is not a known field: known are size, count, kind, place, tags, more',
    ]);
  });

  test('stops at fifty problems', () => {
    const list: FieldSpec = { type: 'list', item: { type: 'flag' }, min: 0, max: 1e6 };
    expect(checkFields(list, Array(1000).fill(0))).toHaveLength(MAX_PROBLEMS);
  });

  test('a key of the prototype is a field like any other', () => {
    expect(messages(JSON.parse('{"size":0.5,"kind":"round","place":{"at":"home"},"__proto__":{"x":1}}'))).toEqual([
      '__proto__ is not a known field: known are size, count, kind, place, tags, more',
    ]);
  });

  test('anything at all gives a list of problems, never an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true, withObjectString: true }), (input) => {
        for (const { message } of checkFields(SHAPE, input)) expect(message.length).toBeLessThan(400);
      }),
    );
  });
});
