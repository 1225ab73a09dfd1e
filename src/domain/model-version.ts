import { MAX_METRICS } from './catalog';
import { modelId } from './ids';
import type { ModelVersion } from './models';
import { err, ok, type Result } from './result';

/** More features, labels or characters than any detector of ours writes: a guard, not a target. */
const MAX_FEATURES = 4096;
const MAX_PARAMS = 256;
const MAX_TEXT = 1024;

type Check = (value: unknown) => string | undefined;

const text: Check = (value) =>
  typeof value === 'string' && value.length <= MAX_TEXT ? undefined : `a text of at most ${MAX_TEXT} characters`;
const name: Check = (value) => (value === '' ? 'a text that is not empty' : text(value));
const finite: Check = (value) => (Number.isFinite(value) ? undefined : 'a finite number');
const whole =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least ? undefined : `a whole number of at least ${least}`;
const oneOf =
  (...choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value) ? undefined : choices.join(' or ');
const texts =
  (most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every((item) => text(item) === undefined)
      ? undefined
      : `a list of at most ${most} texts`;

const params: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object of numbers and texts';
  const entries = Object.entries(value);
  if (entries.length > MAX_PARAMS) return `an object of at most ${MAX_PARAMS} entries`;
  for (const [key, item] of entries) {
    if (key === '__proto__' || text(key) !== undefined) return 'an object with sound keys';
    if (text(item) !== undefined && finite(item) !== undefined) return 'an object of finite numbers and texts';
  }
  return undefined;
};

const FIELDS: Readonly<Record<keyof ModelVersion, Check>> = {
  id: name,
  kind: oneOf('metrics', 'logs'),
  version: whole(1),
  origin: oneOf('trained', 'imported'),
  trainedAt: finite,
  appVersion: text,
  seed: finite,
  rows: whole(0),
  windowFrom: finite,
  windowTo: finite,
  metricKeys: texts(MAX_METRICS),
  featureNames: texts(MAX_FEATURES),
  rawThreshold: finite,
  params,
  trainedOn: text,
  active: oneOf(true, false),
};

/**
 * Checks what is known about a model when it comes from a file or from storage. `path` is where it stands, for messages.
 * Errors: `model-version` naming the first field that is missing, unknown or wrong, with its value.
 */
export function parseModelVersion(input: unknown, path: string): Result<ModelVersion, 'model-version'> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return err('model-version', `${path} must be an object, got ${show(input)}`);
  }
  const given = input as Readonly<Record<string, unknown>>;
  const unknownKey = Object.keys(given).find((key) => !Object.hasOwn(FIELDS, key));
  if (unknownKey !== undefined) return err('model-version', `${path} has an unknown key ${JSON.stringify(unknownKey)}`);
  for (const [key, check] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(given, key)) return err('model-version', `${path}.${key} is missing`);
    const wanted = check(given[key]);
    if (wanted !== undefined) {
      return err('model-version', `${path}.${key} must be ${wanted}, got ${show(given[key])}`);
    }
  }
  const info = given as unknown as ModelVersion;
  if (info.windowFrom > info.windowTo) {
    return err(
      'model-version',
      `${path}.windowFrom must not be after windowTo, got ${info.windowFrom} > ${info.windowTo}`,
    );
  }
  return ok({
    ...info,
    id: modelId(info.id),
    metricKeys: [...info.metricKeys],
    featureNames: [...info.featureNames],
    params: { ...info.params },
  });
}

function show(value: unknown): string {
  const shown = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
