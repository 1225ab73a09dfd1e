import type { Catalog } from '../../domain/catalog';
import type { DeviceId } from '../../domain/ids';
import { createRandom } from '../../domain/random';
import type { MetricBatch } from '../../domain/telemetry';
import type { FeatureMatrix } from '../contract';
import type { PeerGroups } from './peers';

/** n rows of f independent standard normal features, for tests and benchmarks. Same seed, same rows. */
export function normalRows(n: number, f: number, seed: number): FeatureMatrix {
  const random = createRandom(seed, 'normal rows');
  return { n, f, data: Float32Array.from({ length: n * f }, () => random.normal()) };
}

/** Devices of which none has a role. */
export const NO_PEERS: PeerGroups = { members: [], groupOf: new Int32Array(0) };

/** A catalog of plain devices `d0`, `d1`, ... and metrics `m0`, `m1`, ... without bounds. */
export function plainCatalog(devices: number, metrics: number): Catalog {
  return {
    devices: Array.from({ length: devices }, (_, d) => ({
      id: `d${d}` as DeviceId,
      name: `d${d}`,
      region: '',
      city: '',
      country: '',
      latitude: Number.NaN,
      longitude: Number.NaN,
      role: '',
    })),
    metrics: Array.from({ length: metrics }, (_, m) => ({
      key: `m${m}`,
      label: `M${m}`,
      unit: '',
      min: Number.NEGATIVE_INFINITY,
      max: Number.POSITIVE_INFINITY,
    })),
  };
}

/** A change to one sample's values, in place. */
export type Disturbance = (tick: number, device: number, values: number[]) => void;

/**
 * A small fleet for tests, one sample a second and device: each metric of each device has its own level and an AR(1) noise of a tenth of it,
 * metrics 0 and 1 share half of their noise. `next(ticks)` gives the next rows, tick by tick.
 */
export function plainFleet(options: {
  readonly devices: number;
  readonly metrics: number;
  readonly seed: number;
  readonly disturb?: Disturbance;
}): { next(ticks: number): MetricBatch } {
  const { devices, metrics, disturb } = options;
  const random = createRandom(options.seed, 'plain fleet');
  const level = Array.from({ length: devices * metrics }, () => 20 + 60 * random.next());
  const noise = new Float64Array(devices * metrics);
  let tick = 0;
  const next = (ticks: number): MetricBatch => {
    const n = ticks * devices;
    const columns = Array.from({ length: metrics }, () => new Float32Array(n));
    const t = new Float64Array(n);
    const device = new Uint16Array(n);
    for (let row = 0; row < n; row++) {
      const d = row % devices;
      t[row] = 1_700_000_000_000 + tick * 1000;
      device[row] = d;
      const shared = random.normal();
      const values: number[] = [];
      for (let m = 0; m < metrics; m++) {
        const i = d * metrics + m;
        const fresh = m < 2 ? Math.SQRT1_2 * (shared + random.normal()) : random.normal();
        noise[i] = 0.8 * noise[i] + 0.6 * fresh;
        values.push(level[i] * (1 + 0.1 * noise[i]));
      }
      disturb?.(tick, d, values);
      values.forEach((value, m) => {
        columns[m][row] = value;
      });
      if (d === devices - 1) tick += 1;
    }
    return { n, t, device, metrics: columns };
  };
  return { next };
}

/** Area under the ROC curve by ranks: the chance that a positive scores higher than a negative, ties half. */
export function rocAuc(positive: readonly number[], negative: readonly number[]): number {
  const all = [...positive.map((score) => ({ score, hit: 1 })), ...negative.map((score) => ({ score, hit: 0 }))];
  all.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to].score === all[from].score) to++;
    for (let i = from; i < to; i++) ranks += all[i].hit * ((from + 1 + to) / 2);
    from = to;
  }
  return (ranks - (positive.length * (positive.length + 1)) / 2) / (positive.length * negative.length);
}
