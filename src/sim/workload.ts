import {
  BURST_LEFT,
  BURST_LENGTH,
  BURST_SIZE,
  CELLS,
  CPU_NOISE,
  CPU_SPIKE,
  CREEP,
  DISK_NOISE,
  DRIFT,
  LATENT,
  MEMORY_NOISE,
  NETWORK_NOISE,
  RELEASE,
  SERVING,
  SLOW_LOAD,
  TRANSFER_LEFT,
  TRANSFER_SIZE,
  WRITES,
} from './cells';
import type { FleetColumns } from './columns';
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
import { drawAt, momentKey, normalOf, uniformOf } from './noise';
import * as T from './traits';
import { TRAITS } from './traits';

/** One device's values at one time, in the units of CANONICAL_METRICS. Reused between calls. */
export interface MetricValues {
  cpu: number;
  memory: number;
  disk: number;
  network: number;
}

/** Physical ceilings: a 25 Gbit/s network card, a fast NVMe disk. */
export const MAX_NETWORK_MBITS = 25_000;
export const MAX_DISK_MBS = 3000;

/** Own demand moves together over about half a minute, drifts over ten minutes, measurement noise over a few seconds. */
const LATENT_PHI = 0.97;
const LATENT_SHARE = 0.08;
const DRIFT_PHI = 0.9985;
const DRIFT_SHARE = 0.06;
/** How much is written changes over a few minutes. */
const WRITES_PHI = 0.995;
/** One burst a device each five minutes on average, so that twelve minutes of history show some. */
const BURST_CHANCE = 1 / 300;
/** So many bursts of 256 last so many times longer. */
const LONG_BURSTS = 24;
const LONG_FACTOR = 9;
/** A process that wants the CPU for a second or three: agents, cron, a query without an index. */
const SPIKE_CHANCE = 1 / 120;
/** A large download, a replica that catches up. */
const TRANSFER_CHANCE = 1 / 240;
/** A balancer takes a server out at once, and gives it its share back over half a minute. */
const SERVE_LESS = 0.5;
const SERVE_MORE = 0.08;
/** Above this CPU use more work no longer means as much more use. */
const CPU_KNEE = 85;

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
      1 +
      traits[t + T.DAILY_SWING] * (clocks[clock] * traits[t + T.PEAK_COS] + clocks[clock + 1] * traits[t + T.PEAK_SIN]);
    const shared = columns.pool[i] < 0 ? 1 : poolFactors[columns.pool[i]];
    let relative = day * clocks[clock + 2] * shared * (1 + LATENT_SHARE * latent + DRIFT_SHARE * drift);
    relative += stepBurst(cells, c, key) + jobAt(tick, traits, t);
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

    const spike = stepSpike(cells, c + CPU_SPIKE, drawAt(key, S_SPIKE));
    let cpu = traits[t + T.CPU_IDLE] + traits[t + T.CPU_PER_LOAD] * cells[c + RELEASE] * load + spike;
    let memory = traits[t + T.MEMORY_BASE] + traits[t + T.MEMORY_PER_LOAD] * slowLoad + cells[c + CREEP];
    memory += collectionAt(moment.tick, traits[t + T.GC_AMPLITUDE], traits[t + T.GC_PERIOD], traits[t + T.GC_PHASE]);
    memory += collectionAt(
      moment.tick,
      traits[t + T.FULL_GC_AMPLITUDE],
      traits[t + T.FULL_GC_PERIOD],
      traits[t + T.FULL_GC_PHASE],
    );
    let disk = traits[t + T.DISK_IDLE] + traits[t + T.DISK_PER_LOAD] * load * Math.exp(0.3 * writes);
    disk *= flushAt(moment.tick, traits, t) * Math.exp(traits[t + T.DISK_SPREAD] * diskNoise);
    let network =
      (traits[t + T.NETWORK_IDLE] + traits[t + T.NETWORK_PER_LOAD] * load) *
      Math.exp(traits[t + T.NETWORK_SPREAD] * networkNoise);
    const transfer = stepTransfer(cells, c, key);
    network += traits[t + T.NETWORK_PER_LOAD] * transfer;
    disk += 0.8 * traits[t + T.DISK_PER_LOAD] * transfer;
    if (columns.touched[i] === 1) {
      const e = i * EFFECTS;
      if (effects[e + E_RESTART] > 0) restart(cells, c, effects[e + E_RESTART], drawAt(key, S_RELEASE));
      cpu += effects[e + E_CPU];
      memory += effects[e + E_MEMORY];
      disk = disk * effects[e + E_DISK_FACTOR] + effects[e + E_DISK];
      network += effects[e + E_NETWORK];
    }
    cpu += (0.8 + 0.015 * cpu) * cpuNoise;
    if (cpu > CPU_KNEE) cpu = 100 - (100 - CPU_KNEE) * Math.exp(-(cpu - CPU_KNEE) / (100 - CPU_KNEE));
    const row = firstRow + i;
    cpuOut[row] = clamp(cpu, 100);
    memoryOut[row] = clamp(memory + 0.25 * memoryNoise, 100);
    diskOut[row] = clamp(disk, MAX_DISK_MBS);
    networkOut[row] = clamp(network, MAX_NETWORK_MBITS);
  }
}

/** Mean of the usual log lines of a device in the present tick, >= 0: it follows the load relative to the device's usual one. */
export function lineRate(columns: FleetColumns, i: number): number {
  const t = i * TRAITS;
  const relative = columns.load[i] / columns.traits[t + T.LOAD_MEAN];
  const rate = columns.traits[t + T.LINES_PER_SECOND] * (0.1 + 0.9 * relative);
  return columns.touched[i] === 1 ? rate * columns.effects[i * EFFECTS + E_LINES] : rate;
}

/** Brings values into their physical bounds, in place. */
export function boundValues(values: MetricValues): void {
  values.cpu = clamp(values.cpu, 100);
  values.memory = clamp(values.memory, 100);
  values.disk = clamp(values.disk, MAX_DISK_MBS);
  values.network = clamp(values.network, MAX_NETWORK_MBITS);
}

function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
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

/** Extra load of a benign burst: a half sine of 8 to 40 seconds, sometimes of minutes; most are small, a few more than half of the usual load. */
function stepBurst(cells: Float64Array, c: number, key: number): number {
  if (cells[c + BURST_LEFT] > 0) {
    const length = cells[c + BURST_LENGTH];
    const done = length - cells[c + BURST_LEFT];
    cells[c + BURST_LEFT]--;
    return cells[c + BURST_SIZE] * Math.sin((Math.PI * (done + 0.5)) / length);
  }
  const bits = drawAt(key, S_BURST);
  if (uniformOf(bits) >= BURST_CHANCE) return 0;
  const size = drawAt(key, S_BURST_SIZE);
  const usual = 8 + ((size >>> 8) % 33);
  const length = (size & 255) < LONG_BURSTS ? LONG_FACTOR * usual : usual;
  cells[c + BURST_LEFT] = length;
  cells[c + BURST_LENGTH] = length;
  cells[c + BURST_SIZE] = Math.min(0.65, 0.22 - 0.12 * Math.log(1 - uniformOf(size)));
  return 0;
}

/** Points of CPU that halve each second after a spike began. */
function stepSpike(cells: Float64Array, slot: number, bits: number): number {
  const u = uniformOf(bits);
  let spike = 0.5 * cells[slot];
  // Within the chance, u itself is uniform again: it gives the size.
  if (u < SPIKE_CHANCE) spike += Math.min(30, 3 - 5 * Math.log(1 - u / SPIKE_CHANCE));
  cells[slot] = spike < 0.01 ? 0 : spike;
  return cells[slot];
}

/** Extra traffic, in usual loads, while something large is carried: 5 to 24 seconds, Pareto-distributed size up to 0.9. */
function stepTransfer(cells: Float64Array, c: number, key: number): number {
  if (cells[c + TRANSFER_LEFT] > 0) {
    cells[c + TRANSFER_LEFT]--;
    return cells[c + TRANSFER_SIZE];
  }
  const u = uniformOf(drawAt(key, S_TRANSFER));
  if (u >= TRANSFER_CHANCE) return 0;
  const within = u / TRANSFER_CHANCE;
  cells[c + TRANSFER_LEFT] = 5 + Math.floor(((within * 97) % 1) * 20);
  cells[c + TRANSFER_SIZE] = Math.min(0.9, 0.2 * (1 - within) ** -0.45);
  return 0;
}

function restart(cells: Float64Array, c: number, kind: number, bits: number): void {
  cells[c + CREEP] = 0;
  cells[c + CPU_SPIKE] = 0;
  if (kind >= 2) cells[c + RELEASE] = Math.min(1.1, Math.max(0.9, 1 + 0.03 * normalOf(bits)));
}

/** Extra load of a scheduled job: on for two fifths of its period, with edges of five seconds. */
function jobAt(tick: number, traits: Float64Array, t: number): number {
  if (traits[t + T.JOB_LOAD] === 0) return 0;
  const period = traits[t + T.JOB_PERIOD];
  const position = (tick + traits[t + T.JOB_PHASE]) % period;
  return traits[t + T.JOB_LOAD] * Math.min(1, position / 5, Math.max(0, (0.4 * period + 5 - position) / 5));
}

/** Saw-tooth of garbage collection, in points around 0: climbs over the period and falls within three seconds. */
function collectionAt(tick: number, amplitude: number, period: number, phase: number): number {
  if (amplitude === 0) return 0;
  const position = (tick + phase) % period;
  const climb = period - 3;
  return amplitude * ((position < climb ? position / climb : (period - position) / 3) - 0.5);
}

/** Factor of the periodic write-out: four seconds in each period. */
function flushAt(tick: number, traits: Float64Array, t: number): number {
  return (tick + traits[t + T.FLUSH_PHASE]) % traits[t + T.FLUSH_PERIOD] < 4 ? traits[t + T.FLUSH_FACTOR] : 1;
}
