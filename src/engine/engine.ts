import type { Alert } from '../domain/alerts';
import type { Decision, QuarantineEntry } from '../domain/decisions';
import type { Injection, InjectionRequest } from '../domain/faults';
import type { EngineState, FactTable, Frame } from '../domain/frame';
import { type AlertId, type DeviceId, injectionId, runId } from '../domain/ids';
import type { ModelKind, ModelVersion, SavedModel } from '../domain/models';
import type { RunRecord } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';
import { emptyLogBatch } from '../domain/telemetry';
import { expireAlert } from '../respond/alerts';
import { writeReport } from '../respond/report';
import { planReturn } from './absence';
import { type AlertWriter, createAlertWriter } from './alert-writer';
import { createDesk, type Desk } from './desk';
import { Detection } from './detection';
import { type CheckedModelFile, checkModelFile, exportModelFile, type Sha256 } from './model-exchange';
import type { LogScorer, MetricScorer, Source, SourceInfo, Store } from './ports';
import { createPublisher, type Publisher } from './publisher';
import { createRecorder, type Recorder } from './recorder';
import { packRefused, refusedCounts } from './refused-counters';
import { createRunState, growRun, type PulledBatch, type RunState, ZERO_COUNTERS } from './run-state';
import { processBatch, refreshQuarantine } from './tick';

/** Steps of history in one pull while the run catches up. */
const CATCH_UP_STEPS = 60;
/** Longer than the widest window of the metric features. */
const REFILL_STEPS = 120;
/** Samples that a file's pull aims at. */
const FILE_ROWS_A_PULL = 2000;
/** Where the warm-up was too short to train on, training is tried again after so many further steps. */
const LATE_TRAINING_STEPS = 32;
/** Live time that may pile up behind a slow model before the clock gives way. */
const MAX_DEBT_MS = 1500;
const FLUSH_EVERY_MS = 2000;
const PRUNE_EVERY_MS = 5000;
const MAX_PENDING = 20_000;
const IDLE_MS = 100;
/** What the charts hold: two hours at a sample a second. */
const HISTORY_STEPS = 7200;
/** Rows after which the rate of log lines is first known; then at every doubling. */
const FIRST_LINE_RATE_ROWS = 2000;
/** A training that failed is not repeated at every step. */
const TRAIN_AGAIN_MS = 30_000;
/** Stored alerts that a resumed run looks back on, to go on with their incidents. */
const REMEMBERED_ALERTS = 1000;
const TROUBLE_SHOWN_MS = 20_000;
const MB = 1_000_000;

export interface EngineDeps {
  readonly source: Source;
  readonly metric: MetricScorer;
  readonly log: LogScorer;
  readonly store: Store;
  readonly wallClock: () => number;
  readonly newId: () => string;
  readonly sha256: Sha256;
  readonly appVersion: string;
  readonly onChange: (tables: readonly FactTable[]) => void;
}

/** The loop: gate -> detect -> hybrid -> respond -> record -> publish. One step at a time; commands wait for the step in flight. */
export class Engine {
  readonly detection: Detection;
  settings: Settings = DEFAULT_SETTINGS;
  #trouble: { readonly message: string; readonly until: number } | undefined;
  resumed = false;
  readonly #deps: EngineDeps;
  #run: RunState | undefined;
  #desk: Desk | undefined;
  #recorder: Recorder | undefined;
  #publisher: Publisher | undefined;
  /** What the fleet was when a file was opened over it. */
  #parked:
    | { run: RunState; desk: Desk; recorder: Recorder; publisher: Publisher; models: readonly SavedModel[] }
    | undefined;
  #speed = 1;
  #lastAdvance = 0;
  #debtMs = 0;
  #flushedAt = 0;
  #prunedAt = 0;
  #savedAt = 0;
  #savedSteps = -1;
  #queue: Promise<unknown> = Promise.resolve();
  #rate = { since: 0, samples: 0, perSecond: 0 };
  #training = false;
  readonly #alerts: AlertWriter;
  /** Rows at which the rate of log lines is told to the detector again, and what was counted since the run was opened. */
  #lineRate = { nextAt: 0, rows: 0, lines: 0 };
  #trainAgainAt = 0;
  /** A scorer died while a run was being opened: nothing is pulled until it is back and the run is opened again. */
  #isHalfOpen = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#alerts = createAlertWriter(deps.wallClock, async (alerts) => {
      await this.#save(() => deps.store.putAlerts(alerts));
      deps.onChange(['alerts']);
    });
    this.detection = new Detection(
      {
        ...deps,
        onModels: () => deps.onChange(['models']),
        onTrouble: (message) => this.report(message),
      },
      this.settings,
    );
  }

  /** Runs alone: no step is in flight meanwhile, and calls keep their order. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work, work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  get run(): RunState {
    if (this.#run === undefined) throw new Error('engine: no run is open');
    return this.#run;
  }

  get desk(): Desk {
    if (this.#desk === undefined) throw new Error('engine: no run is open');
    return this.#desk;
  }

  get isOpen(): boolean {
    return this.#run !== undefined;
  }

  get speed(): number {
    return this.#speed;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#debtMs = 0;
  }

  setPaused(paused: boolean): void {
    this.run.paused = paused;
    this.#debtMs = 0;
  }

  /** Draws a device's own values, its stored history included. */
  async setFocus(device: number | undefined): Promise<void> {
    if (device === this.#publisher?.focused) return;
    await this.flush();
    await this.#redraw(device);
  }

  async #redraw(focus: number | undefined): Promise<void> {
    const { run } = this;
    const from = run.info.kind === 'file' ? 0 : run.now - HISTORY_STEPS * run.info.stepMs;
    this.#publisher?.redraw(await this.#deps.store.telemetry(run.info.runId, from, Number.POSITIVE_INFINITY), focus);
  }

  /** Reads settings and the last run, then opens or resumes the fleet. `seed` given: a link asks for this fleet, anew. */
  async start(seed: number | undefined): Promise<Result<void>> {
    const stored = await this.#deps.store.settings();
    if (stored.ok) this.settings = stored.value;
    else this.report(stored.error.message);
    if (seed !== undefined && seed !== this.settings.seed) {
      this.settings = { ...this.settings, seed };
      await this.#save(() => this.#deps.store.putSettings(this.settings));
    }
    const last = (await this.#deps.store.runs())
      .filter((run) => run.kind === 'fleet' && run.seed === this.settings.seed && run.checkpoint !== undefined)
      .sort((a, b) => b.savedAt - a.savedAt)[0];
    return this.openFleet(last);
  }

  /** Opens the fleet: from a stored run where one is given, else from the seed. */
  async openFleet(last: RunRecord | undefined): Promise<Result<void>> {
    const stored = last === undefined ? undefined : await this.#deps.store.lastChunk(last.runId);
    const absence = planReturn(stored?.to, this.#deps.wallClock());
    const opened = await this.#deps.source.openFleet({
      runId: last?.runId ?? runId(`fleet-${this.settings.seed}-${this.#deps.newId()}`),
      seed: last?.seed ?? this.settings.seed,
      deviceCount: this.settings.deviceCount,
      ambientFaults: this.settings.ambientFaults,
      now: absence.resumeAt,
      checkpoint: last?.checkpoint,
    });
    if (!opened.ok) {
      // A checkpoint of another version: the fleet starts anew rather than not at all.
      if (last !== undefined) {
        this.report(`the stored fleet could not be continued (${opened.error.message}); a new one was started`);
        return this.openFleet(undefined);
      }
      return opened;
    }
    this.#parked = undefined;
    this.resumed = last !== undefined;
    const { value: info } = opened;
    const steps = absence.catchUpSteps;
    // After a long absence the fleet stands elsewhere in its day: models of its own are trained again on what it now does.
    const trainAgain = absence.isLong && !(await this.#hasImportedModel());
    await this.#begin(
      trainAgain
        ? { ...info, warmUpSteps: info.warmUpSteps + steps }
        : { ...info, backfillSteps: info.backfillSteps + steps },
      last,
    );
    if (last !== undefined && !trainAgain) {
      await this.#restoreModels();
      this.run.quietSteps = steps;
      await this.#refillWindows();
    }
    this.#isHalfOpen = false;
    return ok(undefined);
  }

  async #hasImportedModel(): Promise<boolean> {
    return (await this.#deps.store.models()).some((model) => model.active && model.origin === 'imported');
  }

  /**
   * A pipeline that has just been opened knows levels from its model but nothing of the last minutes: without them a first change looks
   * enormous. The last stored samples go through it once more; what it says of them is not used.
   */
  async #refillWindows(): Promise<void> {
    const { run } = this;
    const from = run.now - REFILL_STEPS * run.info.stepMs;
    for (const chunk of await this.#deps.store.telemetry(run.info.runId, from, Number.POSITIVE_INFINITY)) {
      await this.detection.score(
        { n: chunk.n, t: chunk.t, device: chunk.device, metrics: chunk.metrics },
        emptyLogBatch(),
        0,
        new Uint8Array(run.catalog.devices.length),
      );
    }
  }

  /** A file becomes the present run; the fleet waits. models: train on the file, or take the active ones where they fit. */
  async openFile(info: SourceInfo, models: 'train' | 'active'): Promise<Result<void>> {
    await this.#finishRun();
    await this.flush();
    if (
      this.#parked === undefined &&
      this.#run?.info.kind === 'fleet' &&
      this.#desk &&
      this.#recorder &&
      this.#publisher
    ) {
      const active = (['metrics', 'logs'] as const)
        .map((kind) => this.detection.active(kind))
        .filter((model) => model !== undefined);
      this.#parked = {
        run: this.#run,
        desk: this.#desk,
        recorder: this.#recorder,
        publisher: this.#publisher,
        models: active,
      };
    }
    // A log file has nothing that a metric model could score.
    const kept = (this.#parked?.models ?? []).filter(
      (model) => model.info.kind === 'logs' || info.catalog.metrics.length > 0,
    );
    await this.#begin(info, undefined);
    this.#isHalfOpen = false;
    if (models === 'train') return ok(undefined);
    for (const model of kept) {
      const used = await this.detection.use(model);
      if (!used.ok)
        return err(
          'model-does-not-fit',
          `the active ${model.info.kind} model does not fit this file: ${used.error.message}`,
        );
    }
    this.run.trained = kept.length > 0;
    return ok(undefined);
  }

  /** The fleet goes on where it stopped; its models are loaded again. */
  async closeFile(): Promise<Result<void>> {
    // Whoever closes a file late finds the fleet open again: it was restarted or erased meanwhile.
    if (this.#run?.info.kind === 'fleet') return ok(undefined);
    await this.#finishRun();
    const parked = this.#parked;
    if (parked === undefined) return this.start(undefined);
    this.#parked = undefined;
    this.#run = parked.run;
    this.#desk = parked.desk;
    this.#recorder = parked.recorder;
    this.#publisher = parked.publisher;
    this.#isHalfOpen = true;
    await this.detection.open({ ...parked.run.info, catalog: parked.run.catalog }, this.settings, parked.run.seed);
    this.#lineRate = { nextAt: FIRST_LINE_RATE_ROWS, rows: 0, lines: 0 };
    for (const model of parked.models) {
      const used = await this.detection.use(model);
      if (!used.ok) this.report(used.error.message);
      await this.#save(() => this.#deps.store.putModel({ ...model, info: { ...model.info, active: true } }));
    }
    this.#isHalfOpen = false;
    this.run.trained = parked.models.length > 0;
    this.#debtMs = 0;
    await this.#refillWindows();
    await this.#redraw(undefined);
    return ok(undefined);
  }

  /** A worker came back without its state: open its pipeline again and load the model that was active. */
  async reconnect(name: 'sim' | 'metric' | 'log'): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    if (name === 'sim' || this.#isHalfOpen) {
      // The rows of a file were in the worker that died: back to the fleet, which can go on from its checkpoint.
      const fleet = this.#parked?.run ?? run;
      await this.#writePending();
      await this.#finishRun();
      const record = (await this.#deps.store.runs()).find((stored) => stored.runId === fleet.info.runId);
      const opened = await this.openFleet(record);
      if (!opened.ok) throw new Error(opened.error.message);
      this.run.paused = fleet.paused;
      return;
    }
    const kind: ModelKind = name === 'metric' ? 'metrics' : 'logs';
    if (!(await this.detection.reopen(kind, run.catalog)) && this.#isWarmedUp(run)) run.trained = false;
    if (name === 'metric' && run.info.kind === 'fleet') await this.#refillWindows();
  }

  /** One turn of the loop. Gives the milliseconds until the next one is due. */
  async advance(): Promise<number> {
    const run = this.#run;
    if (run === undefined || this.#isHalfOpen) return IDLE_MS;
    const now = this.#deps.wallClock();
    const elapsed = Math.max(0, now - this.#lastAdvance);
    this.#lastAdvance = now;
    if (now - this.#flushedAt >= FLUSH_EVERY_MS || (this.#recorder?.pending ?? 0) > MAX_PENDING) await this.flush();
    if (run.paused || run.finished) return IDLE_MS;
    if (this.#isCatchingUp(run)) {
      const left = run.info.warmUpSteps + run.info.backfillSteps - run.stepsDone;
      await this.#step(run, run.info.kind === 'file' ? this.#fileSteps(run) : Math.min(CATCH_UP_STEPS, left));
      return 0;
    }
    this.#debtMs = Math.min(
      this.#debtMs + elapsed * this.#speed,
      Math.max(MAX_DEBT_MS, 2 * run.info.stepMs) * this.#speed,
    );
    const due = Math.floor(this.#debtMs / run.info.stepMs);
    if (due < 1) return Math.min(IDLE_MS, (run.info.stepMs - this.#debtMs) / this.#speed);
    const steps = Math.min(due, Math.max(1, Math.ceil(this.#speed / 10)));
    this.#debtMs -= steps * run.info.stepMs;
    await this.#step(run, steps);
    return 0;
  }

  /** The news since the last frame; undefined when there is none and nothing changed. */
  takeFrame(): Frame | undefined {
    const run = this.#run;
    if (run === undefined || this.#publisher === undefined) return undefined;
    return this.#publisher.take({
      run,
      desk: this.desk,
      detection: this.detection,
      state: this.state(),
      speed: this.#speed,
      savedAt: this.#savedAt,
      samplesPerSecond: this.#samplesPerSecond(run),
      wallNow: this.#deps.wallClock(),
    });
  }

  state(): EngineState {
    const run = this.#run;
    if (run === undefined) return { kind: 'starting' };
    if (this.#trouble !== undefined && this.#deps.wallClock() < this.#trouble.until)
      return { kind: 'degraded', why: this.#trouble.message };
    if (run.finished) return { kind: 'finished' };
    if (!this.settings.metricsOn && !this.settings.logsOn) {
      return { kind: 'degraded', why: 'both detectors are switched off: nothing is scored' };
    }
    if (run.paused) return { kind: 'paused' };
    if (this.#training)
      return {
        kind: 'training',
        progress: this.detection.logState.kind === 'training' ? this.detection.logState.progress : 0,
      };
    if (!run.trained)
      return { kind: 'warming-up', have: run.stepsDone, need: Math.max(run.info.warmUpSteps, run.stepsDone) };
    return { kind: 'running' };
  }

  async inject(request: InjectionRequest): Promise<Result<Injection>> {
    const { run } = this;
    if (run.info.kind !== 'fleet')
      return err('not-a-fleet', 'faults can be injected into the simulated fleet only: go back to it first');
    const refused = this.#refuse(request);
    if (refused !== undefined) {
      await this.#save(() => this.#deps.store.putInjections(run.info.runId, [refused]));
      run.counters.refusedBatches++;
      this.#deps.onChange(['injections', 'decisions']);
      return ok(refused);
    }
    const injected = await this.#deps.source.inject(request);
    if (!injected.ok) return injected;
    const { injection, catalog } = injected.value;
    if (catalog.devices.length !== run.catalog.devices.length) {
      growRun(run, catalog);
      refreshQuarantine(run, this.desk);
      await this.#deps.metric.setCatalog(catalog);
      this.#deps.onChange(['catalog']);
    }
    await this.#saveInjection(run, injection);
    return ok(injection);
  }

  async stopInjection(id: string): Promise<Result<Injection>> {
    if (this.run.info.kind !== 'fleet')
      return err('not-a-fleet', 'injections run in the simulated fleet only: go back to it first');
    const stopped = await this.#deps.source.stopInjection(id);
    if (stopped.ok) await this.#saveInjection(this.run, stopped.value);
    return stopped;
  }

  /** With a checkpoint at once: a source that went back behind it would give its number to another injection. */
  async #saveInjection(run: RunState, injection: Injection): Promise<void> {
    await this.#save(async () => {
      await this.#deps.store.putInjections(run.info.runId, [injection]);
      await this.#putRun(run);
    });
    this.#deps.onChange(['injections']);
  }

  async quarantine(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>> {
    const decided = this.desk.quarantine(ids, reason, this.run, this.#deps.wallClock());
    if (!decided.ok) return decided;
    const ended = this.desk.cutOff(ids, this.run);
    const outcome = await this.#decide(decided);
    await this.#alerts.write(ended);
    return outcome;
  }

  async release(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>> {
    return this.#decide(this.desk.release(ids, reason, this.run, this.#deps.wallClock()));
  }

  quarantineList(): readonly QuarantineEntry[] {
    return this.desk.entries(this.run);
  }

  async acknowledge(id: AlertId, acknowledged: boolean): Promise<Result<Alert>> {
    const alert = this.desk.find(id) ?? (await this.#deps.store.alert(id));
    if (alert === undefined) return err('unknown-alert', `there is no alert ${id}`);
    const changed = this.desk.acknowledge(alert, acknowledged);
    await this.#save(() => this.#deps.store.putAlerts([changed]));
    this.#deps.onChange(['alerts']);
    return ok(changed);
  }

  async setSettings(settings: Settings): Promise<Result<Settings>> {
    this.settings = settings;
    await this.#save(() => this.#deps.store.putSettings(settings));
    if (this.#run !== undefined) {
      await this.detection.configure(settings);
      this.desk.configure(settings, this.run.info.kind);
    }
    this.#deps.onChange(['settings']);
    return ok(settings);
  }

  async retrain(kind: ModelKind): Promise<Result<ModelVersion>> {
    return this.detection.train(kind);
  }

  /** Markdown of one alert, as measured. Errors: unknown-alert. */
  async incidentReport(id: AlertId): Promise<Result<string>> {
    const alert = this.desk.find(id) ?? (await this.#deps.store.alert(id));
    if (alert === undefined) return err('unknown-alert', `there is no alert ${id}`);
    const { catalog, deviceIndex } = this.run;
    const device = deviceIndex.get(alert.deviceId);
    return ok(
      writeReport({
        alert,
        device: device === undefined ? undefined : catalog.devices[device],
        decisions: await this.#deps.store.decisions(alert.runId),
        models: (await this.#deps.store.models()).filter((model) => model.active),
      }),
    );
  }

  exportModels(): Promise<Result<string>> {
    const models = { metrics: this.detection.active('metrics'), logs: this.detection.active('logs') };
    return exportModelFile(models, this.#deps.wallClock(), this.#deps.appVersion, this.#deps.sha256);
  }

  checkModels(text: string): Promise<Result<CheckedModelFile>> {
    return checkModelFile(text, this.#deps.sha256, this.#deps);
  }

  async importModels(text: string): Promise<Result<CheckedModelFile>> {
    const checked = await this.checkModels(text);
    if (!checked.ok) return checked;
    const adopted = await this.detection.adopt(checked.value);
    if (!adopted.ok) return adopted;
    this.run.trained = true;
    return checked;
  }

  /**
   * Writes what is not yet saved with the source's checkpoint that belongs to it, and prunes. A full disk is told and does not stop
   * detection.
   */
  async flush(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    const now = this.#deps.wallClock();
    this.#flushedAt = now;
    await this.#alerts.write([]);
    const isNews = await this.#writePending();
    await this.#save(async () => {
      if (isNews || run.stepsDone !== this.#savedSteps) await this.#putRun(run);
      if (now - this.#prunedAt >= PRUNE_EVERY_MS) {
        this.#prunedAt = now;
        await this.#deps.store.prune(this.settings.retentionMb * MB);
      }
      this.#savedAt = now;
    });
  }

  /** False when nothing waited to be written. */
  async #writePending(): Promise<boolean> {
    if (this.#recorder === undefined) return false;
    const { telemetry, logs } = this.#recorder.take();
    await this.#save(async () => {
      if (telemetry !== undefined) await this.#deps.store.addTelemetry(telemetry);
      if (logs !== undefined) await this.#deps.store.addLogs(logs);
    });
    return telemetry !== undefined || logs !== undefined;
  }

  /** Stops the present run and forgets everything in memory, so that nothing of it is written any more. */
  reset(): void {
    this.#run = undefined;
    this.#desk = undefined;
    this.#recorder = undefined;
    this.#publisher = undefined;
    this.#parked = undefined;
    this.#alerts.clear();
    this.#isHalfOpen = false;
    this.settings = DEFAULT_SETTINGS;
    this.#trouble = undefined;
  }

  /** Tells what does not work, for a while; what still works goes on. */
  report(message: string): void {
    this.#trouble = { message, until: this.#deps.wallClock() + TROUBLE_SHOWN_MS };
  }

  clearTrouble(): void {
    this.#trouble = undefined;
  }

  async #begin(info: SourceInfo, last: RunRecord | undefined): Promise<void> {
    const run = createRunState(info, {
      counters: { ...ZERO_COUNTERS, ...last?.counters },
      seed: last?.seed ?? this.settings.seed,
      startedAt: last?.startedAt ?? this.#deps.wallClock(),
    });
    const decisions = last === undefined ? [] : await this.#deps.store.decisions(info.runId);
    const stored = last === undefined ? undefined : await this.#deps.store.lastChunk(info.runId);
    run.now = stored?.to ?? 0;
    this.#run = run;
    if (info.kind === 'fleet') await this.#expireOldAlerts();
    const alerts =
      last === undefined ? [] : await this.#deps.store.alerts({ runId: info.runId, limit: REMEMBERED_ALERTS });
    this.#desk = createDesk(this.settings, info, {
      decisions,
      alerts: alerts.map((alert) => expireAlert(alert, alert.lastAt)),
    });
    this.#recorder = createRecorder(info.runId, info.catalog.metrics.length, 1 + (stored?.seq ?? -1));
    this.#publisher = createPublisher(info);
    await this.#redraw(undefined);
    for (const [device, counts] of Object.entries(refusedCounts(last))) {
      run.refusedSamples.set(device as DeviceId, counts.samples);
      run.refusedBatches.set(device as DeviceId, counts.batches);
    }
    refreshQuarantine(run, this.#desk);
    this.#debtMs = 0;
    this.#lineRate = { nextAt: FIRST_LINE_RATE_ROWS, rows: 0, lines: 0 };
    this.#trainAgainAt = 0;
    this.#lastAdvance = this.#deps.wallClock();
    this.#rate = { since: this.#lastAdvance, samples: run.counters.samples, perSecond: 0 };
    this.#isHalfOpen = true;
    await this.detection.open(info, this.settings, run.seed);
    await this.#save(() => this.#putRun(run));
    this.#deps.onChange(['runs', 'catalog']);
  }

  async #restoreModels(): Promise<void> {
    let loaded = 0;
    for (const kind of ['metrics', 'logs'] as const) {
      const model = await this.detection.findStored(kind, 'fleet', this.run.seed);
      if (model === undefined) continue;
      const used = await this.detection.use(model);
      if (used.ok) loaded++;
      else this.report(`the stored ${kind} model could not be loaded: ${used.error.message}`);
    }
    this.run.trained = loaded === 2;
  }

  /** Nobody watches the alerts of earlier runs any more, nor those that a reload cut off. */
  async #expireOldAlerts(): Promise<void> {
    const ongoing = (await this.#deps.store.alerts({ limit: 5000 })).filter((alert) => alert.state === 'ongoing');
    if (ongoing.length > 0)
      await this.#save(() => this.#deps.store.putAlerts(ongoing.map((alert) => expireAlert(alert, alert.lastAt))));
  }

  #isWarmedUp(run: RunState): boolean {
    return run.stepsDone >= run.info.warmUpSteps;
  }

  #isCatchingUp(run: RunState): boolean {
    return run.info.kind === 'file' || run.stepsDone < run.info.warmUpSteps + run.info.backfillSteps;
  }

  /** Steps of one pull: never across the end of the warm-up, so that training sees just that. */
  #fileSteps(run: RunState): number {
    const steps = Math.max(1, Math.floor(FILE_ROWS_A_PULL / Math.max(1, run.catalog.devices.length)));
    if (run.trained) return steps;
    const warmUpLeft = run.info.warmUpSteps - run.stepsDone;
    return Math.min(steps, warmUpLeft > 0 ? warmUpLeft : LATE_TRAINING_STEPS);
  }

  async #step(run: RunState, steps: number): Promise<void> {
    run.held ??= { ...(await this.#deps.source.pull(steps)), steps };
    const { batch, done } = run.held;
    if (this.#isRehearsal(run)) return this.#rehearse(run, run.held);
    const outcome = await processBatch({
      batch,
      run,
      desk: this.desk,
      detection: this.detection,
      settings: this.settings,
      recorder: this.#recorder as Recorder,
      publisher: this.#publisher as Publisher,
      wallNow: this.#deps.wallClock(),
    });
    steps = run.held.steps;
    run.stepsDone += steps;
    run.held = undefined;
    await this.#alerts.write(outcome.alerts);
    if (outcome.decisions.length > 0) await this.#save(() => this.#deps.store.addDecisions(outcome.decisions));
    await this.#followInjections(run);
    if (outcome.decisions.length > 0) this.#deps.onChange(['decisions']);
    if (done) await this.#finishRun();
    await this.#tellLineRate(run, batch.logs.n, steps);
    if (!run.trained && (this.#isWarmedUp(run) || done)) await this.#trainFirst(run);
    else if (run.trained) this.#trainWhenDue(outcome.retrainDue);
  }

  /** A file that is too short to keep a part for training alone is gone through twice: to train, then to score all of it. */
  #isRehearsal(run: RunState): boolean {
    return (
      run.info.kind === 'file' &&
      !run.trained &&
      run.info.warmUpSteps >= (run.info.totalSteps ?? Number.POSITIVE_INFINITY)
    );
  }

  async #rehearse(run: RunState, { batch, steps, done }: PulledBatch): Promise<void> {
    await this.detection.score(batch.metrics, batch.logs, batch.seq, run.suspect);
    run.stepsDone += steps;
    run.held = undefined;
    await this.#tellLineRate(run, batch.logs.n, steps);
    if (!done) return;
    await this.#trainFirst(run);
    await this.#deps.source.rewind();
    // Without a model (too few rows) the second pass still shows the data, unscored.
    run.trained = true;
    run.stepsDone = 0;
  }

  /** The first training of a run: both kinds at once, waited for, so that nothing after it goes unscored. */
  async #trainFirst(run: RunState): Promise<void> {
    const { metricState, logState } = this.detection;
    const enough = (state: typeof metricState): boolean => state.kind === 'warming-up' && state.have >= state.need;
    if (this.#deps.wallClock() < this.#trainAgainAt) return;
    const wanted: ModelKind[] = [];
    if (enough(metricState) && this.settings.metricsOn) wanted.push('metrics');
    if (enough(logState) && this.settings.logsOn) wanted.push('logs');
    if (wanted.length === 0) {
      run.trained = metricState.kind === 'ready' || logState.kind === 'ready';
      return;
    }
    this.#training = true;
    try {
      await this.detection.setLineRate(this.#lineRate.lines / Math.max(1, this.#lineRate.rows));
      const results = await Promise.all(wanted.map((kind) => this.detection.train(kind)));
      for (const result of results) this.#tellTraining(result);
      run.trained = results.some((result) => result.ok);
    } finally {
      this.#training = false;
    }
  }

  /** Trains beside the scoring: what is due again, and what was switched on only after the warm-up and has no model yet. */
  #trainWhenDue(due: readonly ModelKind[]): void {
    if (this.detection.isTraining || this.#deps.wallClock() < this.#trainAgainAt) return;
    const kind = (['metrics', 'logs'] as const).find((candidate) => {
      const state = candidate === 'metrics' ? this.detection.metricState : this.detection.logState;
      if (!(candidate === 'metrics' ? this.settings.metricsOn : this.settings.logsOn)) return false;
      if (state.kind === 'warming-up') return state.have >= state.need;
      return this.settings.autoRetrain && due.includes(candidate);
    });
    if (kind === undefined) return;
    this.detection.train(kind).then(
      (result) => this.#tellTraining(result),
      (cause: unknown) => this.report(String(cause)),
    );
  }

  #tellTraining(result: Result<ModelVersion>): void {
    if (result.ok || result.error.code === 'cancelled' || result.error.code === 'busy') return;
    this.#trainAgainAt = this.#deps.wallClock() + TRAIN_AGAIN_MS;
    this.report(result.error.message);
  }

  /** The false-alarm budget is per line: the detector has to know how many lines a device writes. */
  async #tellLineRate(run: RunState, lines: number, steps: number): Promise<void> {
    const rate = this.#lineRate;
    rate.rows += steps * run.catalog.devices.length;
    rate.lines += lines;
    if (rate.rows < rate.nextAt) return;
    rate.nextAt = 2 * rate.rows;
    await this.detection.setLineRate(rate.lines / rate.rows);
  }

  async #followInjections(run: RunState): Promise<void> {
    if (run.info.kind !== 'fleet') return;
    const changed = await this.#deps.source.injections();
    if (changed.length === 0) return;
    await this.#save(() => this.#deps.store.putInjections(run.info.runId, changed));
    this.#deps.onChange(['injections']);
  }

  async #finishRun(): Promise<void> {
    const run = this.#run;
    if (run === undefined || run.info.kind !== 'file' || run.finished) return;
    run.finished = true;
    this.#publisher?.endRun();
    const last = this.desk.closeAll(run.now);
    if (last.length > 0) await this.#save(() => this.#deps.store.putAlerts(last));
    await this.flush();
    this.#deps.onChange(['alerts', 'runs']);
  }

  /** An injection on a quarantined device never starts: the gate would refuse all of it. */
  #refuse(request: InjectionRequest): Injection | undefined {
    if (request.target.kind !== 'device') return undefined;
    const { deviceId } = request.target;
    const entry = this.quarantineList().find((quarantined) => quarantined.deviceId === deviceId);
    const origin = this.run.info.regions.find((region) => region.id === request.origin);
    if (entry === undefined || origin === undefined) return undefined;
    const fault = this.run.info.faults.find((spec) => spec.id === request.fault);
    return {
      id: injectionId(`inj-refused-${this.#deps.newId()}`),
      fault: request.fault,
      faultLabel: fault?.label ?? request.fault,
      deviceId,
      deviceName: entry.deviceName,
      origin,
      intensity: request.intensity,
      from: this.run.now,
      to: this.run.now,
      status: 'refused',
      note: `refused: quarantined since ${new Date(entry.since).toISOString()}`,
      by: 'operator',
    };
  }

  async #decide(decided: Result<readonly Decision[]>): Promise<Result<readonly Decision[]>> {
    if (!decided.ok) return decided;
    refreshQuarantine(this.run, this.desk);
    await this.#save(() => this.#deps.store.addDecisions(decided.value));
    this.#deps.onChange(['decisions']);
    return decided;
  }

  async #putRun(run: RunState): Promise<void> {
    const steps = run.stepsDone;
    const checkpoint = run.info.kind === 'fleet' ? await this.#deps.source.checkpoint() : undefined;
    // Another fleet may have been opened meanwhile: its state must not be kept as this one's.
    if (run !== this.#run && run !== this.#parked?.run) return;
    await this.#deps.store.putRun({
      runId: run.info.runId,
      kind: run.info.kind,
      label: run.info.label,
      seed: run.seed,
      startedAt: run.startedAt,
      savedAt: this.#deps.wallClock(),
      catalog: run.catalog,
      checkpoint,
      counters: { ...run.counters, ...packRefused(run) },
    });
    if (run === this.#run) this.#savedSteps = steps;
  }

  /** Saving may fail (full disk, lost connection): it is told, and detection goes on. */
  async #save(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      this.report(`not saved: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }

  #samplesPerSecond(run: RunState): number {
    const now = this.#deps.wallClock();
    const elapsed = now - this.#rate.since;
    if (elapsed >= 1000) {
      this.#rate = {
        since: now,
        samples: run.counters.samples,
        perSecond: ((run.counters.samples - this.#rate.samples) * 1000) / elapsed,
      };
    }
    return this.#rate.perSecond;
  }
}
