import type { Decision, QuarantineEntry } from '../domain/decisions';
import type { DeviceId } from '../domain/ids';

/** What the gate refused of one device since it was quarantined. */
export interface RefusedCount {
  readonly batches: number;
  readonly samples: number;
}

/**
 * Who is quarantined at `now` (ms since 1970 UTC of the data's clock), from all decisions of a run in any order.
 * Decisions count in the order of `decidedAt`; simulated ones are not enforced; a release of a device that is not quarantined does nothing. A second
 * quarantine of a device keeps the first entry and only prolongs it: what came first is the reason. An entry ends at `until`, that moment
 * included; a later quarantine then starts a new one. Applying the same decisions twice changes nothing.
 */
export function foldDecisions(
  decisions: readonly Decision[],
  now: number,
  refused: ReadonlyMap<DeviceId, RefusedCount> = new Map(),
): Map<DeviceId, QuarantineEntry> {
  const entries = new Map<DeviceId, QuarantineEntry>();
  for (const decision of orderDecisions(decisions)) {
    if (decision.simulated) continue;
    if (decision.type === 'release') {
      entries.delete(decision.deviceId);
      continue;
    }
    const entry = entries.get(decision.deviceId);
    const running = entry !== undefined && isRunning(entry, decision.at);
    entries.set(decision.deviceId, running ? prolong(entry, decision) : startEntry(decision));
  }
  for (const [device, entry] of entries) {
    const count = refused.get(device);
    if (!isRunning(entry, now)) entries.delete(device);
    else if (count !== undefined)
      entries.set(device, { ...entry, refusedBatches: count.batches, refusedSamples: count.samples });
  }
  return entries;
}

/** Decisions as they were taken: by `decidedAt`, then the data's time, then quarantine before release, then id. Each id once. */
export function orderDecisions(decisions: readonly Decision[]): readonly Decision[] {
  const unique = new Map(decisions.map((decision) => [decision.id, decision]));
  return [...unique.values()].sort(
    (a, b) =>
      a.decidedAt - b.decidedAt ||
      a.at - b.at ||
      Number(a.type === 'release') - Number(b.type === 'release') ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

function isRunning(entry: QuarantineEntry, now: number): boolean {
  return entry.until === undefined || now < entry.until;
}

function startEntry(decision: Decision): QuarantineEntry {
  return {
    deviceId: decision.deviceId,
    deviceName: decision.deviceName,
    reason: decision.reason,
    since: decision.at,
    until: endOf(decision),
    origin: decision.origin,
    strikes: decision.strikes,
    evidence: decision.evidence,
    decisionId: decision.id,
    refusedBatches: 0,
    refusedSamples: 0,
  };
}

function prolong(entry: QuarantineEntry, decision: Decision): QuarantineEntry {
  const end = endOf(decision);
  const until = entry.until === undefined || end === undefined ? undefined : Math.max(entry.until, end);
  return { ...entry, until, strikes: Math.max(entry.strikes, decision.strikes) };
}

function endOf({ at, durationMs }: Decision): number | undefined {
  return durationMs === undefined ? undefined : at + durationMs;
}
