import type { RunId } from '../domain/ids';
import type { TelemetryBatch } from '../domain/telemetry';
import { readRegionClocks, trendAt } from './demand';
import { type Columns, disturbTick, listOffline } from './disturb';
import { addEffect, clearEffect, clearEffects, noEffect } from './effects';
import { type EventEntry, endNormalEvents, momentOf } from './events/book';
import { SCHEDULE_TICKS } from './events/schedule';
import { advanceInjections } from './injections';
import { spreadTraffic } from './load';
import { createLineWriter, type LineWriter } from './logs/line-writer';
import { tickKey } from './noise';
import { noteScaleStep, startDueAmbientFault, startDueEvents } from './own-events';
import { scalePools, stepShared } from './pools';
import { writeEventLines, writeUsualLines } from './speak';
import { type FleetState, nextSampleTime, STEP_MS } from './state';
import { stepDemand, stepMetrics } from './workload';

const DAY_MS = 86_400_000;

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
    disturbTick(state.book, columns, { t: now, firstRow: step * count, stepMs: STEP_MS }, writer);
    writer.endTick();
    state.tick++;
    advanceInjections(state.book, now + STEP_MS);
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
  cutOff(state, t);

  readRegionClocks(t, shared.clocks);
  const days = (t - state.beganMs) / DAY_MS;
  stepShared(shared, bits, (pool) => trendAt(days, shared.growth[pool]));
  stepDemand(columns, count, { tick, bits, clocks: shared.clocks, poolFactors: shared.factors });
  for (const step of scalePools(shared, columns, count, tick)) noteScaleStep(state, step);
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

/** Devices that a fault cut off get no traffic: their peers do. */
function cutOff(state: FleetState, t: number): void {
  for (const { device, served } of listOffline(state.book, t)) {
    clearEffect(effect);
    effect.serve = served;
    addEffect(state.columns.effects, device, effect);
    state.columns.touched[device] = 1;
  }
}
