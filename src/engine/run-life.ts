import type { DeviceId } from '../domain/ids';
import type { ModelKind } from '../domain/models';
import type { RunRecord, TelemetryChunk } from '../domain/records';
import { emptyLogBatch, emptyMetricBatch } from '../domain/telemetry';
import { expireAlert } from '../respond/alerts';
import type { EngineContext, OpenRun } from './context';
import { createDesk } from './desk';
import type { SourceInfo } from './ports';
import { createPublisher } from './publisher';
import { createRecorder } from './recorder';
import { refusedCounts } from './refused-counters';
import { createRunState, type RunState, recallLatest, ZERO_COUNTERS } from './run-state';
import { createScoreKeeper, type ScoreKeeper } from './scoreboard';
import { parseScoreState } from './scoreboard-state';
import { refreshQuarantine } from './tick';

/** Longer than the widest window of the metric features. */
const MIN_REFILL_STEPS = 120;
/** As much as a new fleet trains on: a small fleet needs that long for rows enough to train on. */
const MAX_REFILL_STEPS = 720;
/** A device gives no rows for training in the first and the last 30 steps: what is left must do for a training. */
const REFILL_ROWS = 3000;
/** What the charts hold: two hours at a sample a second. */
const HISTORY_STEPS = 7200;
/** Stored alerts that a resumed run looks back on, to go on with their incidents. */
const REMEMBERED_ALERTS = 1000;
const MAX_ALERTS_TO_EXPIRE = 5000;

/** Makes `info` the present run, with fresh pipelines; `last`: what is stored of it, where it goes on. */
export async function beginRun(context: EngineContext, info: SourceInfo, last: RunRecord | undefined): Promise<void> {
  const { deps, settings, detection } = context;
  const run = createRunState(info, {
    counters: { ...ZERO_COUNTERS, ...last?.counters },
    seed: last?.seed ?? settings.seed,
    startedAt: last?.startedAt ?? deps.wallClock(),
  });
  if (info.kind === 'fleet') await expireOldAlerts(context);
  const opened = await createOpenRun(context, run, last);
  context.opened = opened;
  for (const [device, counts] of Object.entries(refusedCounts(last))) {
    run.refusedSamples.set(device as DeviceId, counts.samples);
    run.refusedBatches.set(device as DeviceId, counts.batches);
  }
  refreshQuarantine(run, opened.desk);
  const lastChunk = (await redraw(context, undefined)).at(-1);
  if (lastChunk !== undefined) recallLatest(run, lastChunk);
  context.trainer.begin();
  context.clock.begin(deps.wallClock(), run.counters.samples);
  context.isHalfOpen = true;
  await detection.open(info, settings, run.seed);
  await context.keeper.save(() => context.keeper.putRun(run));
  deps.onChange(['runs', 'catalog']);
}

async function createOpenRun(context: EngineContext, run: RunState, last: RunRecord | undefined): Promise<OpenRun> {
  const { store } = context.deps;
  const { info } = run;
  const stored = last === undefined ? undefined : await store.lastChunk(info.runId);
  run.now = stored?.to ?? 0;
  const decisions = last === undefined ? [] : await store.decisions(info.runId);
  const alerts = last === undefined ? [] : await store.alerts({ runId: info.runId, limit: REMEMBERED_ALERTS });
  return {
    run,
    desk: createDesk(context.settings, info, {
      decisions,
      alerts: alerts.map((alert) => expireAlert(alert, alert.lastAt)),
    }),
    recorder: createRecorder(info.runId, info.catalog.metrics.length, 1 + (stored?.seq ?? -1)),
    publisher: createPublisher(info),
    scores: last === undefined ? createScoreKeeper(info.stepMs) : await restoreScores(context, info),
  };
}

/** The score keeper of a run that goes on. One that was damaged starts anew, which is told. */
async function restoreScores(context: EngineContext, { runId, stepMs }: SourceInfo): Promise<ScoreKeeper> {
  const stored = await context.deps.store.board(runId);
  if (stored === undefined) return createScoreKeeper(stepMs);
  const saved = parseScoreState(stored, stepMs);
  if (saved.ok) return createScoreKeeper(stepMs, saved.value);
  context.report(`the stored scoreboard could not be read, so that it counts anew: ${saved.error.message}`);
  return createScoreKeeper(stepMs);
}

/** Nobody watches the alerts of earlier runs any more, nor those that a reload cut off. */
async function expireOldAlerts({ deps, keeper }: EngineContext): Promise<void> {
  const newest = await deps.store.alerts({ limit: MAX_ALERTS_TO_EXPIRE });
  const ongoing = newest.filter((alert) => alert.state === 'ongoing');
  if (ongoing.length > 0)
    await keeper.save(() => deps.store.putAlerts(ongoing.map((alert) => expireAlert(alert, alert.lastAt))));
}

/** Draws the charts anew from storage, with the history of the device in focus. Gives what was drawn, oldest first. */
export async function redraw(context: EngineContext, focus: number | undefined): Promise<readonly TelemetryChunk[]> {
  const { run, publisher } = context.present;
  const from = run.info.kind === 'file' ? 0 : run.now - HISTORY_STEPS * run.info.stepMs;
  const chunks = await context.deps.store.telemetry(run.info.runId, from, Number.POSITIVE_INFINITY);
  publisher.redraw(chunks, focus);
  return chunks;
}

/**
 * A pipeline that has just been given a model knows levels from it but nothing of the last minutes: without them a first change looks enormous,
 * and there is nothing to train on. The last stored samples and lines go through it once more; what it says of them is not used. kinds: those whose
 * pipeline has just been opened or given another model; one that goes on must not see the past again.
 */
export async function refillPipelines(context: EngineContext, kinds: readonly ModelKind[]): Promise<void> {
  const { run } = context.present;
  const { store } = context.deps;
  const { runId, stepMs } = run.info;
  const devices = Math.max(1, run.catalog.devices.length);
  const steps = Math.min(MAX_REFILL_STEPS, Math.max(MIN_REFILL_STEPS, Math.ceil(REFILL_ROWS / devices)));
  const span = [run.now - steps * stepMs, Number.POSITIVE_INFINITY] as const;
  const trusted = new Uint8Array(devices);
  const noMetrics = emptyMetricBatch(run.catalog.metrics.length);
  const samples = kinds.includes('metrics') ? await store.telemetry(runId, ...span) : [];
  for (const { n, t, device, metrics } of samples)
    await context.detection.score({ n, t, device, metrics }, emptyLogBatch(), 0, trusted);
  const lines = kinds.includes('logs') ? await store.logs(runId, ...span) : [];
  for (const { n, t, device, level, bytes, offsets } of lines)
    await context.detection.score(noMetrics, { n, t, device, level, bytes, offsets }, 0, trusted);
}
