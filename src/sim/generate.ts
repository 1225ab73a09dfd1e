import type { RunId } from '../domain/ids';
import type { TelemetryBatch } from '../domain/telemetry';
import { nextAmbientFault } from './ambient';
import { FAULTS, findFault } from './faults/registry';
import { endInjections, type InjectionEntry, startInjection } from './injections';
import { GRAMMAR } from './logs/grammar';
import { createLineWriter, type LineWriter } from './logs/line-writer';
import { compileLine, drawCount, pickLine, renderLine } from './logs/templates';
import { findRegion, REGIONS } from './regions';
import type { Role } from './roles';
import { type FleetState, LIVE_TICK, nextSampleTime, STEP_MS } from './state';
import { boundValues, CELLS, type MetricValues, stepDevice } from './workload';

/** Metric columns in the order of CANONICAL_METRICS. */
type Columns = readonly [cpu: Float32Array, memory: Float32Array, disk: Float32Array, network: Float32Array];

const FAULT_LINES = new Map(FAULTS.map((fault) => [fault.spec.id, fault.lines.map((line) => compileLine(line))]));
/** A fault of the fleet's own does not hit a device that had one in the last five minutes. */
const AMBIENT_REST_MS = 300_000;

/**
 * The next `steps` ticks of the whole fleet as one batch: steps x devices rows, ordered by tick, then device. The log lines of a
 * tick have times in (t - STEP_MS, t]. Moves `state` on. steps: whole number >= 0; 0 gives an empty batch that still has a number.
 */
export function generateBatch(
  state: FleetState,
  options: { readonly steps: number; readonly runId: RunId; readonly ambientFaults: boolean },
): TelemetryBatch {
  const { steps, runId } = options;
  const count = state.devices.length;
  const n = steps * count;
  const t = new Float64Array(n);
  const device = new Uint16Array(n);
  const columns: Columns = [new Float32Array(n), new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const writer = createLineWriter();
  for (let step = 0; step < steps; step++) {
    if (options.ambientFaults) startDueAmbientFault(state);
    const now = nextSampleTime(state);
    t.fill(now, step * count, (step + 1) * count);
    for (let i = 0; i < count; i++) device[step * count + i] = i;
    generateTick(state, columns, step * count, writer);
    disturbTick(state, columns, step * count, writer);
    writer.endTick();
    state.tick++;
    endInjections(state.book, now + STEP_MS);
  }
  return { runId, seq: state.seq++, metrics: { n, t, device, metrics: columns }, logs: writer.finish() };
}

/** Undisturbed samples and lines of every device at the present tick, into the rows from `firstRow` on. */
function generateTick(state: FleetState, columns: Columns, firstRow: number, writer: LineWriter): void {
  const { cells, traits, devices, metricRandoms, logRandoms } = state;
  const moment = { t: nextSampleTime(state), tick: state.tick };
  const values: MetricValues = { cpu: 0, memory: 0, disk: 0, network: 0 };
  for (let i = 0; i < devices.length; i++) {
    const load = stepDevice({ cells, base: i * CELLS, random: metricRandoms[i] }, traits[i], moment, values);
    writeRow(columns, firstRow + i, values);
    const random = logRandoms[i];
    const lines = drawCount(traits[i].linesPerSecond * load, random);
    if (lines === 0) continue;
    const { name, city, role } = devices[i];
    const choice = GRAMMAR[role as Role];
    for (let line = 0; line < lines; line++) {
      const kind = pickLine(choice, random);
      const lineT = moment.t - random.int(STEP_MS);
      writer.add(lineT, i, kind.level, renderLine(kind, { random, host: name, city }));
    }
  }
}

/** Lets every running fault change its device's row and write its lines. */
function disturbTick(state: FleetState, columns: Columns, firstRow: number, writer: LineWriter): void {
  const t = nextSampleTime(state);
  for (const entry of state.book.open) {
    if (entry.injection.from <= t && t < entry.injection.to) disturbDevice(entry, t, columns, firstRow, writer);
  }
}

function disturbDevice(entry: InjectionEntry, t: number, columns: Columns, firstRow: number, writer: LineWriter): void {
  const { injection, device, random } = entry;
  const fault = findFault(injection.fault);
  if (fault === undefined) throw new Error(`injection ${injection.id} of an unregistered fault ${injection.fault}`);
  const moment = {
    elapsedS: (t - injection.from) / 1000,
    progress: (t - injection.from) / (injection.to - injection.from),
    intensity: injection.intensity,
  };
  const row = firstRow + device;
  const [cpu, memory, disk, network] = columns;
  const values = { cpu: cpu[row], memory: memory[row], disk: disk[row], network: network[row] };
  fault.perturb(values, moment, random);
  boundValues(values);
  writeRow(columns, row, values);

  const context = { random, host: injection.deviceName, city: injection.origin.city };
  const compiled = FAULT_LINES.get(injection.fault) ?? [];
  for (let kind = 0; kind < compiled.length; kind++) {
    const lines = drawCount(fault.lines[kind].perSecond(moment), random);
    for (let line = 0; line < lines; line++) {
      // A fault does not speak before it begins.
      const lineT = Math.max(injection.from, t - random.int(STEP_MS));
      writer.add(lineT, device, compiled[kind].level, renderLine(compiled[kind], context));
    }
  }
}

/** Starts the fleet's own fault when one is due, on a device that had none lately; skips it when every device had. */
function startDueAmbientFault(state: FleetState): void {
  const due = nextAmbientFault(state.ambient, state.tick, LIVE_TICK);
  if (due === undefined) return;
  const t = nextSampleTime(state);
  const busy = new Set(
    state.book.entries.filter(({ injection }) => injection.to > t - AMBIENT_REST_MS).map(({ device }) => device),
  );
  const free = Array.from({ length: state.fleetSize }, (_, i) => i).filter((i) => !busy.has(i));
  if (free.length === 0) return;
  const device = state.ambient.random.pick(free);
  const info = state.devices[device];
  const origin = findRegion(info.region) ?? REGIONS[0];
  startInjection(state.book, state.seed, { ...due, device, info, origin, from: t, by: 'ambient' });
}

function writeRow(columns: Columns, row: number, values: MetricValues): void {
  columns[0][row] = values.cpu;
  columns[1][row] = values.memory;
  columns[2][row] = values.disk;
  columns[3][row] = values.network;
}
