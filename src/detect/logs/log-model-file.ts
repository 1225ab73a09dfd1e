import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { loadCalibration, saveCalibration } from '../calibration';
import type { TrainSummary } from '../contract';
import { readArray, readInteger, readLiteral, readNumber, readObject } from '../read-saved';
import type { LogBackend, NetworkWeights } from './autoencoder';
import { MAX_PAIRS, type SavedBursts } from './bursts';
import { ENCODING_SLOTS, SLOT_NAMES } from './encode';
import type { LogModel } from './log-model';
import { networkTopology, readNetwork, saveNetwork } from './network-file';
import type { SavedNews } from './news';
import type { SessionWatch } from './session-watch';
import { loadWatch, saveWatch } from './session-watch-file';
import { readTemplates, readTrained, saveTemplates, saveTrained } from './template-file';
import type { SavedTemplates } from './template-miner';
import { vocabularyOf } from './train-log-model';

const KIND = 'log-autoencoder';
/** Goes up when the encoding or the fields change: an older model would score other lines than it learned. */
const SCHEMA = 2;
const LEVELS = 6;
const MAX_PARAMS = 32;
/** Fields that files of earlier versions lack. */
const OPTIONAL = ['recent', 'sessions', 'news'] as const;

type BadModel<T> = Result<T, 'bad-model'>;

/** A model that was read, and the templates that go with it. */
export interface LoadedLogModel {
  readonly model: LogModel;
  readonly templates: SavedTemplates;
  /** undefined: nothing was learned of sessions, or the file is of a version that did not save it. */
  readonly sessions: SessionWatch | undefined;
  readonly bursts: SavedBursts | undefined;
  readonly news: SavedNews | undefined;
}

/** What goes into the file beside the model, so that lines score after loading as they did before. */
export interface SavedBeside {
  readonly templates: SavedTemplates;
  readonly sessions: SessionWatch | undefined;
  readonly bursts: SavedBursts;
  readonly news: SavedNews;
}

/**
 * The model, its templates and its running counts as plain values. No line of the data: templates without examples, counts, quantiles, weights. Sessions that
 * are open are not saved, since their names are data.
 */
export function saveLogModel(model: LogModel, { templates, sessions, bursts, news }: SavedBeside): PlainData {
  const { rows, windowFrom, windowTo, rawThreshold, params } = model.summary;
  return {
    kind: KIND,
    schema: SCHEMA,
    network: saveNetwork(model.network.weights()),
    templates: saveTemplates(templates),
    trained: saveTrained(model.templates.values()),
    atLeast: model.atLeast.slice(),
    novelShare: model.novelShare,
    errors: saveCalibration(model.errors),
    bursts: model.bursts === undefined ? null : saveCalibration(model.bursts),
    evidence: saveCalibration(model.evidence),
    summary: { rows, windowFrom, windowTo, rawThreshold, params: { ...params } },
    recent: { pairs: bursts.pairs, counts: bursts.counts, t: bursts.t },
    news: { lines: news.lines, met: news.met },
    ...(sessions === undefined ? {} : { sessions: saveWatch(sessions) }),
  };
}

/**
 * Reads what `saveLogModel` gave, trusting nothing; only when all of it has passed is a network made. Errors: bad-model naming the field.
 */
export function loadLogModel(saved: unknown, backend: LogBackend): BadModel<LoadedLogModel> {
  const keys = [
    'kind',
    'schema',
    'network',
    'templates',
    'trained',
    'atLeast',
    'novelShare',
    'errors',
    'bursts',
    'evidence',
    'summary',
  ];
  const object = readObject(saved, 'log model', [...keys, ...OPTIONAL.filter((key) => isIn(saved, key))]);
  if (!object.ok) return object;
  const fields = object.value;
  const kind = readLiteral(fields.kind, 'log model.kind', [KIND]);
  if (!kind.ok) return kind;
  const schema = readInteger(fields.schema, 'log model.schema', SCHEMA, SCHEMA);
  if (!schema.ok) return schema;
  const weights = readNetwork(fields.network, ENCODING_SLOTS);
  if (!weights.ok) return weights;
  const templates = readTemplates(fields.templates, 'templates');
  if (!templates.ok) return templates;
  const trained = readTrained(fields.trained, 'trained');
  if (!trained.ok) return trained;
  const lengths = new Map(templates.value.templates.map((template) => [template.id, template.tokens.length]));
  for (const template of trained.value.values()) {
    const length = template.id === 0 ? 0 : lengths.get(template.id);
    // A template that the miner has forgotten since is never matched again.
    if (length !== undefined && length !== template.tokens.length) {
      return err(
        'bad-model',
        `trained template ${template.id} has ${template.tokens.length} tokens, its template ${length}`,
      );
    }
  }
  const atLeast = readArray(fields.atLeast, 'atLeast', Float64Array, { length: LEVELS, min: Number.MIN_VALUE, max: 1 });
  if (!atLeast.ok) return atLeast;
  const novelShare = readNumber(fields.novelShare, 'novelShare', Number.MIN_VALUE, 1);
  if (!novelShare.ok) return novelShare;
  const errors = loadCalibration(fields.errors, 'errors');
  if (!errors.ok) return errors;
  const bursts = fields.bursts === null ? ok(undefined) : loadCalibration(fields.bursts, 'bursts');
  if (!bursts.ok) return bursts;
  const evidence = loadCalibration(fields.evidence, 'evidence');
  if (!evidence.ok) return evidence;
  const summary = readSummary(fields.summary);
  if (!summary.ok) return summary;
  const recent = fields.recent === undefined ? ok(undefined) : readBursts(fields.recent, 'recent');
  if (!recent.ok) return recent;
  const news = fields.news === undefined ? ok(undefined) : readNews(fields.news, 'news');
  if (!news.ok) return news;
  const sessions = fields.sessions === undefined ? ok(undefined) : loadWatch(fields.sessions, 'sessions', backend);
  if (!sessions.ok) return sessions;
  const model: LogModel = {
    network: backend.restore(weights.value),
    templates: trained.value,
    vocabulary: vocabularyOf(trained.value.values()),
    atLeast: atLeast.value,
    novelShare: novelShare.value,
    errors: errors.value,
    bursts: bursts.value,
    evidence: evidence.value,
    summary: summary.value,
  };
  return ok({ model, templates: templates.value, sessions: sessions.value, bursts: recent.value, news: news.value });
}

/**
 * The autoencoder of a saved log model as plain TF.js LayersModel files: `model.json`, and `weights.bin` beside it. Input: 64 slots as in encode.ts.
 * Errors: bad-model when `saved` is not a log model.
 */
export function exportTfjs(saved: unknown): BadModel<{ readonly modelJson: string; readonly weights: Uint8Array }> {
  const network =
    typeof saved === 'object' && saved !== null && 'network' in saved
      ? readNetwork(saved.network, ENCODING_SLOTS)
      : err('bad-model' as const, 'log model.network is missing');
  if (!network.ok) return network;
  const arrays = network.value.layers.flatMap((layer) => [layer.kernel, layer.bias]);
  const weights = new Uint8Array(4 * arrays.reduce((sum, array) => sum + array.length, 0));
  const view = new DataView(weights.buffer);
  let at = 0;
  for (const array of arrays) {
    for (const value of array) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return ok({ modelJson: JSON.stringify(describeModel(network.value), null, 1), weights });
}

function describeModel(network: NetworkWeights): unknown {
  const specs = network.layers.flatMap(({ name, inputs, units }) => [
    { name: `${name}/kernel`, shape: [inputs, units], dtype: 'float32' },
    { name: `${name}/bias`, shape: [units], dtype: 'float32' },
  ]);
  return {
    format: 'layers-model',
    generatedBy: 'Cloud Anomaly Dashboard',
    convertedBy: null,
    modelTopology: JSON.parse(networkTopology(network)) as unknown,
    weightsManifest: [{ paths: ['./weights.bin'], weights: specs }],
  };
}

function isIn(saved: unknown, key: string): boolean {
  return typeof saved === 'object' && saved !== null && Object.hasOwn(saved, key);
}

function readBursts(saved: unknown, path: string): BadModel<SavedBursts> {
  const object = readObject(saved, path, ['pairs', 'counts', 't']);
  if (!object.ok) return object;
  const limits = { maxLength: MAX_PAIRS, min: 0, max: Number.MAX_SAFE_INTEGER };
  const pairs = readArray(object.value.pairs, `${path}.pairs`, Float64Array, limits);
  if (!pairs.ok) return pairs;
  const { length } = pairs.value;
  const counts = readArray(object.value.counts, `${path}.counts`, Float64Array, { length, min: 0 });
  if (!counts.ok) return counts;
  const t = readArray(object.value.t, `${path}.t`, Float64Array, { length });
  if (!t.ok) return t;
  return ok({ pairs: pairs.value, counts: counts.value, t: t.value });
}

function readNews(saved: unknown, path: string): BadModel<SavedNews> {
  const object = readObject(saved, path, ['lines', 'met']);
  if (!object.ok) return object;
  const lines = readInteger(object.value.lines, `${path}.lines`, 0, Number.MAX_SAFE_INTEGER);
  if (!lines.ok) return lines;
  const met = readArray(object.value.met, `${path}.met`, Float64Array, { length: LEVELS, min: 0, max: lines.value });
  return met.ok ? ok({ lines: lines.value, met: met.value }) : met;
}

function readSummary(saved: unknown): BadModel<TrainSummary> {
  const object = readObject(saved, 'summary', ['rows', 'windowFrom', 'windowTo', 'rawThreshold', 'params']);
  if (!object.ok) return object;
  const rows = readInteger(object.value.rows, 'summary.rows', 0, Number.MAX_SAFE_INTEGER);
  if (!rows.ok) return rows;
  const windowFrom = readNumber(object.value.windowFrom, 'summary.windowFrom');
  if (!windowFrom.ok) return windowFrom;
  const windowTo = readNumber(object.value.windowTo, 'summary.windowTo');
  if (!windowTo.ok) return windowTo;
  const rawThreshold = readNumber(object.value.rawThreshold, 'summary.rawThreshold');
  if (!rawThreshold.ok) return rawThreshold;
  const params = readParams(object.value.params);
  if (!params.ok) return params;
  return ok({
    rows: rows.value,
    windowFrom: windowFrom.value,
    windowTo: windowTo.value,
    featureNames: SLOT_NAMES,
    rawThreshold: rawThreshold.value,
    params: params.value,
  });
}

function readParams(saved: unknown): BadModel<Readonly<Record<string, number | string>>> {
  if (typeof saved !== 'object' || saved === null || Object.keys(saved).length > MAX_PARAMS) {
    return err('bad-model', `summary.params must be an object of at most ${MAX_PARAMS} entries`);
  }
  const params = new Map<string, number | string>();
  for (const [key, value] of Object.entries(saved as Record<string, unknown>)) {
    const isText = typeof value === 'string' && value.length <= 200;
    if (key.length > 60 || !(isText || Number.isFinite(value))) {
      return err('bad-model', `summary.params.${key.slice(0, 60)} must be a finite number or a short text`);
    }
    params.set(key, value as number | string);
  }
  return ok(Object.fromEntries(params));
}
