import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELLS, FLUSH_LEFT, FLUSH_SIZE, GIVEN_BACK, PROCESS_SIZE } from './cells';
import { drawAt } from './noise';
import { paretoOf, stepBurst, stepLabour, stepTransfer, stepVisitors } from './spells';
import * as T from './traits';
import { TRAITS } from './traits';

const NEVER = -1;
const AT_ONCE = 0;

describe('paretoOf', () => {
  test('is the least at 0, four times as much for the last sixteenth of a tail of 2, and ends at the most', () => {
    expect(paretoOf(0, 3, 2, 100)).toBe(3);
    expect(paretoOf(15 / 16, 3, 2, 100)).toBe(12);
    expect(paretoOf(0.999999, 3, 2, 100)).toBe(100);
  });
});

describe('spells', () => {
  test('a transfer grows within a few seconds, passes and leaves nothing', () => {
    const cells = new Float64Array(CELLS);
    expect(stepTransfer(cells, 0, 0.2, NEVER)).toBe(0);
    const flows = [stepTransfer(cells, 0, 0.2, AT_ONCE)];
    for (let k = 0; k < 40; k++) flows.push(stepTransfer(cells, 0, 0.2, NEVER));
    expect(flows[0]).toBeCloseTo(0.08, 12);
    expect(Math.max(...flows)).toBeGreaterThan(0.12);
    expect(Math.max(...flows)).toBeLessThan(0.2);
    expect(flows.at(-1)).toBe(0);
  });

  test('labour lasts a minute or more and leaves nothing', () => {
    const cells = new Float64Array(CELLS);
    stepLabour(cells, 0, 4, AT_ONCE);
    const points = Array.from({ length: 100 }, () => stepLabour(cells, 0, 4, NEVER));
    expect(points[50]).toBeCloseTo(4, 6);
    expect(points.at(-1)).toBe(0);
  });

  test('whatever is drawn: no burst, transfer or labour is below 0 or far above what is usual', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 50, maxLength: 200 }), (draws) => {
        const cells = new Float64Array(CELLS);
        for (const bits of draws) {
          for (const size of [
            stepTransfer(cells, 0, 0.2, bits >>> 8),
            stepBurst(cells, 0, 0.2, bits >>> 8, bits),
            stepLabour(cells, 0, 0.2, bits >>> 8),
          ]) {
            expect(size).toBeGreaterThanOrEqual(0);
            expect(size).toBeLessThanOrEqual(1.8);
          }
        }
      }),
    );
  });

  test('a device sees several large writes, processes and returns of memory an hour, and processes go again', () => {
    const cells = new Float64Array(CELLS);
    const traits = new Float64Array(TRAITS);
    traits[T.FLUSH] = 2;
    traits[T.PROCESS] = 1;
    traits[T.RELEASE] = 1;
    const seen = { flushes: 0, arrivals: 0, departures: 0, returns: 0 };
    const hours = 50;
    const most = { flush: 0, process: 0, back: 0 };
    for (let tick = 0; tick < hours * 3600; tick++) {
      const [left, process, back] = [cells[FLUSH_LEFT], cells[PROCESS_SIZE], cells[GIVEN_BACK]];
      stepVisitors(cells, 0, traits, 0, drawAt(12345, tick));
      if (cells[FLUSH_LEFT] > left) seen.flushes++;
      if (process === 0 && cells[PROCESS_SIZE] > 0) seen.arrivals++;
      if (process > 0 && cells[PROCESS_SIZE] === 0) seen.departures++;
      if (cells[GIVEN_BACK] > back) seen.returns++;
      most.flush = Math.max(most.flush, cells[FLUSH_SIZE]);
      most.process = Math.max(most.process, cells[PROCESS_SIZE]);
      most.back = Math.max(most.back, cells[GIVEN_BACK]);
    }
    expect(most.flush).toBe(10);
    expect(most.process).toBe(5);
    expect(most.back).toBe(8);
    expect(seen.flushes / hours).toBeGreaterThan(5);
    expect(seen.flushes / hours).toBeLessThan(10);
    expect(seen.arrivals / hours).toBeGreaterThan(1);
    expect(Math.abs(seen.arrivals - seen.departures)).toBeLessThanOrEqual(1);
    expect(seen.returns / hours).toBeGreaterThan(2.5);
  });
});
