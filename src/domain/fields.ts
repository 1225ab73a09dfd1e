import type { ParamSpec } from './params';

/**
 * What a value must be, as plain data: forms, editors and checks all read the same description.
 * `cases` is an object whose other fields follow from its field `tag`; `by` is what follows from the field beside it named `on`.
 */
export type FieldSpec =
  | (NumberSpec & { readonly type: 'number' })
  | { readonly type: 'text'; readonly min: number; readonly max: number; readonly like?: TextLike }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'flag' }
  | { readonly type: 'list'; readonly item: FieldSpec; readonly min: number; readonly max: number }
  | { readonly type: 'object'; readonly fields: readonly Field[] }
  | { readonly type: 'cases'; readonly tag: string; readonly cases: Readonly<Record<string, readonly Field[]>> }
  | { readonly type: 'by'; readonly on: string; readonly of: Readonly<Record<string, FieldSpec>> };

/** Inclusive bounds, unless `above` says that the lower one itself is outside. */
export interface NumberSpec {
  readonly min: number;
  readonly max: number;
  readonly above?: boolean;
  readonly whole?: boolean;
}

export type TextLike = 'id' | 'utc-time' | 'printable';

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly optional: boolean;
  readonly spec: FieldSpec;
}

/** One wrong field: `faults[2].intensity must be in (0, 1], got 7`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** Beyond so many, further problems are not listed: nobody reads them, and a hostile file could have millions. */
export const MAX_PROBLEMS = 50;

/**
 * All that is wrong with `input`, which may be anything. path: where it stands, '' for the whole; it is how messages begin. Fields
 * that are not described are problems, too. Empty: the input is as described. At most MAX_PROBLEMS.
 */
export function checkFields(spec: FieldSpec, input: unknown, path = ''): FieldProblem[] {
  const problems: FieldProblem[] = [];
  checkValue(spec, input, path, problems, {});
  return problems;
}

/** The fields of an object for a fault's or an event's own numbers, all of them optional since they have defaults. */
export function fieldsOfParams(params: readonly ParamSpec[]): FieldSpec {
  return {
    type: 'object',
    fields: params.map(({ key, label, help, min, max, step }) => ({
      key,
      label,
      help,
      optional: true,
      spec: { type: 'number', min, max, whole: step === 1 },
    })),
  };
}

/** A value in a few words. Asks an object for nothing of its own: it may have a toString that throws. */
export function tellValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === undefined) return 'nothing';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

type Siblings = Readonly<Record<string, unknown>>;

function checkValue(spec: FieldSpec, value: unknown, path: string, problems: FieldProblem[], beside: Siblings): void {
  if (problems.length >= MAX_PROBLEMS) return;
  const expected = tellExpected(spec, value);
  if (expected !== undefined) {
    const place = path === '' ? 'it' : path;
    problems.push({ path, message: `${place} must be ${expected}, got ${tellValue(value)}` });
  } else if (spec.type === 'list') {
    (value as readonly unknown[]).forEach((item, i) => {
      checkValue(spec.item, item, `${path}[${i}]`, problems, {});
    });
  } else if (spec.type === 'object') {
    checkObject(spec.fields, value as Siblings, path, problems);
  } else if (spec.type === 'cases') {
    checkCase(spec, value as Siblings, path, problems);
  } else if (spec.type === 'by') {
    // When the field beside it is wrong, that has been said already.
    const own = pick(spec.of, Object.hasOwn(beside, spec.on) ? beside[spec.on] : undefined);
    if (own !== undefined) checkValue(own, value, path, problems, beside);
  }
}

/** What the value itself should have been, whatever is inside it; undefined when it is. */
function tellExpected(spec: FieldSpec, value: unknown): string | undefined {
  switch (spec.type) {
    case 'number':
      return expectNumber(spec, value);
    case 'text':
      return expectText(spec, value);
    case 'choice':
      return typeof value === 'string' && spec.options.includes(value) ? undefined : tellOptions(spec.options);
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'list': {
      const fits = Array.isArray(value) && value.length >= spec.min && value.length <= spec.max;
      return fits ? undefined : `a list of ${spec.min} to ${spec.max}`;
    }
    case 'object':
    case 'cases':
      return isPlainObject(value) ? undefined : 'an object';
    case 'by':
      return undefined;
  }
}

function checkCase(
  spec: Extract<FieldSpec, { readonly type: 'cases' }>,
  value: Siblings,
  path: string,
  problems: FieldProblem[],
): void {
  const { tag, cases } = spec;
  const options: FieldSpec = { type: 'choice', options: Object.keys(cases) };
  const chosen = Object.hasOwn(value, tag) ? value[tag] : undefined;
  const fields = pick(cases, chosen);
  if (fields === undefined) {
    checkValue(options, chosen, join(path, tag), problems, {});
    return;
  }
  const tagField: Field = { key: tag, label: tag, help: '', optional: false, spec: options };
  checkObject([tagField, ...fields], value, path, problems);
}

function checkObject(fields: readonly Field[], value: Siblings, path: string, problems: FieldProblem[]): void {
  for (const { key, spec, optional } of fields) {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    if (own === undefined && optional) continue;
    checkValue(spec, own, join(path, key), problems, value);
  }
  const known = new Set(fields.map(({ key }) => key));
  for (const key of Object.keys(value)) {
    if (known.has(key) || problems.length >= MAX_PROBLEMS) continue;
    const wanted = fields.length === 0 ? 'there are no fields here' : `known are ${[...known].join(', ')}`;
    const place = join(path, key.slice(0, 60));
    problems.push({ path: place, message: `${place} is not a known field: ${wanted}` });
  }
}

function expectNumber({ min, max, above, whole }: NumberSpec, value: unknown): string | undefined {
  const inside = typeof value === 'number' && value <= max && (above ? value > min : value >= min);
  if (!inside) return `${min === max ? min : `in ${above ? '(' : '['}${min}, ${max}]`}`;
  return whole && !Number.isInteger(value) ? 'a whole number' : undefined;
}

/** Letters, marks, digits, punctuation, symbols and the plain space: no control, format, private or unpaired characters. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

function expectText(
  { min, max, like }: Extract<FieldSpec, { readonly type: 'text' }>,
  value: unknown,
): string | undefined {
  const length = typeof value === 'string' ? [...value.trim()].length : -1;
  if (typeof value !== 'string' || length < min || length > max) return `a text of ${min} to ${max} characters`;
  if (like === 'id' && !ID.test(value)) return 'lower-case words with hyphens between';
  if (like === 'printable' && !PRINTABLE.test(value)) return `${min} to ${max} printable characters`;
  const isTime = UTC_TIME.test(value) && Number.isFinite(Date.parse(value));
  return like === 'utc-time' && !isTime ? 'a UTC time like "2026-03-02T08:00:00Z"' : undefined;
}

function pick<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

function tellOptions(options: readonly string[]): string {
  const shown = options.slice(0, 30).join(', ');
  return `one of ${shown}${options.length > 30 ? ` and ${options.length - 30} more` : ''}`;
}

function isPlainObject(value: unknown): value is Siblings {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
