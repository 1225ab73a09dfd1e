import {
  POOL_CELLS,
  POOL_NOISE,
  SCALE,
  SCALE_REST,
  SCALE_TARGET,
  USE,
  ZONE_CELLS,
  ZONE_FAST,
  ZONE_SLOW,
} from './cells';
import type { FleetColumns } from './columns';
import { CLOCK_CELLS } from './demand';
import { createSpreadSums, POOLS, type SpreadSums } from './load';
import { drawAt, momentKey, normalOf, streamKey, uniformOf } from './noise';
import { REGIONS, ZONES } from './regions';

/** What the devices of a zone and of a pool have in common. Only `cells` is remembered between ticks. */
export interface SharedState {
  readonly key: number;
  /** ZONE_CELLS numbers a zone, then POOL_CELLS numbers a pool (see load.ts). */
  cells: Float64Array;
  /** Relative growth of a pool's demand in a day. */
  readonly growth: Float64Array;
  /** Of the present tick: what pool and zone do to demand, one entry a pool. */
  readonly factors: Float64Array;
  /** Of the present tick: see readRegionClocks. */
  readonly clocks: Float64Array;
  readonly sums: SpreadSums;
}

/** A pool whose scale changes: `from` servers to `to`, relative to those of the catalog. */
export interface ScaleStep {
  readonly pool: number;
  readonly from: number;
  readonly to: number;
}

export const SHARED_CELLS = ZONES.length * ZONE_CELLS + POOLS * POOL_CELLS;
const POOL_START = ZONES.length * ZONE_CELLS;

/** People of one part of the world come and go together: over half a minute and over a quarter of an hour. */
const ZONE_FAST_PHI = 0.97;
const ZONE_FAST_SHARE = 0.02;
const ZONE_SLOW_PHI = 0.999;
const ZONE_SLOW_SHARE = 0.04;
const POOL_PHI = 0.985;
const POOL_SHARE = 0.03;
/** Demand of a pool grows or shrinks by so much a day at most. */
const MIN_GROWTH = -0.004;
const MAX_GROWTH = 0.016;
/** The scaler looks at about two minutes, adds a quarter of the servers above the first share of use, removes as many below the second. */
const USE_SHARE = 1 / 120;
const SCALE_OUT_ABOVE = 1.4;
const SCALE_IN_BELOW = 0.95;
const SCALE_FACTOR = 1.25;
const MAX_SCALE = SCALE_FACTOR ** 3;
const SCALE_REST_TICKS = 600;
/** New servers take their share within about twenty seconds. */
const SCALE_SPEED = 0.1;

/** A new fleet's shared state, before anything was asked of it. */
export function createShared(seed: number): SharedState {
  const key = streamKey(seed, 'shared');
  const cells = new Float64Array(SHARED_CELLS);
  const start = momentKey(key, -1);
  for (let slot = 0; slot < POOL_START; slot++) cells[slot] = normalOf(drawAt(start, slot));
  const growth = new Float64Array(POOLS);
  for (let pool = 0; pool < POOLS; pool++) {
    const c = POOL_START + pool * POOL_CELLS;
    cells[c + POOL_NOISE] = normalOf(drawAt(start, 100 + pool));
    cells[c + SCALE] = 1;
    cells[c + SCALE_TARGET] = 1;
    growth[pool] = MIN_GROWTH + (MAX_GROWTH - MIN_GROWTH) * uniformOf(drawAt(start, 200 + pool));
  }
  return {
    key,
    cells,
    growth,
    factors: new Float64Array(POOLS),
    clocks: new Float64Array(REGIONS.length * CLOCK_CELLS),
    sums: createSpreadSums(),
  };
}

/** Moves zones and pools on by one tick and writes `factors`. trends: trendAt, one entry a pool. */
export function stepShared(shared: SharedState, bits: number, trend: (pool: number) => number): void {
  const { cells, factors } = shared;
  const key = momentKey(shared.key, bits);
  for (let zone = 0; zone < ZONES.length; zone++) {
    const c = zone * ZONE_CELLS;
    cells[c + ZONE_FAST] = blend(cells[c + ZONE_FAST], ZONE_FAST_PHI, drawAt(key, zone));
    cells[c + ZONE_SLOW] = blend(cells[c + ZONE_SLOW], ZONE_SLOW_PHI, drawAt(key, 10 + zone));
  }
  for (let pool = 0; pool < POOLS; pool++) {
    const c = POOL_START + pool * POOL_CELLS;
    const zone = (pool % ZONES.length) * ZONE_CELLS;
    cells[c + POOL_NOISE] = blend(cells[c + POOL_NOISE], POOL_PHI, drawAt(key, 20 + pool));
    cells[c + SCALE] += SCALE_SPEED * (cells[c + SCALE_TARGET] - cells[c + SCALE]);
    const swing =
      1 +
      ZONE_FAST_SHARE * cells[zone + ZONE_FAST] +
      ZONE_SLOW_SHARE * cells[zone + ZONE_SLOW] +
      POOL_SHARE * cells[c + POOL_NOISE];
    factors[pool] = (trend(pool) * swing) / cells[c + SCALE];
  }
}

/**
 * Looks at the demand of the present tick and decides which pools get or lose standby servers. At tick 0 the scaler has been at work
 * all day: the scale is set at once, without a step. Pools without devices never change.
 */
export function scalePools(shared: SharedState, columns: FleetColumns, count: number, tick: number): ScaleStep[] {
  const { cells } = shared;
  const demand = new Float64Array(POOLS);
  const weight = new Float64Array(POOLS);
  for (let i = 0; i < count; i++) {
    const pool = columns.pool[i];
    if (pool < 0) continue;
    demand[pool] += columns.demand[i];
    weight[pool] += columns.weight[i];
  }
  const steps: ScaleStep[] = [];
  for (let pool = 0; pool < POOLS; pool++) {
    if (weight[pool] === 0) continue;
    const c = POOL_START + pool * POOL_CELLS;
    const use = (demand[pool] / weight[pool]) * cells[c + SCALE];
    if (tick === 0) {
      cells[c + USE] = use;
      let scale = 1;
      while (use / scale > SCALE_OUT_ABOVE && scale < MAX_SCALE) scale *= SCALE_FACTOR;
      cells[c + SCALE] = scale;
      cells[c + SCALE_TARGET] = scale;
      continue;
    }
    cells[c + USE] += USE_SHARE * (use - cells[c + USE]);
    const scale = cells[c + SCALE_TARGET];
    const share = cells[c + USE] / scale;
    if (tick < cells[c + SCALE_REST]) continue;
    if (share > SCALE_OUT_ABOVE && scale < MAX_SCALE - 1e-9)
      steps.push({ pool, from: scale, to: scale * SCALE_FACTOR });
    if (share < SCALE_IN_BELOW && scale > 1 + 1e-9) steps.push({ pool, from: scale, to: scale / SCALE_FACTOR });
  }
  for (const { pool, to } of steps) {
    cells[POOL_START + pool * POOL_CELLS + SCALE_TARGET] = to;
    cells[POOL_START + pool * POOL_CELLS + SCALE_REST] = tick + SCALE_REST_TICKS;
  }
  return steps;
}

function blend(value: number, phi: number, bits: number): number {
  return phi * value + Math.sqrt(1 - phi * phi) * normalOf(bits);
}
