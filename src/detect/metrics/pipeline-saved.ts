import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readInteger, readLiteral, readNames, readNumber, readObject } from '../read-saved';
import { featureNames } from './features';
import { saveModel } from './model';
import { loadScalers, type SavedScalers, saveScalers } from './saved-scalers';
import { loadShifts, type SavedShifts, saveShifts } from './shift-saved';
import type { SlowShift } from './slow-shift';
import type { Tracks } from './tracks';
import type { Training } from './train-pipeline';

/** A saved pipeline whose frame is checked; `members` are checked by their own detectors. */
export interface SavedPipeline {
  readonly rows: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly members: unknown;
  readonly scalers: SavedScalers;
  /** Absent where shifts are not looked for, in files, and in models of earlier versions. */
  readonly shifts?: SavedShifts;
}

const KEYS = ['format', 'version', 'metrics', 'featureNames', 'rows', 'windowFrom', 'windowTo', 'members', 'scalers'];
/** Latest time that a Date can hold. */
const MAX_TIME = 8.64e15;

/** A pipeline's model, scalers and what is typical of minutes as plain values. No training rows. */
export function savePipeline(
  { scorer, rows, windowFrom, windowTo }: Training,
  { tracks, shift }: { readonly tracks: Tracks; readonly shift: SlowShift | undefined },
  catalog: Catalog,
): PlainData {
  return {
    format: 'metric-pipeline',
    version: 1,
    metrics: catalog.metrics.map((metric) => metric.key),
    featureNames: featureNames(catalog.metrics, tracks.pace),
    rows,
    windowFrom,
    windowTo,
    members: saveModel(scorer),
    scalers: saveScalers(tracks, catalog),
    ...(shift ? { shifts: saveShifts(shift, catalog) } : {}),
  };
}

/**
 * The same without what is typical of single devices over hours: for a file, of which nobody knows whether it comes to the same devices. Scalers
 * follow a level within minutes, these do not.
 */
export function dropShifts(saved: PlainData): PlainData {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved) || !('shifts' in saved)) return saved;
  const { shifts: _, ...rest } = saved;
  return rest;
}

/**
 * Reads the frame of what a metric pipeline saved, trusting nothing. metrics, names: keys and feature names of the present data, which must
 * be the model's own, in the same order. Errors: bad-model naming the field.
 */
export function readPipeline(
  saved: unknown,
  metrics: readonly string[],
  names: readonly string[],
): Result<SavedPipeline, 'bad-model'> {
  const has = typeof saved === 'object' && saved !== null && 'shifts' in saved;
  const object = readObject(saved, 'model', has ? [...KEYS, 'shifts'] : KEYS);
  if (!object.ok) return object;
  const given = object.value;
  const format = readLiteral(given.format, 'model.format', ['metric-pipeline']);
  if (!format.ok) return format;
  const version = readInteger(given.version, 'model.version', 1, 1);
  if (!version.ok) return version;
  for (const [key, wanted] of [
    ['metrics', metrics],
    ['featureNames', names],
  ] as const) {
    const list = readNames(given[key], `model.${key}`, 512);
    if (!list.ok) return list;
    if (list.value.length !== wanted.length || list.value.some((name, i) => name !== wanted[i])) {
      const [theirs, ours] = [list.value.join(', '), wanted.join(', ')].map((text) => text.slice(0, 200));
      // The same metrics give other features at another pace: a sample a second is judged otherwise than one a minute.
      const pace = key === 'featureNames' ? 'the model was trained on data with another time between samples: ' : '';
      return err('bad-model', `${pace}the model is for the ${key} ${theirs}; this data has ${ours}`);
    }
  }
  const rows = readInteger(given.rows, 'model.rows', 1, 1e12);
  if (!rows.ok) return rows;
  const windowFrom = readNumber(given.windowFrom, 'model.windowFrom', -MAX_TIME, MAX_TIME);
  if (!windowFrom.ok) return windowFrom;
  const windowTo = readNumber(given.windowTo, 'model.windowTo', windowFrom.value, MAX_TIME);
  if (!windowTo.ok) return windowTo;
  const scalers = loadScalers(given.scalers, metrics.length, 'model.scalers');
  if (!scalers.ok) return scalers;
  const shifts = has ? loadShifts(given.shifts, metrics.length, 'model.shifts') : undefined;
  if (shifts && !shifts.ok) return shifts;
  return ok({
    rows: rows.value,
    windowFrom: windowFrom.value,
    windowTo: windowTo.value,
    members: given.members,
    scalers: scalers.value,
    ...(shifts ? { shifts: shifts.value } : {}),
  });
}
