import type { RunId } from '../domain/ids';
import type { TelemetryBatch } from '../domain/telemetry';
import { nextAmbientFault } from './ambient';
import { readRegionClocks, trendAt } from './demand';
import { addEffect, clearEffect, clearEffects, noEffect } from './effects';
import { autoscale } from './events/autoscale';
import { type EventEntry, endNormalEvents, momentOf, noteNormalEvent, startNormalEvent } from './events/book';
import { listDueEvents, SCHEDULE_TICKS } from './events/schedule';
import { FAULTS, findFault } from './faults/registry';
import { endInjections, type InjectionEntry, startInjection } from './injections';
import { spreadTraffic } from './load';
import { createLineWriter, type LineWriter } from './logs/line-writer';
import { compileLine, drawCount, renderLine } from './logs/templates';
import { tickKey } from './noise';
import { type ScaleStep, scalePools, stepShared } from './pools';
import { findRegion, REGIONS } from './regions';
import { writeEventLines, writeUsualLines } from './speak';
import { type FleetState, LIVE_TICK, nextSampleTime, STEP_MS } from './state';
import { boundValues, type MetricValues, stepDemand, stepMetrics } from './workload';

/** Metric columns in the order of CANONICAL_METRICS. */
type Columns = readonly [cpu: Float32Array, memory: Float32Array, disk: Float32Array, network: Float32Array];

const FAULT_LINES = new Map(FAULTS.map((fault) => [fault.spec.id, fault.lines.map((line) => compileLine(line))]));
/** A fault of the fleet's own does not hit a device that had one in the last five minutes. */
const AMBIENT_REST_MS = 300_000;
const DAY_MS = 86_400_000;
/** How long a step of the scaler is news. */
const SCALE_STEP_MS = 60_000;

export interface GenerateOptions {
  readonly steps: number;
  readonly runId: RunId;
  readonly ambientFaults: boolean;
  /** Whether the fleet's own schedule starts normal events. */
  readonly normalEvents: boolean;
}

/**
 * The next `steps` ticks of the whole fleet as one batch: steps x devices rows, ordered by tick, then device. The log lines of a
 * tick have times in (t - STEP_MS, t]. Moves `state` on. steps: whole number >= 0; 0 gives an empty batch that still has a number.
 */
export function generateBatch(state: FleetState, options: GenerateOptions): TelemetryBatch {
  const { steps, runId } = options;
  const count = state.devices.length;
  const n = steps * count;
  const t = new Float64Array(n);
  const device = new Uint16Array(n);
  const columns: Columns = [new Float32Array(n), new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const writer = createLineWriter();
  for (let step = 0; step < steps; step++) {
    const now = nextSampleTime(state);
    if (options.ambientFaults) startDueAmbientFault(state);
    if (options.normalEvents && state.tick % SCHEDULE_TICKS === 0) startDueEvents(state);
    t.fill(now, step * count, (step + 1) * count);
    for (let i = 0; i < count; i++) device[step * count + i] = i;
    generateTick(state, columns, step * count, writer);
    disturbTick(state, columns, step * count, writer);
    writer.endTick();
    state.tick++;
    endInjections(state.book, now + STEP_MS);
    endNormalEvents(state.events, now + STEP_MS);
  }
  return { runId, seq: state.seq++, metrics: { n, t, device, metrics: columns }, logs: writer.finish() };
}

/** Samples and lines of every device at the present tick, but for what faults do to them, into the rows from `firstRow` on. */
function generateTick(state: FleetState, out: Columns, firstRow: number, writer: LineWriter): void {
  const { columns, shared, tick } = state;
  const count = state.devices.length;
  const t = nextSampleTime(state);
  const bits = tickKey(tick);
  for (const entry of state.events.open) applyEvent(state, entry, t);

  readRegionClocks(t, shared.clocks);
  const days = (t - state.beganMs) / DAY_MS;
  stepShared(shared, bits, (pool) => trendAt(days, shared.growth[pool]));
  stepDemand(columns, count, { tick, bits, clocks: shared.clocks, poolFactors: shared.factors });
  for (const step of scalePools(shared, columns, count, tick)) noteScaleStep(state, step, t);
  spreadTraffic({ ...columns, count }, columns.load, shared.sums);
  stepMetrics(columns, count, { tick, bits }, out, firstRow);

  writeUsualLines(state, writer);
  for (const entry of state.events.open) writeEventLines(state, entry, writer);
  for (let i = 0; i < count; i++) {
    if (columns.touched[i] === 0) continue;
    clearEffects(columns.effects, i);
    columns.touched[i] = 0;
  }
}

const effect = noEffect();

function applyEvent(state: FleetState, entry: EventEntry, t: number): void {
  if (!entry.applies) return;
  const { devices } = entry.record;
  for (let k = 0; k < devices.length; k++) {
    const moment = momentOf(entry, k, t);
    if (moment === undefined) continue;
    clearEffect(effect);
    entry.event.apply(effect, moment);
    addEffect(state.columns.effects, devices[k], effect);
    state.columns.touched[devices[k]] = 1;
  }
}

function startDueEvents(state: FleetState): void {
  const moment = { tick: state.tick, t: nextSampleTime(state) };
  const { devices, fleetSize, columns } = state;
  for (const { event, start } of listDueEvents(state.key, moment, { devices, fleetSize, traits: columns.traits })) {
    startNormalEvent(state.events, event, start);
  }
}

/** The scaler has changed the pool's load already: what is written down only says so. */
function noteScaleStep(state: FleetState, { pool, from, to }: ScaleStep, t: number): void {
  const devices: number[] = [];
  for (let i = 0; i < state.fleetSize; i++) if (state.columns.pool[i] === pool) devices.push(i);
  const intensity = Math.min(1, Math.abs(to / from - 1) * 2);
  noteNormalEvent(state.events, autoscale, { devices, intensity, from: t, to: t + SCALE_STEP_MS, by: 'fleet' });
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
