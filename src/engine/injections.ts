import type { Injection, InjectionRequest } from '../domain/faults';
import { injectionId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import type { EngineContext } from './context';
import { growRun } from './run-state';
import { refreshQuarantine } from './tick';

/**
 * Injects a fault into the fleet. On a quarantined device it never starts, since the gate would refuse all of it: the injection comes back as
 * refused. Errors: not-a-fleet, and what the source says of the request.
 */
export async function inject(context: EngineContext, request: InjectionRequest): Promise<Result<Injection>> {
  const { deps, keeper } = context;
  const { run, desk } = context.present;
  if (run.info.kind !== 'fleet')
    return err('not-a-fleet', 'faults can be injected into the simulated fleet only: go back to it first');
  const refused = refuseInjection(context, request);
  if (refused !== undefined) {
    await keeper.save(() => deps.store.putInjections(run.info.runId, [refused]));
    run.counters.refusedBatches++;
    deps.onChange(['injections', 'decisions']);
    return ok(refused);
  }
  const injected = await deps.source.inject(request);
  if (!injected.ok) return injected;
  const { injection, catalog } = injected.value;
  if (catalog.devices.length !== run.catalog.devices.length) {
    growRun(run, catalog);
    refreshQuarantine(run, desk);
    await deps.metric.setCatalog(catalog);
    deps.onChange(['catalog']);
  }
  await saveInjection(context, injection);
  return ok(injection);
}

/** Errors: not-a-fleet, and what the source says of the id. */
export async function stopInjection(context: EngineContext, id: string): Promise<Result<Injection>> {
  if (context.present.run.info.kind !== 'fleet')
    return err('not-a-fleet', 'injections run in the simulated fleet only: go back to it first');
  const stopped = await context.deps.source.stopInjection(id);
  if (stopped.ok) await saveInjection(context, stopped.value);
  return stopped;
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

/** With a checkpoint at once: a source that went back behind it would give its number to another injection. */
async function saveInjection(context: EngineContext, injection: Injection): Promise<void> {
  const { deps, keeper } = context;
  const { run } = context.present;
  await keeper.save(async () => {
    await deps.store.putInjections(run.info.runId, [injection]);
    await keeper.putRun(run);
  });
  deps.onChange(['injections']);
}

function refuseInjection(context: EngineContext, request: InjectionRequest): Injection | undefined {
  if (request.target.kind !== 'device') return undefined;
  const { deviceId } = request.target;
  const { run, desk } = context.present;
  const entry = desk.entries(run).find((quarantined) => quarantined.deviceId === deviceId);
  const origin = run.info.regions.find((region) => region.id === request.origin);
  if (entry === undefined || origin === undefined) return undefined;
  const fault = run.info.faults.find((spec) => spec.id === request.fault);
  return {
    id: injectionId(`inj-refused-${context.deps.newId()}`),
    fault: request.fault,
    faultLabel: fault?.label ?? request.fault,
    deviceId,
    deviceName: entry.deviceName,
    origin,
    intensity: request.intensity,
    from: run.now,
    to: run.now,
    status: 'refused',
    note: `refused: quarantined since ${new Date(entry.since).toISOString()}`,
    by: 'operator',
  };
}
