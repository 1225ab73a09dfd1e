import type { Alert } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { Injection } from '../domain/faults';
import type { AlertId, ModelId, RunId } from '../domain/ids';
import type { ModelKind, ModelVersion, SavedModel } from '../domain/models';
import type { LogChunk, OwnScenario, RunRecord, StorageUsage, TelemetryChunk } from '../domain/records';
import type { Result } from '../domain/result';
import type { Settings } from '../domain/settings';
import { findAlert, listAlerts, putAlerts } from './alerts';
import type { Backend } from './backend';
import { exportBackup, importBackup } from './backup';
import type { StoreContext } from './context';
import { addDecisions, listDecisions } from './decisions';
import { openDexieBackend } from './dexie-backend';
import { listInjections, putInjections } from './injections';
import { openMemoryBackend } from './memory-backend';
import { findModel, listModels, putModel, readActiveModel } from './models';
import { pruneChunks } from './retention';
import { findRun, listRuns, putRun, readBoard } from './runs';
import { listScenarios, putScenario, removeScenario } from './scenarios';
import { DATABASE_PREFIX, TABLE_NAMES, type TableName } from './schema';
import { putSettings, readSettings } from './settings';
import { addLogs, addTelemetry, findLastChunk, listLogs, listTelemetry, walkLogs, walkTelemetry } from './telemetry';
import { type FactLimits, type Tidied, tidyFacts } from './tidy';
import { describeError } from './trouble';
import { readUsage } from './usage';
import { writeFact, writeTelemetry } from './write-guard';

/** Longer than any healthy open (a few milliseconds), short enough that a person does not give up. */
const OPEN_DEADLINE_MS = 4000;

export interface StoreOptions {
  /** Appended to the database prefix after a dash: tests and previews get a database of their own. */
  readonly name?: string;
  /** Called with one sentence for a person whenever something could not be stored or read. */
  readonly onTrouble?: (message: string) => void;
  readonly openDeadlineMs?: number;
}

/** The engine's `Store`, and where it lives. Method contracts: src/engine/ports.ts. */
export interface StoreHandle {
  readonly mode: 'disk' | 'memory';
  putRun(run: RunRecord, board?: object): Promise<void>;
  board(runId: RunId): Promise<unknown>;
  runs(): Promise<readonly RunRecord[]>;
  run(runId: RunId): Promise<RunRecord | undefined>;
  addTelemetry(chunk: TelemetryChunk): Promise<void>;
  addLogs(chunk: LogChunk): Promise<void>;
  telemetry(runId: RunId, from: number, to: number): Promise<readonly TelemetryChunk[]>;
  logs(runId: RunId, from: number, to: number): Promise<readonly LogChunk[]>;
  walkTelemetry(runId: RunId): AsyncIterable<TelemetryChunk>;
  walkLogs(runId: RunId): AsyncIterable<LogChunk>;
  lastChunk(runId: RunId): Promise<{ readonly seq: number; readonly to: number } | undefined>;
  putAlerts(alerts: readonly Alert[]): Promise<void>;
  alerts(query: { readonly runId?: RunId; readonly limit: number }): Promise<readonly Alert[]>;
  alert(id: AlertId): Promise<Alert | undefined>;
  addDecisions(decisions: readonly Decision[]): Promise<void>;
  decisions(runId: RunId): Promise<readonly Decision[]>;
  putInjections(runId: RunId, injections: readonly Injection[]): Promise<void>;
  injections(runId: RunId): Promise<readonly Injection[]>;
  putModel(model: SavedModel): Promise<void>;
  models(): Promise<readonly ModelVersion[]>;
  activeModel(kind: ModelKind): Promise<SavedModel | undefined>;
  model(id: ModelId): Promise<SavedModel | undefined>;
  putScenario(scenario: OwnScenario): Promise<void>;
  scenarios(): Promise<readonly OwnScenario[]>;
  removeScenario(key: string): Promise<void>;
  putSettings(settings: Settings): Promise<void>;
  settings(): Promise<Result<Settings>>;
  usage(): Promise<StorageUsage>;
  prune(bytes: number): Promise<number>;
  tidy(limits: FactLimits): Promise<Tidied>;
  exportBackup(): Promise<string>;
  importBackup(text: string): Promise<Result<void>>;
  erase(): Promise<void>;
  close(): void;
}

/**
 * Opens the store on disk, or in memory (mode `memory`) when IndexedDB is missing, fails, does not answer within `openDeadlineMs`
 * (default 4 s) or holds data of a newer schema; `onTrouble` then says why. Never rejects.
 */
export async function openStore(options: StoreOptions = {}): Promise<StoreHandle> {
  const trouble = options.onTrouble ?? ((message: string) => console.warn(message));
  const name = options.name === undefined ? DATABASE_PREFIX : `${DATABASE_PREFIX}-${options.name}`;
  return storeOver(await openBackend(name, options.openDeadlineMs ?? OPEN_DEADLINE_MS, trouble), trouble);
}

/** The store over a given backend. Exported so that both backends go through the same contract checks. */
export function storeOver(backend: Backend, trouble: (message: string) => void): StoreHandle {
  const damaged = new Map<TableName, number>();
  const skip = (table: TableName, why: string): void => {
    const seen = damaged.get(table) ?? 0;
    damaged.set(table, seen + 1);
    if (seen === 0) trouble(`a stored record in ${table} is damaged and was skipped: ${why}`);
  };
  const context: StoreContext = { backend, skip, trouble, pressure: { prunedAt: Number.NEGATIVE_INFINITY } };
  return {
    mode: backend.mode,
    putRun: (run, board) => writeFact(context, 'the run', () => putRun(context, run, board)),
    board: (runId) => readBoard(context, runId),
    runs: () => listRuns(context),
    run: (runId) => findRun(context, runId),
    addTelemetry: (chunk) => writeTelemetry(context, () => addTelemetry(context, chunk)),
    addLogs: (chunk) => writeTelemetry(context, () => addLogs(context, chunk)),
    telemetry: (runId, from, to) => listTelemetry(context, runId, from, to),
    logs: (runId, from, to) => listLogs(context, runId, from, to),
    walkTelemetry: (runId) => walkTelemetry(context, runId),
    walkLogs: (runId) => walkLogs(context, runId),
    lastChunk: (runId) => findLastChunk(context, runId),
    putAlerts: (alerts) => writeFact(context, 'alerts', () => putAlerts(context, alerts)),
    alerts: (query) => listAlerts(context, query),
    alert: (id) => findAlert(context, id),
    addDecisions: (decisions) => writeFact(context, 'decisions', () => addDecisions(context, decisions)),
    decisions: (runId) => listDecisions(context, runId),
    putInjections: (runId, injections) =>
      writeFact(context, 'injections', () => putInjections(context, runId, injections)),
    injections: (runId) => listInjections(context, runId),
    putModel: (model) => writeFact(context, 'the model', () => putModel(context, model)),
    models: () => listModels(context),
    activeModel: (kind) => readActiveModel(context, kind),
    model: (id) => findModel(context, id),
    putScenario: (scenario) => writeFact(context, 'the scenario', () => putScenario(context, scenario)),
    scenarios: () => listScenarios(context),
    removeScenario: (key) => removeScenario(context, key),
    putSettings: (settings) => writeFact(context, 'the settings', () => putSettings(context, settings)),
    settings: () => readSettings(context),
    usage: () =>
      readUsage(
        context,
        [...damaged.values()].reduce((sum, count) => sum + count, 0),
      ),
    prune: (bytes) => pruneChunks(context, bytes),
    tidy: (limits) => tidyFacts(context, limits),
    exportBackup: () => exportBackup(context),
    importBackup: (text) => importBackup(context, text),
    erase: () => eraseAll(context),
    close: () => backend.close(),
  };
}

/** Empties every table in one transaction. The database itself stays: deleting it would wait for other tabs. */
async function eraseAll(context: StoreContext): Promise<void> {
  await context.backend.write(TABLE_NAMES, 'strict', async (tx) => {
    for (const table of TABLE_NAMES) await tx.clear(table);
  });
}

async function openBackend(name: string, deadlineMs: number, trouble: (message: string) => void): Promise<Backend> {
  let why = 'this browser has no IndexedDB';
  if (typeof indexedDB !== 'undefined') {
    try {
      return await withDeadline(openDexieBackend(name), deadlineMs);
    } catch (error) {
      why = describeError(error);
    }
  }
  trouble(`storage on disk is not to be had, so that nothing survives this tab: ${why}`);
  return openMemoryBackend();
}

async function withDeadline(opening: Promise<Backend>, deadlineMs: number): Promise<Backend> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs);
  });
  const first = await Promise.race([opening, deadline]).finally(() => clearTimeout(timer));
  if (first !== 'late') return first;
  // Should it open after all, nobody would use it; a failure after the deadline adds nothing to what is reported.
  opening.then(
    (backend) => backend.close(),
    () => undefined,
  );
  throw new Error(`IndexedDB did not answer within ${deadlineMs} ms`);
}
