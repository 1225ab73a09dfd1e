import { describe, expect, it } from 'vitest';
import { type MetricBatch, selectMetricRows } from '../../domain/telemetry';
import { MAX_EXPLAINED } from '../../domain/verdicts';
import type { MetricPipeline, PipelineConfig } from '../contract';
import { rarityThreshold } from '../threshold';
import { createMetricPipeline, NEED_ROWS } from './pipeline';
import { type Disturbance, plainCatalog, plainFleet, rocAuc } from './testing';

const config: PipelineConfig = {
  seed: 1,
  falseAlarmsPerDay: 0.5,
  samplesPerDay: 86_400,
  retrainEvery: 5000,
  keepRows: 20_000,
};
const threshold = rarityThreshold(config);
const DEVICES = 24;
const trusted = new Uint8Array(DEVICES);

/** A pipeline trained on 720 ticks of a plain fleet, and the fleet as it goes on (tick 720 is next). */
function trained(
  options: { seed?: number; devices?: number; metrics?: number; ticks?: number; disturb?: Disturbance } = {},
): {
  pipeline: MetricPipeline;
  fleet: ReturnType<typeof plainFleet>;
} {
  const { seed = 1, devices = DEVICES, metrics = 4, ticks = 720, disturb } = options;
  const pipeline = createMetricPipeline(plainCatalog(devices, metrics), config);
  const fleet = plainFleet({ devices, metrics, seed, ...(disturb ? { disturb } : {}) });
  for (let tick = 0; tick < ticks; tick += 60) pipeline.score(fleet.next(Math.min(60, ticks - tick)), tick, trusted);
  const result = pipeline.train();
  if (!result.ok) throw new Error(result.error.message);
  return { pipeline, fleet };
}

function rows(batch: MetricBatch, from: number, to: number): MetricBatch {
  return selectMetricRows(
    batch,
    Uint8Array.from({ length: batch.n }, (_, i) => Number(i >= from && i < to)),
  );
}

describe('warming up', () => {
  it('is a state with a count, not a score', () => {
    const pipeline = createMetricPipeline(plainCatalog(2, 4), config);
    expect(pipeline.state()).toEqual({ kind: 'warming-up', have: 0, need: NEED_ROWS });
    const verdicts = pipeline.score(plainFleet({ devices: 2, metrics: 4, seed: 1 }).next(50), 7, trusted);
    expect(verdicts).toMatchObject({ seq: 7, n: 100, explanations: [], retrainDue: false });
    expect([...verdicts.rarity].every(Number.isNaN)).toBe(true);
    expect(verdicts.state.kind).toBe('warming-up');
    expect(pipeline.train()).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
    expect(pipeline.save()).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
  });

  it('says why it cannot be trained on metrics that never vary, or without metrics', () => {
    const still = createMetricPipeline(plainCatalog(2, 2), config);
    const fleet = plainFleet({ devices: 2, metrics: 2, seed: 1, disturb: (_, __, values) => values.fill(3) });
    still.score(fleet.next(200), 0, trusted);
    expect(still.train()).toMatchObject({ ok: false, error: { code: 'nothing-varies' } });
    const empty = createMetricPipeline(plainCatalog(2, 0), config);
    empty.score(plainFleet({ devices: 2, metrics: 0, seed: 1 }).next(200), 0, trusted);
    expect(empty.train().ok).toBe(false);
  });

  it('trains on a short file of one device', () => {
    const { pipeline, fleet } = trained({ devices: 1, metrics: 1, ticks: 200 });
    expect(pipeline.state()).toEqual({ kind: 'ready' });
    expect([...pipeline.score(fleet.next(50), 0, trusted).rarity].every(Number.isFinite)).toBe(true);
  });
});

describe('scores', () => {
  it('does not depend on how rows are cut into batches, nor on anything but the seed', () => {
    const a = trained();
    const b = trained();
    const batch = a.fleet.next(40);
    const whole = a.pipeline.score(batch, 0, trusted).rarity;
    const parts = [0, 1, 25, 300, batch.n];
    const pieces = parts
      .slice(1)
      .flatMap((to, k) => [...b.pipeline.score(rows(batch, parts[k], to), 0, trusted).rarity]);
    expect(pieces).toEqual([...whole]);
  });

  it('is NaN for a row without any value, finite for every other: NaN, infinities, the largest float', () => {
    const { pipeline, fleet } = trained();
    const wild = fleet.next(1);
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3.4e38, 1e-45];
    for (let row = 0; row < 5; row++) wild.metrics[2][row] = values[row];
    for (const column of wild.metrics) column[7] = Number.NaN;
    const { rarity, explanations } = pipeline.score(wild, 0, trusted);
    expect(rarity[7]).toBeNaN();
    expect([...rarity].filter(Number.isNaN).length).toBe(1);
    expect(rarity[0]).toBeLessThan(threshold);
    for (const row of [1, 2, 3]) expect(rarity[row]).toBeGreaterThan(9);
    const numbers = explanations.flatMap(({ contributions }) =>
      contributions.flatMap(({ features = [], ...rest }) => [
        ...Object.values(rest),
        ...features.flatMap(({ share, value }) => [share, value]),
      ]),
    );
    expect(numbers.every(Number.isFinite)).toBe(true);
    const later = pipeline.score(fleet.next(30), 1, trusted).rarity;
    expect([...later].every(Number.isFinite)).toBe(true);
  });

  it('finds planted faults: ROC AUC above 0.95', () => {
    const hit = (tick: number, d: number): boolean => tick >= 760 && d < 6 && tick % 100 >= 60;
    const { pipeline, fleet } = trained({
      disturb: (tick, d, values) => {
        if (hit(tick, d)) values[d % 4] *= d % 2 === 0 ? 1.7 : 0.4;
      },
    });
    const scores: { positive: number[]; negative: number[] } = { positive: [], negative: [] };
    for (let tick = 720; tick < 1320; tick++) {
      const { rarity } = pipeline.score(fleet.next(1), tick, trusted);
      // The minute after a fault is its recovery: windows still hold it, so it counts for neither side.
      const recovers = (d: number): boolean => d < 6 && tick > 800 && tick % 100 < 60;
      rarity.forEach((value, d) => {
        if (hit(tick, d)) scores.positive.push(value);
        else if (!recovers(d)) scores.negative.push(value);
      });
    }
    expect(rocAuc(scores.positive, scores.negative)).toBeGreaterThan(0.95);
  });

  it('keeps to its budget on 24 devices x one clean hour', () => {
    const { pipeline, fleet } = trained({ seed: 5 });
    let flagged = 0;
    let unusual = 0;
    for (let tick = 0; tick < 3600; tick += 20) {
      const verdicts = pipeline.score(fleet.next(20), tick, trusted);
      for (const value of verdicts.rarity) {
        flagged += Number(value >= threshold);
        unusual += Number(value >= 2);
      }
      if (verdicts.retrainDue) expect(pipeline.train().ok).toBe(true);
    }
    // Budget: 0.5 a device and day, so 0.5 on 24 device-hours. At 2 decades one row of 100 is expected.
    expect(flagged).toBeLessThanOrEqual(3);
    expect(unusual / (3600 * 24)).toBeGreaterThan(0.003);
    expect(unusual / (3600 * 24)).toBeLessThan(0.03);
  });

  it('flags a ramp such as a memory leak before half of its climb, and says which metric climbs', () => {
    const climb = (tick: number): number => Math.min(1, Math.max(0, (tick - 760) / 60));
    const { pipeline, fleet } = trained({
      disturb: (tick, d, values) => {
        if (d === 3) values[1] += 2 * climb(tick) * values[1];
      },
    });
    pipeline.score(fleet.next(40), 0, trusted);
    for (let tick = 760; tick < 790; tick++) {
      const { rarity, explanations } = pipeline.score(fleet.next(1), tick, trusted);
      if (rarity[3] < threshold) continue;
      const top = explanations.find(({ row }) => row === 3)?.contributions[0];
      expect(top).toMatchObject({ metric: 1 });
      expect(top?.slopePerMinute).toBeGreaterThan(0);
      expect(top?.z).toBeGreaterThan(2);
      return;
    }
    expect.unreachable('the ramp was not flagged within 30 of its 60 seconds');
  });

  it('scores a device that joins at once, and a wild one high from its first sample', () => {
    const { pipeline } = trained();
    pipeline.setCatalog(plainCatalog(DEVICES + 2, 4));
    const join = (tick: number, device: number, value: number): number => {
      const batch: MetricBatch = {
        n: 1,
        t: Float64Array.of(1_700_000_720_000 + tick * 1000),
        device: Uint16Array.of(device),
        metrics: [50, 50, value, 50].map((v) => Float32Array.of(v)),
      };
      return pipeline.score(batch, tick, trusted).rarity[0];
    };
    expect(join(0, DEVICES, 48)).toBeLessThan(threshold);
    expect(join(0, DEVICES + 1, 5000)).toBeGreaterThan(threshold);
  });

  it('begins anew when the catalog comes with other metrics, also for fewer devices', () => {
    const { pipeline } = trained();
    pipeline.setCatalog(plainCatalog(3, 2));
    expect(pipeline.state()).toEqual({ kind: 'warming-up', have: 0, need: NEED_ROWS });
    const fleet = plainFleet({ devices: 3, metrics: 2, seed: 1 });
    pipeline.score(fleet.next(300), 0, trusted);
    expect(pipeline.train().ok).toBe(true);
    expect([...pipeline.score(fleet.next(5), 1, trusted).rarity].every(Number.isFinite)).toBe(true);
  });

  it('does not call a level that lasts anomalous for ever', () => {
    const { pipeline, fleet } = trained({
      disturb: (tick, d, values) => {
        if (tick >= 730 && d === 0) values[0] *= 3;
      },
    });
    const suspect = Uint8Array.from(trusted);
    suspect[0] = 1;
    let last = 0;
    for (let tick = 720; tick < 720 + 2400; tick += 30) {
      const { rarity } = pipeline.score(fleet.next(30), tick, tick > 735 ? suspect : trusted);
      last = rarity[rarity.length - DEVICES];
      if (tick === 750) expect(last).toBeGreaterThan(threshold);
    }
    expect(last).toBeLessThan(threshold);
  });
});

describe('explanations', () => {
  it('add to 1, largest first, with the values seen, at most MAX_EXPLAINED a batch, rarest rows first', () => {
    const { pipeline, fleet } = trained();
    const batch = fleet.next(3);
    for (let row = 0; row < batch.n; row++) batch.metrics[1][row] *= 3 + row / 100;
    const { explanations, rarity } = pipeline.score(batch, 0, trusted);
    expect(explanations.length).toBe(MAX_EXPLAINED);
    explanations.forEach(({ row, contributions }, k) => {
      if (k > 0) expect(rarity[row]).toBeLessThanOrEqual(rarity[explanations[k - 1].row]);
      expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(contributions[0].metric).toBe(1);
      expect(contributions[0].actual).toBe(batch.metrics[1][row]);
      contributions.forEach(({ share }, i) => {
        if (i > 0) expect(share).toBeLessThanOrEqual(contributions[i - 1].share);
      });
    });
  });
});

describe('learning', () => {
  it('learns nothing from suspect devices', () => {
    const { pipeline, fleet } = trained();
    const all = new Uint8Array(DEVICES).fill(1);
    for (let tick = 0; tick < 300; tick += 30) pipeline.score(fleet.next(30), tick, all);
    expect(pipeline.score(fleet.next(1), 0, all).retrainDue).toBe(false);
    const { pipeline: other, fleet: same } = trained();
    for (let tick = 0; tick < 300; tick += 30) other.score(same.next(30), tick, trusted);
    expect(other.score(same.next(1), 0, trusted).retrainDue).toBe(true);
  });

  it('still finds a fault after a weak one of its kind went on below the threshold', () => {
    const { pipeline, fleet } = trained({
      disturb: (tick, d, values) => {
        if (d === 4 && tick >= 800 && tick < 1000) values[3] *= 1.35;
        if (d === 4 && tick >= 1200) values[3] *= 4;
      },
    });
    let peak = 0;
    for (let tick = 720; tick < 1210; tick += 10) {
      const verdicts = pipeline.score(fleet.next(10), tick, trusted);
      if (verdicts.retrainDue) pipeline.train();
      if (tick >= 1200) peak = Math.max(...Array.from({ length: 10 }, (_, k) => verdicts.rarity[k * DEVICES + 4]));
    }
    expect(peak).toBeGreaterThan(9);
  });
});

describe('a saved model', () => {
  const { pipeline, fleet } = trained();
  const result = pipeline.save();
  if (!result.ok) throw new Error(result.error.message);
  const saved = result.value as Record<string, unknown>;

  it('gives the same scores to the bit wherever it is loaded, also to devices that join later', () => {
    const other = createMetricPipeline(plainCatalog(20, 4), config);
    expect(other.load(structuredClone(saved))).toMatchObject({ ok: true, value: { rows: expect.any(Number) } });
    other.setCatalog(plainCatalog(DEVICES, 4));
    expect(pipeline.load(structuredClone(saved)).ok).toBe(true);
    for (let k = 0; k < 5; k++) {
      const batch = fleet.next(20);
      expect(other.score(batch, k, trusted)).toEqual(pipeline.score(batch, k, trusted));
    }
    expect(other.save()).toEqual(pipeline.save());
  });

  it('holds no row: a canary value is nowhere in it', () => {
    const canary = 41.625;
    const marked = trained({
      disturb: (tick, d, values) => {
        if (tick === 400 && d === 2) values.fill(canary);
      },
    }).pipeline.save();
    const text = JSON.stringify(marked, (_, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    );
    expect(text.length).toBeGreaterThan(10_000);
    expect(text).not.toContain('41.625');
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, 'model must be an object'],
    ['another format', { ...saved, format: 'x' }, 'model.format'],
    ['a newer version', { ...saved, version: 2 }, 'model.version'],
    ['other metrics', { ...saved, metrics: ['a', 'b', 'c', 'd'] }, 'the model is for the metrics a, b, c, d'],
    ['too few members', { ...saved, members: (saved.members as unknown[]).slice(1) }, 'must have 2 members'],
    ['members in another order', { ...saved, members: [...(saved.members as unknown[])].reverse() }, 'detector'],
    ['no scalers', { ...saved, scalers: {} }, 'model.scalers.devices is missing'],
    ['a time that ends before it begins', { ...saved, windowTo: -1 }, 'model.windowTo'],
    ['an unknown field', { ...saved, extra: 1 }, 'model.extra is not known'],
  ])('is refused with a reason when it is %s, and the old model stays', (_, spoiled, message) => {
    const before = pipeline.save();
    const loaded = pipeline.load(spoiled);
    expect(!loaded.ok && loaded.error).toMatchObject({ code: 'bad-model', message: expect.stringContaining(message) });
    expect(pipeline.save()).toEqual(before);
  });
});
