import type { Device } from '../domain/catalog';
import { createRandom, type Random } from '../domain/random';
import { type AmbientClock, createAmbientClock } from './ambient';
import { createDevices } from './fleet';
import { type BookMoment, createInjectionBook, type InjectionBook } from './injections';
import type { FleetScenario } from './scenarios/play';
import { CELLS, type DeviceTraits, drawTraits, startCells } from './workload';

export const STEP_MS = 1000;
/** Ticks of history that train the models, then ticks that are scored at once. */
export const WARM_UP_STEPS = 720;
export const BACKFILL_STEPS = 180;
export const LIVE_TICK = WARM_UP_STEPS + BACKFILL_STEPS;
/** Device indexes are 16 bits wide. */
export const MAX_DEVICES = 65_535;

/** Everything that the simulated cloud is at one moment. Sample time = originMs + tick * STEP_MS. */
export interface FleetState {
  readonly seed: number;
  /** Devices of the fleet itself; later ones were joined by hand. */
  readonly fleetSize: number;
  originMs: number;
  /** Time of the first live sample, which a later gap in the data does not move. */
  liveMs: number;
  /** The next tick. */
  tick: number;
  /** Number of the next batch. */
  seq: number;
  readonly devices: Device[];
  readonly traits: DeviceTraits[];
  /** CELLS numbers a device. */
  cells: Float64Array;
  readonly metricRandoms: Random[];
  readonly logRandoms: Random[];
  readonly book: InjectionBook;
  readonly ambient: AmbientClock;
  /** What is played; undefined: nothing but what the fleet does by itself and what is injected by hand. */
  scenario: FleetScenario | undefined;
}

/** A fleet before its first tick, which falls on `originMs`. */
export function createFleetState(seed: number, fleetSize: number, originMs: number): FleetState {
  const state: FleetState = {
    seed,
    fleetSize,
    originMs,
    liveMs: originMs + LIVE_TICK * STEP_MS,
    tick: 0,
    seq: 0,
    devices: [],
    traits: [],
    cells: new Float64Array(fleetSize * CELLS),
    metricRandoms: [],
    logRandoms: [],
    book: createInjectionBook([], 1),
    ambient: createAmbientClock(seed, LIVE_TICK),
    scenario: undefined,
  };
  for (const device of createDevices(seed, fleetSize)) addDevice(state, device);
  return state;
}

/** Adds a device at the end, in its stationary state. Gives its index. */
export function addDevice(state: FleetState, device: Device): number {
  const index = state.devices.length;
  const traits = drawTraits(state.seed, device);
  const random = createRandom(state.seed, `metrics:${device.id}`);
  state.devices.push(device);
  state.traits.push(traits);
  state.metricRandoms.push(random);
  state.logRandoms.push(createRandom(state.seed, `logs:${device.id}`));
  if (state.cells.length < (index + 1) * CELLS) {
    const grown = new Float64Array((index + 1) * CELLS);
    grown.set(state.cells);
    state.cells = grown;
  }
  startCells(state.cells, index * CELLS, traits, random);
  return index;
}

/** Time of the next sample, ms since 1970 UTC of the data's clock. */
export function nextSampleTime(state: FleetState): number {
  return state.originMs + state.tick * STEP_MS;
}

/** Where the fleet is, for its book of injections. */
export function bookMoment(state: FleetState): BookMoment {
  return { seed: state.seed, originMs: state.originMs, nextT: nextSampleTime(state), stepMs: STEP_MS };
}
