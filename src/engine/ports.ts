import type { DetectError, PipelineConfig, TrainingEffort, TrainSummary } from '../detect/contract';
import type { Alert } from '../domain/alerts';
import type { Catalog, Region } from '../domain/catalog';
import type { Decision } from '../domain/decisions';
import type { NormalEventRecord } from '../domain/events';
import type { FaultSpec, Injection, InjectionRequest, Refusal, TruthInterval } from '../domain/faults';
import type { AlertId, DeviceId, ModelId, RunId } from '../domain/ids';
import type { ModelKind, PlainData, SavedModel } from '../domain/models';
import type { LogChunk, RunRecord, StorageUsage, TelemetryChunk } from '../domain/records';
import type { Result } from '../domain/result';
import type { Scenario, ScenarioHead, ScenarioTitle } from '../domain/scenario';
import type { Settings } from '../domain/settings';
import type { LogBatch, MetricBatch, TelemetryBatch } from '../domain/telemetry';
import type { SampleTrace, TraceQuery } from '../domain/trace';
import type { DetectorState, LogVerdicts, MetricVerdicts, TemplateEvent, TemplateInfo } from '../domain/verdicts';

type Awaitable<T> = T | Promise<T>;

/** What a source tells about itself when it is opened. */
export interface SourceInfo {
  readonly runId: RunId;
  readonly kind: 'fleet' | 'file';
  readonly label: string;
  readonly catalog: Catalog;
  readonly faults: readonly FaultSpec[];
  readonly regions: readonly Region[];
  /** Milliseconds between two samples of one device. */
  readonly stepMs: number;
  /** Steps to go through before live scoring starts: history that trains the models. */
  readonly warmUpSteps: number;
  /** Further history that is scored at once, so that charts are not empty. */
  readonly backfillSteps: number;
  /** Known length, for files; undefined for the fleet. */
  readonly totalSteps: number | undefined;
  /** Of a log file: its lines, and how many of them a device writes in `stepMs`, on the mean. */
  readonly logLines?: { readonly count: number; readonly perDeviceStep: number };
  /** What the fleet plays, if it does. Its clock is its own: it goes on where it stopped, whatever time it is. */
  readonly scenario?: ScenarioHead | undefined;
  /** Fleet only: time of the first live sample, ms since 1970 UTC of the data's clock; a scenario's seconds count from here. */
  readonly liveAt?: number;
}

export interface FleetOptions {
  readonly runId: RunId;
  readonly seed: number;
  readonly deviceCount: number;
  readonly ambientFaults: boolean;
  /** The data's clock at the moment of opening: history ends here. */
  readonly now: number;
  readonly checkpoint: PlainData | undefined;
  /** What a new fleet plays. */
  readonly scenario?: Scenario;
}

/** What one pull gives. */
export interface Pulled {
  readonly batch: TelemetryBatch;
  /** A file ended. */
  readonly done: boolean;
  /** Of a fleet that a device joined since it was last told; the new ones stand at the end. */
  readonly catalog?: Catalog | undefined;
}

/** The simulated fleet or a file replay. One batch in flight. */
export interface Source {
  openFleet(options: FleetOptions): Awaitable<Result<SourceInfo>>;
  /** The next `steps` time steps. */
  pull(steps: number): Awaitable<Pulled>;
  /** File only: back to its first step. */
  rewind(): Awaitable<void>;
  /** Fleet only. One injection a device and beginning; those on devices with a refusal are refused. Error: every wrong field. */
  inject(
    request: InjectionRequest,
    refusals: readonly Refusal[],
  ): Awaitable<Result<{ readonly injections: readonly Injection[]; readonly catalog: Catalog }>>;
  /** One injection, or all of a group. Errors: unknown-injection, not-running. */
  stopInjection(idOrGroup: string): Awaitable<Result<readonly Injection[]>>;
  /** Whatever runs or is scheduled. */
  stopAll(): Awaitable<readonly Injection[]>;
  /** All injections whose state changed since the last call, the fleet's own faults included. */
  injections(): Awaitable<readonly Injection[]>;
  /** Fleet only: the run so far as a scenario that gives the same data again. */
  record(title: ScenarioTitle): Awaitable<Scenario>;
  /** Fleet only: who is quarantined, by index, and so gets no traffic from the next sample on. Replaces what was told before. */
  setBlocked(devices: readonly number[]): Awaitable<void>;
  checkpoint(): Awaitable<PlainData>;
}

/** Ground truth, for the scoreboard alone. A port of its own, so that nothing that detects or stores is handed it. */
export interface TruthSource {
  /** Faults of which at least one sample has from <= t < to, as far as the data has come. */
  truth(from: number, to: number): Awaitable<readonly TruthInterval[]>;
  /** Normal events of the same time: what a naive detector flags. */
  normalEvents(from: number, to: number): Awaitable<readonly NormalEventRecord[]>;
}

export interface MetricScorer {
  open(catalog: Catalog, config: PipelineConfig): Awaitable<void>;
  setCatalog(catalog: Catalog): Awaitable<void>;
  configure(config: PipelineConfig): Awaitable<void>;
  score(batch: MetricBatch, seq: number, suspect: Uint8Array): Awaitable<MetricVerdicts>;
  train(): Awaitable<Result<TrainSummary, DetectError>>;
  state(): Awaitable<DetectorState>;
  save(): Awaitable<Result<PlainData, DetectError>>;
  load(saved: PlainData): Awaitable<Result<TrainSummary, DetectError>>;
  /** Loads a model beside the active one and scores a fixed probe batch: its raw scores, all finite. Errors: bad-model. */
  probe(saved: PlainData): Awaitable<Result<Float32Array, DetectError>>;
  /** How the trees see one sample, see MetricPipeline; undefined when it cannot be shown. */
  tracePaths(query: TraceQuery, limit?: number): Awaitable<SampleTrace | undefined>;
}

export interface LogScorer {
  open(config: PipelineConfig): Awaitable<Result<void, DetectError>>;
  configure(config: PipelineConfig): Awaitable<void>;
  score(batch: LogBatch, seq: number, suspect: Uint8Array): Awaitable<LogVerdicts>;
  /** Progress is read through `state()`. Default effort: full. */
  train(effort?: TrainingEffort): Awaitable<Result<TrainSummary, DetectError>>;
  cancelTraining(): Awaitable<void>;
  state(): Awaitable<DetectorState>;
  templates(): Awaitable<readonly TemplateInfo[]>;
  templateEvents(): Awaitable<readonly TemplateEvent[]>;
  save(): Awaitable<Result<PlainData, DetectError>>;
  load(saved: PlainData): Awaitable<Result<TrainSummary, DetectError>>;
  probe(saved: PlainData): Awaitable<Result<Float32Array, DetectError>>;
  /** The autoencoder as a plain TF.js LayersModel: model.json and its weights file. */
  exportTfjs(
    saved: PlainData,
  ): Awaitable<Result<{ readonly modelJson: string; readonly weights: Uint8Array }, DetectError>>;
}

export interface AlertQuery {
  readonly runId?: RunId;
  readonly limit: number;
}

/** What the engine needs of storage. Facts are durable once the promise resolves; telemetry is relaxed. */
export interface Store {
  /** board: what was counted of the run, of the same moment as its checkpoint; without one what is kept of it stays. */
  putRun(run: RunRecord, board?: object): Promise<void>;
  /** The board last put with a run, unchecked; undefined: none. Only the score keeper is made of it. */
  board(runId: RunId): Promise<unknown>;
  runs(): Promise<readonly RunRecord[]>;
  /** One run alone: all of them together are megabytes where fleets are large. */
  run(runId: RunId): Promise<RunRecord | undefined>;
  addTelemetry(chunk: TelemetryChunk): Promise<void>;
  addLogs(chunk: LogChunk): Promise<void>;
  /** Chunks of a run, oldest first, that overlap [from, to]. */
  telemetry(runId: RunId, from: number, to: number): Promise<readonly TelemetryChunk[]>;
  logs(runId: RunId, from: number, to: number): Promise<readonly LogChunk[]>;
  /** All chunks of a run that are stored now, oldest first, a few in memory at a time. */
  walkTelemetry(runId: RunId): AsyncIterable<TelemetryChunk>;
  walkLogs(runId: RunId): AsyncIterable<LogChunk>;
  /** Where a run's chunks of both kinds end: the largest number and the latest time. undefined: none is stored. */
  lastChunk(runId: RunId): Promise<{ readonly seq: number; readonly to: number } | undefined>;
  putAlerts(alerts: readonly Alert[]): Promise<void>;
  /** Newest first. */
  alerts(query: AlertQuery): Promise<readonly Alert[]>;
  alert(id: AlertId): Promise<Alert | undefined>;
  addDecisions(decisions: readonly Decision[]): Promise<void>;
  /** All decisions of a run, oldest first. */
  decisions(runId: RunId): Promise<readonly Decision[]>;
  putInjections(runId: RunId, injections: readonly Injection[]): Promise<void>;
  injections(runId: RunId): Promise<readonly Injection[]>;
  /** Adds a model version and makes it the active one of its kind. */
  putModel(model: SavedModel): Promise<void>;
  models(): Promise<readonly SavedModel['info'][]>;
  activeModel(kind: ModelKind): Promise<SavedModel | undefined>;
  /** One stored version with its content; undefined when unknown or its content is no longer kept. */
  model(id: ModelId): Promise<SavedModel | undefined>;
  putSettings(settings: Settings): Promise<void>;
  settings(): Promise<Result<Settings>>;
  usage(): Promise<StorageUsage>;
  /** Deletes the oldest telemetry and log chunks until they fit in `bytes`. Gives the number of chunks deleted. */
  prune(bytes: number): Promise<number>;
  /**
   * Deletes the runs saved longest ago beyond `runs`, with all that is of them, and the oldest alerts beyond `alerts`; runs that are open
   * stay. Gives how many were deleted.
   */
  tidy(limits: { readonly runs: number; readonly alerts: number; readonly open: readonly RunId[] }): Promise<{
    readonly runs: number;
    readonly alerts: number;
    readonly injections: number;
  }>;
  /** Everything as one JSON text; typed arrays as base64. */
  exportBackup(): Promise<string>;
  /** Replaces everything by a backup. Checked as a whole first. Errors: `backup` with what is wrong; then nothing changed. */
  importBackup(text: string): Promise<Result<void>>;
  erase(): Promise<void>;
}

export type { DeviceId };
