import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { type Calibration, loadCalibration, saveCalibration } from '../calibration';
import { readArray, readInteger, readNames, readObject } from '../read-saved';
import { FIRST_MINUTES, type ShiftBaseline } from './shift-columns';
import { adoptCalibration, type SlowShift } from './slow-shift';

/** Numbers that are saved of all devices together: 14,000 devices of four metrics, 1,000 of sixteen. Those that stand first in the catalog. */
const MAX_NUMBERS = 600_000;
const MAX_DEVICES = 65_536;
/** No level is beyond the largest float32; its square is that of no covariance. */
const LIMITS = { min: -1e39, max: 1e39 };
const SQUARE = { min: -1e78, max: 1e78 };
/** Bits of `known`: whether a metric of a device ever had a typical value, and a value at all. */
const HAS_MEAN = 1;
const HAS_LEVEL = 2;

/** Columns of devices x metrics that are saved as they are; what was never known is 0. */
const LEVELS = ['mean', 'usual', 'smooth', 'lasting', 'late'] as const;
const KEYS = ['devices', 'learned', 'rated', 'untrusted', 'known', ...LEVELS, 'cov', 'fleet', 'calibration'];
const FLEET_KEYS = ['correlations', 'scatter', 'devices', 'looks'];

type Levels = Readonly<Record<(typeof LEVELS)[number], Float64Array>>;

/** What is typical of devices by id, read from storage: columns of devices (x metrics), row-major. */
export interface SavedShifts extends Levels {
  readonly devices: readonly string[];
  readonly learned: Float64Array;
  readonly rated: Float64Array;
  readonly untrusted: Float64Array;
  readonly known: Uint8Array;
  /** Devices x metrics x metrics. */
  readonly cov: Float64Array;
  readonly fleet: ShiftBaseline['fleet'];
  readonly calibration: Calibration;
}

/**
 * What is typical of each device that is known for a quarter of an hour, as plain values: no minute, no score that it was learned from. A reload
 * then goes on with it; the minutes that waited to be learned from are lost.
 */
export function saveShifts({ base, calibration, untrusted }: SlowShift, catalog: Catalog): PlainData {
  const { metrics: m, fleet } = base;
  const most = Math.min(MAX_DEVICES, Math.floor(MAX_NUMBERS / (m * m + (LEVELS.length + 1) * m + 3)));
  const places = catalog.devices.flatMap((_, d) => (base.minutes[d] >= FIRST_MINUTES ? [d] : [])).slice(0, most);
  const gather = (column: Float64Array, width: number): Float64Array => {
    const out = new Float64Array(places.length * width);
    places.forEach((d, row) => {
      for (let k = 0; k < width; k++) out[row * width + k] = column[d * width + k] || 0;
    });
    return out;
  };
  const known = new Uint8Array(places.length * m);
  places.forEach((d, row) => {
    for (let k = 0; k < m; k++) {
      const at = d * m + k;
      known[row * m + k] =
        (Number.isNaN(base.mean[at]) ? 0 : HAS_MEAN) + (Number.isNaN(base.smooth[at]) ? 0 : HAS_LEVEL);
    }
  });
  return {
    devices: places.map((d) => String(catalog.devices[d].id)),
    learned: gather(base.learned, 1),
    rated: gather(base.rated, 1),
    untrusted: gather(untrusted, 1),
    known,
    mean: gather(base.mean, m),
    usual: gather(base.usual, m),
    smooth: gather(base.smooth, m),
    lasting: gather(base.lasting, m),
    late: gather(base.late, m),
    cov: gather(base.cov, m * m),
    fleet: { ...fleet, correlations: fleet.correlations.slice(), scatter: fleet.scatter.slice() },
    calibration: saveCalibration(calibration),
  };
}

/** Reads what `saveShifts` gave, trusting nothing. Errors: bad-model naming the field. */
export function loadShifts(saved: unknown, m: number, path: string): Result<SavedShifts, 'bad-model'> {
  const object = readObject(saved, path, KEYS);
  if (!object.ok) return object;
  const given = object.value;
  const devices = readNames(given.devices, `${path}.devices`, MAX_DEVICES);
  if (!devices.ok) return devices;
  const n = devices.value.length;
  const counts = { length: n, min: 0, max: 1e15 };
  const learned = readArray(given.learned, `${path}.learned`, Float64Array, { ...counts, min: FIRST_MINUTES });
  if (!learned.ok) return learned;
  const rated = readArray(given.rated, `${path}.rated`, Float64Array, counts);
  if (!rated.ok) return rated;
  const untrusted = readArray(given.untrusted, `${path}.untrusted`, Float64Array, counts);
  if (!untrusted.ok) return untrusted;
  const known = readArray(given.known, `${path}.known`, Uint8Array, { length: n * m, max: HAS_MEAN + HAS_LEVEL });
  if (!known.ok) return known;
  const levels: Partial<Record<(typeof LEVELS)[number], Float64Array>> = {};
  for (const key of LEVELS) {
    const limits = key === 'usual' ? { min: 0, max: LIMITS.max } : LIMITS;
    const column = readArray(given[key], `${path}.${key}`, Float64Array, { length: n * m, ...limits });
    if (!column.ok) return column;
    levels[key] = column.value;
  }
  const cov = readArray(given.cov, `${path}.cov`, Float64Array, { length: n * m * m, ...SQUARE });
  if (!cov.ok) return cov;
  for (let i = 0; i < n * m; i++) {
    const at = i * m + (i % m);
    if (cov.value[at] < 0) return err('bad-model', `${path}.cov[${at}] is a variance, got ${cov.value[at]}`);
  }
  const fleet = loadFleet(given.fleet, m, `${path}.fleet`);
  if (!fleet.ok) return fleet;
  const calibration = loadCalibration(given.calibration, `${path}.calibration`);
  if (!calibration.ok) return calibration;
  return ok({
    devices: devices.value,
    learned: learned.value,
    rated: rated.value,
    untrusted: untrusted.value,
    known: known.value,
    ...(levels as Levels),
    cov: cov.value,
    fleet: fleet.value,
    calibration: calibration.value,
  });
}

function loadFleet(saved: unknown, m: number, path: string): Result<ShiftBaseline['fleet'], 'bad-model'> {
  const object = readObject(saved, path, FLEET_KEYS);
  if (!object.ok) return object;
  const given = object.value;
  const bounds = { length: m * m, min: -2, max: 2 };
  const correlations = readArray(given.correlations, `${path}.correlations`, Float64Array, bounds);
  if (!correlations.ok) return correlations;
  const scatter = readArray(given.scatter, `${path}.scatter`, Float64Array, { length: m, min: 0, max: 1e6 });
  if (!scatter.ok) return scatter;
  const devices = readInteger(given.devices, `${path}.devices`, 0, 1e6);
  if (!devices.ok) return devices;
  const looks = readInteger(given.looks, `${path}.looks`, 0, 1e6);
  if (!looks.ok) return looks;
  return ok({
    correlations: correlations.value,
    scatter: scatter.value,
    devices: devices.value,
    looks: looks.value,
  });
}

/** Begins with what was saved of the fleet as a whole, and of those devices of the catalog that it knows. Room for them is there. */
export function adoptShifts(shift: SlowShift, saved: SavedShifts, catalog: Catalog): void {
  const { fleet } = shift.base;
  fleet.correlations.set(saved.fleet.correlations);
  fleet.scatter.set(saved.fleet.scatter);
  fleet.devices = saved.fleet.devices;
  fleet.looks = saved.fleet.looks;
  adoptCalibration(shift, saved.calibration);
  adoptDevices(shift, saved, catalog, 0);
}

/** Gives the catalog's devices from `fromDevice` on what was saved of them, where nothing is known of them yet. */
export function adoptDevices(shift: SlowShift, saved: SavedShifts, catalog: Catalog, fromDevice: number): void {
  const { base } = shift;
  const m = base.metrics;
  const rowOf = new Map(saved.devices.map((id, row) => [id, row]));
  for (let d = fromDevice; d < catalog.devices.length; d++) {
    const row = rowOf.get(String(catalog.devices[d].id));
    if (row === undefined || base.minutes[d] > 0) continue;
    base.minutes[d] = FIRST_MINUTES;
    base.learned[d] = saved.learned[row];
    base.rated[d] = saved.rated[row];
    shift.untrusted[d] = saved.untrusted[row];
    for (const key of LEVELS) base[key].set(saved[key].subarray(row * m, (row + 1) * m), d * m);
    for (let k = 0; k < m; k++) {
      const known = saved.known[row * m + k];
      if ((known & HAS_MEAN) === 0) base.mean[d * m + k] = Number.NaN;
      if ((known & HAS_LEVEL) === 0) base.smooth[d * m + k] = Number.NaN;
    }
    base.cov.set(saved.cov.subarray(row * m * m, (row + 1) * m * m), d * m * m);
  }
}
