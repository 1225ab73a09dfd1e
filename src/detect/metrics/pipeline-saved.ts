import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readInteger, readLiteral, readNames, readNumber, readObject } from '../read-saved';
import { featureNames } from './features';
import { readEpisodes, type SavedEpisodes, saveEpisodes } from './known-episode-file';
import { saveModel } from './model';
import type { PipelineState } from './pipeline-state';
import { loadScalers, type SavedScalers, saveScalers } from './saved-scalers';
import type { Training } from './train-pipeline';

/** A saved pipeline whose frame is checked; `members` are checked by their own detectors. */
export interface SavedPipeline {
  readonly rows: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly members: unknown;
  readonly scalers: SavedScalers;
  /** Absent in models of data on which none are looked for, and of earlier versions of the app. */
  readonly episodes: SavedEpisodes | undefined;
}

export interface PresentData {
  readonly metrics: readonly string[];
  readonly names: readonly string[];
  readonly width: number | undefined;
}

const KEYS = ['format', 'version', 'metrics', 'featureNames', 'rows', 'windowFrom', 'windowTo', 'members', 'scalers'];
/** Latest time that a Date can hold. */
const MAX_TIME = 8.64e15;

/** A pipeline's model and scalers as plain values. No training rows. */
export function savePipeline(
  { scorer, rows, windowFrom, windowTo }: Training,
  { tracks, episodes }: Pick<PipelineState, 'tracks' | 'episodes'>,
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
    ...(episodes ? { episodes: saveEpisodes(episodes) } : {}),
  };
}

/**
 * Reads the frame of what a metric pipeline saved, trusting nothing. metrics, names: keys and feature names of the present data, which must
 * be the model's own, in the same order. width: numbers a sample that episodes are known by; undefined: what the model knows of them is left out. Errors: bad-model naming the field.
 */
export function readPipeline(
  saved: unknown,
  { metrics, names, width }: PresentData,
): Result<SavedPipeline, 'bad-model'> {
  const hasEpisodes = typeof saved === 'object' && saved !== null && Object.hasOwn(saved, 'episodes');
  const object = readObject(saved, 'model', hasEpisodes ? [...KEYS, 'episodes'] : KEYS);
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
  const episodes =
    hasEpisodes && width !== undefined ? readEpisodes(given.episodes, width, 'model.episodes') : ok(undefined);
  if (!episodes.ok) return episodes;
  return ok({
    rows: rows.value,
    windowFrom: windowFrom.value,
    windowTo: windowTo.value,
    members: given.members,
    scalers: scalers.value,
    episodes: episodes.value,
  });
}
