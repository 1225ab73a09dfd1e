import type { Device } from '../domain/catalog';
import { CELLS } from './cells';
import { clearEffects, EFFECTS } from './effects';
import { REGIONS, ZONES, zoneOf } from './regions';
import { ROLES, type Role } from './roles';
import { CAPACITY, LOAD_MEAN, TRAITS } from './traits';

/** Everything about the devices that is a number, as columns with room for some more devices than there are. */
export interface FleetColumns {
  room: number;
  /** Key of the device's random numbers. */
  keys: Int32Array;
  /** TRAITS numbers a device; CELLS numbers a device. */
  traits: Float64Array;
  cells: Float64Array;
  /** Index into REGIONS, and the pool that it shares load with (see load.ts). */
  region: Int16Array;
  pool: Int16Array;
  weight: Float64Array;
  limit: Float64Array;
  /** 1 = quarantined: gets no traffic. */
  blocked: Uint8Array;
  /** Of the present tick. */
  demand: Float64Array;
  serving: Float64Array;
  load: Float64Array;
  /** EFFECTS numbers a device, and 1 where they are not those of no effect. */
  effects: Float64Array;
  touched: Uint8Array;
}

/** Empty columns with room for `room` devices. */
export function createColumns(room: number): FleetColumns {
  return {
    room,
    keys: new Int32Array(room),
    traits: new Float64Array(room * TRAITS),
    cells: new Float64Array(room * CELLS),
    region: new Int16Array(room),
    pool: new Int16Array(room),
    weight: new Float64Array(room),
    limit: new Float64Array(room),
    blocked: new Uint8Array(room),
    demand: new Float64Array(room),
    serving: new Float64Array(room),
    load: new Float64Array(room),
    effects: new Float64Array(room * EFFECTS),
    touched: new Uint8Array(room),
  };
}

/** Makes room for at least `room` devices, in place. */
export function growColumns(columns: FleetColumns, room: number): void {
  if (room <= columns.room) return;
  const grown = createColumns(Math.max(room, columns.room + (columns.room >> 1) + 8));
  grown.keys.set(columns.keys);
  grown.traits.set(columns.traits);
  grown.cells.set(columns.cells);
  grown.region.set(columns.region);
  grown.pool.set(columns.pool);
  grown.weight.set(columns.weight);
  grown.limit.set(columns.limit);
  grown.blocked.set(columns.blocked);
  grown.demand.set(columns.demand);
  grown.serving.set(columns.serving);
  grown.load.set(columns.load);
  grown.effects.set(columns.effects);
  grown.touched.set(columns.touched);
  Object.assign(columns, grown);
}

/** Writes down where device `i` stands and how much it carries, from its traits. shares: whether it is of the fleet. */
export function placeDevice(columns: FleetColumns, i: number, device: Device, shares: boolean): void {
  const role = Math.max(0, ROLES.indexOf(device.role as Role));
  const base = i * TRAITS;
  columns.region[i] = Math.max(
    0,
    REGIONS.findIndex((region) => region.id === device.region),
  );
  columns.pool[i] = shares ? role * ZONES.length + ZONES.indexOf(zoneOf(device.region)) : -1;
  columns.weight[i] = columns.traits[base + LOAD_MEAN];
  columns.limit[i] = columns.traits[base + LOAD_MEAN] * columns.traits[base + CAPACITY];
  clearEffects(columns.effects, i);
}
