import type { PlainData } from './models';
import { err, ok, type Result } from './result';

/** What JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

type TypedColumn = Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;
type ColumnType = { readonly BYTES_PER_ELEMENT: number; readonly name: string; new (buffer: ArrayBuffer): TypedColumn };

const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  $f32: Float32Array,
  $f64: Float64Array,
  $i32: Int32Array,
  $u8: Uint8Array,
  $u16: Uint16Array,
  $u32: Uint32Array,
};

const SPECIAL_NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** Files are little-endian whatever the machine. */
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** String.fromCharCode takes its characters as arguments, and engines limit those to about 65,000. A multiple of 3 needs no padding. */
const BASE64_PIECE = 24_573;

/**
 * Writes plain values and typed arrays as JSON that `fromJson` reads back equal to the bit: `{"$f32": base64}` (little-endian; also
 * $f64, $i32, $u8, $u16, $u32), `{"$num": "NaN"}` for numbers that JSON lacks, `{"$obj": {...}}` around an object that has a key
 * starting with `$`. Fields that are undefined are left out. Throws a TypeError naming the path on anything else (function, class
 * instance, bigint, key `__proto__`): such a value is a bug of the caller. Degenerate: an empty array of any kind stays empty.
 */
export function toJson(value: unknown, path = '$'): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return numberToJson(value);
  if (Array.isArray(value)) return value.map((item, i) => toJson(item, `${path}[${i}]`));
  if (typeof value !== 'object') throw new TypeError(`${path} cannot be written as JSON: it is a ${typeof value}`);
  for (const [tag, type] of Object.entries(COLUMN_TYPES)) {
    if (value instanceof type) return { [tag]: columnToBase64(value as TypedColumn) };
  }
  return objectToJson(value, path);
}

function numberToJson(value: number): JsonValue {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $num: Object.is(value, -0) ? '-0' : String(value) };
}

function objectToJson(value: object, path: string): JsonValue {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A record from a worker or a database may carry another realm's Object.prototype, which itself has no prototype.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError(`${path} cannot be written as JSON: it is a ${value.constructor?.name ?? 'class instance'}`);
  }
  const written: Record<string, JsonValue> = {};
  let tagged = false;
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw new TypeError(`${path} has a key __proto__`);
    if (item === undefined) continue;
    tagged ||= key.startsWith('$');
    written[key] = toJson(item, `${path}.${key}`);
  }
  return tagged ? { $obj: written } : written;
}

/**
 * Reads what `toJson` wrote, trusting nothing. `path` is where the value stands, for messages.
 * Errors: `plain-data` naming the path: unknown tag, text that is not base64, a byte count that is no multiple of the element size,
 * the key `__proto__`.
 */
export function fromJson(json: unknown, path = '$'): Result<PlainData, 'plain-data'> {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return ok(json);
  // A plain -0 is never written (it has a tag), so that it can only be a respelt 0.
  if (typeof json === 'number') return Number.isFinite(json) ? ok(json + 0) : err('plain-data', `${path} is ${json}`);
  if (Array.isArray(json)) return arrayFromJson(json, path);
  if (typeof json !== 'object') return err('plain-data', `${path} is a ${typeof json}`);
  const entries = Object.entries(json);
  const tag = entries.find(([key]) => key.startsWith('$'));
  if (tag === undefined) return objectFromJson(entries, path);
  if (entries.length !== 1) return err('plain-data', `${path} mixes the tag ${JSON.stringify(tag[0])} with other keys`);
  return taggedFromJson(tag[0], tag[1], path);
}

function taggedFromJson(tag: string, value: unknown, path: string): Result<PlainData, 'plain-data'> {
  if (tag === '$obj' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return objectFromJson(Object.entries(value), path);
  }
  if (typeof value !== 'string') return err('plain-data', `${path}: the tag ${tag} must hold a text`);
  if (tag === '$num' && Object.hasOwn(SPECIAL_NUMBERS, value)) return ok(SPECIAL_NUMBERS[value] ?? Number.NaN);
  if (!Object.hasOwn(COLUMN_TYPES, tag)) return err('plain-data', `${path}: unknown tag ${JSON.stringify(tag)}`);
  const column = base64ToColumn(value, COLUMN_TYPES[tag] as ColumnType);
  return column.ok ? column : err('plain-data', `${path}: ${column.error.message}`);
}

function arrayFromJson(items: readonly unknown[], path: string): Result<PlainData, 'plain-data'> {
  const read: PlainData[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = fromJson(items[i], `${path}[${i}]`);
    if (!item.ok) return item;
    read.push(item.value);
  }
  return ok(read);
}

function objectFromJson(entries: readonly [string, unknown][], path: string): Result<PlainData, 'plain-data'> {
  const read: Record<string, PlainData> = {};
  for (const [key, value] of entries) {
    if (key === '__proto__') return err('plain-data', `${path} has a key __proto__`);
    const item = fromJson(value, `${path}.${key}`);
    if (!item.ok) return item;
    read[key] = item.value;
  }
  return ok(read);
}

function columnToBase64(column: TypedColumn): string {
  const bytes = littleEndian(
    new Uint8Array(column.buffer, column.byteOffset, column.byteLength),
    column.BYTES_PER_ELEMENT,
  );
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += BASE64_PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_PIECE))));
  }
  return pieces.join('');
}

function base64ToColumn(text: string, type: ColumnType): Result<TypedColumn, 'plain-data'> {
  // atob alone would also take white space and missing padding.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return err('plain-data', 'the text is not base64');
  const binary = atob(text);
  if (binary.length % type.BYTES_PER_ELEMENT !== 0) {
    return err('plain-data', `${binary.length} bytes are no whole number of ${type.name} elements`);
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return ok(new type(littleEndian(bytes, type.BYTES_PER_ELEMENT).buffer as ArrayBuffer));
}

/** The bytes as they are on a little-endian machine; a copy with each element reversed elsewhere. */
function littleEndian(bytes: Uint8Array, elementSize: number): Uint8Array {
  if (LITTLE_ENDIAN || elementSize === 1) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += elementSize) swapped.subarray(at, at + elementSize).reverse();
  return swapped;
}
