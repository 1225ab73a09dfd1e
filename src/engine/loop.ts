import type { EngineContext } from './context';
import { finishFile } from './file-life';
import { followInjections, growFleet } from './injections';
import { judgeBatch } from './judge-batch';
import type { PulledBatch, RunState } from './run-state';
import { processBatch } from './tick';

/** Steps of history in one pull while the run catches up. */
const CATCH_UP_STEPS = 60;
/** Samples that a file's pull aims at. */
const FILE_ROWS_A_PULL = 2000;
/** Where the warm-up was too short to train on, training is tried again after so many further steps. */
const LATE_TRAINING_STEPS = 32;
const IDLE_MS = 100;

/** One turn of the loop. Gives the milliseconds until the next one is due. */
export async function advance(context: EngineContext): Promise<number> {
  const { opened, clock, keeper } = context;
  if (opened === undefined || context.isHalfOpen) return IDLE_MS;
  const { run } = opened;
  const now = context.deps.wallClock();
  const elapsed = clock.turn(now);
  if (keeper.isDue(now)) await keeper.flush();
  if (run.paused || run.finished) return IDLE_MS;
  if (isCatchingUp(run)) {
    await step(context, run, stepsToCatchUp(run));
    return 0;
  }
  const { stepMs } = run.info;
  const due = clock.takeDue(elapsed, stepMs);
  if (due === 0) return Math.min(IDLE_MS, clock.dueInMs(stepMs));
  await step(context, run, due);
  return 0;
}

function isCatchingUp(run: RunState): boolean {
  return run.info.kind === 'file' || run.stepsDone < run.info.warmUpSteps + run.info.backfillSteps;
}

/** Whether the history that trains the models has been gone through. */
export function isWarmedUp(run: RunState): boolean {
  return run.stepsDone >= run.info.warmUpSteps;
}

function stepsToCatchUp(run: RunState): number {
  if (run.info.kind === 'file') return fileSteps(run);
  return Math.min(CATCH_UP_STEPS, run.info.warmUpSteps + run.info.backfillSteps - run.stepsDone);
}

/** Steps of one pull: never across the end of the warm-up, so that training sees just that. */
function fileSteps(run: RunState): number {
  const steps = Math.max(1, Math.floor(FILE_ROWS_A_PULL / Math.max(1, run.catalog.devices.length)));
  if (run.trained) return steps;
  const warmUpLeft = run.info.warmUpSteps - run.stepsDone;
  return Math.min(steps, warmUpLeft > 0 ? warmUpLeft : LATE_TRAINING_STEPS);
}

/** Pulls a batch, unless one is held that a scorer's death left unscored, and takes it through detection and response. */
async function step(context: EngineContext, run: RunState, steps: number): Promise<void> {
  const { deps, detection, settings, keeper, trainer } = context;
  run.held ??= { ...(await deps.source.pull(steps)), steps };
  const { held } = run;
  if (held.catalog !== undefined) await growFleet(context, held.catalog);
  if (isRehearsal(run)) return rehearse(context, run, held);
  const { desk, recorder, publisher, scores } = context.present;
  const wallNow = deps.wallClock();
  const { batch } = held;
  const outcome = await processBatch({ batch, run, desk, detection, settings, recorder, publisher, scores, wallNow });
  run.stepsDone += held.steps;
  run.held = undefined;
  await context.alerts.write(outcome.alerts);
  if (outcome.decisions.length > 0) await keeper.save(() => deps.store.addDecisions(outcome.decisions));
  await judgeBatch(context);
  await followInjections(context);
  if (outcome.decisions.length > 0) deps.onChange(['decisions']);
  if (held.done) await finishFile(context);
  await trainer.countLines(run, batch.logs.n, held.steps);
  if (run.trained) trainer.trainWhenDue(outcome.retrainDue);
  else if (isWarmedUp(run) || held.done) await trainer.trainFirst(run);
}

/** A file that is too short to keep a part for training alone is gone through twice: to train, then to score all of it. */
function isRehearsal(run: RunState): boolean {
  return (
    run.info.kind === 'file' &&
    !run.trained &&
    run.info.warmUpSteps >= (run.info.totalSteps ?? Number.POSITIVE_INFINITY)
  );
}

async function rehearse({ deps, detection, trainer }: EngineContext, run: RunState, held: PulledBatch): Promise<void> {
  const { batch, steps, done } = held;
  await detection.score(batch.metrics, batch.logs, batch.seq, run.suspect);
  run.stepsDone += steps;
  run.held = undefined;
  await trainer.countLines(run, batch.logs.n, steps);
  if (!done) return;
  await trainer.trainFirst(run);
  await deps.source.rewind();
  // Without a model (too few rows) the second pass still shows the data, unscored.
  run.trained = true;
  run.stepsDone = 0;
}
