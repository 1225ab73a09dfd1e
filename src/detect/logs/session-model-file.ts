import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { loadCalibration, saveCalibration } from '../calibration';
import { readArray, readInteger, readLiteral, readNumber, readObject } from '../read-saved';
import type { LogBackend } from './autoencoder';
import { readNetwork, saveNetwork } from './network-file';
import { MAX_SLOTS, type SessionModel } from './session-model';
import type { CountVector, VectorSpace } from './session-vectors';
import { MAX_NORMAL } from './train-session-model';

const KIND = 'log-sessions';
const SCHEMA = 2;
const MAX_ID = 0xffff_ffff;
/** Different templates of all normal sessions, and entries of all normal vectors. */
const MAX_WEIGHTS = 10_000;
const MAX_ENTRIES = 1_000_000;

type BadModel<T> = Result<T, 'bad-model'>;

/** The model as plain values. It names templates by the ids of the miner that it was trained with, and holds no session's name. */
export function saveSessionModel(model: SessionModel): PlainData {
  const weighed = [...model.space.weights].sort((a, b) => a[0] - b[0]);
  return {
    kind: KIND,
    schema: SCHEMA,
    network: saveNetwork(model.network.weights()),
    slots: Uint32Array.from(model.slots),
    largest: model.largest.slice(),
    weighed: Uint32Array.from(weighed, ([template]) => template),
    weights: Float64Array.from(weighed, ([, weight]) => weight),
    unknown: model.space.unknown,
    lengths: Uint32Array.from(model.normal, (vector) => vector.templates.length),
    templates: Uint32Array.from(model.normal.flatMap((vector) => vector.templates)),
    counts: Uint32Array.from(model.normal.flatMap((vector) => vector.counts)),
    evidence: saveCalibration(model.evidence),
    novelShare: model.novelShare,
    sessions: model.sessions,
  };
}

/** Reads what `saveSessionModel` gave, trusting nothing; only when all of it has passed is a network made. Errors: bad-model naming the field. */
export function loadSessionModel(saved: unknown, backend: LogBackend): BadModel<SessionModel> {
  const object = readObject(saved, 'session model', [
    'kind',
    'schema',
    'network',
    'slots',
    'largest',
    'weighed',
    'weights',
    'unknown',
    'lengths',
    'templates',
    'counts',
    'evidence',
    'novelShare',
    'sessions',
  ]);
  if (!object.ok) return object;
  const fields = object.value;
  const kind = readLiteral(fields.kind, 'session model.kind', [KIND]);
  if (!kind.ok) return kind;
  const schema = readInteger(fields.schema, 'session model.schema', SCHEMA, SCHEMA);
  if (!schema.ok) return schema;
  const slots = readArray(fields.slots, 'slots', Uint32Array, { maxLength: MAX_SLOTS });
  if (!slots.ok) return slots;
  if (new Set(slots.value).size !== slots.value.length) return err('bad-model', 'slots has a template twice');
  const width = slots.value.length + 1;
  const largest = readArray(fields.largest, 'largest', Float64Array, { length: width, min: 1, max: MAX_ID });
  if (!largest.ok) return largest;
  const space = readSpace(fields);
  if (!space.ok) return space;
  const normal = readVectors(fields);
  if (!normal.ok) return normal;
  const evidence = loadCalibration(fields.evidence, 'evidence');
  if (!evidence.ok) return evidence;
  const novelShare = readNumber(fields.novelShare, 'novelShare', Number.MIN_VALUE, 1);
  if (!novelShare.ok) return novelShare;
  const sessions = readInteger(fields.sessions, 'sessions', 1, Number.MAX_SAFE_INTEGER);
  if (!sessions.ok) return sessions;
  const network = readNetwork(fields.network, width);
  if (!network.ok) return network;
  return ok({
    network: backend.restore(network.value),
    slots: [...slots.value],
    largest: largest.value,
    space: space.value,
    normal: normal.value,
    evidence: evidence.value,
    novelShare: novelShare.value,
    sessions: sessions.value,
  });
}

function readSpace(fields: Readonly<Record<string, unknown>>): BadModel<VectorSpace> {
  const weighed = readArray(fields.weighed, 'weighed', Uint32Array, { maxLength: MAX_WEIGHTS });
  if (!weighed.ok) return weighed;
  const limits = { length: weighed.value.length, min: 0, max: 1000 };
  const weights = readArray(fields.weights, 'weights', Float64Array, limits);
  if (!weights.ok) return weights;
  const unknown = readNumber(fields.unknown, 'unknown', 0, 1000);
  if (!unknown.ok) return unknown;
  const list = Array.from(weighed.value, (template, i): [number, number] => [template, weights.value[i]]);
  return ok({ weights: new Map(list), unknown: unknown.value });
}

function readVectors(fields: Readonly<Record<string, unknown>>): BadModel<CountVector[]> {
  const lengths = readArray(fields.lengths, 'lengths', Uint32Array, { maxLength: MAX_NORMAL });
  if (!lengths.ok) return lengths;
  const length = lengths.value.reduce((sum, entries) => sum + entries, 0);
  if (length > MAX_ENTRIES) return err('bad-model', `lengths add up to ${length}, at most ${MAX_ENTRIES} are read`);
  const templates = readArray(fields.templates, 'templates', Uint32Array, { length });
  if (!templates.ok) return templates;
  const counts = readArray(fields.counts, 'counts', Uint32Array, { length, min: 1 });
  if (!counts.ok) return counts;
  const vectors: CountVector[] = [];
  let at = 0;
  for (const [i, entries] of lengths.value.entries()) {
    const own = [...templates.value.subarray(at, at + entries)];
    const wrong = own.findIndex((template, k) => k > 0 && template <= own[k - 1]);
    if (wrong >= 0) return err('bad-model', `templates[${at + wrong}] must exceed the one before it in vector ${i}`);
    vectors.push({ templates: own, counts: [...counts.value.subarray(at, at + entries)] });
    at += entries;
  }
  return ok(vectors);
}
