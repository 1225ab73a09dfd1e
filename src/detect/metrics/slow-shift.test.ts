import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import type { MetricBatch } from '../../domain/telemetry';
import type { PipelineConfig } from '../contract';
import type { PeerGroups } from './peers';
import { createMetricPipeline } from './pipeline';
import { stripForFile } from './pipeline-saved';
import { robustZ } from './robust-z';
import {
  createSlowShift,
  findsShifts,
  refuseSample,
  reserveSlowShift,
  type SlowShift,
  shiftsOf,
  stepSlowShift,
  tellShift,
} from './slow-shift';
import { NO_PEERS, plainCatalog } from './testing';

const DEVICES = 4;
const MINUTE = 60;
const HOUR = 3600;
/** Look that a person would call an alarm: far beyond what one in a thousand shows. */
const RARE = 6;

type Change = (tick: number, device: number, values: Float64Array) => void;

/**
 * A fleet whose three metrics follow one load that swings by half over six hours, each with its own noise; one sample a second. `each` is called
 * after each sample.
 */
function play(
  shift: SlowShift,
  ticks: number,
  change: Change = () => undefined,
  each: Change = () => undefined,
  groups: PeerGroups = NO_PEERS,
): void {
  const random = createRandom(3, 'slow shift');
  const values = new Float64Array(3);
  reserveSlowShift(shift, DEVICES);
  for (let tick = 0; tick < ticks; tick++) {
    for (let device = 0; device < DEVICES; device++) {
      const load = 1 + 0.5 * Math.sin((2 * Math.PI * tick) / (6 * HOUR)) + 0.1 * random.normal();
      values[0] = 10 + 30 * load + random.normal();
      values[1] = 60 + 5 * load + 0.3 * random.normal();
      values[2] = 20 + 100 * load + 5 * random.normal();
      change(tick, device, values);
      stepSlowShift(shift, device, values, 0, groups);
      each(tick, device, values);
    }
  }
}

/** First minute from `from` on at which the device is as rare as that, -1 for never. */
function rareFrom(ticks: number, change: Change, device = 1): number {
  const shift = createSlowShift(3);
  let first = -1;
  play(shift, ticks, change, (tick, d) => {
    if (d === device && first < 0 && shift.rarity[d] >= RARE) first = Math.floor(tick / MINUTE);
  });
  return first;
}

describe('slow shift', () => {
  it('has nothing to say of a daily cycle that moves all metrics', () => {
    const shift = createSlowShift(3);
    let rarest = 0;
    play(shift, 6 * HOUR, undefined, (_, device) => {
      rarest = Math.max(rarest, shift.rarity[device]);
    });
    expect(rarest).toBeGreaterThan(0);
    expect(rarest).toBeLessThan(RARE);
  });

  it("tells of a shift that a role shares once, and of what is one device's own beside it", () => {
    const members = [Uint32Array.from({ length: DEVICES }, (_, device) => device)];
    const rarest = (isOwn: boolean, hasPeers = true): number[] => {
      const shift = createSlowShift(3);
      const most = new Array<number>(DEVICES).fill(0);
      const creep = (tick: number, device: number, values: Float64Array): void => {
        const minutes = Math.max(0, tick - 2 * HOUR - 5 * MINUTE * device) / MINUTE;
        values[0] += Math.min(10, minutes / 6);
        if (isOwn && device === 2) values[1] += Math.min(4, minutes / 15);
      };
      const each = (tick: number, device: number): void => {
        if (tick < 2 * HOUR) return;
        most[device] = Math.max(most[device], shift.rarity[device]);
        if (shift.rarity[device] >= RARE) refuseSample(shift, device, true);
      };
      play(shift, 4 * HOUR, creep, each, hasPeers ? { members, groupOf: new Int32Array(DEVICES) } : NO_PEERS);
      return most;
    };
    expect(rarest(false, false).filter((rarity) => rarity >= RARE).length).toBe(DEVICES);
    const shared = rarest(false);
    expect(shared[0]).toBeGreaterThanOrEqual(RARE);
    expect(shared.filter((rarity) => rarity >= RARE).length).toBeLessThan(DEVICES);
    expect(rarest(true)[2]).toBeGreaterThanOrEqual(RARE);
  });

  it('says nothing in its first quarter of an hour', () => {
    const shift = createSlowShift(3);
    play(shift, 15 * MINUTE, (tick, _, values) => {
      values[0] += tick;
    });
    expect([...shift.rarity]).toEqual([0, 0, 0, 0]);
  });

  it('finds one metric that creeps by 10 within an hour, against a swing of 30 that it shares, and says which and for how long', () => {
    const shift = createSlowShift(3);
    const begin = 2 * HOUR;
    play(shift, 3 * HOUR, (tick, device, values) => {
      if (device === 1 && tick >= begin) values[0] += 10 * ((tick - begin) / HOUR) ** 2;
    });
    expect(shift.rarity[1]).toBeGreaterThan(RARE);
    const [first, second, third] = shiftsOf(shift, 1);
    expect(first?.by).toBeGreaterThan(8);
    expect(first?.samples).toBeGreaterThan(5 * MINUTE);
    expect(Math.abs(second?.by ?? 0)).toBeLessThan(first?.by ?? 0);
    expect(Math.abs(third?.by ?? 0)).toBeLessThan(first?.by ?? 0);
    expect(shiftsOf(shift, 2)).toEqual([undefined, undefined, undefined]);
  });

  it('finds a steady stream that adds a tenth to one metric within twenty-five minutes', () => {
    const found = rareFrom(3 * HOUR, (tick, device, values) => {
      if (device === 1 && tick >= 2 * HOUR) values[2] += 12;
    });
    expect(found).toBeGreaterThanOrEqual(120);
    expect(found).toBeLessThan(145);
  });

  it('is over a minute after the shift is', () => {
    const shift = createSlowShift(3);
    const away: Change = (tick, device, values) => {
      if (device === 1 && tick >= 2 * HOUR && tick < 2.5 * HOUR) values[0] += 20;
    };
    const rarity: number[] = [];
    play(shift, 2.6 * HOUR, away, (tick, device) => {
      if (shift.rarity[device] >= RARE) refuseSample(shift, device, true);
      if (device === 1) rarity[Math.floor(tick / MINUTE)] = shift.rarity[1];
    });
    expect(rarity[140]).toBeGreaterThan(RARE);
    expect(Math.max(...rarity.slice(152))).toBeLessThan(RARE);
  });

  it('takes what was refused for two hours for the new normal', () => {
    const shift = createSlowShift(3);
    const shifted: Change = (tick, device, values) => {
      if (device === 1 && tick >= 2 * HOUR) values[0] += 20;
    };
    let last = 0;
    play(shift, 4.5 * HOUR, shifted, (tick, device) => {
      if (shift.rarity[device] < RARE) return;
      refuseSample(shift, device, true);
      if (device === 1) last = tick;
    });
    expect(last).toBeGreaterThan(4.1 * HOUR);
    expect(last).toBeLessThan(4.4 * HOUR);
  });

  it('judges a device by the metrics that it has, and takes neither holes nor the largest floats amiss', () => {
    const shift = createSlowShift(3);
    play(shift, HOUR, (tick, device, values) => {
      if (device === 0) values[2] = Number.NaN;
      if (device === 2 && tick % 7 === 0) values[1] = 3.4e38;
      if (device === 3 && tick % 600 < 90) values.fill(Number.NaN);
    });
    expect([...shift.rarity].every(Number.isFinite)).toBe(true);
    expect(shift.rarity[0]).toBeGreaterThan(0);
    expect(shift.out[2]).toBe(0);
  });

  it('is looked for on live data of a few metrics with a normal history', () => {
    expect(findsShifts('live', 4, 'normal')).toBe(true);
    expect(findsShifts('live', 4, undefined)).toBe(true);
    expect(findsShifts('live', 4, 'mixed')).toBe(false);
    expect(findsShifts('slow', 4, 'normal')).toBe(false);
    expect(findsShifts('live', 1, 'normal')).toBe(false);
    expect(findsShifts('live', 38, 'normal')).toBe(false);
  });
});

describe('a pipeline', () => {
  const CONFIG: PipelineConfig = {
    seed: 1,
    falseAlarmsPerDay: 0.25,
    samplesPerDay: 86_400,
    retrainEvery: 100_000,
    keepRows: 2000,
  };

  /** The fleet above as rows, the first metric of device 1 creeping up from an hour on. */
  function rowsOf(ticks: number): MetricBatch {
    const n = ticks * DEVICES;
    const batch = { n, t: new Float64Array(n), device: new Uint16Array(n) };
    const metrics = Array.from({ length: 3 }, () => new Float32Array(n));
    const creep: Change = (tick, device, values) => {
      if (device === 1 && tick >= HOUR) values[0] += 15 * ((tick - HOUR) / 1200);
    };
    play(createSlowShift(3), ticks, creep, (tick, device, values) => {
      const row = tick * DEVICES + device;
      batch.t[row] = 1_700_000_000_000 + tick * 1000;
      batch.device[row] = device;
      values.forEach((value, metric) => {
        metrics[metric][row] = value;
      });
    });
    return { ...batch, metrics };
  }

  function slice(batch: MetricBatch, from: number, to: number): MetricBatch {
    return {
      n: to - from,
      t: batch.t.slice(from, to),
      device: batch.device.slice(from, to),
      metrics: batch.metrics.map((column) => column.slice(from, to)),
    };
  }

  it('tells of the level that left the others, and says the same however its rows are cut into batches', () => {
    const rows = rowsOf(1.9 * HOUR);
    const trusted = new Uint8Array(DEVICES);
    const [once, cut] = [1, 2].map(() => createMetricPipeline(plainCatalog(DEVICES, 3), CONFIG, [robustZ]));
    for (const pipeline of [once, cut]) {
      pipeline.score(slice(rows, 0, 720 * DEVICES), 0, trusted);
      expect(pipeline.train().ok).toBe(true);
    }
    const whole = once.score(slice(rows, 720 * DEVICES, rows.n), 1, trusted);
    const shift = whole.members.find(({ detector }) => detector === 'slow-shift');
    const pieces: number[] = [];
    for (let from = 720 * DEVICES; from < rows.n; from += 2017) {
      const verdicts = cut.score(slice(rows, from, Math.min(rows.n, from + 2017)), 1, trusted);
      pieces.push(...(verdicts.members.find(({ detector }) => detector === 'slow-shift')?.rarity ?? []));
    }
    expect(pieces).toEqual([...(shift?.rarity ?? [])]);
    const flagged = pieces.flatMap((rarity, row) => (rarity >= (shift?.flagsAt ?? 0) ? [row] : []));
    expect(flagged.length).toBeGreaterThan(100);
    expect(new Set(flagged.map((row) => row % DEVICES))).toEqual(new Set([1]));
    const told = whole.explanations.find(({ contributions }) => contributions[0].shift !== undefined);
    expect(told?.contributions[0]).toMatchObject({ metric: 0 });
    expect(told?.contributions[0].share).toBeGreaterThan(0.5);
    const saved = once.save();
    if (!saved.ok) throw new Error(saved.error.message);
    const fresh = createMetricPipeline(plainCatalog(DEVICES, 3), CONFIG, [robustZ]);
    expect(fresh.load(saved.value).ok).toBe(true);
    expect(fresh.save()).toEqual(saved);
    expect(saved.value).toHaveProperty('shifts');
    const file = stripForFile(saved.value);
    expect(file).not.toHaveProperty('shifts');
    expect(fresh.load(file).ok).toBe(true);
  });
});

it('says less of a shift that is no alarm by itself: it stands for so long that some line comes meanwhile', () => {
  expect([1, 2, 3, 5.9].map((rarity) => tellShift(rarity, 6))).toEqual([1, 2, 3, 3]);
  expect([6, 8].map((rarity) => tellShift(rarity, 6))).toEqual([6, 8]);
});
