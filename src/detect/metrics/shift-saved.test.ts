import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlainData } from '../../domain/models';
import { createRandom } from '../../domain/random';
import { adoptShifts, loadShifts, saveShifts } from './shift-saved';
import { createSlowShift, refuseSample, reserveSlowShift, type SlowShift, stepSlowShift } from './slow-shift';
import { NO_PEERS, plainCatalog } from './testing';

const DEVICES = 5;
const METRICS = 3;
const MINUTE = 60;
const RARE = 6;
const CATALOG = plainCatalog(DEVICES, METRICS);

/** Seconds [from, to) of a fleet of which device 1 creeps away after two hours and device 4 never has its last metric. */
function play(shift: SlowShift, from: number, to: number, rarest?: (tick: number, device: number) => void): void {
  const values = new Float64Array(METRICS);
  for (let tick = from; tick < to; tick++) {
    const random = createRandom(tick, 'shift saved');
    for (let device = 0; device < DEVICES; device++) {
      const load = 1 + 0.3 * Math.sin(tick / 900 + device) + 0.1 * random.normal();
      values[0] = 10 + 30 * load + random.normal() + (device === 1 ? Math.max(0, tick - 7200) / 60 : 0);
      values[1] = 60 + 5 * load + 0.3 * random.normal();
      values[2] = device === 4 ? Number.NaN : 20 + 100 * load + 5 * random.normal();
      stepSlowShift(shift, device, values, 0, NO_PEERS);
      if (shift.rarity[device] >= RARE) refuseSample(shift, device, true);
      rarest?.(tick, device);
    }
  }
}

function createdShift(): SlowShift {
  const shift = createSlowShift(METRICS);
  reserveSlowShift(shift, DEVICES);
  return shift;
}

function reopened(saved: unknown): SlowShift {
  const read = loadShifts(structuredClone(saved), METRICS, 'shifts');
  if (!read.ok) throw new Error(read.error.message);
  const shift = createdShift();
  adoptShifts(shift, read.value, CATALOG);
  return shift;
}

/** A state that has been saved after 165 minutes, made once. */
const before = createdShift();
play(before, 0, 165 * MINUTE);
const saved = saveShifts(before, CATALOG);

describe('slow shifts that were saved', () => {
  it('come back to the bit', () => {
    expect(saveShifts(reopened(saved), CATALOG)).toEqual(saved);
  });

  it('go on within two minutes: what had crept away is still told of, the rest still calm', () => {
    expect(before.rarity[1]).toBeGreaterThan(RARE);
    const after = reopened(saved);
    expect([...after.rarity]).toEqual([0, 0, 0, 0, 0]);
    play(after, 166 * MINUTE, 168 * MINUTE);
    expect(after.rarity[1]).toBeGreaterThan(RARE);
    for (const device of [0, 2, 3, 4]) expect(after.rarity[device]).toBeLessThan(RARE);
  });

  it('are those of devices that are known for a quarter of an hour, by their id', () => {
    const young = createdShift();
    play(young, 0, 14 * MINUTE);
    expect(saveShifts(young, CATALOG)).toMatchObject({ devices: [] });
    expect(saved).toMatchObject({ devices: ['d0', 'd1', 'd2', 'd3', 'd4'] });
    const read = loadShifts(saved, METRICS, 'shifts');
    if (!read.ok) throw new Error(read.error.message);
    const other = createSlowShift(METRICS);
    reserveSlowShift(other, 2);
    const [first, second] = plainCatalog(2, METRICS).devices;
    const swapped = {
      ...CATALOG,
      devices: [
        { ...first, id: second.id },
        { ...second, name: 'new', id: first.id },
      ],
    };
    adoptShifts(other, read.value, swapped);
    expect(other.base.mean[0]).toBe(before.base.mean[METRICS]);
    expect(other.base.mean[METRICS]).toBe(before.base.mean[0]);
  });

  it('are bounded, whatever the size of the fleet, and hold no minute', () => {
    const metrics = 16;
    const catalog = plainCatalog(3000, metrics);
    const shift = createSlowShift(metrics);
    reserveSlowShift(shift, 3000);
    shift.base.minutes.fill(20);
    shift.base.learned.fill(20);
    shift.base.queue.fill(123.456);
    const of = saveShifts(shift, catalog);
    let bytes = 0;
    const count = (value: PlainData): void => {
      if (ArrayBuffer.isView(value)) {
        bytes += value.byteLength;
        expect(Array.from(value as Float64Array)).not.toContain(Math.fround(123.456));
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(count);
    };
    count(of);
    expect(bytes).toBeLessThan(5_000_000);
    expect(loadShifts(of, metrics, 'shifts').ok).toBe(true);
  });

  it('are refused with the place and the value where anything is wrong', () => {
    const whole = saved as Readonly<Record<string, unknown>>;
    const said = (change: Readonly<Record<string, unknown>>): string => {
      const read = loadShifts({ ...whole, ...change }, METRICS, 'shifts');
      return read.ok ? 'read' : read.error.message;
    };
    expect(said({})).toBe('read');
    expect(said({ cov: new Float64Array(DEVICES * METRICS * METRICS).fill(-1) })).toBe(
      'shifts.cov[0] is a variance, got -1',
    );
    expect(said({ usual: new Float64Array(DEVICES * METRICS).fill(-2) })).toMatch(
      /^shifts\.usual\[0\] must be in .*got -2$/,
    );
    expect(said({ more: 1 })).toBe('shifts.more is not known');
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(whole)),
        fc.oneof(
          fc.constant(null),
          fc.constant(undefined),
          fc.string(),
          fc.double(),
          fc.constant(new Float64Array([Number.NaN])),
        ),
        (key, wrong) => {
          expect(said({ [key]: wrong })).toMatch(new RegExp(`^shifts\\.${key}`));
        },
      ),
      { numRuns: 100 },
    );
  });
});
