import type { Alert } from '../domain/alerts';
import type { Catalog, Region } from '../domain/catalog';
import type { Decision, QuarantineEntry } from '../domain/decisions';
import type { FaultSpec, Injection, InjectionRequest } from '../domain/faults';
import type { FactTable, Frame } from '../domain/frame';
import type { AlertId, DeviceId, RunId } from '../domain/ids';
import type { ModelKind, ModelVersion } from '../domain/models';
import type { OwnScenario, StorageUsage } from '../domain/records';
import type { Result } from '../domain/result';
import type { Scenario } from '../domain/scenario';
import type { parseScenario } from '../domain/scenario-check';
import type { Scoreboard } from '../domain/scoreboard';
import type { Settings } from '../domain/settings';
import type { LogLevel } from '../domain/telemetry';
import type { SampleTrace } from '../domain/trace';
import type { TemplateEvent, TemplateInfo } from '../domain/verdicts';
import type { LogScorer, MetricScorer, Source, SourceInfo, TruthSource } from '../engine/ports';
import type { ScoreboardQuery } from '../engine/scoreboard';
import type { ColumnMapping, FileEvaluation, FilePreview, OpenedFile } from './file-api';

/** The sim worker: simulator, injector, and replay of opened files. */
export interface SimApi extends Source, TruthSource {
  preview(file: File): Promise<Result<FilePreview>>;
  /** Parses the whole file; the source stays what it was. `onProgress` gets 0..1. Errors: unreadable, too large, no usable rows, cancelled. */
  openFile(
    file: File,
    mapping: ColumnMapping,
    runId: RunId,
    onProgress: (progress: number) => void,
  ): Promise<Result<OpenedFile>>;
  /** The file that was read for this run is the source from now on. Errors: `no-file`. */
  useFile(runId: RunId): Result<void>;
  cancelOpen(): void;
  /** The scenarios that come with the app. */
  scenarios(): readonly Scenario[];
  readScenario(text: string): ReturnType<typeof parseScenario>;
  /** Back to the simulated fleet where it stopped. Errors: `no-fleet` when none was opened. */
  closeFile(): Result<SourceInfo>;
  /** Labels of the opened file's rows in order (0 or 1); undefined when it has none. Only evaluation asks. */
  labels(): Uint8Array | undefined;
}

export type MetricApi = MetricScorer;
export type LogApi = LogScorer;

export interface ModelFilePreview {
  readonly metrics: ModelVersion | undefined;
  readonly logs: ModelVersion | undefined;
  readonly createdAt: number;
  readonly appVersion: string;
  readonly sha256: string;
  /** Largest difference in raw scores between two loads on the probe batch: 0 when equal to the bit. */
  readonly probeDifference: number;
}

export interface LogSearch {
  readonly text: string;
  readonly levels: readonly LogLevel[];
  readonly deviceId: DeviceId | undefined;
  readonly limit: number;
}

export interface StoredLogLine {
  readonly t: number;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly template: string;
  readonly score: number;
}

/** How the present forest sees an alert's peak sample, and a typical one of the same device to compare with. */
export interface AlertTrace {
  readonly sample: SampleTrace;
  /** The same trees as `sample.paths`, in the order of the trees. */
  readonly typical: SampleTrace;
  /** The forest's anomaly score, 0..100, as it was given when the alert was raised; undefined where it was not kept. */
  readonly scoreThen: number | undefined;
  readonly model: ModelVersion | undefined;
  /** False: the alert is of another run, whose samples this model may never have seen. */
  readonly isPresentRun: boolean;
}

/** The stored samples of one device around an alert, oldest first. */
export interface AlertSamples {
  /** Keys of the run's metrics. */
  readonly metrics: readonly string[];
  readonly t: Float64Array;
  /** values[metric][sample], in the metric's unit; NaN = missing. */
  readonly values: readonly Float32Array[];
  /** Hybrid anomaly score, 0..100; NaN = not scorable. */
  readonly score: Float32Array;
}

export interface RunView {
  readonly info: SourceInfo;
  readonly catalog: Catalog;
  readonly regions: readonly Region[];
  readonly faults: readonly FaultSpec[];
  readonly settings: Settings;
  /** True when stored data of an earlier visit was found and went on. */
  readonly resumed: boolean;
  /** It stood still when this was asked: a run that was paused comes back paused. */
  readonly paused: boolean;
  /** False: nothing survives the tab, because IndexedDB is not to be had. */
  readonly durable: boolean;
}

/** One of a person's own scenarios, imported or recorded. */
export interface KeptScenario {
  readonly key: string;
  /** Wall clock, ms since 1970 UTC. */
  readonly keptAt: number;
  readonly scenario: Scenario;
}

/** What a link names a scenario by. */
export interface ScenarioName {
  readonly id: string;
  /** Name of one of a person's own; undefined: one that comes with the app. */
  readonly named: string | undefined;
}

export interface OwnScenarios {
  /** Newest first. */
  readonly kept: readonly KeptScenario[];
  /** Stored, but the simulator would not play them: of another version, or damaged. */
  readonly unreadable: readonly (OwnScenario & { readonly why: string })[];
}

/** The engine worker, which owns the run. Called by the app only. */
export interface EngineApi {
  /** Starts or resumes the fleet. `now`: wall clock. `scenario`: what a link asks for; with an unknown one the fleet starts without. */
  start(options: {
    readonly now: number;
    readonly seed: number | undefined;
    readonly scenario?: ScenarioName | undefined;
  }): Promise<Result<RunView>>;
  /** Frames (at most 10 a second) and change events. One subscriber. Both callbacks are Comlink proxies. */
  subscribe(onFrame: (frame: Frame) => void, onChange: (tables: readonly FactTable[]) => void): void;
  view(): Promise<RunView>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Times real time. Errors: `speed` outside [0.5, 120]. */
  setSpeed(speed: number): Promise<Result<void>>;
  /** One time step of a paused run; nothing while it goes on by itself. */
  step(): Promise<void>;
  /** Starts the fleet anew with this seed. Stored facts of earlier runs stay. */
  restart(seed: number): Promise<Result<RunView>>;
  focus(device: number | undefined): Promise<void>;

  /** One injection for each device that is hit and each beginning, of one group. */
  inject(request: InjectionRequest): Promise<Result<readonly Injection[]>>;
  /** One injection, or all open ones of a group. */
  stopInjection(idOrGroup: string): Promise<Result<readonly Injection[]>>;
  /** Whatever runs or is scheduled. */
  stopAllInjections(): Promise<Result<readonly Injection[]>>;
  /** The scenarios that come with the app. */
  scenarios(): Promise<readonly Scenario[]>;
  /** The scenario that a link means: one that comes with the app, or a person's own. undefined: it is not in this browser. */
  findScenario(name: ScenarioName): Promise<Scenario | undefined>;
  /** Reads a scenario file against what the simulator has. Error: every wrong field, with its path and value. */
  readScenario(text: string): Promise<ReturnType<typeof parseScenario>>;
  /** Plays a scenario on a new fleet; seed: another than its own. Errors: every wrong field; then the present run goes on. */
  playScenario(scenario: Scenario, seed?: number): Promise<Result<RunView>>;
  /** The present run's injections by hand and by scenario as a scenario that gives the same data again. Error: not-a-fleet. */
  recordScenario(name: string): Promise<Result<Scenario>>;
  /** Imported and recorded scenarios, as they are stored. */
  ownScenarios(): Promise<OwnScenarios>;
  /** Stores one; place: where it stood before. Without one it takes the place of one with the same id and name. Errors: every wrong field. */
  keepScenario(scenario: Scenario, place?: Pick<KeptScenario, 'key' | 'keptAt'>): Promise<Result<KeptScenario>>;
  deleteScenario(key: string): Promise<void>;
  /** Stores one that cannot be read (by this version) as it was. */
  putBackScenario(record: OwnScenario): Promise<Result<void>>;
  injections(): Promise<readonly Injection[]>;

  quarantineList(): Promise<readonly QuarantineEntry[]>;
  decisions(): Promise<readonly Decision[]>;
  quarantine(deviceIds: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>>;
  release(deviceIds: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>>;

  /** Newest first; of one run when it is named. */
  alerts(limit: number, runId?: RunId): Promise<readonly Alert[]>;
  acknowledge(id: AlertId, acknowledged: boolean): Promise<Result<Alert>>;
  /** Markdown that states only what was measured. */
  incidentReport(id: AlertId): Promise<Result<string>>;
  /** The way of an alert's peak sample through the trees of the present forest. */
  traceAlert(id: AlertId): Promise<Result<AlertTrace>>;
  /** What the alert's device reported around it, as far as it is still stored. */
  alertSamples(id: AlertId): Promise<Result<AlertSamples>>;

  searchLogs(search: LogSearch): Promise<readonly StoredLogLine[]>;
  templates(): Promise<readonly TemplateInfo[]>;
  /** Splits and merges of templates since the log pipeline was opened, newest first, at most 200. */
  templateEvents(): Promise<readonly TemplateEvent[]>;

  models(): Promise<readonly ModelVersion[]>;
  retrain(kind: ModelKind): Promise<Result<ModelVersion>>;
  cancelTraining(): Promise<void>;
  exportModels(): Promise<Result<string>>;
  /** The autoencoder as plain TF.js files. */
  exportTfjs(): Promise<Result<{ readonly modelJson: string; readonly weights: Uint8Array }>>;
  /** Checks a model file without using it. */
  checkModelFile(text: string): Promise<Result<ModelFilePreview>>;
  /** Checks again and makes it the active model. */
  importModels(text: string): Promise<Result<ModelFilePreview>>;

  settings(): Promise<Settings>;
  setSettings(settings: Settings): Promise<Result<Settings>>;
  /** How many stored samples each sensitivity would have flagged: [false alarms per day, flagged, of]. */
  previewSensitivity(
    settings: Settings,
  ): Promise<{ readonly flagged: number; readonly flaggedNow: number; readonly of: number }>;

  /** Detection of the simulated fleet against the truth so far; empty figures for an opened file. At most 50 kB. */
  scoreboard(query: ScoreboardQuery): Promise<Scoreboard>;
  /** The stored samples of a device of the present run with from <= t <= to, oldest first; empty where nothing of them is stored. */
  deviceSamples(deviceId: DeviceId, from: number, to: number): Promise<AlertSamples>;

  previewFile(file: File): Promise<Result<FilePreview>>;
  /** Parses, trains (or takes the active models where they fit) and scores a file at full speed. */
  openFile(
    file: File,
    mapping: ColumnMapping,
    models: 'train' | 'active',
    onProgress: (phase: 'reading' | 'training' | 'scoring', progress: number) => void,
  ): Promise<Result<OpenedFile>>;
  cancelFile(): Promise<void>;
  /** Back to the simulated fleet where it stopped. */
  closeFile(): Promise<Result<RunView>>;
  evaluateFile(): Promise<FileEvaluation | undefined>;
  /** CSV of every stored sample of the present run with its scores; cells are inert in spreadsheets. */
  exportScores(): Promise<Result<Blob>>;

  usage(): Promise<StorageUsage>;
  exportBackup(): Promise<Result<Blob>>;
  importBackup(text: string): Promise<Result<void>>;
  /** Deletes everything of ours and starts anew. */
  eraseEverything(): Promise<void>;
  /** Writes what is not yet saved: called when the page is hidden. */
  flush(): Promise<void>;
}

export type WorkerName = 'engine' | 'sim' | 'metric' | 'log';

/** What the app's supervisor tells the engine worker about the other three. */
export interface EngineLines {
  /** A worker is up: here is a line to it. `restarts` > 0: it came back without its state. */
  connect(name: Exclude<WorkerName, 'engine'>, port: MessagePort, restarts: number): void;
  /** A worker is gone: calls to it fail until it is connected again. */
  disconnect(name: Exclude<WorkerName, 'engine'>): void;
}
