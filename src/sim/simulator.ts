import { CANONICAL_METRICS, type Catalog, type Region } from '../domain/catalog';
import type { NormalEventRecord, NormalEventRequest, NormalEventSpec } from '../domain/events';
import type { FaultSpec, Injection, InjectionRequest, Refusal, TruthInterval } from '../domain/faults';
import type { RunId } from '../domain/ids';
import type { PlainData } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import { type Scenario, type ScenarioHead, type ScenarioTitle, scenarioLabel } from '../domain/scenario';
import { checkScenario } from '../domain/scenario-check';
import type { TelemetryBatch } from '../domain/telemetry';
import { loadCheckpoint, MAX_FLEET_SIZE, saveCheckpoint } from './checkpoint';
import { concatLogs, concatMetrics } from './concat';
import { endNormalEvents, listEvents, startNormalEvent } from './events/book';
import { NORMAL_EVENT_SPECS } from './events/registry';
import { checkEventRequest, type EventError } from './events/request';
import { FAULT_SPECS } from './faults/registry';
import { generateBatch } from './generate';
import { advanceInjections, stopAllInjections, stopInjections, takeChanged, tellTruth } from './injections';
import { REGIONS } from './regions';
import { planRequest } from './request';
import { SCENARIO_CONTEXT } from './scenarios/context';
import { listReservedNames, nextPendingTick, openScenario, startPending } from './scenarios/play';
import { recordFleet } from './scenarios/record';
import { startPlan } from './start';
import {
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
  /**
   * What a new fleet plays; checked here, so it may come from anywhere. Its start, its own faults and its timeline are the scenario's;
   * seed and size are those of the options, so that a link may ask for others.
   */
  readonly scenario?: Scenario;
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
  /** What is played, from a checkpoint, too. */
  readonly scenario: ScenarioHead | undefined;
  /** Time of the first live sample, ms since 1970 UTC of the data's clock. */
  readonly liveAt: number;
}

export type SimulatorError =
  | 'fleet-options'
  | 'checkpoint'
  | 'scenario'
  | 'injection-request'
  | EventError
  | 'unknown-injection'
  | 'not-running';

/** The simulated cloud. Synchronous; lives in the sim worker. */
export interface Simulator {
  info(): SimulatorInfo;
  /** The next `steps` ticks, whatever the size of a batch the same data. Throws when steps is not a whole number >= 0. */
  pull(steps: number): TelemetryBatch;
  /**
   * Starts a fault on each device that is meant, at the next sample or later. A new device joins the catalog at its end with the next
   * batch, stands at the origin, has the role edge, and reports NEW_DEVICE_CALM_MS of normal data first. On devices with a refusal the
   * injection is written down as refused. Gives one injection a device and beginning. Error: injection-request, see planRequest.
   */
  inject(
    request: InjectionRequest,
    refusals?: readonly Refusal[],
  ): Result<{ readonly injections: readonly Injection[]; readonly catalog: Catalog }, SimulatorError>;
  /** The catalog when a device joined since it was last told, by `info`, `inject` or here; undefined: it is as it was. */
  takeCatalog(): Catalog | undefined;
  /** Ends a fault, or all faults of a group, at the next sample. Errors: unknown-injection, not-running. */
  stopInjection(idOrGroup: string): Result<readonly Injection[], SimulatorError>;
  /** Ends whatever runs or is scheduled at the next sample, scenario and own faults included. */
  stopAll(): readonly Injection[];
  /** What changed since the last call, oldest first. After a restore: all that are kept (KEEP_ENDED, KEEP_AMBIENT). */
  injections(): Injection[];
  /** Starts a normal event at the next sample or at a later one. Errors: see checkEventRequest. */
  startEvent(request: NormalEventRequest): Result<NormalEventRecord, SimulatorError>;
  /**
   * Normal events that overlap [from, to), the fleet's own ones included, oldest first; all when not given, but what ended long ago is
   * forgotten (KEEP_ENDED_EVENTS). Benign truth, for evaluation only.
   */
  normalEvents(from?: number, to?: number): NormalEventRecord[];
  /**
   * Tells who is quarantined: from the next sample on these devices, by index, get no traffic, their peers carry it, and they go on to
   * report. Replaces what was told before. Indexes that no device has are left out.
   */
  setBlocked(devices: readonly number[]): void;
  /** What was injected and asked for so far, by hand or by a scenario, as a scenario that gives the same data again. */
  record(title: ScenarioTitle): Scenario;
  /** The whole state; nothing in it is shared with the simulator. */
  checkpoint(): PlainData;
  /** Disturbed samples so far, as far as they overlap [from, to); all when not given. For evaluation only. */
  truth(from?: number, to?: number): TruthInterval[];
}

/**
 * Starts a simulated cloud, or goes on from a checkpoint.
 *
 * New: the first sample is at now - (WARM_UP_STEPS + BACKFILL_STEPS) * STEP_MS, so that history ends one step before `now`.
 *
 * From a checkpoint: seed and size are the checkpoint's own (those of the options are not looked at), and the data goes on exactly
 * where it stopped. Its clock jumps forward to `now` when that is later, which leaves a gap in the data; faults whose end falls into
 * the gap have ended. No warm-up and no backfill, since models and data of the run are in storage, unless the checkpoint is older than
 * the end of its history: then the rest of it is still to come, and still ends at `now`. A scenario goes on without a gap, whatever `now` is.
 *
 * Errors: fleet-options (seed, deviceCount or now), checkpoint (naming the field), scenario (every wrong field).
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
  if (options.scenario === undefined) {
    const originMs = now - LIVE_TICK * STEP_MS;
    return ok(openSimulator(createFleetState(options.seed, options.deviceCount, originMs), options));
  }
  const checked = checkScenario(options.scenario, SCENARIO_CONTEXT);
  if (!checked.ok) return checked;
  const { startsAt } = checked.value;
  const liveAt = startsAt === undefined ? now : Date.parse(startsAt);
  const state = createFleetState(options.seed, options.deviceCount, liveAt - LIVE_TICK * STEP_MS);
  const opened = openScenario(state, checked.value);
  if (!opened.ok) return opened;
  state.scenario = opened.value;
  return ok(openSimulator(state, options));
}

function openSimulator(
  state: FleetState,
  options: Pick<SimulatorOptions, 'runId' | 'ambientFaults' | 'normalEvents'>,
): Simulator {
  const { runId, normalEvents = true } = options;
  const ambientFaults = state.scenario?.head.ambientFaults ?? options.ambientFaults;
  const warmUpSteps = Math.max(0, WARM_UP_STEPS - state.tick);
  const backfillSteps = Math.max(0, LIVE_TICK - state.tick - warmUpSteps);
  let told = 0;
  const catalog = (): Catalog => {
    told = state.devices.length;
    return { devices: [...state.devices], metrics: CANONICAL_METRICS };
  };
  return {
    info: () => ({
      runId,
      kind: 'fleet',
      label: state.scenario === undefined ? 'Simulated fleet' : scenarioLabel(state.scenario.head),
      catalog: catalog(),
      faults: FAULT_SPECS,
      events: NORMAL_EVENT_SPECS,
      regions: REGIONS,
      stepMs: STEP_MS,
      warmUpSteps,
      backfillSteps: Math.min(BACKFILL_STEPS, backfillSteps),
      totalSteps: undefined,
      scenario: state.scenario?.head,
      liveAt: state.beganMs + LIVE_TICK * STEP_MS,
    }),
    pull: (steps) => {
      if (!Number.isInteger(steps) || steps < 0)
        throw new RangeError(`steps must be a whole number >= 0, got ${steps}`);
      return generateSteps(state, { steps, runId, ambientFaults, normalEvents });
    },
    inject: (request, refusals = []) => {
      const { devices, seed, tick, book } = state;
      const reserved = listReservedNames(state);
      const planned = planRequest(request, { devices, seed, tick, open: book.open.length, reserved });
      if (!planned.ok) return planned;
      return ok({
        injections: startPlan(state, planned.value, { by: 'operator', tick, refusals }),
        catalog: catalog(),
      });
    },
    takeCatalog: () => (state.devices.length === told ? undefined : catalog()),
    stopInjection: (idOrGroup) => stopInjections(state.book, idOrGroup, nextSampleTime(state)),
    stopAll: () => {
      state.scenario?.pending.splice(0);
      return stopAllInjections(state.book, nextSampleTime(state));
    },
    injections: () => takeChanged(state.book),
    startEvent: (request) => {
      const checked = checkEventRequest(request, state.devices.length, nextSampleTime(state));
      if (!checked.ok) return checked;
      const { event, ...start } = checked.value;
      return ok(startNormalEvent(state.events, event, { ...start, by: 'operator' }));
    },
    normalEvents: (from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) =>
      listEvents(state.events, from, to).map(({ record }) => ({ ...record, devices: [...record.devices] })),
    setBlocked: (devices) => {
      state.columns.blocked.fill(0);
      for (const device of devices) if (device < state.devices.length) state.columns.blocked[device] = 1;
    },
    record: (title) => recordFleet(state, title, ambientFaults),
    checkpoint: () => saveCheckpoint(state),
    truth: (from, to) => tellTruth(state.book, nextSampleTime(state), from, to),
  };
}

/** Moves the clock of a restored fleet forward so that what is left of its history ends at `now`; never backward. */
function skipGap(state: FleetState, now: number): void {
  if (state.scenario !== undefined) return;
  const historyLeft = Math.max(0, LIVE_TICK - state.tick);
  const gap = now - historyLeft * STEP_MS - nextSampleTime(state);
  if (gap > 0) state.originMs += gap;
  advanceInjections(state.book, nextSampleTime(state));
  endNormalEvents(state.events, nextSampleTime(state));
}

/** A batch that is cut where a device joins, since all rows of a generated batch are of the same fleet. */
function generateSteps(state: FleetState, options: Parameters<typeof generateBatch>[1]): TelemetryBatch {
  const { seq } = state;
  const parts: TelemetryBatch[] = [];
  let left = options.steps;
  do {
    startPending(state);
    const next = nextPendingTick(state);
    const steps = next === undefined ? left : Math.min(left, next - state.tick);
    parts.push(generateBatch(state, { ...options, steps }));
    left -= steps;
  } while (left > 0);
  if (parts.length === 1) return parts[0];
  state.seq = seq + 1;
  const metrics = concatMetrics(parts.map((part) => part.metrics));
  return { runId: options.runId, seq, metrics, logs: concatLogs(parts.map((part) => part.logs)) };
}
