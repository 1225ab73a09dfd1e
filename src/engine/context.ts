import type { Alert } from '../domain/alerts';
import type { FactTable } from '../domain/frame';
import type { SavedModel } from '../domain/models';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';
import { type AlertWriter, createAlertWriter } from './alert-writer';
import { Clock } from './clock';
import type { Desk } from './desk';
import { Detection } from './detection';
import { Keeper } from './keeper';
import type { Sha256 } from './model-exchange';
import type { LogScorer, MetricScorer, Source, Store, TruthSource } from './ports';
import type { Publisher } from './publisher';
import type { Recorder } from './recorder';
import type { RunState } from './run-state';
import type { ScoreKeeper } from './scoreboard';
import { Trainer } from './trainer';

const TROUBLE_SHOWN_MS = 20_000;

/** What the engine is given: the parts behind its ports, and its clock. */
export interface EngineDeps {
  readonly source: Source;
  readonly truth: TruthSource;
  readonly metric: MetricScorer;
  readonly log: LogScorer;
  readonly store: Store;
  readonly wallClock: () => number;
  readonly newId: () => string;
  readonly sha256: Sha256;
  readonly appVersion: string;
  readonly onChange: (tables: readonly FactTable[]) => void;
}

/** A run with what lives and ends with it. */
export interface OpenRun {
  readonly run: RunState;
  readonly desk: Desk;
  readonly recorder: Recorder;
  readonly publisher: Publisher;
  readonly scores: ScoreKeeper;
}

/** The fleet that waits while a file is open, and the models that go on with it. */
export interface ParkedRun extends OpenRun {
  readonly models: readonly SavedModel[];
}

/** What the parts of the engine share. The functions of the other files act on it; `Engine` is how the outside does. */
export class EngineContext {
  readonly deps: EngineDeps;
  readonly detection: Detection;
  readonly clock: Clock;
  readonly keeper: Keeper;
  readonly trainer: Trainer;
  readonly alerts: AlertWriter;
  settings: Settings = DEFAULT_SETTINGS;
  opened: OpenRun | undefined;
  parked: ParkedRun | undefined;
  /** The present run goes on from a stored one. */
  resumed = false;
  /** A scorer died while a run was being opened: nothing is pulled until it is back and the run is opened again. */
  isHalfOpen = false;
  #trouble: { readonly message: string; readonly until: number } | undefined;

  constructor(deps: EngineDeps) {
    this.deps = deps;
    this.clock = new Clock(deps.wallClock());
    this.keeper = new Keeper(this);
    this.trainer = new Trainer(this);
    this.alerts = createAlertWriter(deps.wallClock, async (alerts: readonly Alert[]) => {
      await this.keeper.save(() => deps.store.putAlerts(alerts));
      deps.onChange(['alerts']);
    });
    this.detection = new Detection(
      { ...deps, onModels: () => deps.onChange(['models']), onTrouble: (message) => this.report(message) },
      this.settings,
    );
  }

  /** The open run; a bug where none is. */
  get present(): OpenRun {
    if (this.opened === undefined) throw new Error('engine: no run is open');
    return this.opened;
  }

  /** Tells what does not work, for a while; what still works goes on. */
  report(message: string): void {
    this.#trouble = { message, until: this.deps.wallClock() + TROUBLE_SHOWN_MS };
  }

  /** What was reported in the last seconds. */
  get trouble(): string | undefined {
    return this.#trouble !== undefined && this.deps.wallClock() < this.#trouble.until
      ? this.#trouble.message
      : undefined;
  }

  clearTrouble(): void {
    this.#trouble = undefined;
  }
}
