import { boundValues, type MetricValues, saturateCpu } from './bounds';
import {
  CELLS,
  CPU_NOISE,
  CPU_SPIKE,
  CREEP,
  DISK_NOISE,
  DRIFT,
  FLUSH_LEFT,
  FLUSH_SIZE,
  GIVEN_BACK,
  HELD,
  LATENT,
  MEMORY_NOISE,
  MIX,
  NETWORK_NOISE,
  PROCESS_SIZE,
  RELEASE,
  SERVING,
  SLOW_DRIFT,
  SLOW_LOAD,
  WANDER,
  WRITES,
} from './cells';
import type { FleetColumns } from './columns';
import { collectionAt, flushAt, jobAt, levelAt } from './cycles';
import { CLOCK_CELLS } from './demand';
import {
  E_CPU,
  E_DEMAND,
  E_DISK,
  E_DISK_FACTOR,
  E_LINES,
  E_MEMORY,
  E_NETWORK,
  E_RESTART,
  E_SERVE,
  EFFECTS,
} from './effects';
import { drawAt, momentKey, normalOf } from './noise';
import { stepBurst, stepLabour, stepSpike, stepTransfer, stepVisitors } from './spells';
import * as T from './traits';
import { TRAITS } from './traits';

/** Own demand moves over about half a minute, ten minutes and an hour and a half; shares are deviations of its logarithm. */
const LATENT_PHI = 0.97;
const LATENT_SHARE = 0.15;
const DRIFT_PHI = 0.9985;
const DRIFT_SHARE = 0.15;
const SLOW_DRIFT_PHI = 0.99981;
const SLOW_DRIFT_SHARE = 0.12;
/** The mean of a log-normal is above its median by the exponential of half of the variance. */
const MEAN_SHIFT = (LATENT_SHARE ** 2 + DRIFT_SHARE ** 2 + SLOW_DRIFT_SHARE ** 2) / 2;
/** How much is written changes over a few minutes. */
const WRITES_PHI = 0.995;
const WRITES_SHARE = 0.42;
/** So do what a request carries and the memory that the work needs. */
const MIX_PHI = 0.996;
/** Whoever carries more for a request works more on it, but less than in proportion. */
const MIX_CPU = 0.4;
const WANDER_PHI = 0.998;
/** Memory in use is mostly near its most, as caches fill it, and sometimes far below. */
const WANDER_SKEW = 0.4;
/** Share of what processes take and give back that has come about a second later. */
const HELD_SHARE = 0.25;
/** A balancer takes a server out at once, and gives it its share back over half a minute. */
const SERVE_LESS = 0.5;
const SERVE_MORE = 0.08;
/** Points of CPU that wait for the disk, for each multiple of what is usually written. */
const FLUSH_CPU = 0.25;

/** Slots of a device's random numbers in a tick. */
const S_LATENT = 0;
const S_DRIFT = 1;
const S_BURST = 2;
const S_BURST_SIZE = 3;
const S_CPU = 4;
const S_MEMORY = 5;
const S_DISK = 6;
const S_NETWORK = 7;
const S_WRITES = 8;
const S_SPIKE = 9;
const S_TRANSFER = 10;
const S_RELEASE = 11;
/** Where the log lines of the tick begin. */
export const S_LINES = 12;
const S_SLOW_DRIFT = 13;
const S_VISITORS = 14;
const S_MIX = 15;
const S_WANDER = 16;
const S_LABOUR = 17;

/** Puts a device's CELLS numbers from `base` on into their usual state. key: of its random numbers. */
export function startCells(
  cells: Float64Array,
  base: number,
  traits: Float64Array,
  traitBase: number,
  key: number,
): void {
  const moment = momentKey(key, -1);
  for (let slot = LATENT; slot <= WRITES; slot++) cells[base + slot] = normalOf(drawAt(moment, slot));
  for (const slot of [SLOW_DRIFT, MIX, WANDER]) cells[base + slot] = normalOf(drawAt(moment, slot));
  cells[base + SLOW_LOAD] = traits[traitBase + T.LOAD_MEAN];
  cells[base + SERVING] = 1;
  cells[base + RELEASE] = 1;
}

/**
 * Moves the demand of every device on by one tick and writes `demand` and `serving` of the columns. clocks: readRegionClocks of the
 * tick's time; poolFactors: what pool and zone do to demand, one entry a pool; trends: likewise.
 */
export function stepDemand(
  columns: FleetColumns,
  count: number,
  moment: {
    readonly tick: number;
    readonly bits: number;
    readonly clocks: Float64Array;
    readonly poolFactors: Float64Array;
  },
): void {
  const { cells, traits, effects, demand, serving } = columns;
  const { clocks, poolFactors, bits, tick } = moment;
  for (let i = 0; i < count; i++) {
    const c = i * CELLS;
    const t = i * TRAITS;
    const key = momentKey(columns.keys[i], bits);
    const latent = correlate(cells, c + LATENT, LATENT_PHI, drawAt(key, S_LATENT));
    const drift = correlate(cells, c + DRIFT, DRIFT_PHI, drawAt(key, S_DRIFT));
    const clock = columns.region[i] * CLOCK_CELLS;
    const day =
      traits[t + T.DAILY_SWING] * (clocks[clock] * traits[t + T.PEAK_COS] + clocks[clock + 1] * traits[t + T.PEAK_SIN]);
    const shared = columns.pool[i] < 0 ? 1 : poolFactors[columns.pool[i]];
    const slow = correlate(cells, c + SLOW_DRIFT, SLOW_DRIFT_PHI, drawAt(key, S_SLOW_DRIFT));
    const own = LATENT_SHARE * latent + DRIFT_SHARE * drift + SLOW_DRIFT_SHARE * slow - MEAN_SHIFT;
    let relative = Math.exp(day + own) * clocks[clock + 2] * shared * levelAt(tick, traits, t, columns.keys[i]);
    relative += stepBurst(cells, c, traits[t + T.BURST], drawAt(key, S_BURST), drawAt(key, S_BURST_SIZE));
    relative += jobAt(tick, traits, t, columns.keys[i]);
    let target = columns.blocked[i] === 1 ? 0 : 1;
    if (columns.touched[i] === 1) {
      relative *= effects[i * EFFECTS + E_DEMAND];
      target *= effects[i * EFFECTS + E_SERVE];
    }
    demand[i] = traits[t + T.LOAD_MEAN] * Math.max(0, relative);
    serving[i] = approach(cells, c + SERVING, target);
  }
}

/** Metrics that follow from the load, one tick of all devices, into the columns from `firstRow` on. Reads columns.load. */
export function stepMetrics(
  columns: FleetColumns,
  count: number,
  moment: { readonly tick: number; readonly bits: number },
  out: readonly [cpu: Float32Array, memory: Float32Array, disk: Float32Array, network: Float32Array],
  firstRow: number,
): void {
  const { cells, traits, effects } = columns;
  const [cpuOut, memoryOut, diskOut, networkOut] = out;
  for (let i = 0; i < count; i++) {
    const c = i * CELLS;
    const t = i * TRAITS;
    const load = columns.load[i];
    const key = momentKey(columns.keys[i], moment.bits);
    const cpuNoise = correlate(cells, c + CPU_NOISE, 0.6, drawAt(key, S_CPU));
    const memoryNoise = correlate(cells, c + MEMORY_NOISE, 0.9, drawAt(key, S_MEMORY));
    const diskNoise = correlate(cells, c + DISK_NOISE, 0.5, drawAt(key, S_DISK));
    const networkNoise = correlate(cells, c + NETWORK_NOISE, 0.6, drawAt(key, S_NETWORK));
    const writes = correlate(cells, c + WRITES, WRITES_PHI, drawAt(key, S_WRITES));
    const slowLoad = cells[c + SLOW_LOAD] + 0.02 * (load - cells[c + SLOW_LOAD]);
    cells[c + SLOW_LOAD] = slowLoad;
    cells[c + CREEP] += traits[t + T.CREEP_PER_HOUR] / 3600;

    stepVisitors(cells, c, traits, t, drawAt(key, S_VISITORS));
    const mix = traits[t + T.MIX_SPREAD] * correlate(cells, c + MIX, MIX_PHI, drawAt(key, S_MIX));
    const labour = stepLabour(cells, c, traits[t + T.LABOUR], drawAt(key, S_LABOUR));
    const spike = stepSpike(cells, c + CPU_SPIKE, drawAt(key, S_SPIKE));
    const cpuPerLoad = traits[t + T.CPU_PER_LOAD] * cells[c + RELEASE] * Math.exp(MIX_CPU * mix);
    let cpu = traits[t + T.CPU_IDLE] + cpuPerLoad * load + spike + labour;
    let memory = traits[t + T.MEMORY_BASE] + traits[t + T.MEMORY_PER_LOAD] * slowLoad + cells[c + CREEP];
    cells[c + HELD] += HELD_SHARE * (cells[c + PROCESS_SIZE] - cells[c + GIVEN_BACK] - cells[c + HELD]);
    const wander = correlate(cells, c + WANDER, WANDER_PHI, drawAt(key, S_WANDER));
    memory += cells[c + HELD] + (traits[t + T.WANDER_POINTS] * (1 - Math.exp(WANDER_SKEW * wander))) / WANDER_SKEW;
    memory += collectionAt(moment.tick, traits[t + T.GC_AMPLITUDE], traits[t + T.GC_PERIOD], traits[t + T.GC_PHASE]);
    memory += collectionAt(
      moment.tick,
      traits[t + T.FULL_GC_AMPLITUDE],
      traits[t + T.FULL_GC_PERIOD],
      traits[t + T.FULL_GC_PHASE],
    );
    let disk = traits[t + T.DISK_IDLE] + traits[t + T.DISK_PER_LOAD] * load * Math.exp(WRITES_SHARE * writes);
    disk *= flushAt(moment.tick, traits, t) * Math.exp(traits[t + T.DISK_SPREAD] * diskNoise);
    if (cells[c + FLUSH_LEFT] > 0) {
      disk *= 1 + cells[c + FLUSH_SIZE];
      cpu += FLUSH_CPU * cells[c + FLUSH_SIZE];
    }
    let network =
      (traits[t + T.NETWORK_IDLE] + traits[t + T.NETWORK_PER_LOAD] * load) *
      Math.exp(mix + traits[t + T.NETWORK_SPREAD] * networkNoise);
    const transfer = stepTransfer(cells, c, traits[t + T.TRANSFER], drawAt(key, S_TRANSFER));
    network += traits[t + T.NETWORK_PER_LOAD] * transfer;
    disk += 0.5 * traits[t + T.DISK_PER_LOAD] * transfer;
    if (columns.touched[i] === 1) {
      const e = i * EFFECTS;
      if (effects[e + E_RESTART] > 0) restart(cells, c, effects[e + E_RESTART], drawAt(key, S_RELEASE));
      cpu += effects[e + E_CPU];
      memory += effects[e + E_MEMORY];
      disk = disk * effects[e + E_DISK_FACTOR] + effects[e + E_DISK];
      network += effects[e + E_NETWORK];
    }
    cpu += (0.8 + 0.015 * cpu) * cpuNoise;
    bounded.cpu = saturateCpu(cpu);
    bounded.memory = memory + 0.25 * memoryNoise;
    bounded.disk = disk;
    bounded.network = network;
    boundValues(bounded);
    const row = firstRow + i;
    cpuOut[row] = bounded.cpu;
    memoryOut[row] = bounded.memory;
    diskOut[row] = bounded.disk;
    networkOut[row] = bounded.network;
  }
}

const bounded: MetricValues = { cpu: 0, memory: 0, disk: 0, network: 0 };

/** Mean of the usual log lines of a device in the present tick, >= 0: it follows the load relative to the device's usual one. */
export function lineRate(columns: FleetColumns, i: number): number {
  const t = i * TRAITS;
  const relative = columns.load[i] / columns.traits[t + T.LOAD_MEAN];
  const rate = columns.traits[t + T.LINES_PER_SECOND] * (0.1 + 0.9 * relative);
  return columns.touched[i] === 1 ? rate * columns.effects[i * EFFECTS + E_LINES] : rate;
}

/** First-order auto-regression with unit variance: x' = phi x + sqrt(1 - phi^2) e. */
function correlate(cells: Float64Array, slot: number, phi: number, bits: number): number {
  const value = phi * cells[slot] + Math.sqrt(1 - phi * phi) * normalOf(bits);
  cells[slot] = value;
  return value;
}

function approach(cells: Float64Array, slot: number, target: number): number {
  const now = cells[slot];
  if (now === target) return now;
  const next = now + (target < now ? SERVE_LESS : SERVE_MORE) * (target - now);
  cells[slot] = Math.abs(target - next) < 0.005 ? target : next;
  return cells[slot];
}

function restart(cells: Float64Array, c: number, kind: number, bits: number): void {
  cells[c + CREEP] = 0;
  cells[c + CPU_SPIKE] = 0;
  cells[c + PROCESS_SIZE] = 0;
  cells[c + GIVEN_BACK] = 0;
  cells[c + HELD] = 0;
  if (kind >= 2) cells[c + RELEASE] = Math.min(1.1, Math.max(0.9, 1 + 0.03 * normalOf(bits)));
}
