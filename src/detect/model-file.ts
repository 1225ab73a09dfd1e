import { parseJson } from '../domain/json-guard';
import { parseModelVersion } from '../domain/model-version';
import type { ModelKind, PlainData, SavedModel } from '../domain/models';
import { fromJson, type JsonValue, toJson } from '../domain/plain-data';
import { err, ok, type Result } from '../domain/result';

/** DESIGN.md section 6; the limits are those of RELIABILITY.md, R18. */
export const MODEL_FORMAT = 'cloud-anomaly-model';
export const MODEL_SCHEMA_VERSION = 1;
const LIMITS = { maxChars: 20_000_000, maxDepth: 32 };
const KINDS: readonly ModelKind[] = ['metrics', 'logs'];
const FILE_KEYS = ['format', 'schemaVersion', 'appVersion', 'createdAt', 'sha256', 'models'];

/** Gives the SHA-256 of the bytes in lower-case hexadecimal. */
export type Sha256 = (bytes: Uint8Array) => Promise<string>;

/** The models to write into a file; `createdAt` in ms since 1970 UTC. */
export interface ModelFileInput {
  readonly metrics?: SavedModel | undefined;
  readonly logs?: SavedModel | undefined;
  readonly createdAt: number;
  readonly appVersion: string;
}

export interface ModelFile extends ModelFileInput {
  readonly sha256: string;
}

export type ModelFileError = 'not-a-model' | 'cut-off' | 'too-large' | 'too-deep' | 'newer' | 'changed' | 'bad-field';
type Checked<T> = Result<T, ModelFileError>;

/**
 * Writes the models as the text of one `*.model.json`: typed arrays as tagged base64, little-endian, with the SHA-256 of everything
 * else in the file. Throws when `decodeModelFile` would refuse the result (a field out of range, a number that is not finite, over
 * 20 MB): no file is written that could not be read.
 */
export async function encodeModelFile(input: ModelFileInput, sha256: Sha256): Promise<string> {
  const models: Partial<Record<ModelKind, JsonValue>> = {};
  for (const kind of KINDS) {
    const model = input[kind];
    if (model !== undefined) models[kind] = toJson({ info: model.info, content: model.content }, `models.${kind}`);
  }
  const body = { appVersion: input.appVersion, createdAt: input.createdAt, models };
  const digest = await digestOf(body, sha256);
  const text = JSON.stringify({
    format: MODEL_FORMAT,
    schemaVersion: MODEL_SCHEMA_VERSION,
    appVersion: body.appVersion,
    createdAt: body.createdAt,
    sha256: digest,
    models,
  });
  const readable = await decodeModelFile(text, sha256);
  if (!readable.ok) throw new Error(`this model cannot be written to a file: ${readable.error.message}`);
  return text;
}

/**
 * Reads a model file, trusting nothing: size, depth, format, version, digest, every field of what is said about the models, and that all
 * numbers of their contents are finite. The contents themselves are checked by the detectors' own `load`.
 * Errors, each with a message that names the place and the value: `not-a-model` (not JSON, another app's file), `cut-off`, `too-large`,
 * `too-deep`, `newer` (schema version), `changed` (digest), `bad-field`.
 */
export async function decodeModelFile(text: string, sha256: Sha256): Promise<Checked<ModelFile>> {
  const file = readHead(text);
  if (!file.ok) return file;
  const { appVersion, createdAt, models, sha256: stated } = file.value;
  if (typeof appVersion !== 'string' || appVersion.length > 100) {
    return badField('appVersion', 'a text of at most 100 characters', appVersion);
  }
  if (typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt)) {
    return badField('createdAt', 'a whole number of milliseconds since 1970', createdAt);
  }
  if (typeof stated !== 'string' || !/^[0-9a-f]{64}$/.test(stated)) {
    return badField('sha256', '64 hexadecimal digits', stated);
  }
  if (!isObject(models)) return badField('models', 'an object', models);
  const digest = await digestOf({ appVersion, createdAt, models }, sha256);
  if (digest !== stated) {
    return err('changed', `changed or damaged: the content's SHA-256 is ${digest}, the file says ${stated}`);
  }
  const unknownKind = unknownKey(models, KINDS);
  if (unknownKind !== undefined) return err('bad-field', `models has an unknown key ${JSON.stringify(unknownKind)}`);
  const metrics = readModel(models, 'metrics');
  if (!metrics.ok) return metrics;
  const logs = readModel(models, 'logs');
  if (!logs.ok) return logs;
  if (metrics.value === undefined && logs.value === undefined) return err('bad-field', 'models is empty');
  return ok({ metrics: metrics.value, logs: logs.value, createdAt, appVersion, sha256: stated });
}

type Fields = Readonly<Record<string, unknown>>;

/** Everything that can be said before the digest is worth computing. */
function readHead(text: string): Checked<Fields> {
  const parsed = parseJson(text, LIMITS);
  if (!parsed.ok) {
    const { code, message } = parsed.error;
    return code === 'empty' || code === 'not-json'
      ? err('not-a-model', `not a model file: ${message}`)
      : err(code, message);
  }
  const file = parsed.value;
  if (!isObject(file)) return err('not-a-model', `not a model file: it holds ${show(file)}, not an object`);
  if (file.format !== MODEL_FORMAT) return err('not-a-model', `not a model file: format is ${show(file.format)}`);
  const version = file.schemaVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return badField('schemaVersion', 'a whole number of at least 1', version);
  }
  if (version > MODEL_SCHEMA_VERSION) {
    return err('newer', `newer: schemaVersion ${version}, this app reads up to ${MODEL_SCHEMA_VERSION}`);
  }
  const unknown = unknownKey(file, FILE_KEYS);
  if (unknown !== undefined) return err('bad-field', `unknown key ${JSON.stringify(unknown)}`);
  const missing = FILE_KEYS.find((key) => !Object.hasOwn(file, key));
  if (missing !== undefined) return err('bad-field', `${missing} is missing`);
  return ok(file);
}

function readModel(models: Fields, kind: ModelKind): Checked<SavedModel | undefined> {
  if (!Object.hasOwn(models, kind)) return ok(undefined);
  const path = `models.${kind}`;
  const given = models[kind];
  if (!isObject(given)) return badField(path, 'an object', given);
  const unknown = unknownKey(given, ['info', 'content']);
  if (unknown !== undefined) return err('bad-field', `${path} has an unknown key ${JSON.stringify(unknown)}`);

  const plainInfo = fromJson(given.info, `${path}.info`);
  if (!plainInfo.ok) return err('bad-field', plainInfo.error.message);
  const info = parseModelVersion(plainInfo.value, `${path}.info`);
  if (!info.ok) return err('bad-field', info.error.message);
  if (info.value.kind !== kind) return badField(`${path}.info.kind`, JSON.stringify(kind), info.value.kind);

  if (!isObject(given.content)) return badField(`${path}.content`, 'an object', given.content);
  const content = fromJson(given.content, `${path}.content`);
  if (!content.ok) return err('bad-field', content.error.message);
  const place = findNotFinite(content.value, `${path}.content`);
  if (place !== undefined) return err('bad-field', `${place}: all numbers of a model must be finite`);
  return ok({ info: info.value, content: content.value });
}

/** Where the first number that is not finite stands, with its value; undefined when there is none. */
function findNotFinite(value: PlainData, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Float32Array || value instanceof Float64Array) {
    // A loop, since `findIndex` over a million weights would call back a million times.
    for (let i = 0; i < value.length; i++) {
      if (!Number.isFinite(value[i])) return `${path}[${i}] is ${value[i]}`;
    }
    return undefined;
  }
  if (ArrayBuffer.isView(value)) return undefined;
  const entries: readonly (readonly [string, PlainData])[] = Array.isArray(value)
    ? value.map((item: PlainData, i) => [`${path}[${i}]`, item] as const)
    : Object.entries(value).map(([key, item]: [string, PlainData]) => [`${path}.${key}`, item] as const);
  for (const [place, item] of entries) {
    const found = findNotFinite(item, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Over the compact JSON of everything but the digest, so that a file keeps its digest when a tool indents it. */
function digestOf(
  body: { readonly appVersion: string; readonly createdAt: number; readonly models: unknown },
  sha256: Sha256,
): Promise<string> {
  const text = JSON.stringify({
    format: MODEL_FORMAT,
    schemaVersion: MODEL_SCHEMA_VERSION,
    appVersion: body.appVersion,
    createdAt: body.createdAt,
    models: body.models,
  });
  return sha256(new TextEncoder().encode(text));
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey(fields: Fields, known: readonly string[]): string | undefined {
  return Object.keys(fields).find((key) => !known.includes(key));
}

function badField(path: string, wanted: string, got: unknown): Checked<never> {
  return err('bad-field', `${path} must be ${wanted}, got ${show(got)}`);
}

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}
