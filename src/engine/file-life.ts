import { err, ok, type Result } from '../domain/result';
import type { EngineContext, ParkedRun } from './context';
import type { SourceInfo } from './ports';
import { beginRun, redraw, refillPipelines } from './run-life';

/** A file becomes the present run; the fleet waits. models: train on the file, or take the active ones where they fit. */
export async function openFile(
  context: EngineContext,
  info: SourceInfo,
  models: 'train' | 'active',
): Promise<Result<void>> {
  await finishFile(context);
  await context.keeper.flush();
  context.parked ??= parkFleet(context);
  // A log file has nothing that a metric model could score.
  const kept = (context.parked?.models ?? []).filter(
    (model) => model.info.kind === 'logs' || info.catalog.metrics.length > 0,
  );
  await beginRun(context, info, undefined);
  context.isHalfOpen = false;
  if (models === 'train') return ok(undefined);
  for (const model of kept) {
    const used = await context.detection.use(model);
    if (!used.ok) {
      const { kind } = model.info;
      return err('model-does-not-fit', `the active ${kind} model does not fit this file: ${used.error.message}`);
    }
  }
  context.present.run.trained = kept.length > 0;
  return ok(undefined);
}

function parkFleet({ opened, detection }: EngineContext): ParkedRun | undefined {
  if (opened?.run.info.kind !== 'fleet') return undefined;
  const models = (['metrics', 'logs'] as const)
    .map((kind) => detection.active(kind))
    .filter((model) => model !== undefined);
  return { ...opened, models };
}

/**
 * The fleet goes on where it stopped; its models are loaded again. False: there is none that waits. Whoever closes a file late finds the fleet
 * open again, since it was restarted or erased meanwhile.
 */
export async function closeFile(context: EngineContext): Promise<boolean> {
  if (context.opened?.run.info.kind === 'fleet') return true;
  await finishFile(context);
  const { parked, deps, detection, keeper } = context;
  if (parked === undefined) return false;
  const { run } = parked;
  context.parked = undefined;
  context.opened = parked;
  context.isHalfOpen = true;
  await detection.open({ ...run.info, catalog: run.catalog }, context.settings, run.seed);
  context.trainer.begin();
  for (const model of parked.models) {
    const used = await detection.use(model);
    if (!used.ok) context.report(used.error.message);
    await keeper.save(() => deps.store.putModel({ ...model, info: { ...model.info, active: true } }));
  }
  context.isHalfOpen = false;
  run.trained = parked.models.length > 0;
  context.clock.forgetDebt();
  await refillPipelines(context, ['metrics', 'logs']);
  await redraw(context, undefined);
  return true;
}

/** An open file is over: its alerts end, everything is written. Does nothing to a fleet, nor twice. */
export async function finishFile(context: EngineContext): Promise<void> {
  const { opened, deps, keeper } = context;
  if (opened === undefined || opened.run.info.kind !== 'file' || opened.run.finished) return;
  const { run, desk, publisher } = opened;
  run.finished = true;
  run.rank = run.fileRanks?.finish();
  publisher.endRun();
  const last = desk.closeAll(run.now);
  if (last.length > 0) await keeper.save(() => deps.store.putAlerts(last));
  await keeper.flush();
  deps.onChange(['alerts', 'runs']);
}
