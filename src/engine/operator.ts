import type { Alert } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { AlertId, DeviceId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { writeReport } from '../respond/report';
import type { EngineContext } from './context';
import { refreshQuarantine } from './tick';

type Decided = Result<readonly Decision[]>;

/** A person quarantines devices: their data is refused from now on, what is under way on them ends. Errors: as `quarantineDevices`. */
export async function quarantine(context: EngineContext, ids: readonly DeviceId[], reason: string): Promise<Decided> {
  const { run, desk } = context.present;
  const decided = desk.quarantine(ids, reason, run, context.deps.wallClock());
  if (!decided.ok) return decided;
  const ended = desk.cutOff(ids, run);
  const outcome = await decide(context, decided);
  await context.alerts.write(ended);
  return outcome;
}

/** A person lets devices' data flow again. Errors: as `releaseDevices`. */
export async function release(context: EngineContext, ids: readonly DeviceId[], reason: string): Promise<Decided> {
  const { run, desk } = context.present;
  return decide(context, desk.release(ids, reason, run, context.deps.wallClock()));
}

async function decide(context: EngineContext, decided: Decided): Promise<Decided> {
  if (!decided.ok) return decided;
  const { run, desk } = context.present;
  refreshQuarantine(run, desk);
  await context.keeper.save(() => context.deps.store.addDecisions(decided.value));
  context.deps.onChange(['decisions']);
  return decided;
}

/** Errors: unknown-alert. */
export async function acknowledge(context: EngineContext, id: AlertId, acknowledged: boolean): Promise<Result<Alert>> {
  const alert = await findAlert(context, id);
  if (!alert.ok) return alert;
  const changed = context.present.desk.acknowledge(alert.value, acknowledged);
  await context.keeper.save(() => context.deps.store.putAlerts([changed]));
  context.deps.onChange(['alerts']);
  return ok(changed);
}

/** Markdown of one alert, as measured. Errors: unknown-alert. */
export async function incidentReport(context: EngineContext, id: AlertId): Promise<Result<string>> {
  const found = await findAlert(context, id);
  if (!found.ok) return found;
  const alert = found.value;
  const { store } = context.deps;
  const { catalog, deviceIndex } = context.present.run;
  const device = deviceIndex.get(alert.deviceId);
  return ok(
    writeReport({
      alert,
      device: device === undefined ? undefined : catalog.devices[device],
      decisions: await store.decisions(alert.runId),
      models: (await store.models()).filter((model) => model.active),
    }),
  );
}

async function findAlert({ deps, present }: EngineContext, id: AlertId): Promise<Result<Alert>> {
  const alert = present.desk.find(id) ?? (await deps.store.alert(id));
  return alert === undefined ? err('unknown-alert', `there is no alert ${id}`) : ok(alert);
}
