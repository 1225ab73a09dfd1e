import type { RunId } from '../domain/ids';
import { ownParams } from '../domain/injection-request';
import { defaultParams } from '../domain/params';
import type { TelemetryBatch } from '../domain/telemetry';
import { nextAmbientFault } from './ambient';
import { type Columns, disturbTick } from './disturb';
import { advanceInjections, nameGroup, startInjection } from './injections';
import { GRAMMAR } from './logs/grammar';
import { createLineWriter, type LineWriter } from './logs/line-writer';
import { drawCount, pickLine, renderLine } from './logs/templates';
import { findRegion, REGIONS } from './regions';
import type { Role } from './roles';
import { bookMoment, type FleetState, LIVE_TICK, nextSampleTime, STEP_MS } from './state';
import { CELLS, type MetricValues, stepDevice } from './workload';

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
    disturbTick(state.book, columns, { t: now, firstRow: step * count, stepMs: STEP_MS }, writer);
    writer.endTick();
    state.tick++;
    advanceInjections(state.book, now + STEP_MS);
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

/** Starts the fleet's own fault when one is due, on a device that had none lately; skips it when every device had. */
function startDueAmbientFault(state: FleetState): void {
  const due = nextAmbientFault(state.ambient, state.tick, LIVE_TICK);
  if (due === undefined) return;
  const t = nextSampleTime(state);
  // What is only scheduled, or never began, is not looked at: a recorded run that is played again knows of it earlier, or not at all.
  const busy = new Set(
    state.book.entries
      .filter(({ injection: { from, to } }) => from <= t && to > from && to > t - AMBIENT_REST_MS)
      .map(({ device }) => device),
  );
  const free = Array.from({ length: state.fleetSize }, (_, i) => i).filter((i) => !busy.has(i));
  if (free.length === 0) return;
  const device = state.ambient.random.pick(free);
  const info = state.devices[device];
  const origin = findRegion(info.region) ?? REGIONS[0];
  const { spec } = due.fault;
  startInjection(state.book, bookMoment(state), {
    ...due,
    group: nameGroup(state.book, spec.id, state.tick),
    device,
    info,
    origin,
    onset: { shape: spec.onset, seconds: spec.onsetS },
    params: defaultParams(ownParams(spec)),
    from: t,
    by: 'ambient',
  });
}

function writeRow(columns: Columns, row: number, values: MetricValues): void {
  columns[0][row] = values.cpu;
  columns[1][row] = values.memory;
  columns[2][row] = values.disk;
  columns[3][row] = values.network;
}
