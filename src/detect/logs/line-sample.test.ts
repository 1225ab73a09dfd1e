import { describe, expect, it } from 'vitest';
import { createLineSample } from './line-sample';

const line = (t: number) => ({ t, device: 1, template: t % 7, level: 2, shape: 3, burst: 1.5, novel: t % 2 === 0 });
function sampleOf(n: number, capacity: number, seed = 1) {
  const sample = createLineSample(capacity, seed);
  for (let t = 0; t < n; t++) sample.push(line(t));
  return { sample, columns: sample.columns() };
}

describe('createLineSample', () => {
  it('keeps all lines in order while they fit', () => {
    const { columns } = sampleOf(1500, 2048);
    expect([...columns.t]).toEqual(Array.from({ length: 1500 }, (_, t) => t));
    expect([columns.template[8], columns.level[8], columns.shape[8], columns.burst[8]]).toEqual([1, 2, 3, 1.5]);
    expect([columns.novel[8], columns.novel[9], columns.device[9]]).toEqual([1, 0, 1]);
  });

  it('keeps whole runs of neighbours from all over a longer log, in order, the same for the same seed', () => {
    const { sample, columns } = sampleOf(512 * 1000, 512 * 100);
    expect([columns.n, sample.size]).toEqual([512 * 100, 512 * 100]);
    const starts = [...columns.t].filter((_, i) => i % 512 === 0);
    expect(columns.t).toEqual(columns.t.map((_, i) => starts[Math.floor(i / 512)] + (i % 512)));
    expect([...starts].sort((a, b) => a - b)).toEqual(starts);
    // 25 of 100 runs expected in each quarter: 4 standard deviations.
    for (const quarter of [0, 1, 2, 3]) {
      const inside = starts.filter((t) => Math.floor(t / (512 * 250)) === quarter).length;
      expect(Math.abs(inside - 25)).toBeLessThan(18);
    }
    expect(sampleOf(512 * 1000, 512 * 100).columns.t).toEqual(columns.t);
    expect(sampleOf(512 * 1000, 512 * 100, 2).columns.t).not.toEqual(columns.t);
  });

  it('never holds more than its capacity, however small, and forgets', () => {
    const { sample, columns } = sampleOf(5000, 100);
    expect(columns.n).toBeLessThanOrEqual(100);
    sample.clear();
    expect([sample.size, sample.columns().n]).toEqual([0, 0]);
    expect(sampleOf(5000, 600).columns.n).toBeLessThanOrEqual(600);
  });
});
