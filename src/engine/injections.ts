import type { Catalog } from '../domain/catalog';
import type { Injection, InjectionRequest } from '../domain/faults';
import { err, ok, type Result } from '../domain/result';
import type { EngineContext } from './context';
import { growRun } from './run-state';
import { refreshQuarantine } from './tick';

/**
 * Injects a fault into the fleet, one injection for each device that is hit. On a quarantined device it never starts, since the gate would
 * refuse all of it: that injection comes back as refused. Errors: not-a-fleet, and what the source says of the request.
 */
export async function inject(context: EngineContext, request: InjectionRequest): Promise<Result<readonly Injection[]>> {
  const { deps } = context;
  const { run, desk } = context.present;
  if (run.info.kind !== 'fleet')
    return err('not-a-fleet', 'faults can be injected into the simulated fleet only: go back to it first');
  const refusals = desk.entries(run).map(({ deviceId, since }) => ({
    deviceId,
    note: `refused: quarantined since ${new Date(since).toISOString()}`,
  }));
  const injected = await deps.source.inject(request, refusals);
  if (!injected.ok) return injected;
  const { injections, catalog } = injected.value;
  await growFleet(context, catalog);
  await saveInjections(context, injections);
  if (injections.some(({ status }) => status === 'refused')) {
    run.counters.refusedBatches++;
    deps.onChange(['decisions']);
  }
  return ok(injections);
}

/** Stops one injection, or all of a group. Errors: not-a-fleet, and what the source says of the id. */
export async function stopInjection(context: EngineContext, idOrGroup: string): Promise<Result<readonly Injection[]>> {
  if (context.present.run.info.kind !== 'fleet')
    return err('not-a-fleet', 'injections run in the simulated fleet only: go back to it first');
  const stopped = await context.deps.source.stopInjection(idOrGroup);
  if (stopped.ok) await saveInjections(context, stopped.value);
  return stopped;
}

/** Stops whatever runs or is scheduled. Error: not-a-fleet. */
export async function stopAllInjections(context: EngineContext): Promise<Result<readonly Injection[]>> {
  if (context.present.run.info.kind !== 'fleet')
    return err('not-a-fleet', 'injections run in the simulated fleet only: go back to it first');
  const stopped = await context.deps.source.stopAll();
  if (stopped.length > 0) await saveInjections(context, stopped);
  return ok(stopped);
}

/** Makes room for devices that joined the fleet. Degenerate: none did: changes nothing. */
export async function growFleet(context: EngineContext, catalog: Catalog): Promise<void> {
  const { deps } = context;
  const { run, desk } = context.present;
  if (catalog.devices.length === run.catalog.devices.length) return;
  growRun(run, catalog);
  refreshQuarantine(run, desk);
  await deps.metric.setCatalog(catalog);
  deps.onChange(['catalog']);
}

/** Stores what became of injections since the last call. */
export async function followInjections(context: EngineContext): Promise<void> {
  const { deps, keeper } = context;
  const { info } = context.present.run;
  if (info.kind !== 'fleet') return;
  const changed = await deps.source.injections();
  if (changed.length === 0) return;
  await keeper.save(() => deps.store.putInjections(info.runId, changed));
  deps.onChange(['injections']);
}

/** With a checkpoint at once: a source that went back behind it would give their numbers to other injections. */
async function saveInjections(context: EngineContext, injections: readonly Injection[]): Promise<void> {
  const { deps, keeper } = context;
  const { run } = context.present;
  await keeper.save(async () => {
    await deps.store.putInjections(run.info.runId, injections);
    await keeper.putRun(run);
  });
  deps.onChange(['injections']);
}
