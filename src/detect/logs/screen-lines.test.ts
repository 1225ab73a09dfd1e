import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { screenLines, selectLines } from './screen-lines';

/** Screens 400 lines, 20 a stretch: template 1 but where `odd` says another. */
function screen(odd: (line: number) => number | undefined): number[] {
  const template = Uint32Array.from({ length: 400 }, (_, line) => odd(line) ?? 1);
  return [...screenLines({ n: 400, template })];
}
const dropped = (keep: readonly number[]): number[] => keep.flatMap((on, line) => (on === 1 ? [] : [line]));
const between = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('screenLines', () => {
  it('takes all lines of a log that is the same from start to end', () => {
    expect(dropped(screen((line) => (line % 20 === 3 ? 2 : undefined)))).toEqual([]);
  });

  it('leaves out a template that comes once, or in one outbreak only, also across borders', () => {
    expect(dropped(screen((line) => (line === 333 ? 7 : undefined)))).toEqual([333]);
    expect(dropped(screen((line) => (line >= 190 && line < 225 ? 7 : undefined)))).toEqual(between(190, 225));
  });

  it('takes what goes on for longer than an outbreak, and what comes again', () => {
    expect(dropped(screen((line) => (line >= 200 ? 7 : undefined)))).toEqual([]);
    expect(dropped(screen((line) => (line % 200 < 15 ? 7 : undefined)))).toEqual([]);
  });

  it('leaves out the flood of a template that is known elsewhere, not its other lines', () => {
    const flood = (line: number) => (line % 20 === 3 || (line >= 100 && line < 115) ? 2 : undefined);
    expect(dropped(screen(flood))).toEqual(between(100, 115));
  });

  it('gives a byte a line, and keeps all where each line comes in every stretch', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 300 }), (templates) => {
        const keep = screenLines({ n: templates.length, template: Uint32Array.from(templates) });
        expect(keep).toHaveLength(templates.length);
        const all = new Array<number>(40).fill(0).flatMap(() => templates);
        const even = templates.length === 0 ? [] : [...screenLines({ n: all.length, template: Uint32Array.from(all) })];
        expect(even.every((on) => on === 1)).toBe(true);
      }),
    );
  });
});

it('selects lines with all their columns', () => {
  const lines = {
    n: 3,
    t: Float64Array.of(1, 2, 3),
    device: Uint16Array.of(4, 5, 6),
    template: Uint32Array.of(7, 8, 9),
    level: Uint8Array.of(0, 1, 2),
    shape: Uint16Array.of(3, 4, 5),
    burst: Float32Array.of(1, 1.5, 2),
    novel: Uint8Array.of(1, 0, 1),
  };
  const { n, ...columns } = selectLines(lines, Uint8Array.of(1, 0, 1));
  expect([n, ...Object.values(columns).map((column) => [...column])]).toEqual([
    2,
    [1, 3],
    [4, 6],
    [7, 9],
    [0, 2],
    [3, 5],
    [1, 2],
    [1, 1],
  ]);
});
