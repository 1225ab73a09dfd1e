import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measureClumping } from './clumping';

it('has nothing to say of no lines, and of a template that is all lines', () => {
  expect(measureClumping([]).size).toBe(0);
  expect(measureClumping(new Uint32Array(500).fill(7)).get(7)).toBe(0);
});

it('gives a line that stands alone 0', () => {
  const lines = new Uint32Array(300).fill(1);
  lines[100] = 2;
  expect(measureClumping(lines).get(2)).toBe(0);
});

it('tells a template that comes in one outbreak from one as frequent that is spread', () => {
  const lines = Uint32Array.from({ length: 2000 }, (_, i) => {
    if (i >= 900 && i < 940) return 2;
    return i % 50 === 0 ? 3 : 1;
  });
  const clumping = measureClumping(lines);
  expect(clumping.get(3)).toBeLessThan(0.05);
  expect(clumping.get(2)).toBeGreaterThan(1.5);
});

it('follows the sum over two lines exactly', () => {
  // Two neighbours of ten: expected 10, before e^(-1/50).
  const lines = [1, 1, ...new Array<number>(98).fill(9)];
  expect(measureClumping(lines).get(1)).toBe(0);
  const rare = [...new Array<number>(998).fill(9), 1, 1];
  const expected = 0.1;
  const second = Math.log1p((Math.exp(-1 / 50) - expected) / Math.sqrt(1 + expected));
  expect(measureClumping(rare).get(1)).toBeCloseTo(second / 2, 12);
});

it('is finite and never negative', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }), (lines) => {
      for (const value of measureClumping(lines).values()) expect(value >= 0 && Number.isFinite(value)).toBe(true);
    }),
    { seed: 1 },
  );
});
