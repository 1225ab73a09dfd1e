import { decayingMax, type FadingMax, fadedValue } from '../detect/hybrid';
import type { AlertLogEvidence } from '../domain/alerts';
import type { Catalog } from '../domain/catalog';
import type { MemberColumn } from '../domain/frame';
import type { DeviceId } from '../domain/ids';
import type { TelemetryChunk } from '../domain/records';
import { type BatchPart, createFileRanks, type FileRanks } from './file-parts';
import type { SourceInfo } from './ports';
import { createRecentValues, type RecentValues } from './recent-values';

/** How long a device's rarest log line goes on to speak for it in full, in time steps; as long again it fades. */
const LOG_HOLD_STEPS = 3;

/** What the engine keeps of a run while it goes on. Arrays are indexed by device and grow when one joins. */
export interface RunState {
  readonly info: SourceInfo;
  catalog: Catalog;
  readonly deviceIndex: Map<DeviceId, number>;
  /** 1 = quarantined: refused at the gate. */
  blocked: Uint8Array;
  /** What the fleet was last told of `blocked`; undefined: nothing yet. */
  toldBlocked: Uint8Array | undefined;
  /** What the pipelines are told of each device (`detect/suspicion.ts`). */
  suspect: Uint8Array;
  /** When each device's log lines last spoke of trouble, ms; -Infinity = never. */
  spokeAt: Float64Array;
  /** No log model scores lines yet, or any more. */
  isDeaf: boolean;
  latest: Float32Array[];
  /** Latest hybrid anomaly score, NaN while not scorable. */
  score: Float32Array;
  lastSeen: Float64Array;
  readonly refusedBatches: Map<DeviceId, number>;
  readonly refusedSamples: Map<DeviceId, number>;
  readonly counters: Counters;
  readonly logHold: FadingMax[];
  /** What the members of the line in `logHold` said, by device: rarities by id. */
  readonly heldLogMembers: (LogMembers | undefined)[];
  /** The lines of the step that is in `logHold`, by device: an alert may open a step after the line that raised it. */
  readonly heldLogLines: (readonly AlertLogEvidence[] | undefined)[];
  /** What each member of the metric model, and the log model as a whole, said of the latest sample. */
  members: readonly MemberColumn[];
  /** How much has been seen of each device by what scores it, 0..1; NaN while nothing does. */
  confidence: Float32Array;
  readonly recent: RecentValues;
  stepsDone: number;
  /** Steps at the beginning that are scored and learned from but raise no alert: nobody was there to see them. */
  quietSteps: number;
  now: number;
  trained: boolean;
  finished: boolean;
  paused: boolean;
  /** What the fleet was made of; the settings may name another seed for the next restart. Files: the seed that trains their models. */
  readonly seed: number;
  readonly startedAt: number;
  /** Pulled but not yet scored, oldest first: a scorer that dies meanwhile must not lose it. */
  readonly held: PulledBatch[];
  /** Of an opened metrics file: what its rows are ranked by, and that looked over from its end once it is scored. */
  readonly fileRanks: FileRanks | undefined;
  rank: Float32Array | undefined;
}

export type LogMembers = readonly { readonly id: string; readonly rarity: number }[];

export interface PulledBatch {
  /** What is left to score, in order. */
  readonly parts: BatchPart[];
  readonly done: boolean;
  /** Of a fleet that a device joined. */
  readonly catalog?: Catalog | undefined;
}

export interface Counters {
  samples: number;
  logLines: number;
  flagged: number;
  alerts: number;
  refusedSamples: number;
  refusedBatches: number;
  droppedRows: number;
}

export const ZERO_COUNTERS: Counters = {
  samples: 0,
  logLines: 0,
  flagged: 0,
  alerts: 0,
  refusedSamples: 0,
  refusedBatches: 0,
  droppedRows: 0,
};

export interface RunStart {
  readonly counters: Counters;
  readonly seed: number;
  readonly startedAt: number;
}

export function createRunState(info: SourceInfo, { counters, seed, startedAt }: RunStart): RunState {
  const state: RunState = {
    info,
    catalog: { devices: [], metrics: info.catalog.metrics },
    deviceIndex: new Map(),
    blocked: new Uint8Array(0),
    toldBlocked: undefined,
    suspect: new Uint8Array(0),
    spokeAt: new Float64Array(0),
    isDeaf: true,
    latest: info.catalog.metrics.map(() => new Float32Array(0)),
    score: new Float32Array(0),
    lastSeen: new Float64Array(0),
    refusedBatches: new Map(),
    refusedSamples: new Map(),
    counters: { ...counters },
    logHold: [],
    heldLogMembers: [],
    heldLogLines: [],
    members: [],
    confidence: new Float32Array(0),
    recent: createRecentValues(info.catalog.metrics.length, info.catalog.devices.length),
    stepsDone: 0,
    quietSteps: 0,
    now: 0,
    trained: false,
    finished: false,
    paused: false,
    seed,
    startedAt,
    held: [],
    fileRanks: info.kind === 'file' && info.catalog.metrics.length > 0 ? createFileRanks() : undefined,
    rank: undefined,
  };
  growRun(state, info.catalog);
  return state;
}

/** Takes over a catalog in which devices were added at the end. */
export function growRun(state: RunState, catalog: Catalog): void {
  const n = catalog.devices.length;
  state.catalog = catalog;
  catalog.devices.forEach((device, i) => {
    state.deviceIndex.set(device.id, i);
  });
  const grownBytes = (old: Uint8Array): Uint8Array => {
    const grown = new Uint8Array(n);
    grown.set(old);
    return grown;
  };
  const grownFloats = (old: Float32Array): Float32Array => {
    const grown = new Float32Array(n).fill(Number.NaN);
    grown.set(old);
    return grown;
  };
  state.blocked = grownBytes(state.blocked);
  state.suspect = grownBytes(state.suspect);
  state.latest = state.latest.map(grownFloats);
  state.score = grownFloats(state.score);
  state.confidence = grownFloats(state.confidence);
  state.members = state.members.map((member) => ({ ...member, score: grownFloats(member.score) }));
  while (state.logHold.length < n) state.logHold.push({ value: Number.NaN, at: 0 });
  const spoke = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  spoke.set(state.spokeAt);
  state.spokeAt = spoke;
  const seen = new Float64Array(n).fill(Number.NaN);
  seen.set(state.lastSeen);
  state.lastSeen = seen;
}

/**
 * The rarity that a device's log lines speak with at time t: the rarest line of the last few steps. NaN when nothing was scored.
 * Metrics react seconds after the first line of trouble; holding lets both be heard together. members: of the line that comes now.
 */
export function holdLogRarity(
  state: RunState,
  device: number,
  line: { readonly rarity: number; readonly members: LogMembers | undefined },
  t: number,
): number {
  const holdMs = LOG_HOLD_STEPS * state.info.stepMs;
  const held = state.logHold[device];
  state.logHold[device] = decayingMax(held, line.rarity, t, holdMs);
  if (state.logHold[device] !== held) state.heldLogMembers[device] = line.members;
  return fadedValue(state.logHold[device], t, holdMs);
}

/** Counts refused rows of one device in one batch. */
export function countRefused(state: RunState, device: number, rows: number): void {
  const { id } = state.catalog.devices[device];
  state.refusedBatches.set(id, (state.refusedBatches.get(id) ?? 0) + 1);
  state.refusedSamples.set(id, (state.refusedSamples.get(id) ?? 0) + rows);
  state.counters.refusedBatches++;
  state.counters.refusedSamples += rows;
}

/** Shows what was stored last of each device until there is news of it: a run that comes back paused has none. */
export function recallLatest(run: RunState, { n, t, device, metrics, score }: TelemetryChunk): void {
  for (let i = 0; i < n; i++) {
    const at = device[i];
    if (at >= run.catalog.devices.length) continue;
    run.latest.forEach((column, metric) => {
      column[at] = metrics[metric]?.[i] ?? Number.NaN;
    });
    run.score[at] = score[i];
    run.lastSeen[at] = t[i];
  }
}
