import { err, ok, type Result } from '../domain/result';

type BadModel<T> = Result<T, 'bad-model'>;
type NumberArray = Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;
type ArrayClass<A extends NumberArray> = abstract new (...args: never[]) => A;

/** What a saved array may hold. `length`: exact, or at most `maxLength`. Every entry finite and inside [min, max]. */
export interface ArrayLimits {
  readonly length?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
}

/** A plain object with exactly these keys. Errors: `bad-model` naming the missing or unknown key. */
export function readObject(
  input: unknown,
  path: string,
  keys: readonly string[],
): BadModel<Readonly<Record<string, unknown>>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input) || ArrayBuffer.isView(input)) {
    return err('bad-model', `${path} must be an object, got ${show(input)}`);
  }
  const missing = keys.find((key) => !Object.hasOwn(input, key));
  if (missing !== undefined) return err('bad-model', `${path}.${missing} is missing`);
  const unknownKey = Object.keys(input).find((key) => !keys.includes(key));
  if (unknownKey !== undefined) return err('bad-model', `${path}.${unknownKey.slice(0, 60)} is not known`);
  return ok(input as Readonly<Record<string, unknown>>);
}

/** A finite number in [min, max]. Errors: `bad-model` with the value and its path. */
export function readNumber(
  input: unknown,
  path: string,
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
): BadModel<number> {
  if (typeof input !== 'number' || !Number.isFinite(input) || input < min || input > max) {
    return err('bad-model', `${path} must be a number in [${min}, ${max}], got ${show(input)}`);
  }
  return ok(input);
}

/** A whole number in [min, max]. Errors: `bad-model` with the value and its path. */
export function readInteger(input: unknown, path: string, min: number, max: number): BadModel<number> {
  const number = readNumber(input, path, min, max);
  if (!number.ok || Number.isInteger(number.value)) return number;
  return err('bad-model', `${path} must be a whole number, got ${number.value}`);
}

/** One of the given strings. */
export function readLiteral<T extends string>(input: unknown, path: string, allowed: readonly T[]): BadModel<T> {
  const found = allowed.find((value) => value === input);
  return found === undefined
    ? err('bad-model', `${path} must be ${allowed.join(' or ')}, got ${show(input)}`)
    : ok(found);
}

/** A list of at most `maxLength` unique strings of at most 200 characters each. */
export function readNames(input: unknown, path: string, maxLength: number): BadModel<readonly string[]> {
  if (!Array.isArray(input) || input.length > maxLength) {
    return err('bad-model', `${path} must be a list of at most ${maxLength} names, got ${show(input)}`);
  }
  const seen = new Set<string>();
  for (let i = 0; i < input.length; i++) {
    const name: unknown = input[i];
    if (typeof name !== 'string' || name.length > 200 || seen.has(name)) {
      return err('bad-model', `${path}[${i}] must be a unique name of at most 200 characters, got ${show(name)}`);
    }
    seen.add(name);
  }
  return ok([...seen]);
}

/** A list of at most `maxLength` entries of any kind. */
export function readList(input: unknown, path: string, maxLength: number): BadModel<readonly unknown[]> {
  if (!Array.isArray(input) || input.length > maxLength) {
    return err('bad-model', `${path} must be a list of at most ${maxLength} entries, got ${show(input)}`);
  }
  return ok(input);
}

/** A copy of a typed array of the given class within limits. Errors: `bad-model` naming length or the first wrong entry. */
export function readArray<A extends NumberArray>(
  input: unknown,
  path: string,
  type: ArrayClass<A>,
  limits: ArrayLimits,
): BadModel<A> {
  if (!(input instanceof type)) return err('bad-model', `${path} must be a ${type.name}, got ${show(input)}`);
  const { length, maxLength = length ?? 0, min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = limits;
  if (length !== undefined && input.length !== length) {
    return err('bad-model', `${path} must have ${length} entries, got ${input.length}`);
  }
  if (input.length > maxLength)
    return err('bad-model', `${path} must have at most ${maxLength} entries, got ${input.length}`);
  for (let i = 0; i < input.length; i++) {
    const value = input[i];
    if (!(value >= min && value <= max)) {
      return err('bad-model', `${path}[${i}] must be in [${min}, ${max}], got ${value}`);
    }
  }
  return ok(input.slice() as A);
}
