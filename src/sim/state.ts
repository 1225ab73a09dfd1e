import type { Device } from '../domain/catalog';
import { type AmbientClock, createAmbientClock } from './ambient';
import { CELLS } from './cells';
import { createColumns, type FleetColumns, growColumns, placeDevice } from './columns';
import { createEventBook, type EventBook } from './events/book';
import { createDevices } from './fleet';
import { type BookMoment, createInjectionBook, type InjectionBook } from './injections';
import { streamKey } from './noise';
import { createShared, type SharedState } from './pools';
import type { FleetScenario } from './scenarios/play';
import { drawTraits, TRAITS } from './traits';
import { startCells } from './workload';

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
  /** Time of the very first sample: what trends count from. */
  readonly beganMs: number;
  /** The next tick. */
  tick: number;
  /** Number of the next batch. */
  seq: number;
  readonly devices: Device[];
  readonly columns: FleetColumns;
  /** What zones and pools have in common. */
  readonly shared: SharedState;
  /** Key of what the whole fleet draws. */
  readonly key: number;
  readonly book: InjectionBook;
  readonly events: EventBook;
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
    beganMs: originMs,
    tick: 0,
    seq: 0,
    devices: [],
    columns: createColumns(fleetSize),
    shared: createShared(seed),
    key: streamKey(seed, 'fleet'),
    book: createInjectionBook([], 1),
    events: createEventBook([], new Set(), 1),
    ambient: createAmbientClock(seed, LIVE_TICK),
    scenario: undefined,
  };
  for (const device of createDevices(seed, fleetSize)) addDevice(state, device);
  return state;
}

/** Adds a device at the end, in its usual state. Beyond the fleet's own size it has traffic of its own and shares with nobody. Gives its index. */
export function addDevice(state: FleetState, device: Device): number {
  const { columns } = state;
  const index = state.devices.length;
  growColumns(columns, index + 1);
  drawTraits(columns.traits, index * TRAITS, state.seed, device);
  columns.keys[index] = streamKey(state.seed, `device:${device.id}`);
  placeDevice(columns, index, device, index < state.fleetSize);
  startCells(columns.cells, index * CELLS, columns.traits, index * TRAITS, columns.keys[index]);
  state.devices.push(device);
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
