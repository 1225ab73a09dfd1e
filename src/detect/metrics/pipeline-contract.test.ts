import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricBatch } from '../../domain/telemetry';
import type { MetricVerdicts } from '../../domain/verdicts';
import type { MetricDetector, MetricPipeline, PipelineConfig } from '../contract';
import { createMetricPipeline } from './pipeline';
import { DEFAULT_MEMBERS, METRIC_DETECTORS } from './registry';
import { plainCatalog, plainFleet } from './testing';

const LIVE: PipelineConfig = {
  seed: 1,
  falseAlarmsPerDay: 0.5,
  samplesPerDay: 86_400,
  retrainEvery: 5000,
  keepRows: 4000,
};
const SLOW: PipelineConfig = { ...LIVE, samplesPerDay: 1440 };
const DEVICES = 6;
const healthy = new Uint8Array(DEVICES + 8);

/** Every way to join members that the registry allows a person: each alone, and the default. */
const JOINED: readonly (readonly [string, readonly MetricDetector[]])[] = [
  ['the default members', DEFAULT_MEMBERS],
  ...METRIC_DETECTORS.map((detector) => [detector.spec.id, [detector]] as const),
];
const PACES = [
  ['live', LIVE],
  ['slow', SLOW],
] as const;
const CASES = PACES.flatMap(([pace, config]) => JOINED.map(([name, members]) => ({ pace, config, name, members })));

/** Rows of a fleet, a minute apart on slow data. */
function fleetOf(config: PipelineConfig, metrics: number, seed = 1): (ticks: number) => MetricBatch {
  const fleet = plainFleet({ devices: DEVICES, metrics, seed });
  const factor = config === SLOW ? 60 : 1;
  return (ticks) => {
    const batch = fleet.next(ticks);
    return { ...batch, t: batch.t.map((t) => t * factor) };
  };
}

/** A pipeline trained on 200 ticks, and the fleet as it goes on. */
function trained(config: PipelineConfig, members: readonly MetricDetector[], metrics = 3) {
  const next = fleetOf(config, metrics);
  const pipeline = createMetricPipeline(plainCatalog(DEVICES, metrics), config, members);
  pipeline.score(next(200), 0, healthy);
  const done = pipeline.train();
  if (!done.ok) throw new Error(done.error.message);
  return { pipeline, next };
}

/** Pipelines with one and the same model, warmed up by ten usual ticks: training each would take long. */
function copies(config: PipelineConfig, members: readonly MetricDetector[]) {
  const saved = trained(config, members).pipeline.save();
  if (!saved.ok) throw new Error(saved.error.message);
  const load = (): MetricPipeline => {
    const pipeline = createMetricPipeline(plainCatalog(DEVICES, 3), config, members);
    expect(pipeline.load(structuredClone(saved.value)).ok).toBe(true);
    return pipeline;
  };
  const warm = () => {
    const next = fleetOf(config, 3);
    const pipeline = load();
    pipeline.score(next(10), 0, healthy);
    return { pipeline, next };
  };
  return { saved, load, warm };
}

/** Every number of an answer but NaN is finite; NaN only where a row has no value. */
function expectSound(verdicts: MetricVerdicts, batch: MetricBatch, scorable = true): void {
  for (let row = 0; row < batch.n; row++) {
    const empty = batch.metrics.every((column) => Number.isNaN(column[row]));
    for (const column of [verdicts.rarity, ...verdicts.members.flatMap(({ raw, rarity }) => [raw, rarity])]) {
      if (empty || !scorable) expect(column[row]).toBeNaN();
      else expect(Number.isFinite(column[row]), `row ${row} is scored ${column[row]}`).toBe(true);
    }
  }
  for (const { contributions } of verdicts.explanations) {
    const numbers = contributions.flatMap(({ share, actual, typical, z, slopePerMinute, features }) => [
      ...[share, actual, typical, z, slopePerMinute],
      ...(features ?? []).flatMap((feature) => [feature.share, feature.value]),
    ]);
    expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
    expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4);
  }
}

/** What a device may send that nobody meant: by row and metric. */
const ODD: readonly (readonly [string, (row: number, metric: number, usual: number) => number])[] = [
  ['NaN in one metric', (_, metric, usual) => (metric === 1 ? Number.NaN : usual)],
  ['nothing but NaN', () => Number.NaN],
  ['infinities', (row, metric, usual) => (metric === row % 3 ? (row % 2 ? 1 : -1) * Number.POSITIVE_INFINITY : usual)],
  ['±1e308', (row) => (row % 2 ? 1e308 : -1e308)],
  ['the largest float32 with both signs in turn', (row, metric) => ((row + metric) % 2 ? 3.4028234e38 : -3.4028234e38)],
  ['denormals', (row) => (row % 3) * 1e-45],
  ['zeros of both signs', (row) => (row % 2 ? 0 : -0)],
  ['one value for all', () => 50],
];

function spoil(batch: MetricBatch, odd: (row: number, metric: number, usual: number) => number): MetricBatch {
  batch.metrics.forEach((column, metric) => {
    for (let row = 0; row < batch.n; row++) column[row] = odd(row, metric, column[row]);
  });
  return batch;
}

describe.each(CASES)('a $pace pipeline of $name', ({ config, members }) => {
  const { saved, load, warm } = copies(config, members);

  it.each(ODD)('scores %s, and the usual rows after it, finitely or not at all', (_, odd) => {
    const { pipeline, next } = warm();
    for (let k = 0; k < 3; k++) {
      const batch = spoil(next(10), odd);
      expectSound(pipeline.score(batch, k, healthy), batch);
    }
    const usual = next(20);
    expectSound(pipeline.score(usual, 9, healthy), usual);
  });

  it('scores one row, and no row', () => {
    const { pipeline, next } = warm();
    const { t, device, metrics } = next(1);
    const one = {
      n: 1,
      t: t.slice(0, 1),
      device: device.slice(0, 1),
      metrics: metrics.map((column) => column.slice(0, 1)),
    };
    expectSound(pipeline.score(one, 0, healthy), one);
    const none = {
      n: 0,
      t: t.slice(0, 0),
      device: device.slice(0, 0),
      metrics: metrics.map(() => new Float32Array(0)),
    };
    expect(pipeline.score(none, 1, healthy)).toMatchObject({ n: 0, explanations: [] });
  });

  it('takes rows whose time goes back or stands still, and devices that the catalog does not have', () => {
    const { pipeline, next } = warm();
    for (const warp of [() => 5, (t: number) => -t]) {
      const batch = next(10);
      const warped = { ...batch, t: batch.t.map(warp), device: batch.device.map((d) => d + 4) };
      expectSound(pipeline.score(warped, 0, healthy), warped);
    }
  });

  it('comes back from its saved form with the same verdicts to the bit', () => {
    const [a, b] = [load(), load()];
    const batch = fleetOf(config, 3, 2)(30);
    expect(a.score(batch, 0, healthy)).toEqual(b.score(batch, 0, healthy));
    expect(load().save()).toEqual(saved);
  });
});

describe.each(PACES)('a %s pipeline', (_, config) => {
  it('is trained on odd rows, or says why not', () => {
    for (const [name, odd] of ODD) {
      const next = fleetOf(config, 3);
      const pipeline = createMetricPipeline(plainCatalog(DEVICES, 3), config);
      const batch = spoil(next(100), odd);
      expectSound(pipeline.score(batch, 0, healthy), batch, false);
      const done = pipeline.train();
      if (!done.ok) expect(done.error.message.length, name).toBeGreaterThan(10);
      const usual = next(10);
      expectSound(pipeline.score(usual, 1, healthy), usual, done.ok);
    }
  });

  it('scores 64 metrics, and none', () => {
    const { pipeline, next } = trained(config, DEFAULT_MEMBERS, 64);
    const batch = next(5);
    expectSound(pipeline.score(batch, 0, healthy), batch);
    const empty = createMetricPipeline(plainCatalog(DEVICES, 0), config);
    expect([...empty.score(fleetOf(config, 0)(200), 0, healthy).rarity].every(Number.isNaN)).toBe(true);
    expect(empty.train().ok).toBe(false);
  });
});

it('scores the devices of one tick the same in whatever order they come', () => {
  const a = trained(LIVE, DEFAULT_MEMBERS);
  const b = trained(LIVE, DEFAULT_MEMBERS);
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: DEVICES }), (order) => {
      const tick = a.next(1);
      b.next(1);
      const mixed: MetricBatch = {
        n: tick.n,
        t: tick.t,
        device: Uint16Array.from(order, (row) => tick.device[row]),
        metrics: tick.metrics.map((column) => Float32Array.from(order, (row) => column[row])),
      };
      // Suspects, so that the order in which devices teach the fleet's scaler stays the same.
      const suspect = new Uint8Array(DEVICES).fill(1);
      const straight = a.pipeline.score(tick, 0, suspect).rarity;
      const shuffled = b.pipeline.score(mixed, 0, suspect).rarity;
      order.forEach((row, i) => {
        expect(shuffled[i]).toBe(straight[row]);
      });
    }),
    { numRuns: 30 },
  );
});
