import type { Device } from '../domain/catalog';
import type { Decision, Policy, QuarantineEntry } from '../domain/decisions';
import type { AlertId, DeviceId, RunId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import { deriveDecisionId } from './derive-ids';
import { foldDecisions } from './quarantine';
import { formatTime } from './words';

export type DecideError =
  | 'unknown-device'
  | 'already-quarantined'
  | 'not-quarantined'
  | 'allowlisted'
  | 'nothing-asked'
  | 'bad-duration';

/** What stands when a decision is to be taken. */
export interface DecisionDesk {
  readonly runId: RunId;
  readonly devices: readonly Device[];
  /** All decisions of the run so far, any order. */
  readonly decisions: readonly Decision[];
  /** ms since 1970 UTC of the data's clock. */
  readonly now: number;
  /** Wall clock, ms since 1970 UTC. */
  readonly wallNow: number;
  readonly policy: Policy;
}

export interface QuarantineRequest {
  readonly deviceIds: readonly DeviceId[];
  readonly reason: string;
  readonly origin: Decision['origin'];
  /** undefined = until released; else more than 0. */
  readonly durationMs: number | undefined;
  readonly evidence: AlertId | undefined;
  readonly simulated: boolean;
}

/**
 * Decisions that quarantine the asked devices, each once, or none at all on error. Strikes count the enforced quarantines by policy.
 * Errors: nothing-asked, unknown-device, already-quarantined (with since when), allowlisted, bad-duration; each shows the value.
 */
export function quarantineDevices(
  desk: DecisionDesk,
  request: QuarantineRequest,
): Result<readonly Decision[], DecideError> {
  const { durationMs } = request;
  if (durationMs !== undefined && !(durationMs > 0 && Number.isFinite(durationMs))) {
    return err('bad-duration', `duration must be more than 0 ms, got ${durationMs}`);
  }
  const ids = [...new Set(request.deviceIds)];
  if (ids.length === 0) return err('nothing-asked', 'quarantine needs at least one device, got none');
  const entries = foldDecisions(desk.decisions, desk.now);
  const names = new Map(desk.devices.map((device) => [device.id, device.name]));
  for (const id of ids) {
    const entry = entries.get(id);
    if (!names.has(id)) return err('unknown-device', `there is no device "${id}"`);
    if (entry !== undefined)
      return err('already-quarantined', `${describe(entry)} is quarantined already, since ${formatTime(entry.since)}`);
    if (desk.policy.allowlist.includes(id))
      return err('allowlisted', `device "${id}" is on the allowlist and is never quarantined`);
  }
  const byPolicy = request.origin === 'policy' && !request.simulated ? 1 : 0;
  return ok(
    ids.map((id, i) => ({
      ...stampDecision(desk, id, i),
      deviceName: names.get(id) ?? id,
      type: 'quarantine',
      origin: request.origin,
      reason: request.reason,
      durationMs,
      strikes: countStrikes(desk.decisions, id) + byPolicy,
      evidence: request.evidence,
      simulated: request.simulated,
    })),
  );
}

/**
 * Decisions that release the asked devices, each once, or none at all on error. A quarantined device that is no longer in the catalog can
 * be released. Errors: nothing-asked, unknown-device, not-quarantined; each shows the value.
 */
export function releaseDevices(
  desk: DecisionDesk,
  request: Pick<QuarantineRequest, 'deviceIds' | 'reason' | 'origin'>,
): Result<readonly Decision[], DecideError> {
  const ids = [...new Set(request.deviceIds)];
  if (ids.length === 0) return err('nothing-asked', 'release needs at least one device, got none');
  const entries = foldDecisions(desk.decisions, desk.now);
  const decisions: Decision[] = [];
  for (const id of ids) {
    const entry = entries.get(id);
    if (entry === undefined) {
      return desk.devices.some((device) => device.id === id)
        ? err('not-quarantined', `device "${id}" is not quarantined`)
        : err('unknown-device', `there is no device "${id}"`);
    }
    decisions.push({
      ...stampDecision(desk, id, decisions.length),
      deviceName: entry.deviceName,
      type: 'release',
      origin: request.origin,
      reason: request.reason,
      durationMs: undefined,
      strikes: entry.strikes,
      evidence: entry.evidence,
      simulated: false,
    });
  }
  return ok(decisions);
}

/** Enforced quarantines of the device by policy so far. */
export function countStrikes(decisions: readonly Decision[], device: DeviceId): number {
  return decisions.filter(
    (d) => d.deviceId === device && d.type === 'quarantine' && d.origin === 'policy' && !d.simulated,
  ).length;
}

/** A wall clock that was set back must not put a decision before those it answers: time goes on from the last one. */
function stampDecision(
  desk: DecisionDesk,
  device: DeviceId,
  index: number,
): Pick<Decision, 'id' | 'runId' | 'deviceId' | 'at' | 'decidedAt'> {
  const last = desk.decisions.reduce(
    (latest, decision) => Math.max(latest, decision.decidedAt),
    Number.NEGATIVE_INFINITY,
  );
  const decidedAt = Math.max(desk.wallNow, last + 1);
  const id = deriveDecisionId(desk.runId, device, decidedAt, desk.decisions.length + index);
  return { id, runId: desk.runId, deviceId: device, at: desk.now, decidedAt };
}

function describe(entry: QuarantineEntry): string {
  return `device "${entry.deviceId}"${entry.deviceName === entry.deviceId ? '' : ` (${entry.deviceName})`}`;
}
