import type { Device } from '../domain/catalog';
import { createRandom, type Random } from '../domain/random';
import { ROLE_PROFILES, type Role } from './roles';

/** One device's values at one time, in the units of CANONICAL_METRICS. Reused between calls. */
export interface MetricValues {
  cpu: number;
  memory: number;
  disk: number;
  network: number;
}

/** What makes a device different from others of its role. Drawn once from seed and id; periods and phases in ticks. */
export interface DeviceTraits {
  readonly longitude: number;
  readonly loadMean: number;
  readonly dailySwing: number;
  readonly peakHour: number;
  readonly cpuIdle: number;
  readonly cpuPerLoad: number;
  readonly memoryBase: number;
  readonly memoryPerLoad: number;
  readonly diskIdle: number;
  readonly diskPerLoad: number;
  readonly networkIdle: number;
  readonly networkPerLoad: number;
  readonly gcAmplitude: number;
  readonly gcPeriod: number;
  readonly gcPhase: number;
  readonly flushFactor: number;
  readonly flushPeriod: number;
  readonly flushPhase: number;
  readonly jobLoad: number;
  readonly jobPeriod: number;
  readonly jobPhase: number;
  readonly linesPerSecond: number;
}

/** A device's changing state: CELLS numbers in a row of one Float64Array. Auto-correlated noises have unit variance. */
export const CELLS = 9;
const LATENT = 0;
const CPU_NOISE = 1;
const MEMORY_NOISE = 2;
const DISK_NOISE = 3;
const NETWORK_NOISE = 4;
const SLOW_LOAD = 5;
const BURST_LEFT = 6;
const BURST_LENGTH = 7;
const BURST_SIZE = 8;

/** Physical ceilings: a 25 Gbit/s network card, a fast NVMe disk. */
export const MAX_NETWORK_MBITS = 25_000;
export const MAX_DISK_MBS = 3000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Demand moves together over about half a minute, measurement noise over a few seconds. */
const LATENT_PHI = 0.97;
const LATENT_SHARE = 0.1;
/** One burst a device each five minutes on average, so that twelve minutes of history show some. */
const BURST_CHANCE = 1 / 300;
const WEEKEND_DIP = 0.18;

/** Draws a device's traits. role: unknown ones count as edge. */
export function drawTraits(seed: number, device: Device): DeviceTraits {
  const profile = ROLE_PROFILES[device.role as Role] ?? ROLE_PROFILES.edge;
  const random = createRandom(seed, `traits:${device.id}`);
  const around = (value: number, share: number): number => value * (1 + share * (2 * random.next() - 1));
  const period = (from: number, to: number): number => from + random.int(to - from + 1);
  return {
    longitude: device.longitude,
    loadMean: around(1, 0.18),
    dailySwing: around(profile.dailySwing, 0.2),
    peakHour: profile.peakHour + random.next() - 0.5,
    cpuIdle: around(profile.cpuIdle, 0.3),
    cpuPerLoad: around(profile.cpuPerLoad, 0.15),
    memoryBase: around(profile.memoryBase, 0.12),
    memoryPerLoad: around(profile.memoryPerLoad, 0.2),
    diskIdle: around(profile.diskIdle, 0.25),
    diskPerLoad: around(profile.diskPerLoad, 0.25),
    networkIdle: around(profile.networkIdle, 0.25),
    networkPerLoad: around(profile.networkPerLoad, 0.25),
    gcAmplitude: around(profile.gcAmplitude, 0.2),
    gcPeriod: period(40, 90),
    gcPhase: random.int(90),
    flushFactor: 1 + around(profile.flushFactor - 1, 0.2),
    flushPeriod: period(45, 75),
    flushPhase: random.int(75),
    jobLoad: around(profile.jobLoad, 0.15),
    jobPeriod: period(80, 120),
    jobPhase: random.int(120),
    linesPerSecond: profile.linesPerSecond,
  };
}

/** Puts a device's CELLS numbers from `base` on into their stationary state. */
export function startCells(cells: Float64Array, base: number, traits: DeviceTraits, random: Random): void {
  for (let slot = LATENT; slot <= NETWORK_NOISE; slot++) cells[base + slot] = random.normal();
  cells[base + SLOW_LOAD] = traits.loadMean;
  cells[base + BURST_LEFT] = 0;
  cells[base + BURST_LENGTH] = 0;
  cells[base + BURST_SIZE] = 0;
}

/**
 * Demand at time t (ms since 1970 UTC) relative to the yearly mean: daily cycle in the local solar time of the longitude,
 * dip at the weekend with soft edges. Within 1 +- dailySwing, lower by WEEKEND_DIP on Saturday and Sunday.
 */
export function demandAt(t: number, traits: Pick<DeviceTraits, 'longitude' | 'dailySwing' | 'peakHour'>): number {
  const local = t + (traits.longitude / 15) * HOUR_MS;
  const hour = modulo(local, DAY_MS) / HOUR_MS;
  const daily = 1 + traits.dailySwing * Math.cos((2 * Math.PI * (hour - traits.peakHour)) / 24);
  // 1970-01-01 was a Thursday: three days after Monday.
  const day = modulo(local / DAY_MS + 3, 7);
  const weekend = day < 0.2 ? 1 - smoothStep((day + 0.2) / 0.4) : smoothStep((day - 4.8) / 0.4);
  const leaving = day > 6.8 ? smoothStep((day - 6.8) / 0.4) : 0;
  return daily * (1 - WEEKEND_DIP * (weekend - leaving));
}

/**
 * Moves one device on by one tick and writes its undisturbed values into `out`. Gives the load relative to the device's own
 * usual load (>= 0), which the rate of its log lines follows. Draws the same count of random numbers in every state but at the
 * start of a burst.
 */
export function stepDevice(
  state: { readonly cells: Float64Array; readonly base: number; readonly random: Random },
  traits: DeviceTraits,
  moment: { readonly t: number; readonly tick: number },
  out: MetricValues,
): number {
  const { cells, base, random } = state;
  const latent = correlate(cells, base + LATENT, LATENT_PHI, random);
  const cpuNoise = correlate(cells, base + CPU_NOISE, 0.6, random);
  const memoryNoise = correlate(cells, base + MEMORY_NOISE, 0.9, random);
  const diskNoise = correlate(cells, base + DISK_NOISE, 0.5, random);
  const networkNoise = correlate(cells, base + NETWORK_NOISE, 0.6, random);

  const demand = demandAt(moment.t, traits) * (1 + LATENT_SHARE * latent);
  const relative = Math.max(0, demand + stepBurst(cells, base, random) + jobAt(moment.tick, traits));
  const load = traits.loadMean * relative;
  const slowLoad = cells[base + SLOW_LOAD] + 0.02 * (load - cells[base + SLOW_LOAD]);
  cells[base + SLOW_LOAD] = slowLoad;

  out.cpu = traits.cpuIdle + traits.cpuPerLoad * load + 1.2 * cpuNoise;
  out.memory =
    traits.memoryBase + traits.memoryPerLoad * slowLoad + collectionAt(moment.tick, traits) + 0.25 * memoryNoise;
  out.disk = (traits.diskIdle + traits.diskPerLoad * load) * flushAt(moment.tick, traits) * Math.exp(0.1 * diskNoise);
  out.network = (traits.networkIdle + traits.networkPerLoad * load) * Math.exp(0.05 * networkNoise);
  boundValues(out);
  return relative;
}

/** Brings values into their physical bounds, in place. */
export function boundValues(values: MetricValues): void {
  values.cpu = Math.min(100, Math.max(0, values.cpu));
  values.memory = Math.min(100, Math.max(0, values.memory));
  values.disk = Math.min(MAX_DISK_MBS, Math.max(0, values.disk));
  values.network = Math.min(MAX_NETWORK_MBITS, Math.max(0, values.network));
}

/** First-order auto-regression with unit variance: x' = phi x + sqrt(1 - phi^2) e. */
function correlate(cells: Float64Array, slot: number, phi: number, random: Random): number {
  const value = phi * cells[slot] + Math.sqrt(1 - phi * phi) * random.normal();
  cells[slot] = value;
  return value;
}

/** Extra load of a short benign burst: a half sine of 8 to 20 seconds. */
function stepBurst(cells: Float64Array, base: number, random: Random): number {
  const starts = random.next() < BURST_CHANCE;
  if (cells[base + BURST_LEFT] > 0) {
    const length = cells[base + BURST_LENGTH];
    const done = length - cells[base + BURST_LEFT];
    cells[base + BURST_LEFT]--;
    return cells[base + BURST_SIZE] * Math.sin((Math.PI * (done + 0.5)) / length);
  }
  if (starts) {
    const length = 8 + random.int(13);
    cells[base + BURST_LEFT] = length;
    cells[base + BURST_LENGTH] = length;
    cells[base + BURST_SIZE] = 0.3 + 0.2 * random.next();
  }
  return 0;
}

/** Extra load of a scheduled job: on for two fifths of its period, with edges of five seconds. */
function jobAt(tick: number, traits: DeviceTraits): number {
  if (traits.jobLoad === 0) return 0;
  const position = (tick + traits.jobPhase) % traits.jobPeriod;
  const length = 0.4 * traits.jobPeriod;
  return traits.jobLoad * Math.min(1, position / 5, Math.max(0, (length + 5 - position) / 5));
}

/** Saw-tooth of garbage collection, in points around 0: climbs over the period and falls within three seconds. */
function collectionAt(tick: number, traits: DeviceTraits): number {
  if (traits.gcAmplitude === 0) return 0;
  const position = (tick + traits.gcPhase) % traits.gcPeriod;
  const climb = traits.gcPeriod - 3;
  const filled = position < climb ? position / climb : (traits.gcPeriod - position) / 3;
  return traits.gcAmplitude * (filled - 0.5);
}

/** Factor of the periodic write-out: four seconds in each period. */
function flushAt(tick: number, traits: DeviceTraits): number {
  return (tick + traits.flushPhase) % traits.flushPeriod < 4 ? traits.flushFactor : 1;
}

/** 0 below 0, 1 above 1, 3x^2 - 2x^3 between. */
function smoothStep(x: number): number {
  const bounded = Math.min(1, Math.max(0, x));
  return bounded * bounded * (3 - 2 * bounded);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
