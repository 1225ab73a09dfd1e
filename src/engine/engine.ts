import type { Alert } from '../domain/alerts';
import type { Decision, QuarantineEntry } from '../domain/decisions';
import type { Injection, InjectionRequest } from '../domain/faults';
import type { EngineState, Frame } from '../domain/frame';
import type { AlertId, DeviceId } from '../domain/ids';
import type { ModelKind, ModelVersion } from '../domain/models';
import type { RunRecord } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import type { Scenario } from '../domain/scenario';
import type { Scoreboard } from '../domain/scoreboard';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';
import { MAX_SPEED, MIN_SPEED } from '../domain/speeds';
import { EngineContext, type EngineDeps } from './context';
import type { Desk } from './desk';
import type { Detection } from './detection';
import { describeState, takeFrame } from './engine-state';
import { closeFile, openFile } from './file-life';
import { openFleet, openScenario, reopenFleet, startFleet } from './fleet-life';
import { inject, stopAllInjections, stopInjection } from './injections';
import { advance, isWarmedUp, stepOnce } from './loop';
import { type CheckedModelFile, checkModelFile, exportModelFile } from './model-exchange';
import { acknowledge, incidentReport, quarantine, release } from './operator';
import type { SourceInfo } from './ports';
import { redraw, refillPipelines } from './run-life';
import type { RunState } from './run-state';
import type { ScoreboardQuery } from './scoreboard';

export type { EngineDeps } from './context';

/**
 * The loop as the outside has it: gate -> detect -> hybrid -> respond -> record -> publish. One step at a time; commands that change the run
 * wait for the step in flight (`exclusive`). Each method is a line: what it does stands in the file of its kind.
 */
export class Engine {
  readonly #context: EngineContext;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: EngineDeps) {
    this.#context = new EngineContext(deps);
  }

  /** Runs alone: no step is in flight meanwhile, and calls keep their order. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work, work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  get run(): RunState {
    return this.#context.present.run;
  }

  get desk(): Desk {
    return this.#context.present.desk;
  }

  get detection(): Detection {
    return this.#context.detection;
  }

  get settings(): Settings {
    return this.#context.settings;
  }

  get isOpen(): boolean {
    return this.#context.opened !== undefined;
  }

  /** The present run goes on from a stored one. */
  get resumed(): boolean {
    return this.#context.resumed;
  }

  get speed(): number {
    return this.#context.clock.speed;
  }

  /** Errors: `speed` outside [MIN_SPEED, MAX_SPEED]. */
  setSpeed(speed: number): Result<void> {
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED))
      return err('speed', `speed must be in [${MIN_SPEED}, ${MAX_SPEED}] times real time, got ${speed}`);
    this.#context.clock.speed = speed;
    return ok(undefined);
  }

  /** One time step of a paused run. */
  async stepOnce(): Promise<void> {
    await stepOnce(this.#context);
  }

  setPaused(paused: boolean): void {
    this.run.paused = paused;
    this.#context.clock.forgetDebt();
  }

  /** Draws a device's own values, its stored history included. */
  async setFocus(device: number | undefined): Promise<void> {
    if (device === this.#context.opened?.publisher.focused) return;
    await this.flush();
    await redraw(this.#context, device);
  }

  start(seed: number | undefined, scenario?: Scenario): Promise<Result<void>> {
    return startFleet(this.#context, seed, scenario);
  }

  openFleet(last: RunRecord | undefined): Promise<Result<void>> {
    return openFleet(this.#context, last);
  }

  /** A new fleet that plays a scenario, with its seed and size. Errors: what the source says of it; then the present run goes on. */
  openScenario(scenario: Scenario): Promise<Result<void>> {
    return openScenario(this.#context, scenario);
  }

  openFile(info: SourceInfo, models: 'train' | 'active'): Promise<Result<void>> {
    return openFile(this.#context, info, models);
  }

  /** The fleet goes on where it stopped, or is started where none waits. */
  async closeFile(): Promise<Result<void>> {
    return (await closeFile(this.#context)) ? ok(undefined) : this.start(undefined);
  }

  /** A worker came back without its state: open its pipeline again and load the model that was active. */
  async reconnect(name: 'sim' | 'metric' | 'log'): Promise<void> {
    const { opened, isHalfOpen, detection } = this.#context;
    if (opened === undefined) return;
    if (name === 'sim' || isHalfOpen) return reopenFleet(this.#context);
    const { run } = opened;
    const kind = name === 'metric' ? 'metrics' : 'logs';
    const hasModel = await detection.reopen(kind, run.catalog);
    if (!hasModel && isWarmedUp(run)) run.trained = false;
    if (run.info.kind === 'fleet') await refillPipelines(this.#context, [kind]);
  }

  /** Detection against truth so far, for people only: nothing that detects reads it. Empty for an opened file. */
  scoreboard(query: ScoreboardQuery): Scoreboard {
    return this.#context.present.scores.snapshot({ ...query, thresholds: this.detection.thresholds() });
  }

  /** One turn of the loop. Gives the milliseconds until the next one is due. */
  advance(): Promise<number> {
    return advance(this.#context);
  }

  takeFrame(): Frame | undefined {
    return takeFrame(this.#context);
  }

  state(): EngineState {
    return describeState(this.#context);
  }

  inject(request: InjectionRequest): Promise<Result<readonly Injection[]>> {
    return inject(this.#context, request);
  }

  stopInjection(idOrGroup: string): Promise<Result<readonly Injection[]>> {
    return stopInjection(this.#context, idOrGroup);
  }

  stopAllInjections(): Promise<Result<readonly Injection[]>> {
    return stopAllInjections(this.#context);
  }

  quarantine(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>> {
    return quarantine(this.#context, ids, reason);
  }

  release(ids: readonly DeviceId[], reason: string): Promise<Result<readonly Decision[]>> {
    return release(this.#context, ids, reason);
  }

  quarantineList(): readonly QuarantineEntry[] {
    return this.desk.entries(this.run);
  }

  acknowledge(id: AlertId, acknowledged: boolean): Promise<Result<Alert>> {
    return acknowledge(this.#context, id, acknowledged);
  }

  incidentReport(id: AlertId): Promise<Result<string>> {
    return incidentReport(this.#context, id);
  }

  /** Puts settings to use and stores them. They are checked by the caller. */
  async setSettings(settings: Settings): Promise<Result<Settings>> {
    const { deps, keeper, detection, opened } = this.#context;
    this.#context.settings = settings;
    await keeper.save(() => deps.store.putSettings(settings));
    if (opened !== undefined) {
      await detection.configure(settings);
      this.desk.configure(settings, this.run.info.kind);
    }
    deps.onChange(['settings']);
    return ok(settings);
  }

  retrain(kind: ModelKind): Promise<Result<ModelVersion>> {
    return this.detection.train(kind);
  }

  exportModels(): Promise<Result<string>> {
    const { wallClock, appVersion, sha256 } = this.#context.deps;
    const models = { metrics: this.detection.active('metrics'), logs: this.detection.active('logs') };
    return exportModelFile(models, wallClock(), appVersion, sha256);
  }

  checkModels(text: string): Promise<Result<CheckedModelFile>> {
    const { deps } = this.#context;
    return checkModelFile(text, deps.sha256, deps);
  }

  async importModels(text: string): Promise<Result<CheckedModelFile>> {
    const checked = await this.checkModels(text);
    if (!checked.ok) return checked;
    const adopted = await this.detection.adopt(checked.value);
    if (!adopted.ok) return adopted;
    this.run.trained = true;
    await this.flush();
    const { metrics, logs } = checked.value;
    const kinds = [metrics, logs].flatMap((model) => (model === undefined ? [] : [model.info.kind]));
    await refillPipelines(this.#context, kinds);
    return checked;
  }

  /** Writes what is not yet saved. */
  flush(): Promise<void> {
    return this.#context.keeper.flush();
  }

  /** Stops the present run and forgets everything in memory, so that nothing of it is written any more. */
  reset(): void {
    const context = this.#context;
    context.opened = undefined;
    context.parked = undefined;
    context.alerts.clear();
    context.isHalfOpen = false;
    context.settings = DEFAULT_SETTINGS;
    context.clearTrouble();
  }

  report(message: string): void {
    this.#context.report(message);
  }

  clearTrouble(): void {
    this.#context.clearTrouble();
  }
}
