import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fade } from './colours';
import { breakAtGaps, longestGap, toAxisTime } from './gaps';

describe('breakAtGaps', () => {
  it('puts a missing point into a hole and keeps every other point', () => {
    const line = breakAtGaps({ t: Float64Array.of(0, 1000, 9000, 10_000), y: Float32Array.of(1, 2, 3, 4) }, 5000);
    expect([...line.t]).toEqual([0, 1000, 3500, 9000, 10_000]);
    expect([...line.y]).toEqual([1, 2, Number.NaN, 3, 4]);
  });

  it('leaves a line without holes as it is', () => {
    const line = { t: Float64Array.of(0, 1000), y: Float32Array.of(1, 2) };
    expect(breakAtGaps(line, 5000)).toBe(line);
    const empty = { t: new Float64Array(0), y: new Float32Array(0) };
    expect(breakAtGaps(empty, 5000)).toBe(empty);
  });

  it('keeps the order of time and loses no point, whatever the holes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 60 }), (steps) => {
        let at = 0;
        const t = Float64Array.from(steps, (step) => (at += step));
        const y = Float32Array.from(steps, (_, i) => i);
        const line = breakAtGaps({ t, y }, 5000);
        expect([...line.t]).toEqual([...line.t].sort((a, b) => a - b));
        expect([...line.y].filter((value) => !Number.isNaN(value))).toEqual([...y]);
        expect(line.t.length - t.length).toBe(steps.slice(1).filter((step) => step > 5000).length);
      }),
    );
  });
});

describe('longestGap', () => {
  it('is five steps, or five pixels of a decimated series', () => {
    expect(longestGap(Float64Array.of(0, 60_000), 1000, 600)).toBe(5000);
    expect(longestGap(Float64Array.of(0, 7_200_000), 1000, 600)).toBe(60_000);
    expect(longestGap(new Float64Array(0), 1000, 600)).toBe(5000);
  });
});

describe('toAxisTime', () => {
  it('leaves UTC alone and shifts local times all by the same amount', () => {
    const t = Float64Array.of(1_790_000_000_000, 1_790_000_060_000);
    expect(toAxisTime(t, 'utc')).toBe(t);
    const local = toAxisTime(t, 'local');
    expect(local[1] - local[0]).toBe(60_000);
  });
});

describe('fade', () => {
  it('turns a hex colour into one with an opacity', () => {
    expect(fade('#ff8000', 0.5)).toBe('rgba(255, 128, 0, 0.5)');
    expect(fade('red', 0.5)).toBe('red');
  });
});
