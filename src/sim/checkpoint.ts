import type { Injection } from '../domain/faults';
import { deviceId, injectionId } from '../domain/ids';
import type { PlainData } from '../domain/models';
import { type Random, type RandomState, resumeRandom } from '../domain/random';
import { err, ok, type Result } from '../domain/result';
import { findFault } from './faults/registry';
import { createDevice } from './fleet';
import { createInjectionBook, type InjectionEntry } from './injections';
import { findRegion } from './regions';
import { addDevice, createFleetState, type FleetState, MAX_DEVICES } from './state';
import { CELLS } from './workload';

const FORMAT = 'fleet-checkpoint';
const VERSION = 1;
/** Times that a Date can show. */
const MAX_TIME_MS = 8.64e15;
export const MAX_FLEET_SIZE = 10_000;

/** The whole state as plain data; nothing in it is shared with the state. */
export function saveCheckpoint(state: FleetState): PlainData {
  return {
    format: FORMAT,
    version: VERSION,
    seed: state.seed,
    fleetSize: state.fleetSize,
    originMs: state.originMs,
    tick: state.tick,
    seq: state.seq,
    joined: state.devices
      .slice(state.fleetSize)
      .map((device) => ({ id: device.id, name: device.name, region: device.region })),
    cells: state.cells.slice(),
    metricRandoms: saveRandoms(state.metricRandoms),
    logRandoms: saveRandoms(state.logRandoms),
    nextInjection: state.book.next,
    injections: state.book.entries.map(saveEntry),
    ambient: {
      random: saveRandoms([state.ambient.random]),
      nextTick: state.ambient.nextTick,
      count: state.ambient.count,
    },
  };
}

/** Reads what `saveCheckpoint` gave, trusting nothing. Errors: `checkpoint` naming the field and showing its value. */
export function loadCheckpoint(input: unknown): Result<FleetState, 'checkpoint'> {
  try {
    return ok(readState(input));
  } catch (error) {
    if (error instanceof BadField) return err('checkpoint', error.message);
    throw error;
  }
}

/** Thrown and caught in this file only: reading stops at the first wrong field. */
class BadField extends Error {}

function readState(input: unknown): FleetState {
  const source = readObject(input, 'checkpoint');
  if (source.format !== FORMAT) fail('checkpoint.format', `"${FORMAT}"`, source.format);
  if (source.version !== VERSION) fail('checkpoint.version', String(VERSION), source.version);
  const fleetSize = readWhole(source.fleetSize, 'checkpoint.fleetSize', 1, MAX_FLEET_SIZE);
  const seed = readWhole(source.seed, 'checkpoint.seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const originMs = readWhole(source.originMs, 'checkpoint.originMs', -MAX_TIME_MS, MAX_TIME_MS);
  const state = createFleetState(seed, fleetSize, originMs);
  state.tick = readWhole(source.tick, 'checkpoint.tick', 0, Number.MAX_SAFE_INTEGER);
  state.seq = readWhole(source.seq, 'checkpoint.seq', 0, Number.MAX_SAFE_INTEGER);

  const joined = readList(source.joined, 'checkpoint.joined', MAX_DEVICES - fleetSize);
  joined.forEach((item, i) => {
    const path = `checkpoint.joined[${i}]`;
    const fields = readObject(item, path);
    const region = readKnown(findRegion, fields.region, `${path}.region`);
    addDevice(
      state,
      createDevice(readText(fields.name, `${path}.name`), 'edge', region, readText(fields.id, `${path}.id`)),
    );
  });
  const count = state.devices.length;

  if (!(source.cells instanceof Float64Array) || source.cells.length !== count * CELLS) {
    fail('checkpoint.cells', `a Float64Array of ${count * CELLS}`, source.cells);
  }
  const wrong = source.cells.findIndex((cell) => !Number.isFinite(cell));
  if (wrong >= 0) fail(`checkpoint.cells[${wrong}]`, 'finite', source.cells[wrong]);
  state.cells = source.cells.slice();
  const metricRandoms = readRandoms(source.metricRandoms, 'checkpoint.metricRandoms', count);
  const logRandoms = readRandoms(source.logRandoms, 'checkpoint.logRandoms', count);

  const ambient = readObject(source.ambient, 'checkpoint.ambient');
  const [random] = readRandoms(ambient.random, 'checkpoint.ambient.random', 1);
  const nextTick = readWhole(ambient.nextTick, 'checkpoint.ambient.nextTick', 0, Number.MAX_SAFE_INTEGER);
  const ambientCount = readWhole(ambient.count, 'checkpoint.ambient.count', 0, Number.MAX_SAFE_INTEGER);
  const entries = readList(source.injections, 'checkpoint.injections', MAX_DEVICES).map((item, i) =>
    readEntry(item, `checkpoint.injections[${i}]`, state),
  );
  const next = readWhole(source.nextInjection, 'checkpoint.nextInjection', 1, Number.MAX_SAFE_INTEGER);
  const book = createInjectionBook(entries, next);
  return { ...state, metricRandoms, logRandoms, book, ambient: { random, nextTick, count: ambientCount } };
}

function saveEntry({ injection, device, random }: InjectionEntry): PlainData {
  const { id, fault, intensity, from, to, status, note, by, origin } = injection;
  return { id, fault, device, origin: origin.id, intensity, from, to, status, note, by, random: saveRandoms([random]) };
}

function readEntry(input: unknown, path: string, state: FleetState): InjectionEntry {
  const source = readObject(input, path);
  const fault = readKnown(findFault, source.fault, `${path}.fault`);
  const device = readWhole(source.device, `${path}.device`, 0, state.devices.length - 1);
  const from = readNumber(source.from, `${path}.from`, -MAX_TIME_MS, MAX_TIME_MS);
  const injection: Injection = {
    id: injectionId(readText(source.id, `${path}.id`)),
    fault: fault.spec.id,
    faultLabel: fault.spec.label,
    deviceId: deviceId(state.devices[device].id),
    deviceName: state.devices[device].name,
    origin: readKnown(findRegion, source.origin, `${path}.origin`),
    intensity: readNumber(source.intensity, `${path}.intensity`, Number.MIN_VALUE, 1),
    from,
    to: readNumber(source.to, `${path}.to`, from, MAX_TIME_MS),
    status: readOneOf(source.status, ['running', 'ended', 'stopped', 'refused'], `${path}.status`),
    note: readText(source.note, `${path}.note`),
    by: readOneOf(source.by, ['operator', 'ambient'], `${path}.by`),
  };
  const [random] = readRandoms(source.random, `${path}.random`, 1);
  return { injection, device, random };
}

/** Four words a stream, one after the other. */
function saveRandoms(randoms: readonly Random[]): Uint32Array {
  const words = new Uint32Array(randoms.length * 4);
  randoms.forEach((random, i) => {
    words.set(random.save(), i * 4);
  });
  return words;
}

function readRandoms(value: unknown, path: string, count: number): Random[] {
  if (!(value instanceof Uint32Array) || value.length !== count * 4) {
    fail(path, `a Uint32Array of ${count * 4}`, value);
  }
  return Array.from({ length: count }, (_, i) => {
    const words: RandomState = [value[i * 4], value[i * 4 + 1], value[i * 4 + 2], value[i * 4 + 3]];
    return resumeRandom(words);
  });
}

function readObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    fail(path, 'an object', value);
  }
  return value as Record<string, unknown>;
}

function readList(value: unknown, path: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) fail(path, 'a list', value);
  if (value.length > most) fail(`${path}.length`, `at most ${most}`, value.length);
  return value;
}

function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.length > 400) fail(path, 'a text of at most 400 characters', value);
  return value;
}

function readNumber(value: unknown, path: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) fail(path, `in [${min}, ${max}]`, value);
  return value;
}

function readWhole(value: unknown, path: string, min: number, max: number): number {
  const number = readNumber(value, path, min, max);
  if (!Number.isInteger(number)) fail(path, 'a whole number', value);
  return number;
}

function readOneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) fail(path, `one of ${allowed.join(', ')}`, value);
  return found;
}

function readKnown<T>(find: (id: string) => T | undefined, value: unknown, path: string): T {
  const found = typeof value === 'string' ? find(value) : undefined;
  if (found === undefined) fail(path, 'a known id', value);
  return found;
}

function fail(path: string, expected: string, got: unknown): never {
  throw new BadField(`${path} must be ${expected}, got ${describe(got)}`);
}

/** A value in a few words. Asks an object for nothing of its own: it may have a toString or constructor that throws. */
function describe(value: unknown): string {
  if (value instanceof Float64Array) return `Float64Array of ${value.length}`;
  if (value instanceof Uint32Array) return `Uint32Array of ${value.length}`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 80);
}
