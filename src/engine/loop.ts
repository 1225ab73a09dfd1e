import { stepsJudgedAtOnce } from '../detect/file-batches';
import { tellBlocked } from './blocked';
import type { EngineContext } from './context';
import { finishFile } from './file-life';
import { type BatchPart, cutBatch } from './file-parts';
import { followInjections, growFleet } from './injections';
import { judgeBatch } from './judge-batch';
import type { PulledBatch, RunState } from './run-state';
import { processBatch } from './tick';

/** Steps of history in one pull while the run catches up. */
const CATCH_UP_STEPS = 60;
/** Before there are models nothing is decided that the source has to hear of soon: after the first picture, fewer and larger pulls. */
const WARM_UP_STEPS = 220;
/** Samples that are warmed up with in one turn, and into how many pulls they are cut at least, so that source and scorers work side by side. */
const WARM_UP_ROWS_A_TURN = 36_000;
const WARM_UP_PULLS = 3;
/** Samples that a fleet's pull has at most, but one step whatever it holds: more at once would keep a worker past the deadline of a call. */
const FLEET_ROWS_A_PULL = 30_000;
/** Samples, or lines, that a file's pull aims at. */
const FILE_ROWS_A_PULL = 2048;
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
    if (isUnwatched(run)) await warmUp(context, run);
    else await step(context, run, stepsToCatchUp(run));
    return 0;
  }
  await context.trainer.payFullTraining();
  const { stepMs } = run.info;
  const due = clock.takeDue(elapsed, stepMs, mostSteps(run));
  if (due === 0) return Math.min(IDLE_MS, clock.dueInMs(stepMs));
  await step(context, run, due);
  return 0;
}

/** One step of a paused run, whose clock stands still; nothing while the run goes on, catches up or is over. */
export async function stepOnce(context: EngineContext): Promise<void> {
  const { opened, isHalfOpen } = context;
  if (opened === undefined || isHalfOpen) return;
  const { run } = opened;
  if (run.paused && !run.finished && !isCatchingUp(run)) await step(context, run, 1);
}

function isCatchingUp(run: RunState): boolean {
  return run.info.kind === 'file' || run.stepsDone < run.info.warmUpSteps + run.info.backfillSteps;
}

/** Whether the history that trains the models has been gone through. */
export function isWarmedUp(run: RunState): boolean {
  return run.stepsDone >= run.info.warmUpSteps;
}

/** A fleet before its first models: nothing that is said of a batch bears on the next one. */
function isUnwatched(run: RunState): boolean {
  return run.info.kind === 'fleet' && !run.trained && !isWarmedUp(run);
}

function stepsToCatchUp(run: RunState): number {
  if (run.info.kind === 'file') return fileSteps(run);
  const { warmUpSteps, backfillSteps } = run.info;
  return Math.min(mostSteps(run), CATCH_UP_STEPS, warmUpSteps + backfillSteps - run.stepsDone);
}

/** Steps of the pulls of one turn of the warm-up; a small one first, for a picture soon. */
function planWarmUp({ info, catalog, stepsDone }: RunState): readonly number[] {
  const most = Math.max(1, Math.floor(WARM_UP_ROWS_A_TURN / Math.max(1, catalog.devices.length)));
  const first = stepsDone === 0 ? CATCH_UP_STEPS : WARM_UP_STEPS;
  let left = Math.min(most, info.warmUpSteps - stepsDone);
  const largest = Math.min(WARM_UP_STEPS, Math.ceil(left / WARM_UP_PULLS));
  const pulls: number[] = [];
  while (left > 0) {
    const steps = Math.min(left, largest, pulls.length === 0 ? first : largest);
    pulls.push(steps);
    left -= steps;
  }
  return pulls;
}

/** Steps that one pull of a fleet may have. */
function mostSteps(run: RunState): number {
  return Math.max(1, Math.floor(FLEET_ROWS_A_PULL / Math.max(1, run.catalog.devices.length)));
}

/** Steps of one pull, about FILE_ROWS_A_PULL rows: of metrics whole parts, of a log as its steps are filled on the mean. */
function fileSteps({ info, catalog }: RunState): number {
  if (info.logLines !== undefined) {
    return Math.max(1, Math.floor((FILE_ROWS_A_PULL * (info.totalSteps ?? 1)) / info.logLines.count));
  }
  const devices = Math.max(1, catalog.devices.length);
  const part = stepsJudgedAtOnce(devices);
  return part * Math.max(1, Math.floor(FILE_ROWS_A_PULL / (part * devices)));
}

/** Pulls a batch, unless one is held that a scorer's death left unscored, and takes it through detection and response. */
async function step(context: EngineContext, run: RunState, steps: number): Promise<void> {
  if (run.held.length === 0) run.held.push(await pull(context, run, steps, isRehearsal(run)));
  await takeHeld(context, run);
}

/** As `step` several times over, but the source makes the next batch while the scorers have the one before. */
async function warmUp(context: EngineContext, run: RunState): Promise<void> {
  // What a scorer's death left unscored first: it is not counted yet in what is planned.
  const pulls = run.held.length > 0 ? [] : planWarmUp(run);
  for (const steps of pulls) {
    if (run.paused) break;
    const pulling = pull(context, run, steps, false);
    const [taken, pulled] = await Promise.allSettled([takeHeld(context, run), pulling]);
    if (pulled.status === 'fulfilled') run.held.push(pulled.value);
    if (taken.status === 'rejected') throw taken.reason;
    if (pulled.status === 'rejected') throw pulled.reason;
  }
  await takeHeld(context, run);
}

/** Takes the oldest batch that is held through detection and response. None is: does nothing. */
async function takeHeld(context: EngineContext, run: RunState): Promise<void> {
  const [held] = run.held;
  if (held === undefined) return;
  const rehearsing = isRehearsal(run);
  const { parts, done, catalog } = held;
  if (catalog !== undefined) await growFleet(context, catalog);
  for (let part = parts[0]; part !== undefined; part = parts[0]) {
    if (rehearsing) await rehearsePart(context, run, part);
    else await takePart(context, run, part, done && parts.length === 1);
    parts.shift();
  }
  run.held.shift();
  if (!done) return;
  if (rehearsing) await endRehearsal(context, run);
  else await finishFile(context);
}

/** What is scored of a file is judged part by part as `detect/score-file.ts` does, a device under suspicion told after each; all else as it comes. */
async function pull({ deps }: EngineContext, run: RunState, steps: number, rehearsing: boolean): Promise<PulledBatch> {
  await tellBlocked(deps.source, run);
  const { batch, done, catalog } = await deps.source.pull(steps);
  const isOnePart = run.info.kind !== 'file' || (rehearsing && batch.metrics.n > 0);
  if (isOnePart) return { parts: [{ batch, steps }], done, catalog };
  return { parts: cutBatch(batch, stepsJudgedAtOnce(run.catalog.devices.length), steps), done };
}

async function takePart(
  context: EngineContext,
  run: RunState,
  { batch, steps }: BatchPart,
  isLast: boolean,
): Promise<void> {
  const { deps, detection, settings, keeper, trainer } = context;
  const { desk, recorder, publisher, scores } = context.present;
  const wallNow = deps.wallClock();
  const outcome = await processBatch({ batch, run, desk, detection, settings, recorder, publisher, scores, wallNow });
  run.stepsDone += steps;
  await context.alerts.write(outcome.alerts);
  if (outcome.decisions.length > 0) await keeper.save(() => deps.store.addDecisions(outcome.decisions));
  await judgeBatch(context);
  await followInjections(context);
  if (outcome.decisions.length > 0) deps.onChange(['decisions']);
  await trainer.countLines(run, batch.logs.n, steps);
  if (run.trained) trainer.trainWhenDue(run, outcome.retrainDue);
  else if (isWarmedUp(run) || isLast) await trainer.trainFirst(run);
}

/**
 * A file whose warm-up is all of it, as an opened one's is, is gone through twice: to learn from, then to score all of it by what all of it
 * taught.
 */
function isRehearsal(run: RunState): boolean {
  return (
    run.info.kind === 'file' &&
    !run.trained &&
    run.info.warmUpSteps >= (run.info.totalSteps ?? Number.POSITIVE_INFINITY)
  );
}

async function rehearsePart({ detection, trainer }: EngineContext, run: RunState, part: BatchPart): Promise<void> {
  const { batch, steps } = part;
  await detection.score(batch.metrics, batch.logs, batch.seq, run.suspect);
  run.stepsDone += steps;
  await trainer.countLines(run, batch.logs.n, steps);
}

async function endRehearsal({ deps, detection, trainer }: EngineContext, run: RunState): Promise<void> {
  await trainer.trainFirst(run);
  // In a pipeline of its own: the first row must not be compared with the last one.
  if (detection.active('metrics') !== undefined) await detection.reopen('metrics', run.catalog);
  await deps.source.rewind();
  // Without a model (too few rows) the second pass still shows the data, unscored.
  run.trained = true;
  run.stepsDone = 0;
}
