import type { ModelKind, ModelVersion } from '../domain/models';
import type { Result } from '../domain/result';
import type { DetectorState } from '../domain/verdicts';
import type { EngineContext } from './context';
import type { RunState } from './run-state';

/** Rows after which the rate of log lines is first known; then at every doubling. */
const FIRST_LINE_RATE_ROWS = 2000;
/** A training that failed is not repeated at every step. */
const TRAIN_AGAIN_MS = 30_000;
/** The rows of a large or fast fleet come so quickly that it would train without end: wall time from one training of a kind to its next. */
const REST_MS = 30_000;
const KINDS = ['metrics', 'logs'] as const satisfies readonly ModelKind[];

/** When the models of a run are trained: first when the warm-up is over, then beside the scoring. */
export class Trainer {
  readonly #context: EngineContext;
  #isFirstTraining = false;
  #trainAgainAt = 0;
  #restsUntil = { metrics: 0, logs: 0 };
  /** The first log model of a fleet is trained quickly, so that it scores soon; a full training follows where its history ends. */
  #owesFullTraining = false;
  /** The latest training beside the scoring. */
  #beside: Promise<void> = Promise.resolve();
  /** Rows at which the rate of log lines is told to the detector again, and what was counted since the run was opened. */
  #lineRate = { nextAt: 0, rows: 0, lines: 0 };

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** The loop waits for a training. */
  get isFirstTraining(): boolean {
    return this.#isFirstTraining;
  }

  /** Another run is open: what was counted of the one before does not count. */
  begin(): void {
    this.#lineRate = { nextAt: FIRST_LINE_RATE_ROWS, rows: 0, lines: 0 };
    this.#trainAgainAt = 0;
    this.#restsUntil = { metrics: 0, logs: 0 };
    this.#owesFullTraining = false;
  }

  /** The false-alarm budget is per line: the detector has to know how many lines a device writes. Of a log file that is known beforehand. */
  async countLines(run: RunState, lines: number, steps: number): Promise<void> {
    if (run.info.logLines !== undefined) return;
    const rate = this.#lineRate;
    rate.rows += steps * run.catalog.devices.length;
    rate.lines += lines;
    if (rate.rows < rate.nextAt) return;
    rate.nextAt = 2 * rate.rows;
    await this.#context.detection.setLineRate(rate.lines / rate.rows);
  }

  /** The first training of a run: both kinds at once, waited for, so that nothing after it goes unscored. */
  async trainFirst(run: RunState): Promise<void> {
    const { detection, deps, settings } = this.#context;
    const { metricState, logState } = detection;
    const isEnough = (state: DetectorState): boolean => state.kind === 'warming-up' && state.have >= state.need;
    if (deps.wallClock() < this.#trainAgainAt) return;
    const wanted: ModelKind[] = [];
    if (isEnough(metricState) && settings.metricsOn) wanted.push('metrics');
    if (isEnough(logState) && settings.logsOn) wanted.push('logs');
    if (wanted.length === 0) {
      run.trained = metricState.kind === 'ready' || logState.kind === 'ready';
      return;
    }
    this.#isFirstTraining = true;
    try {
      await detection.setLineRate(this.#lineRate.lines / Math.max(1, this.#lineRate.rows));
      const effort = run.info.kind === 'fleet' ? 'quick' : 'full';
      const results = await Promise.all(wanted.map((kind) => detection.train(kind, effort)));
      this.#owesFullTraining = effort === 'quick' && wanted.includes('logs');
      for (const result of results) this.#tellOutcome(result);
      run.trained = results.some((result) => result.ok);
    } finally {
      this.#isFirstTraining = false;
    }
  }

  /**
   * The full training after a quick one, waited for where the history ends: which sample it first scores must not depend on how fast the machine
   * is, or a run that is played again would score otherwise.
   */
  async payFullTraining(): Promise<void> {
    if (!this.#owesFullTraining) return;
    this.#owesFullTraining = false;
    await this.#beside;
    const { detection, deps, settings } = this.#context;
    if (!settings.logsOn || detection.active('logs')?.info.origin === 'imported') return;
    this.#restsUntil.logs = deps.wallClock() + REST_MS;
    this.#tellOutcome(await detection.train('logs'));
  }

  /**
   * Trains beside the scoring: what is due again, and what was switched on only after the warm-up and has no model yet. Never on a file: what
   * was trained on all of it, or chosen for it, scores all of it. Never in an imported model's place: a person chose it.
   */
  trainWhenDue(run: RunState, due: readonly ModelKind[]): void {
    const { detection, deps, settings } = this.#context;
    if (run.info.kind === 'file') return;
    const now = deps.wallClock();
    if (detection.isTraining || now < this.#trainAgainAt) return;
    const kind = KINDS.find((candidate) => {
      const state = candidate === 'metrics' ? detection.metricState : detection.logState;
      if (!(candidate === 'metrics' ? settings.metricsOn : settings.logsOn)) return false;
      if (state.kind === 'warming-up') return state.have >= state.need;
      if (detection.active(candidate)?.info.origin === 'imported' || now < this.#restsUntil[candidate]) return false;
      return settings.autoRetrain && due.includes(candidate);
    });
    if (kind === undefined) return;
    this.#restsUntil[kind] = now + REST_MS;
    this.#beside = detection.train(kind).then(
      (result) => this.#tellOutcome(result),
      (cause: unknown) => this.#context.report(String(cause)),
    );
  }

  #tellOutcome(result: Result<ModelVersion>): void {
    if (result.ok || result.error.code === 'cancelled' || result.error.code === 'busy') return;
    this.#trainAgainAt = this.#context.deps.wallClock() + TRAIN_AGAIN_MS;
    this.#context.report(result.error.message);
  }
}
