import type { Device } from '../domain/catalog';
import { deviceId } from '../domain/ids';
import { LIMITS } from './limits';

/** Gives each name an index, in the order of appearance. */
export interface DeviceIndex {
  readonly count: number;
  /** Index of the device of that name; undefined when it would be the 1,025th. Names are trimmed and cut at 120 characters. */
  indexOf(name: string): number | undefined;
  /** The same without taking up a new name. */
  knownIndexOf(name: string): number | undefined;
  devices(): readonly Device[];
}

const MAX_NAME = 120;

/** Ids are `file:<name>`, so that no name of a file can meet a device of the fleet or a member of Object. Places are unknown: NaN. */
export function createDeviceIndex(): DeviceIndex {
  const indices = new Map<string, number>();
  return {
    get count() {
      return indices.size;
    },
    knownIndexOf: (text) => indices.get(text.trim().slice(0, MAX_NAME)),
    indexOf(text) {
      const name = text.trim().slice(0, MAX_NAME);
      const known = indices.get(name);
      if (known !== undefined) return known;
      if (indices.size >= LIMITS.devices) return undefined;
      indices.set(name, indices.size);
      return indices.size - 1;
    },
    devices: () => [...indices.keys()].map(describeDevice),
  };
}

function describeDevice(name: string): Device {
  return {
    id: deviceId(`file:${name}`),
    name: name === '' ? '(no name)' : name,
    region: '',
    city: '',
    country: '',
    latitude: Number.NaN,
    longitude: Number.NaN,
    role: '',
  };
}

/** The name of the one device of a file that names none: the file's name without folder and ending. */
export function stemOf(fileName: string): string {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  return base.replace(/\.[A-Za-z0-9]{1,8}$/, '') || base || 'file';
}
