import { recordScenario } from '../../domain/record-scenario';
import type { Scenario, ScenarioEvent, ScenarioTitle } from '../../domain/scenario';
import { FAULT_SPECS } from '../faults/registry';
import { type FleetState, LIVE_TICK, nextSampleTime, STEP_MS } from '../state';

const SPREAD_KEYS = Object.fromEntries(
  FAULT_SPECS.flatMap(({ id, spread }) => (spread === undefined ? [] : [[id, spread.shareKey] as const])),
);

/** A fleet's run as a scenario, with what is still scheduled. See recordScenario. */
export function recordFleet(state: FleetState, title: ScenarioTitle, ambientFaults: boolean): Scenario {
  const endedAt = nextSampleTime(state);
  const liveAt = state.beganMs + LIVE_TICK * STEP_MS;
  const events = state.events.asked.map(
    ({ record }): ScenarioEvent => ({
      at: (record.from - liveAt) / 1000,
      event: record.event,
      target: { kind: 'devices', deviceIds: record.devices.map((device) => state.devices[device].id) },
      params: { intensity: record.intensity, duration: (record.to - record.from) / 1000 },
    }),
  );
  return recordScenario(
    state.book.entries.map(({ injection }) => injection),
    events,
    {
      title,
      fleet: { seed: state.seed, size: state.fleetSize, liveAt, ambientFaults },
      endedAt,
      spreadKeys: SPREAD_KEYS,
    },
  );
}
