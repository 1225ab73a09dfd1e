import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readInteger, readLiteral, readNames, readNumber, readObject } from '../read-saved';
import { readAlarmRate, type SavedAlarmRate, saveAlarmRate } from './alarm-rate';
import { featureNames } from './features';
import { readEpisodes, type SavedEpisodes, saveEpisodes } from './known-episode-file';
import { saveModel } from './model';
import type { PipelineState } from './pipeline-state';
import { loadScalers, type SavedScalers, saveScalers } from './saved-scalers';
import { loadShifts, type SavedShifts, saveShifts } from './shift-saved';
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
  /** Absent where none are looked for, in files, and in models of earlier versions. */
  readonly episodes?: SavedEpisodes;
  /** Absent where alarms are not counted, and in models of earlier versions. */
  readonly alarms?: SavedAlarmRate;
}

/** What a saved pipeline must fit: keys of the metrics, names of the features, and numbers a sample that episodes are known by, if they are. */
export interface PresentData {
  readonly metrics: readonly string[];
  readonly names: readonly string[];
  readonly width: number | undefined;
}

const KEYS = ['format', 'version', 'metrics', 'featureNames', 'rows', 'windowFrom', 'windowTo', 'members', 'scalers'];
/** In the app's own storage, not in files. */
const OPTIONAL_KEYS = ['shifts', 'episodes', 'alarms'];
/** Latest time that a Date can hold. */
const MAX_TIME = 8.64e15;

/** A pipeline's model, scalers and what is typical of minutes as plain values. No training rows. */
export function savePipeline(
  { scorer, rows, windowFrom, windowTo }: Training,
  { tracks, shift, episodes, alarms }: Pick<PipelineState, 'tracks' | 'shift' | 'episodes' | 'alarms'>,
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
    ...(episodes ? { episodes: saveEpisodes(episodes) } : {}),
    ...(alarms ? { alarms: saveAlarmRate(alarms) } : {}),
  };
}

/**
 * The same without what is of this fleet alone, for a file. What is typical of single devices over hours: nobody knows whether it comes to the same
 * devices, and unlike scalers it does not follow a level within minutes. Known episodes: one of a single sample is that sample.
 * The rate of alarms, which is of this stream.
 */
export function stripForFile(saved: PlainData): PlainData {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) return saved;
  return Object.fromEntries(Object.entries(saved).filter(([key]) => !OPTIONAL_KEYS.includes(key)));
}

/**
 * Reads the frame of what a metric pipeline saved, trusting nothing. metrics, names: keys and feature names of the present data, which must
 * be the model's own, in the same order. width: numbers a sample that episodes are known by; undefined: what the model knows of them is left out. Errors: bad-model naming the field.
 */
export function readPipeline(
  saved: unknown,
  { metrics, names, width }: PresentData,
): Result<SavedPipeline, 'bad-model'> {
  const optional = OPTIONAL_KEYS.filter(
    (key) => typeof saved === 'object' && saved !== null && Object.hasOwn(saved, key),
  );
  const object = readObject(saved, 'model', [...KEYS, ...optional]);
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
  const shifts = 'shifts' in given ? loadShifts(given.shifts, metrics.length, 'model.shifts') : undefined;
  if (shifts && !shifts.ok) return shifts;
  const episodes =
    'episodes' in given && width !== undefined ? readEpisodes(given.episodes, width, 'model.episodes') : undefined;
  if (episodes && !episodes.ok) return episodes;
  const alarms = 'alarms' in given ? readAlarmRate(given.alarms, 'model.alarms') : undefined;
  if (alarms && !alarms.ok) return alarms;
  return ok({
    rows: rows.value,
    windowFrom: windowFrom.value,
    windowTo: windowTo.value,
    members: given.members,
    scalers: scalers.value,
    ...(shifts ? { shifts: shifts.value } : {}),
    ...(episodes ? { episodes: episodes.value } : {}),
    ...(alarms ? { alarms: alarms.value } : {}),
  });
}
