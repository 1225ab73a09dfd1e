import type { Region } from '../domain/catalog';
import { type Injection, NEW_DEVICE_CALM_MS, type Refusal } from '../domain/faults';
import { nameGroup, startInjection } from './injections';
import { findRegion, REGIONS } from './regions';
import type { Plan } from './request';
import { addDevice, bookMoment, type FleetState, nextSampleTime, STEP_MS } from './state';

export interface PlanStart {
  readonly by: Injection['by'];
  /** The tick that the plan's times count from: the next one, or a later one. */
  readonly tick: number;
  /** Name of the group; undefined: a new one. */
  readonly group?: string;
  readonly refusals?: readonly Refusal[];
}

/**
 * Writes a plan's injections down, one for each device that is hit, all of one group. A device that joins does so at once, at the end of
 * the catalog, and its faults begin NEW_DEVICE_CALM_MS later. Those with a refusal are written down as refused.
 */
export function startPlan(state: FleetState, plan: Plan, start: PlanStart): Injection[] {
  const joined = plan.joining === undefined ? undefined : addDevice(state, plan.joining);
  const firstT = state.originMs + start.tick * STEP_MS;
  const earliestS = Math.min(...plan.hits.map(({ afterS }) => afterS));
  const calmMs = joined === undefined ? 0 : NEW_DEVICE_CALM_MS;
  const group = start.group ?? nameGroup(state.book, plan.fault.spec.id, start.tick + earliestS + calmMs / STEP_MS);
  const refusals = new Map(start.refusals?.map(({ deviceId, note }) => [deviceId, note]));
  return plan.hits.map((hit) => {
    const info = state.devices[hit.device];
    return startInjection(state.book, bookMoment(state), {
      group,
      fault: plan.fault,
      device: hit.device,
      info,
      origin: plan.origin ?? regionOf(info.region),
      intensity: plan.intensity,
      onset: plan.onset,
      params: plan.params,
      from: firstT + hit.afterS * STEP_MS + calmMs,
      durationMs: hit.durationMs,
      by: start.by,
      ...(hit.device === joined ? { joinedAt: nextSampleTime(state) } : {}),
      ...(refusals.has(info.id) ? { refusal: refusals.get(info.id) } : {}),
    });
  });
}

function regionOf(id: string): Region {
  return findRegion(id) ?? REGIONS[0];
}
