import type { Device } from '../domain/catalog';
import { CELLS } from './cells';
import { clearEffects, EFFECTS } from './effects';
import { REGIONS, ZONES, zoneOf } from './regions';
import { ROLES, type Role } from './roles';
import { CAPACITY, LOAD_MEAN, TRAITS } from './traits';

/** Everything about the devices that is a number, as columns with room for some more devices than there are. */
export type FleetColumns = { room: number } & ReturnType<typeof createArrays>;

/** Empty columns with room for `room` devices. */
export function createColumns(room: number): FleetColumns {
  return { room, ...createArrays(room) };
}

/** Makes room for at least `room` devices, in place. */
export function growColumns(columns: FleetColumns, room: number): void {
  if (room <= columns.room) return;
  const larger = Math.max(room, columns.room + (columns.room >> 1) + 8);
  const grown = createArrays(larger);
  for (const name of Object.keys(grown) as (keyof typeof grown)[]) grown[name].set(columns[name]);
  Object.assign(columns, { room: larger, ...grown });
}

/** One entry a device in each column unless it says otherwise. */
function createArrays(room: number) {
  return {
    /** Key of the device's random numbers. */
    keys: new Int32Array(room),
    /** TRAITS numbers a device; CELLS numbers a device. */
    traits: new Float64Array(room * TRAITS),
    cells: new Float64Array(room * CELLS),
    /** Index into REGIONS, and the pool that it shares load with (see load.ts). */
    region: new Int16Array(room),
    pool: new Int16Array(room),
    weight: new Float64Array(room),
    limit: new Float64Array(room),
    /** 1 = quarantined: gets no traffic. */
    blocked: new Uint8Array(room),
    /** Of the present tick. */
    demand: new Float64Array(room),
    serving: new Float64Array(room),
    load: new Float64Array(room),
    /** EFFECTS numbers a device, and 1 where they are not those of no effect. */
    effects: new Float64Array(room * EFFECTS),
    touched: new Uint8Array(room),
  };
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
