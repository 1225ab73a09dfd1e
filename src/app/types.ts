import type { StoreApi } from 'zustand/vanilla';
import type { Alert } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { Injection, InjectionRequest } from '../domain/faults';
import type { FactTable, Frame, LiveLogLine, RecordVerdict } from '../domain/frame';
import type { AlertId, DeviceId } from '../domain/ids';
import type { ModelKind, ModelVersion } from '../domain/models';
import type { OwnScenario } from '../domain/records';
import type { Result } from '../domain/result';
import type { Scenario } from '../domain/scenario';
import type { Settings } from '../domain/settings';
import type { EngineApi, KeptScenario, RunView, WorkerName } from '../workers/api';
import type { ColumnMapping, FilePreview, OpenedFile } from '../workers/file-api';

export const PAGES = [
  'overview',
  'map',
  'quarantine',
  'logs',
  'alerts',
  'models',
  'scoreboard',
  'scenarios',
  'data',
] as const;
export type Page = (typeof PAGES)[number];

/** `#/alerts?id=…&severity=critical` -> page and parameters. */
export interface Route {
  readonly page: Page;
  /** The path of a hash that is no page, as it was typed; `page` is then the overview. undefined: it is one. */
  readonly unknown?: string | undefined;
  readonly params: Readonly<Record<string, string>>;
}

export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light';
  readonly timeZone: 'local' | 'utc';
  /** What this is and what to do first is told on the Overview until a person hides it. */
  readonly firstSteps: 'shown' | 'hidden';
}

/** What is told in a toast. At most 3 are shown at once; the rest waits. */
export interface Notice {
  readonly id: string;
  readonly kind: 'info' | 'success' | 'error' | 'critical';
  readonly title: string;
  readonly detail: string;
  /** Told of in plain words, in place of `detail`. */
  readonly alert?: Alert;
  /** Offered here while it is shown, and for a minute in the bar above and by Ctrl-Z. */
  readonly undo: (() => void) | undefined;
  /** A link such as `#/alerts?id=…`; undefined = none. */
  readonly link: { readonly href: string; readonly label: string } | undefined;
}

export interface FileProgress {
  readonly name: string;
  /** `cancelling`: the person has had enough; the worker that is at it has yet to stop. */
  readonly phase: 'reading' | 'training' | 'scoring' | 'cancelling';
  /** 0..1 */
  readonly progress: number;
}

export interface AppState {
  /** `waiting`: another tab runs the engine; this one starts when that one is closed. */
  readonly boot:
    | { readonly kind: 'starting' }
    | { readonly kind: 'waiting' }
    | { readonly kind: 'ready' }
    | { readonly kind: 'failed'; readonly message: string };
  readonly workers: Readonly<Record<WorkerName, 'ok' | 'restarting' | 'down'>>;
  readonly run: RunView | undefined;
  /** The latest frame; replaced at most 10 times a second. Select single values from it. */
  readonly frame: Frame | undefined;
  readonly route: Route;
  readonly preferences: Preferences;
  readonly notices: readonly Notice[];
  /** Title of the latest thing that can be taken back by `undoLast`; undefined: there is none. */
  readonly undoable: string | undefined;
  readonly injectorOpen: boolean;
  readonly focusedDevice: number | undefined;
  readonly file: FileProgress | undefined;
  /** The last opened file, with its problems. */
  readonly opened: OpenedFile | undefined;
  /** A file that was dropped or pasted anywhere and waits for its preview on the Data page. */
  readonly dropped: File | undefined;
  /** A scenario file that was dropped or pasted anywhere and waits for the Scenarios page. */
  readonly droppedScenario: File | undefined;
  readonly updateReady: boolean;
  readonly offlineReady: boolean;
}

/** Contiguous copies over the last points, oldest first, decimated to at most the asked number of points (min/max kept). */
export interface SeriesWindow {
  readonly n: number;
  readonly t: Float64Array;
  readonly mean: readonly Float32Array[];
  readonly high: readonly Float32Array[];
  readonly focus: readonly Float32Array[];
  readonly flagged: Uint16Array;
  readonly score: Float32Array;
}

/** Streams: outside React. `version` goes up with every frame; `subscribe` calls back once a frame and gives the way to stop. */
export interface LiveRings {
  readonly version: () => number;
  subscribe(listener: () => void): () => void;
  /** Points with t in (now - spanMs, now]. */
  series(spanMs: number, maxPoints: number): SeriesWindow;
  /** Newest first. */
  records(limit: number): readonly RecordVerdict[];
  /** Newest first. */
  logs(limit: number): readonly LiveLogLine[];
}

/** Commands: each tells its outcome in a notice, with undo where it can be undone. */
export interface Commands {
  pause(): Promise<void>;
  resume(): Promise<void>;
  setSpeed(speed: number): Promise<void>;
  /** One time step of a paused run. */
  step(): Promise<void>;
  restart(seed: number): Promise<void>;
  /** Plays a scenario on a new fleet; seed: another than its own. */
  playScenario(scenario: Scenario, seed?: number): Promise<Result<RunView>>;
  /** Stores an imported or recorded scenario; one of the same id and name is replaced. */
  keepScenario(scenario: Scenario): Promise<Result<KeptScenario>>;
  renameScenario(kept: KeptScenario, name: string): Promise<Result<KeptScenario>>;
  deleteScenario(kept: KeptScenario): Promise<void>;
  /** Deletes a stored scenario that cannot be read, as it stands. */
  deleteUnreadable(record: OwnScenario): Promise<void>;
  focus(device: number | undefined): void;
  inject(request: InjectionRequest): Promise<Result<readonly Injection[]>>;
  /** One injection, or all of a group. */
  stopInjection(idOrGroup: string): Promise<void>;
  stopAllInjections(): Promise<void>;
  quarantine(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>>;
  release(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>>;
  acknowledge(id: AlertId, acknowledged: boolean): Promise<Result<Alert>>;
  retrain(kind: ModelKind): Promise<Result<ModelVersion>>;
  applySettings(settings: Settings): Promise<Result<Settings>>;
  previewFile(file: File): Promise<Result<FilePreview>>;
  openFile(file: File, mapping: ColumnMapping, models: 'train' | 'active'): Promise<Result<OpenedFile>>;
  cancelFile(): Promise<void>;
  closeFile(): Promise<void>;
  eraseEverything(): Promise<void>;
  /** Starts a download of `content` under `name`. */
  save(name: string, content: Blob | string): void;
  notify(notice: Omit<Notice, 'id' | 'undo' | 'link'> & Partial<Pick<Notice, 'undo' | 'link'>>): void;
  dismiss(id: string): void;
  undoLast(): void;
  navigate(page: Page, params?: Readonly<Record<string, string>>): void;
  setPreferences(preferences: Partial<Preferences>): void;
  setInjectorOpen(open: boolean): void;
  drop(file: File | undefined): void;
  dropScenario(file: File | undefined): void;
  applyUpdate(): void;
}

/** Every method of the engine as a call that answers a promise. */
export type EngineClient = {
  readonly [K in keyof EngineApi]: EngineApi[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** What the UI is given: the one object from the composition root. */
export interface App {
  readonly store: StoreApi<AppState>;
  readonly rings: LiveRings;
  /** Queries (and commands without a notice). Late answers are the caller's to drop. */
  readonly engine: EngineClient;
  readonly commands: Commands;
  /** Resolves once a new fleet's history has been gone through, or will not soon: what can wait leaves the start its cores. */
  readonly warmedUp: Promise<void>;
  /** Calls back when one of the tables changed; gives the way to stop. */
  onFacts(tables: readonly FactTable[], listener: () => void): () => void;
  dispose(): void;
}

export type {
  AlertSamples,
  AlertTrace,
  EngineApi,
  KeptScenario,
  LogSearch,
  ModelFilePreview,
  OwnScenarios,
  RunView,
  ScenarioName,
  StoredLogLine,
  WorkerName,
} from '../workers/api';
export type { ColumnMapping, FileEvaluation, FilePreview, FileProblem, OpenedFile } from '../workers/file-api';
