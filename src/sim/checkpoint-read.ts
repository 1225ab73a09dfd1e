import { type Random, type RandomState, resumeRandom } from '../domain/random';

/** Thrown by the readers below and caught by loadCheckpoint: reading stops at the first wrong field. */
export class BadField extends Error {}

/** Times that a Date can show. */
export const MAX_TIME_MS = 8.64e15;

/** Four words a stream, one after the other. */
export function saveRandoms(randoms: readonly Random[]): Uint32Array {
  const words = new Uint32Array(randoms.length * 4);
  randoms.forEach((random, i) => {
    words.set(random.save(), i * 4);
  });
  return words;
}

/** What saveRandoms gave, for `count` streams. */
export function readRandoms(value: unknown, path: string, count: number): Random[] {
  if (!(value instanceof Uint32Array) || value.length !== count * 4) {
    fail(path, `a Uint32Array of ${count * 4}`, value);
  }
  return Array.from({ length: count }, (_, i) => {
    const words: RandomState = [value[i * 4], value[i * 4 + 1], value[i * 4 + 2], value[i * 4 + 3]];
    return resumeRandom(words);
  });
}

/** An object that is no list and no column. */
export function readObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    fail(path, 'an object', value);
  }
  return value as Record<string, unknown>;
}

/** A list of at most `most` entries. */
export function readList(value: unknown, path: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) fail(path, 'a list', value);
  if (value.length > most) fail(`${path}.length`, `at most ${most}`, value.length);
  return value;
}

/** A text of at most 400 characters. */
export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.length > 400) fail(path, 'a text of at most 400 characters', value);
  return value;
}

/** A number in [min, max]. */
export function readNumber(value: unknown, path: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) fail(path, `in [${min}, ${max}]`, value);
  return value;
}

/** A whole number in [min, max]. */
export function readWhole(value: unknown, path: string, min: number, max: number): number {
  const number = readNumber(value, path, min, max);
  if (!Number.isInteger(number)) fail(path, 'a whole number', value);
  return number;
}

/** One of a few texts. */
export function readOneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) fail(path, `one of ${allowed.join(', ')}`, value);
  return found;
}

/** What `find` gives for a text. */
export function readKnown<T>(find: (id: string) => T | undefined, value: unknown, path: string): T {
  const found = typeof value === 'string' ? find(value) : undefined;
  if (found === undefined) fail(path, 'a known id', value);
  return found;
}

/** Ends the reading with a message that shows path and value. */
export function fail(path: string, expected: string, got: unknown): never {
  throw new BadField(`${path} must be ${expected}, got ${describe(got)}`);
}

/** A value in a few words. Asks an object for nothing of its own: it may have a toString or constructor that throws. */
function describe(value: unknown): string {
  if (value instanceof Float64Array) return `Float64Array of ${value.length}`;
  if (value instanceof Uint32Array) return `Uint32Array of ${value.length}`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 80);
}
