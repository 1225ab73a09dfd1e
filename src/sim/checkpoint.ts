import type { PlainData } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import { CELLS } from './cells';
import { readEvents, saveEvents } from './checkpoint-events';
import { readEntry, readScenario, saveEntry, saveScenario } from './checkpoint-injections';
import {
  BadField,
  fail,
  MAX_TIME_MS,
  readKnown,
  readList,
  readObject,
  readRandoms,
  readText,
  readWhole,
  saveRandoms,
} from './checkpoint-read';
import { createDevice } from './fleet';
import { createInjectionBook, KEEP_ENDED, MAX_OPEN } from './injections';
import { SHARED_CELLS } from './pools';
import { findRegion } from './regions';
import { addDevice, createFleetState, type FleetState, MAX_DEVICES } from './state';

const FORMAT = 'fleet-checkpoint';
/** Version 1 was a fleet without shared load, version 2 one that kept less in mind; nothing leads from their numbers to those of this one, so they are refused. */
const VERSION = 3;
export const MAX_FLEET_SIZE = 10_000;

/** The whole state as plain data; nothing in it is shared with the state. */
export function saveCheckpoint(state: FleetState): PlainData {
  const count = state.devices.length;
  return {
    format: FORMAT,
    version: VERSION,
    seed: state.seed,
    fleetSize: state.fleetSize,
    originMs: state.originMs,
    beganMs: state.beganMs,
    tick: state.tick,
    seq: state.seq,
    joined: state.devices
      .slice(state.fleetSize)
      .map((device) => ({ id: device.id, name: device.name, region: device.region })),
    cells: state.columns.cells.slice(0, count * CELLS),
    shared: state.shared.cells.slice(),
    blocked: Uint16Array.from(listBlocked(state)),
    events: saveEvents(state.events),
    nextInjection: state.book.next,
    injections: state.book.entries.map(saveEntry),
    scenario: saveScenario(state.scenario),
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

/** Indexes of the devices that get no traffic, ascending. */
function listBlocked(state: FleetState): number[] {
  return state.devices.map((_, i) => i).filter((i) => state.columns.blocked[i] === 1);
}

function readState(input: unknown): FleetState {
  const source = readObject(input, 'checkpoint');
  if (source.format !== FORMAT) fail('checkpoint.format', `"${FORMAT}"`, source.format);
  if (source.version !== VERSION) fail('checkpoint.version', String(VERSION), source.version);
  const fleetSize = readWhole(source.fleetSize, 'checkpoint.fleetSize', 1, MAX_FLEET_SIZE);
  const seed = readWhole(source.seed, 'checkpoint.seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const originMs = readWhole(source.originMs, 'checkpoint.originMs', -MAX_TIME_MS, MAX_TIME_MS);
  const beganMs = readWhole(source.beganMs, 'checkpoint.beganMs', -MAX_TIME_MS, MAX_TIME_MS);
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
  state.columns.cells.set(readCells(source.cells, 'checkpoint.cells', count * CELLS));
  state.shared.cells.set(readCells(source.shared, 'checkpoint.shared', SHARED_CELLS));
  if (!(source.blocked instanceof Uint16Array)) fail('checkpoint.blocked', 'a Uint16Array', source.blocked);
  source.blocked.forEach((device, i) => {
    readWhole(device, `checkpoint.blocked[${i}]`, 0, count - 1);
    state.columns.blocked[device] = 1;
  });
  const events = readEvents(source.events, 'checkpoint.events', count);

  const ambient = readObject(source.ambient, 'checkpoint.ambient');
  const [random] = readRandoms(ambient.random, 'checkpoint.ambient.random', 1);
  const nextTick = readWhole(ambient.nextTick, 'checkpoint.ambient.nextTick', 0, Number.MAX_SAFE_INTEGER);
  const ambientCount = readWhole(ambient.count, 'checkpoint.ambient.count', 0, Number.MAX_SAFE_INTEGER);
  const entries = readList(source.injections, 'checkpoint.injections', KEEP_ENDED + MAX_OPEN).map((item, i) =>
    readEntry(item, `checkpoint.injections[${i}]`, state),
  );
  const next = readWhole(source.nextInjection, 'checkpoint.nextInjection', 1, Number.MAX_SAFE_INTEGER);
  const book = createInjectionBook(entries, next);
  const scenario = readScenario(source.scenario, 'checkpoint.scenario');
  return { ...state, beganMs, scenario, book, events, ambient: { random, nextTick, count: ambientCount } };
}

/** Numbers of the fleet's state: all finite. */
function readCells(value: unknown, path: string, length: number): Float64Array {
  if (!(value instanceof Float64Array) || value.length !== length) fail(path, `a Float64Array of ${length}`, value);
  const wrong = value.findIndex((cell) => !Number.isFinite(cell));
  if (wrong >= 0) fail(`${path}[${wrong}]`, 'finite', value[wrong]);
  return value;
}
