import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readArray, readNames, readObject } from '../read-saved';
import type { Pace } from './pace';
import { FLEET_SLOT, Tracks } from './tracks';

const MAX_DEVICES = 65_536;
/** No scaler is wider than the largest float32. */
const LIMITS = { min: -1e39, max: 1e39 };

/** Scalers by device id; entry 0 of each column group is the fleet's own. Columns: (devices + 1) x metrics, row-major. */
export interface SavedScalers {
  readonly devices: readonly string[];
  readonly learned: Float64Array;
  readonly centre: Float64Array;
  readonly spread: Float64Array;
  readonly step: Float64Array;
}

/** The scalers of a catalog's devices as plain values. A metric that never came has centre 0 and spread -1. */
export function saveScalers(tracks: Tracks, catalog: Catalog): PlainData {
  const devices = catalog.devices
    .slice(0, MAX_DEVICES)
    .filter((_, d) => d + 1 < tracks.slots && tracks.learned[d + 1] > 0);
  const indexOf = new Map(catalog.devices.map((device, d) => [device, d]));
  const slots = [FLEET_SLOT, ...devices.map((device) => (indexOf.get(device) ?? 0) + 1)];
  const m = tracks.metrics;
  const centre = new Float64Array(slots.length * m);
  const spread = new Float64Array(slots.length * m);
  const step = new Float64Array(slots.length * m);
  slots.forEach((slot, row) => {
    for (let metric = 0; metric < m; metric++) {
      const known = Number.isFinite(tracks.centre[slot * m + metric]);
      centre[row * m + metric] = known ? tracks.centre[slot * m + metric] : 0;
      spread[row * m + metric] = known ? tracks.spread[slot * m + metric] : -1;
      step[row * m + metric] = tracks.step[slot * m + metric];
    }
  });
  const learned = Float64Array.from(slots, (slot) => tracks.learned[slot]);
  return { devices: devices.map((device) => String(device.id)), learned, centre, spread, step };
}

/** Reads what `saveScalers` gave, trusting nothing. Errors: bad-model naming the field. */
export function loadScalers(saved: unknown, metrics: number, path: string): Result<SavedScalers, 'bad-model'> {
  const object = readObject(saved, path, ['devices', 'learned', 'centre', 'spread', 'step']);
  if (!object.ok) return object;
  const devices = readNames(object.value.devices, `${path}.devices`, MAX_DEVICES);
  if (!devices.ok) return devices;
  const rows = devices.value.length + 1;
  const learned = readArray(object.value.learned, `${path}.learned`, Float64Array, { length: rows, min: 0, max: 1e15 });
  if (!learned.ok) return learned;
  const length = rows * metrics;
  const centre = readArray(object.value.centre, `${path}.centre`, Float64Array, { length, ...LIMITS });
  if (!centre.ok) return centre;
  const spread = readArray(object.value.spread, `${path}.spread`, Float64Array, { length, min: -1, max: LIMITS.max });
  if (!spread.ok) return spread;
  const step = readArray(object.value.step, `${path}.step`, Float64Array, { length, min: 0, max: LIMITS.max });
  if (!step.ok) return step;
  if (learned.value.some((n) => !Number.isInteger(n))) return err('bad-model', `${path}.learned must be whole numbers`);
  return ok({
    devices: devices.value,
    learned: learned.value,
    centre: centre.value,
    spread: spread.value,
    step: step.value,
  });
}

/** New tracks that start from saved scalers, without windows. Devices that the catalog does not have are left out. */
export function tracksFromScalers(scalers: SavedScalers, catalog: Catalog, pace: Pace = 'live'): Tracks {
  const tracks = new Tracks(catalog.metrics.length, pace);
  tracks.reserve(catalog.devices.length + 1);
  adoptScaler(tracks, FLEET_SLOT, scalers, 0);
  adoptScalers(tracks, scalers, catalog, 0);
  return tracks;
}

/** Gives the catalog's devices from `fromDevice` on their saved scalers, where there are any. */
export function adoptScalers(tracks: Tracks, scalers: SavedScalers, catalog: Catalog, fromDevice: number): void {
  const rowOf = new Map(scalers.devices.map((id, i) => [id, i + 1]));
  for (let d = fromDevice; d < catalog.devices.length; d++) {
    const row = rowOf.get(String(catalog.devices[d].id));
    if (row !== undefined && tracks.learned[d + 1] === 0) adoptScaler(tracks, d + 1, scalers, row);
  }
}

function adoptScaler(tracks: Tracks, slot: number, scalers: SavedScalers, row: number): void {
  const m = tracks.metrics;
  // A scaler that was still collecting its first samples goes on from its median: they themselves are never saved.
  tracks.learned[slot] = scalers.learned[row];
  tracks.resumeScaler(slot);
  for (let metric = 0; metric < m; metric++) {
    const known = scalers.spread[row * m + metric] >= 0;
    tracks.centre[slot * m + metric] = known ? scalers.centre[row * m + metric] : Number.NaN;
    tracks.spread[slot * m + metric] = known ? scalers.spread[row * m + metric] : 0;
    tracks.step[slot * m + metric] = scalers.step[row * m + metric];
  }
}
