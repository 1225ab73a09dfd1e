import type { PipelineConfig, TrainingEffort, TrainSummary } from '../detect/contract';
import { pipelineConfig } from '../detect/pipeline-config';
import { logThreshold, metricThreshold } from '../detect/threshold';
import type { Catalog } from '../domain/catalog';
import { modelId } from '../domain/ids';
import type { ModelKind, ModelVersion, PlainData, SavedModel } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import { samplesPerDayAt } from '../domain/sensitivity';
import type { Settings } from '../domain/settings';
import type { LogBatch, MetricBatch } from '../domain/telemetry';
import type { DetectorState, LogVerdicts, MetricVerdicts, TemplateInfo } from '../domain/verdicts';
import type { CheckedModelFile } from './model-exchange';
import type { LogScorer, MetricScorer, SourceInfo, Store } from './ports';
import type { ModelThresholds } from './votes';

/** Lines of one device in one step, assumed until the warm-up has been counted, where the source does not know. */
const ASSUMED_LINES_PER_STEP = 0.5;
const READY: DetectorState = { kind: 'ready' };
const NOT_STARTED: DetectorState = { kind: 'warming-up', have: 0, need: 1 };

export interface DetectionDeps {
  readonly metric: MetricScorer;
  readonly log: LogScorer;
  readonly store: Store;
  readonly wallClock: () => number;
  readonly appVersion: string;
  readonly onModels: () => void;
  readonly onTrouble: (message: string) => void;
}

/**
 * Both detectors as the engine sees them: opening, scoring, training, keeping and loading of models. Training of one kind never runs
 * twice at once; the old model serves meanwhile.
 */
export class Detection {
  metricState: DetectorState = NOT_STARTED;
  logState: DetectorState = NOT_STARTED;
  readonly templates = new Map<number, TemplateInfo>();
  readonly #deps: DetectionDeps;
  readonly #training = new Set<ModelKind>();
  readonly #turns = new Map<ModelKind, Promise<unknown>>();
  readonly #active = new Map<ModelKind, SavedModel>();
  #info: SourceInfo | undefined;
  #settings: Settings;
  #seed: number;
  #linesPerStep = ASSUMED_LINES_PER_STEP;
  /** Asked for with every sample; undefined = something that they follow from has changed. */
  #thresholds: ModelThresholds | undefined;
  /** False when the log worker has no TensorFlow back end: metrics alone go on. */
  #logsWork = true;

  constructor(deps: DetectionDeps, settings: Settings) {
    this.#deps = deps;
    this.#settings = settings;
    this.#seed = settings.seed;
  }

  /** Rarity at which each member alone raises an alarm with the default weights. */
  thresholds(): ModelThresholds {
    this.#thresholds ??= this.thresholdsAt(this.#settings);
    return this.#thresholds;
  }

  /** The same with other settings. */
  thresholdsAt(settings: Settings): ModelThresholds {
    return {
      metric: metricThreshold(this.#config('metrics', settings)),
      log: logThreshold(this.#config('logs', settings)),
    };
  }

  active(kind: ModelKind): SavedModel | undefined {
    return this.#active.get(kind);
  }

  get isTraining(): boolean {
    return this.#training.size > 0;
  }

  /**
   * Fresh pipelines for a run. A training that still goes on for the run before is given up first. Without a TensorFlow back end logs
   * stay unscored, which is told. seed: the run's own, which the settings may no longer hold.
   */
  async open(info: SourceInfo, settings: Settings, seed: number): Promise<void> {
    if (this.#training.has('logs')) await this.cancelTraining();
    await this.#alone('metrics', () => this.#alone('logs', () => this.#openBoth(info, settings, seed)));
  }

  async #openBoth(info: SourceInfo, settings: Settings, seed: number): Promise<void> {
    this.#info = info;
    this.#seed = seed;
    this.#settings = settings;
    this.#linesPerStep = info.logLines?.perDeviceStep ?? ASSUMED_LINES_PER_STEP;
    this.#thresholds = undefined;
    this.templates.clear();
    this.#active.clear();
    this.metricState = NOT_STARTED;
    this.logState = NOT_STARTED;
    await Promise.all([this.#deps.metric.open(info.catalog, this.#config('metrics')), this.#openLogs()]);
    await this.refreshState();
  }

  /** One worker came back empty: its pipeline is opened again and the model that was active is loaded. False when there was none. */
  async reopen(kind: ModelKind, catalog: Catalog): Promise<boolean> {
    return this.#alone(kind, async () => {
      if (kind === 'metrics') await this.#deps.metric.open(catalog, this.#config('metrics'));
      else await this.#openLogs();
      await this.refreshState();
      const model = this.#active.get(kind);
      if (model === undefined) return false;
      const loaded = await this.#load(model);
      if (!loaded.ok) this.#deps.onTrouble(loaded.error.message);
      return loaded.ok;
    });
  }

  async configure(settings: Settings): Promise<void> {
    this.#settings = settings;
    this.#thresholds = undefined;
    await this.#deps.metric.configure(this.#config('metrics'));
    if (this.#logsWork) await this.#deps.log.configure(this.#config('logs'));
  }

  /** Lines per device and step as counted: turns the false-alarm budget into a probability per line. */
  async setLineRate(linesPerStep: number): Promise<void> {
    if (!(linesPerStep > 0)) return;
    this.#linesPerStep = linesPerStep;
    this.#thresholds = undefined;
    if (this.#logsWork) await this.#deps.log.configure(this.#config('logs'));
  }

  async score(
    metrics: MetricBatch,
    logs: LogBatch,
    seq: number,
    suspect: Uint8Array,
  ): Promise<{ readonly metrics: MetricVerdicts; readonly logs: LogVerdicts }> {
    const [metricVerdicts, logVerdicts] = await Promise.all([
      this.#deps.metric.score(metrics, seq, suspect),
      this.#logsWork ? this.#deps.log.score(logs, seq, suspect) : silentVerdicts(logs.n, seq, this.logState),
    ]);
    this.metricState = metricVerdicts.state;
    this.logState = logVerdicts.state;
    for (const template of logVerdicts.templates) this.templates.set(template.id, template);
    return { metrics: metricVerdicts, logs: logVerdicts };
  }

  /**
   * Trains one kind anew on what its worker kept, stores the new version and makes it the active one. Errors: not-open, busy, cancelled,
   * and what the pipeline says. effort: of the log model; the metric model's training is always quick and full.
   */
  async train(kind: ModelKind, effort: TrainingEffort = 'full'): Promise<Result<ModelVersion>> {
    const info = this.#info;
    if (info === undefined) return err('not-open', 'no run is open');
    if (this.#training.has(kind)) return err('busy', `the ${kind} model is being trained already`);
    this.#training.add(kind);
    try {
      return await this.#alone(kind, async () => {
        if (this.#info !== info) return err('cancelled', 'another run was opened meanwhile');
        const scorer = this.#scorer(kind);
        const trained = await (kind === 'metrics' ? this.#deps.metric.train() : this.#deps.log.train(effort));
        if (!trained.ok) return trained;
        const saved = await scorer.save();
        if (!saved.ok) return saved;
        return ok(await this.#keep(kind, trained.value, saved.value, info));
      });
    } finally {
      this.#training.delete(kind);
      await this.refreshState();
    }
  }

  async cancelTraining(): Promise<void> {
    await this.#deps.log.cancelTraining();
  }

  /** Loads a stored model into its worker. The active one stays on error. */
  use(model: SavedModel): Promise<Result<TrainSummary>> {
    return this.#alone(model.info.kind, () => this.#load(model));
  }

  async #load(model: SavedModel): Promise<Result<TrainSummary>> {
    const loaded = await this.#scorer(model.info.kind).load(model.content);
    if (!loaded.ok) return loaded;
    this.#active.set(model.info.kind, model);
    await this.refreshState();
    return loaded;
  }

  /** Puts an imported file's models to use and stores them as new versions. A training that goes on is waited for, or given up. */
  async adopt(file: CheckedModelFile): Promise<Result<void>> {
    if (file.logs !== undefined && this.#training.has('logs')) await this.cancelTraining();
    for (const model of [file.metrics, file.logs]) {
      if (model === undefined) continue;
      const used = await this.#alone(model.info.kind, () => this.#adoptOne(model));
      if (!used.ok) return used;
    }
    this.#deps.onModels();
    return ok(undefined);
  }

  async #adoptOne(model: SavedModel): Promise<Result<TrainSummary>> {
    const used = await this.#load(model);
    if (!used.ok) return used;
    const { kind } = model.info;
    const imported: SavedModel = {
      content: model.content,
      info: { ...model.info, ...(await this.#nextId(kind)), origin: 'imported', active: true },
    };
    await this.#deps.store.putModel(imported);
    this.#active.set(kind, imported);
    return used;
  }

  /**
   * One change of a kind's model at a time: a model that is loaded while another is trained would be saved as the trained one.
   * Scoring does not wait.
   */
  #alone<T>(kind: ModelKind, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(kind) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(
      kind,
      turn.then(
        () => undefined,
        () => undefined,
      ),
    );
    return turn;
  }

  /** The newest stored model of a kind that fits the run: trained on the fleet of this seed, or imported, and with the run's metrics. */
  async findStored(kind: ModelKind, trainedOn: string, seed: number): Promise<SavedModel | undefined> {
    const keys = this.#info?.catalog.metrics.map((metric) => metric.key).join() ?? '';
    const fits = (model: ModelVersion): boolean =>
      model.kind === kind &&
      (kind === 'logs' || model.metricKeys.join() === keys) &&
      ((model.trainedOn === trainedOn && model.seed === seed) || model.origin === 'imported');
    const candidates = (await this.#deps.store.models()).filter(fits).sort((a, b) => b.version - a.version);
    for (const candidate of candidates) {
      const model = await this.#deps.store.model(candidate.id);
      if (model !== undefined) return model;
    }
    return undefined;
  }

  async refreshState(): Promise<void> {
    const { metricsOn, logsOn } = this.#settings;
    const [metricState, logState] = await Promise.all([
      metricsOn ? this.#deps.metric.state() : READY,
      !this.#logsWork ? this.logState : logsOn ? this.#deps.log.state() : READY,
    ]);
    this.metricState = metricState;
    this.logState = logState;
  }

  async #openLogs(): Promise<void> {
    const opened = await this.#deps.log.open(this.#config('logs'));
    this.#logsWork = opened.ok;
    if (!opened.ok) this.#deps.onTrouble(`log lines are not scored: ${opened.error.message}`);
  }

  #scorer(kind: ModelKind): MetricScorer | LogScorer {
    return kind === 'metrics' ? this.#deps.metric : this.#deps.log;
  }

  #config(kind: ModelKind, settings = this.#settings): PipelineConfig {
    const stepsPerDay = samplesPerDayAt(this.#info?.stepMs ?? 1000);
    const samplesPerDay = kind === 'metrics' ? stepsPerDay : stepsPerDay * this.#linesPerStep;
    return pipelineConfig(settings, { seed: this.#seed, samplesPerDay, kind: this.#info?.kind ?? 'fleet' });
  }

  async #nextId(kind: ModelKind): Promise<Pick<ModelVersion, 'id' | 'version'>> {
    const versions = (await this.#deps.store.models())
      .filter((model) => model.kind === kind)
      .map((model) => model.version);
    const version = 1 + Math.max(0, ...versions);
    return { id: modelId(`${kind}-${version}-${this.#deps.wallClock().toString(36)}`), version };
  }

  async #keep(kind: ModelKind, summary: TrainSummary, content: PlainData, info: SourceInfo): Promise<ModelVersion> {
    const version: ModelVersion = {
      ...summary,
      ...(await this.#nextId(kind)),
      kind,
      origin: 'trained',
      trainedAt: this.#deps.wallClock(),
      appVersion: this.#deps.appVersion,
      seed: this.#seed,
      metricKeys: kind === 'metrics' ? info.catalog.metrics.map((metric) => metric.key) : [],
      trainedOn: info.kind === 'fleet' ? 'fleet' : info.label,
      active: true,
    };
    const model = { info: version, content };
    this.#active.set(kind, model);
    try {
      await this.#deps.store.putModel(model);
    } catch (cause) {
      this.#deps.onTrouble(`the ${kind} model serves but could not be saved: ${String(cause)}`);
    }
    this.#deps.onModels();
    return version;
  }
}

/** What is said of lines that nobody can score. */
function silentVerdicts(n: number, seq: number, state: DetectorState): LogVerdicts {
  return {
    seq,
    n,
    raw: new Float32Array(n).fill(Number.NaN),
    rarity: new Float32Array(n).fill(Number.NaN),
    template: new Uint32Array(n),
    explanations: [],
    templates: [],
    state,
    retrainDue: false,
  };
}
