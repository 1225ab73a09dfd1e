import { CANONICAL_METRICS, type Catalog, type Region } from '../domain/catalog';
import type { NormalEventRecord, NormalEventRequest, NormalEventSpec } from '../domain/events';
import type { FaultSpec, Injection, InjectionRequest, TruthInterval } from '../domain/faults';
import type { RunId } from '../domain/ids';
import type { PlainData } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import type { TelemetryBatch } from '../domain/telemetry';
import { loadCheckpoint, MAX_FLEET_SIZE, saveCheckpoint } from './checkpoint';
import { startNormalEvent } from './events/book';
import { NORMAL_EVENT_SPECS } from './events/registry';
import { checkEventRequest, type EventError } from './events/request';
import { FAULT_SPECS } from './faults/registry';
import { generateBatch } from './generate';
import { endInjections, startInjection, stopInjection, takeChanged, tellTruth } from './injections';
import { REGIONS } from './regions';
import { checkRequest, type InjectError } from './request';
import {
  addDevice,
  BACKFILL_STEPS,
  createFleetState,
  type FleetState,
  LIVE_TICK,
  nextSampleTime,
  STEP_MS,
  WARM_UP_STEPS,
} from './state';

export interface SimulatorOptions {
  readonly runId: RunId;
  /** Any whole number. */
  readonly seed: number;
  /** 1 to 10,000. */
  readonly deviceCount: number;
  /** The fleet's own small seeded faults. */
  readonly ambientFaults: boolean;
  /** Whether the fleet's own schedule starts normal events (deployments, backups, …). Default true. */
  readonly normalEvents?: boolean;
  /** The data's clock at the moment of opening, ms since 1970 UTC. */
  readonly now: number;
  /** What `checkpoint()` gave, or undefined for a new fleet. */
  readonly checkpoint: unknown;
}

export interface SimulatorInfo {
  readonly runId: RunId;
  readonly kind: 'fleet';
  readonly label: string;
  readonly catalog: Catalog;
  readonly faults: readonly FaultSpec[];
  readonly events: readonly NormalEventSpec[];
  readonly regions: readonly Region[];
  readonly stepMs: number;
  readonly warmUpSteps: number;
  readonly backfillSteps: number;
  readonly totalSteps: undefined;
}

export type SimulatorError =
  | 'fleet-options'
  | 'checkpoint'
  | InjectError
  | EventError
  | 'unknown-injection'
  | 'not-running';

/** The simulated cloud. Synchronous; lives in the sim worker. */
export interface Simulator {
  info(): SimulatorInfo;
  /** The next `steps` ticks, whatever the size of a batch the same data. Throws when steps is not a whole number >= 0. */
  pull(steps: number): TelemetryBatch;
  /**
   * Starts a fault at the next sample. A new device joins the catalog at its end with the next batch, stands at the origin, has the
   * role edge, reports NEW_DEVICE_CALM_MS of normal data first, and `from` says when its fault begins. Errors: see checkRequest.
   */
  inject(
    request: InjectionRequest,
  ): Result<{ readonly injection: Injection; readonly catalog: Catalog }, SimulatorError>;
  /** Ends a running fault at the next sample. Errors: unknown-injection, not-running. */
  stopInjection(id: string): Result<Injection, SimulatorError>;
  /** What changed since the last call, oldest first. After a restore: all that are kept (running ones and the latest 500 ended). */
  injections(): Injection[];
  /** Starts a normal event at the next sample or at a later one. Errors: see checkEventRequest. */
  startEvent(request: NormalEventRequest): Result<NormalEventRecord, SimulatorError>;
  /** Normal events that are running or ended, the fleet's own ones included, oldest first: benign truth, for evaluation only. */
  normalEvents(): NormalEventRecord[];
  /**
   * Tells who is quarantined: from the next sample on these devices, by index, get no traffic, their peers carry it, and they go on to
   * report. Replaces what was told before. Indexes that no device has are left out.
   */
  setBlocked(devices: readonly number[]): void;
  /** The whole state; nothing in it is shared with the simulator. */
  checkpoint(): PlainData;
  /** Disturbed samples so far: those with from <= t < to. For evaluation only. */
  truth(): TruthInterval[];
}

/** A device that joins for an injection reports so long undisturbed. */
export const NEW_DEVICE_CALM_MS = 20_000;

/**
 * Starts a simulated cloud, or goes on from a checkpoint.
 *
 * New: the first sample is at now - (WARM_UP_STEPS + BACKFILL_STEPS) * STEP_MS, so that history ends one step before `now`.
 *
 * From a checkpoint: seed and size are the checkpoint's own (those of the options are not looked at), and the data goes on exactly
 * where it stopped. Its clock jumps forward to `now` when that is later, which leaves a gap in the data; faults whose end falls into
 * the gap have ended. No warm-up and no backfill, since models and data of the run are in storage, unless the checkpoint is older than
 * the end of its history: then the rest of it is still to come, and still ends at `now`.
 *
 * Errors: fleet-options (seed, deviceCount or now), checkpoint (naming the field).
 */
export function createSimulator(options: SimulatorOptions): Result<Simulator, SimulatorError> {
  if (!Number.isFinite(options.now) || Math.abs(options.now) > 8.64e15) {
    return err('fleet-options', `now must be a time in ms since 1970, got ${options.now}`);
  }
  // Whole milliseconds keep every time exact.
  const now = Math.round(options.now);
  if (options.checkpoint !== undefined) {
    const loaded = loadCheckpoint(options.checkpoint);
    if (!loaded.ok) return loaded;
    skipGap(loaded.value, now);
    return ok(openSimulator(loaded.value, options));
  }
  if (!Number.isSafeInteger(options.seed)) {
    return err('fleet-options', `seed must be a whole number, got ${options.seed}`);
  }
  if (!Number.isInteger(options.deviceCount) || options.deviceCount < 1 || options.deviceCount > MAX_FLEET_SIZE) {
    return err(
      'fleet-options',
      `deviceCount must be a whole number in [1, ${MAX_FLEET_SIZE}], got ${options.deviceCount}`,
    );
  }
  const originMs = now - LIVE_TICK * STEP_MS;
  return ok(openSimulator(createFleetState(options.seed, options.deviceCount, originMs), options));
}

function openSimulator(
  state: FleetState,
  options: Pick<SimulatorOptions, 'runId' | 'ambientFaults' | 'normalEvents'>,
): Simulator {
  const { runId, ambientFaults, normalEvents = true } = options;
  const warmUpSteps = Math.max(0, WARM_UP_STEPS - state.tick);
  const backfillSteps = Math.max(0, LIVE_TICK - state.tick - warmUpSteps);
  const catalog = (): Catalog => ({ devices: [...state.devices], metrics: CANONICAL_METRICS });
  return {
    info: () => ({
      runId,
      kind: 'fleet',
      label: 'Simulated fleet',
      catalog: catalog(),
      faults: FAULT_SPECS,
      events: NORMAL_EVENT_SPECS,
      regions: REGIONS,
      stepMs: STEP_MS,
      warmUpSteps,
      backfillSteps: Math.min(BACKFILL_STEPS, backfillSteps),
      totalSteps: undefined,
    }),
    pull: (steps) => {
      if (!Number.isInteger(steps) || steps < 0)
        throw new RangeError(`steps must be a whole number >= 0, got ${steps}`);
      return generateBatch(state, { steps, runId, ambientFaults, normalEvents });
    },
    inject: (request) => {
      const checked = checkRequest(request, state.devices);
      if (!checked.ok) return checked;
      const { fault, origin, target, intensity, durationMs } = checked.value;
      const device = target.kind === 'index' ? target.index : addDevice(state, target.device);
      const info = state.devices[device];
      const from = nextSampleTime(state) + (target.kind === 'index' ? 0 : NEW_DEVICE_CALM_MS);
      const start = { fault, device, info, origin, intensity, from, durationMs, by: 'operator' } as const;
      return ok({ injection: startInjection(state.book, state.seed, start), catalog: catalog() });
    },
    stopInjection: (id) => stopInjection(state.book, id, nextSampleTime(state)),
    injections: () => takeChanged(state.book),
    startEvent: (request) => {
      const checked = checkEventRequest(request, state.devices.length, nextSampleTime(state));
      if (!checked.ok) return checked;
      const { event, ...start } = checked.value;
      return ok(startNormalEvent(state.events, event, { ...start, by: 'operator' }));
    },
    normalEvents: () => state.events.entries.map(({ record }) => ({ ...record, devices: [...record.devices] })),
    setBlocked: (devices) => {
      state.columns.blocked.fill(0);
      for (const device of devices) if (device < state.devices.length) state.columns.blocked[device] = 1;
    },
    checkpoint: () => saveCheckpoint(state),
    truth: () => tellTruth(state.book, nextSampleTime(state)),
  };
}

/** Moves the clock of a restored fleet forward so that what is left of its history ends at `now`; never backward. */
function skipGap(state: FleetState, now: number): void {
  const historyLeft = Math.max(0, LIVE_TICK - state.tick);
  const gap = now - historyLeft * STEP_MS - nextSampleTime(state);
  if (gap > 0) state.originMs += gap;
  endInjections(state.book, nextSampleTime(state));
}
