import type { EngineContext } from './context';
import { packRefused } from './refused-counters';
import type { RunState } from './run-state';

const FLUSH_EVERY_MS = 2000;
const PRUNE_EVERY_MS = 5000;
/** What is deleted then grows slowly. */
const TIDY_EVERY_MS = 60_000;
const MAX_PENDING = 20_000;
const MB = 1_000_000;

/** Brings what the engine holds into storage: telemetry, the run's record with its checkpoint, and pruning. */
export class Keeper {
  readonly #context: EngineContext;
  #flushedAt = 0;
  #prunedAt = 0;
  #tidiedAt = 0;
  #savedAt = 0;
  #savedSteps = -1;
  #savedSpeed = Number.NaN;
  #savedPaused = false;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Wall time of the last save. */
  get savedAt(): number {
    return this.#savedAt;
  }

  isDue(now: number): boolean {
    const pending = this.#context.opened?.recorder.pending ?? 0;
    return now - this.#flushedAt >= FLUSH_EVERY_MS || pending > MAX_PENDING;
  }

  /** Saving may fail (full disk, lost connection): it is told, and detection goes on. */
  async save(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      this.#context.report(`not saved: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }

  /**
   * Writes what is not yet saved with the source's checkpoint that belongs to it, and prunes. A full disk is told and does not stop
   * detection.
   */
  async flush(): Promise<void> {
    const { opened, deps, alerts, settings } = this.#context;
    if (opened === undefined) return;
    const { run } = opened;
    const now = deps.wallClock();
    this.#flushedAt = now;
    await alerts.write([]);
    const isNews = await this.writePending();
    await this.save(async () => {
      if (isNews || this.#isChanged(run)) await this.putRun(run);
      if (now - this.#prunedAt >= PRUNE_EVERY_MS) {
        this.#prunedAt = now;
        await deps.store.prune(settings.retentionMb * MB);
      }
      if (now - this.#tidiedAt >= TIDY_EVERY_MS) {
        this.#tidiedAt = now;
        await this.#tidy();
      }
      this.#savedAt = now;
    });
  }

  /** Deletes runs and alerts beyond what the settings keep. */
  async #tidy(): Promise<void> {
    const { deps, settings, opened, parked } = this.#context;
    const open = [opened, parked].flatMap((one) => (one === undefined ? [] : [one.run.info.runId]));
    const tidied = await deps.store.tidy({ runs: settings.keepRuns, alerts: settings.keepAlerts, open });
    if (tidied.runs > 0) deps.onChange(['runs', 'alerts', 'decisions', 'injections']);
    else if (tidied.alerts + tidied.injections > 0) deps.onChange(['alerts', 'injections']);
  }

  #isChanged(run: RunState): boolean {
    const { speed } = this.#context.clock;
    return run.stepsDone !== this.#savedSteps || speed !== this.#savedSpeed || run.paused !== this.#savedPaused;
  }

  /** Writes the samples and lines that wait. False when nothing waited. */
  async writePending(): Promise<boolean> {
    const { opened, deps } = this.#context;
    if (opened === undefined) return false;
    const { telemetry, logs } = opened.recorder.take();
    await this.save(async () => {
      if (telemetry !== undefined) await deps.store.addTelemetry(telemetry);
      if (logs !== undefined) await deps.store.addLogs(logs);
    });
    return telemetry !== undefined || logs !== undefined;
  }

  /** Writes the run's record, for a fleet with the source's checkpoint. Rejects where storage does. */
  async putRun(run: RunState): Promise<void> {
    const { deps } = this.#context;
    const steps = run.stepsDone;
    const checkpoint = run.info.kind === 'fleet' ? await deps.source.checkpoint() : undefined;
    const { opened, parked } = this.#context;
    // Another fleet may have been opened meanwhile: its state must not be kept as this one's.
    const open = [opened, parked].find((one) => one?.run === run);
    if (open === undefined) return;
    // Taken before anything else can be scored, so that it is of the checkpoint's moment. A file has no truth to be held against.
    const board = run.info.kind === 'fleet' ? open.scores.save() : undefined;
    const record = {
      runId: run.info.runId,
      kind: run.info.kind,
      label: run.info.label,
      seed: run.seed,
      startedAt: run.startedAt,
      savedAt: deps.wallClock(),
      catalog: run.catalog,
      checkpoint,
      counters: { ...run.counters, ...packRefused(run) },
      speed: this.#context.clock.speed,
      paused: run.paused,
    };
    await deps.store.putRun(record, board);
    if (run !== this.#context.opened?.run) return;
    this.#savedSteps = steps;
    this.#savedSpeed = record.speed;
    this.#savedPaused = record.paused;
  }
}
