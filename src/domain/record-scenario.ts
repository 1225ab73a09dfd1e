import { type Injection, NEW_DEVICE_CALM_MS } from './faults';
import { MAX_DURATION_MS, MIN_DURATION_MS } from './injection-request';
import {
  type FleetFacts,
  SCENARIO_FORMAT,
  SCENARIO_VERSION,
  type Scenario,
  type ScenarioEvent,
  type ScenarioFault,
  type ScenarioTitle,
} from './scenario';

/** The run that was recorded. */
export interface RecordedRun {
  readonly title: ScenarioTitle;
  readonly fleet: FleetFacts;
  /** Time of the last sample, ms since 1970 UTC of the data's clock. */
  readonly endedAt: number;
  /** Keys of the params that make a fault spread, by fault: what spread is recorded device by device and must not spread again. */
  readonly spreadKeys: Readonly<Record<string, string>>;
}

const MIN_DURATION_S = 60;

/**
 * What a person injected, and what a scenario did, as a scenario: played with the same seed and size it gives the same truth and the same
 * bytes, as far as the run had no gap. The fleet's own faults come again by themselves. Left out: what was refused, and what was stopped before it began (a
 * device that joined for such a fault does not join again). Degenerate: no injections: a scenario without faults.
 */
export function recordScenario(
  injections: readonly Injection[],
  events: readonly ScenarioEvent[],
  run: RecordedRun,
): Scenario {
  const carriedOut = injections.filter(
    ({ by, status, from, to }) => by !== 'ambient' && status !== 'refused' && to > from,
  );
  const faults = mergeAlike(carriedOut, run);
  const lengthS = Math.ceil((run.endedAt - run.fleet.liveAt) / 1000);
  return {
    format: SCENARIO_FORMAT,
    schemaVersion: SCENARIO_VERSION,
    ...run.title,
    seed: run.fleet.seed,
    deviceCount: run.fleet.size,
    durationS: Math.min(MAX_DURATION_MS / 1000, Math.max(MIN_DURATION_S, lengthS)),
    healthy: faults.length === 0 && !run.fleet.ambientFaults,
    startsAt: new Date(run.fleet.liveAt).toISOString(),
    ambientFaults: run.fleet.ambientFaults,
    faults,
    events,
  };
}

/** One fault for those that differ in nothing but the device; in the order of their beginnings. */
function mergeAlike(injections: readonly Injection[], run: RecordedRun): ScenarioFault[] {
  const joinedBy = new Set<string>();
  const alike = new Map<string, { fault: ScenarioFault; devices: Injection['deviceId'][] }>();
  const faults: ScenarioFault[] = [];
  for (const injection of [...injections].sort((a, b) => a.from - b.from)) {
    const { deviceId, deviceName, joinedAt } = injection;
    const fault = recordFault(injection, run);
    if (joinedAt !== undefined && !joinedBy.has(deviceId)) {
      joinedBy.add(deviceId);
      faults.push({
        ...fault,
        at: (joinedAt - run.fleet.liveAt) / 1000,
        target: { kind: 'new-device', name: deviceName },
        start: { kind: 'in', seconds: (injection.from - joinedAt - NEW_DEVICE_CALM_MS) / 1000 },
      });
      continue;
    }
    // A joined device's further faults wait for it, those of the others need not.
    const key = JSON.stringify([{ ...fault, target: undefined }, joinedAt]);
    const found = alike.get(key);
    if (found !== undefined) {
      found.devices.push(deviceId);
      continue;
    }
    alike.set(key, { fault, devices: [deviceId] });
  }
  for (const { fault, devices } of alike.values()) {
    const [only] = devices;
    const target =
      devices.length === 1 && only !== undefined
        ? ({ kind: 'device', deviceId: only } as const)
        : ({ kind: 'devices', deviceIds: devices } as const);
    faults.push({ ...fault, target });
  }
  return faults.sort((a, b) => a.at - b.at);
}

function recordFault(injection: Injection, run: RecordedRun): ScenarioFault {
  const { fault, group, origin, intensity, onset, params, from, to } = injection;
  const spreadKey = run.spreadKeys[fault];
  return {
    at: (from - run.fleet.liveAt) / 1000,
    group,
    fault,
    target: { kind: 'device', deviceId: injection.deviceId },
    origin: origin.id,
    intensity,
    durationMs: Math.max(MIN_DURATION_MS, to - from),
    onset,
    params: spreadKey === undefined ? params : { ...params, [spreadKey]: 0 },
  };
}
