import { describe, expect, it } from 'vitest';
import { addRow, createRowStore, discardRecent, gatherRows, type RowStore, trainableSlots } from './row-store';

function filled(rows: number, capacity = 1000, devices = 1): RowStore {
  const store = createRowStore(capacity, 1, 1);
  for (let i = 0; i < rows; i++) {
    const key = { t: i, device: i % devices, sample: Math.floor(i / devices) + 1 };
    addRow(store, key, Float32Array.of(i), 0);
  }
  return store;
}

function values(store: RowStore, delay = 0, now = Number.POSITIVE_INFINITY): number[] {
  const { grow, calibrate } = trainableSlots(store, delay, () => now);
  return [...gatherRows(store, grow).data, ...gatherRows(store, calibrate).data].sort((a, b) => a - b);
}

describe('row store', () => {
  it('keeps the newest rows and a sample of older ones, never more than its capacity', () => {
    const kept = values(filled(5000, 100));
    expect(kept.length).toBe(100);
    expect(kept.slice(-50)).toEqual(Array.from({ length: 50 }, (_, i) => 4950 + i));
    expect(Math.min(...kept)).toBeLessThan(4000);
  });

  it('takes back the rows of one device from a sample on', () => {
    const store = filled(40, 100, 2);
    discardRecent(store, 1, 15);
    expect(values(store)).toEqual(Array.from({ length: 40 }, (_, i) => i).filter((i) => i % 2 === 0 || i < 28));
    expect(store.validCount).toBe(34);
  });

  it('holds rows back until their device has gone on for the delay', () => {
    expect(values(filled(40), 30, 40)).toEqual(Array.from({ length: 10 }, (_, i) => i));
  });

  it('calibrates on about a third of the rows, apart from those that it grows on', () => {
    for (const rows of [128, 300, 900]) {
      const { grow, calibrate } = trainableSlots(filled(rows), 0, () => Number.POSITIVE_INFINITY);
      expect(calibrate.length).toBeGreaterThan(grow.length / 5);
      expect(calibrate.length).toBeLessThan(grow.length);
      expect(new Set([...grow, ...calibrate]).size).toBe(grow.length + calibrate.length);
    }
  });
});
