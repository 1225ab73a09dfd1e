import { runId } from '../domain/ids';
import type { RunRecord } from '../domain/records';
import { ok, type Result } from '../domain/result';
import { type Scenario, scenarioLabel } from '../domain/scenario';
import { MAX_SPEED, MIN_SPEED } from '../domain/speeds';
import { planReturn } from './absence';
import type { EngineContext } from './context';
import { finishFile } from './file-life';
import { beginRun, refillPipelines } from './run-life';

/**
 * Reads settings and the last run, then opens or resumes the fleet. `linkedSeed` given: a link asks for this fleet, anew. `scenario` given: a
 * link asks for it; a stored run of the same scenario and seed goes on.
 */
export async function startFleet(
  context: EngineContext,
  linkedSeed: number | undefined,
  scenario?: Scenario,
): Promise<Result<void>> {
  const { deps, keeper } = context;
  const seed = scenario?.seed ?? linkedSeed;
  const stored = await deps.store.settings();
  if (stored.ok) context.settings = stored.value;
  else context.report(stored.error.message);
  if (seed !== undefined && seed !== context.settings.seed) {
    context.settings = { ...context.settings, seed };
    await keeper.save(() => deps.store.putSettings(context.settings));
  }
  const isWanted = (run: RunRecord): boolean =>
    run.seed === context.settings.seed && (scenario === undefined || run.label === scenarioLabel(scenario));
  const last = (await deps.store.runs())
    .filter((run) => run.kind === 'fleet' && isWanted(run) && run.checkpoint !== undefined)
    .sort((a, b) => b.savedAt - a.savedAt)[0];
  const opened = await openFleet(context, last, scenario);
  if (opened.ok && context.resumed) goOnAtSpeed(context, last?.speed);
  if (opened.ok || scenario === undefined) return opened;
  context.report(`the scenario cannot be played: ${opened.error.message}`);
  return openFleet(context, undefined);
}

/** A run that goes on after a reload keeps its speed; one from elsewhere may hold anything. */
function goOnAtSpeed({ clock }: EngineContext, speed: number | undefined): void {
  if (speed !== undefined && speed >= MIN_SPEED && speed <= MAX_SPEED) clock.speed = speed;
}

/** Plays a scenario on a new fleet of its seed and size. Error: what the source says of it; then the present run goes on as it was. */
export function openScenario(context: EngineContext, scenario: Scenario): Promise<Result<void>> {
  return openFleet(context, undefined, scenario);
}

/** Opens the fleet: from a stored run where one is given, else a new one from scenario or seed. Errors: what the source says of the settings. */
export async function openFleet(
  context: EngineContext,
  last: RunRecord | undefined,
  scenario?: Scenario,
): Promise<Result<void>> {
  const { deps, keeper } = context;
  const settings = scenario === undefined ? context.settings : { ...context.settings, seed: scenario.seed };
  const stored = last === undefined ? undefined : await deps.store.lastChunk(last.runId);
  const absence = planReturn(stored?.to, deps.wallClock(), last?.paused);
  const opened = await deps.source.openFleet({
    runId: last?.runId ?? runId(`fleet-${settings.seed}-${deps.newId()}`),
    seed: last?.seed ?? settings.seed,
    deviceCount: scenario?.deviceCount ?? settings.deviceCount,
    ambientFaults: settings.ambientFaults,
    now: absence.resumeAt,
    checkpoint: last?.checkpoint,
    ...(scenario === undefined ? {} : { scenario }),
  });
  if (!opened.ok) {
    if (last === undefined) return opened;
    // A checkpoint of another version: the fleet starts anew rather than not at all.
    context.report(`the stored fleet could not be continued (${opened.error.message}); a new one was started`);
    return openFleet(context, undefined, scenario);
  }
  if (scenario !== undefined) {
    // After a reload the run is found again by its seed.
    context.settings = settings;
    await keeper.save(() => deps.store.putSettings(settings));
  }
  context.parked = undefined;
  context.resumed = last !== undefined;
  const { value: info } = opened;
  // A scenario has its own clock and waits for whoever watches it.
  const isAway = info.scenario === undefined;
  const steps = isAway ? absence.catchUpSteps : 0;
  // After a long absence the fleet stands elsewhere in its day: models of its own are trained again on what it now does.
  const trainAgain = isAway && absence.isLong && !(await hasImportedModel(context));
  await beginRun(
    context,
    trainAgain
      ? { ...info, warmUpSteps: info.warmUpSteps + steps }
      : { ...info, backfillSteps: info.backfillSteps + steps },
    last,
  );
  if (last !== undefined && !trainAgain) {
    await restoreModels(context);
    context.present.run.quietSteps = steps;
    await refillPipelines(context, ['metrics', 'logs']);
  }
  context.present.run.paused = last?.paused === true;
  context.isHalfOpen = false;
  return ok(undefined);
}

/**
 * The source is empty, or a run was only half opened: back to the fleet, which can go on from its checkpoint. The rows of an open file were
 * in the worker that died. Rejects where the fleet cannot be opened.
 */
export async function reopenFleet(context: EngineContext): Promise<void> {
  const fleet = context.parked?.run ?? context.present.run;
  await context.keeper.writePending();
  await finishFile(context);
  const record = await context.deps.store.run(fleet.info.runId);
  const opened = await openFleet(context, record);
  if (!opened.ok) throw new Error(opened.error.message);
  context.present.run.paused = fleet.paused;
}

async function hasImportedModel({ deps }: EngineContext): Promise<boolean> {
  return (await deps.store.models()).some((model) => model.active && model.origin === 'imported');
}

async function restoreModels(context: EngineContext): Promise<void> {
  const { detection } = context;
  const { run } = context.present;
  let loaded = 0;
  for (const kind of ['metrics', 'logs'] as const) {
    const model = await detection.findStored(kind, 'fleet', run.seed);
    if (model === undefined) continue;
    const used = await detection.use(model);
    if (used.ok) loaded++;
    else context.report(`the stored ${kind} model could not be loaded: ${used.error.message}`);
  }
  run.trained = loaded === 2;
}
