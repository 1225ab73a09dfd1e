import type { PlainData } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
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
import { findRegion } from './regions';
import { addDevice, createFleetState, type FleetState, MAX_DEVICES } from './state';
import { CELLS } from './workload';

const FORMAT = 'fleet-checkpoint';
const VERSION = 2;
export const MAX_FLEET_SIZE = 10_000;

/** The whole state as plain data; nothing in it is shared with the state. */
export function saveCheckpoint(state: FleetState): PlainData {
  return {
    format: FORMAT,
    version: VERSION,
    seed: state.seed,
    fleetSize: state.fleetSize,
    originMs: state.originMs,
    liveMs: state.liveMs,
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

function readState(input: unknown): FleetState {
  const source = readObject(input, 'checkpoint');
  if (source.format !== FORMAT) fail('checkpoint.format', `"${FORMAT}"`, source.format);
  if (source.version !== VERSION) fail('checkpoint.version', String(VERSION), source.version);
  const fleetSize = readWhole(source.fleetSize, 'checkpoint.fleetSize', 1, MAX_FLEET_SIZE);
  const seed = readWhole(source.seed, 'checkpoint.seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const originMs = readWhole(source.originMs, 'checkpoint.originMs', -MAX_TIME_MS, MAX_TIME_MS);
  const state = createFleetState(seed, fleetSize, originMs);
  state.liveMs = readWhole(source.liveMs, 'checkpoint.liveMs', -MAX_TIME_MS, MAX_TIME_MS);
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
  const entries = readList(source.injections, 'checkpoint.injections', KEEP_ENDED + MAX_OPEN).map((item, i) =>
    readEntry(item, `checkpoint.injections[${i}]`, state),
  );
  const next = readWhole(source.nextInjection, 'checkpoint.nextInjection', 1, Number.MAX_SAFE_INTEGER);
  const book = createInjectionBook(entries, next);
  const scenario = readScenario(source.scenario, 'checkpoint.scenario');
  return { ...state, scenario, metricRandoms, logRandoms, book, ambient: { random, nextTick, count: ambientCount } };
}
