import type { Device } from '../../domain/catalog';
import type { InjectionRequest } from '../../domain/faults';
import type { FieldProblem } from '../../domain/fields';
import { type RefusedFields, refuseFields } from '../../domain/injection-request';
import { defaultParams } from '../../domain/params';
import { createRandom } from '../../domain/random';
import type { Scenario, ScenarioEvent, ScenarioFault, ScenarioHead } from '../../domain/scenario';
import { startNormalEvent } from '../events/book';
import type { NormalEvent } from '../events/contract';
import { findNormalEvent } from '../events/registry';
import { findTargets, type Plan, planRequest } from '../request';
import { startPlan } from '../start';
import { type FleetState, LIVE_TICK, STEP_MS } from '../state';

/** A fault that can only be carried out at its tick, because a device joins for it or before it. */
export interface PendingFault {
  readonly tick: number;
  readonly fault: ScenarioFault;
}

/** The scenario that a fleet plays. */
export interface FleetScenario {
  readonly head: ScenarioHead;
  /** In order of time. */
  readonly pending: PendingFault[];
}

/**
 * Puts a scenario's faults on a fleet that has not begun: those on devices that are there are scheduled at once, so that they are listed
 * and can be stopped; the others wait for their tick. Nothing is changed when any of them is wrong.
 * Error: `scenario` with every wrong field, e.g. "faults[2].target.region must have a device in this fleet".
 */
export function openScenario(
  state: FleetState,
  scenario: Scenario,
): { readonly ok: true; readonly value: FleetScenario } | RefusedFields<'scenario'> {
  const problems: FieldProblem[] = [];
  const starts: { readonly plan: Plan; readonly tick: number; readonly group: string | undefined }[] = [];
  const pending: PendingFault[] = [];
  const known: Device[] = [...state.devices];
  let open = 0;
  const inOrder = scenario.faults
    .map((fault, i) => ({ fault, i, tick: tickOf(fault) }))
    .sort((a, b) => a.tick - b.tick);
  for (const { fault, i, tick } of inOrder) {
    const planned = planRequest(requestOf(fault), { devices: known, seed: state.seed, tick, open });
    if (!planned.ok) {
      for (const { path, message } of planned.error.problems) {
        problems.push({ path: `faults[${i}].${path}`, message: `faults[${i}].${message}` });
      }
      continue;
    }
    const plan = planned.value;
    open += plan.hits.length;
    if (plan.joining !== undefined) known.push(plan.joining);
    const waits = plan.hits.some(({ device }) => device >= state.devices.length) || known.length > state.devices.length;
    if (waits) pending.push({ tick, fault });
    else starts.push({ plan, tick, group: fault.group });
  }
  const events = scenario.events.map((event, i) => planEvent(state, event, i));
  problems.push(...events.flatMap((event) => ('message' in event ? [event] : [])));
  if (problems.length > 0) return refuseFields('scenario', problems);
  for (const { plan, tick, group } of starts) {
    startPlan(state, plan, { by: 'scenario', tick, ...(group === undefined ? {} : { group }) });
  }
  for (const event of events) if (!('message' in event)) startNormalEvent(state.events, event.kind, event.start);
  const { id, name, durationS, healthy, ambientFaults } = scenario;
  return { ok: true, value: { head: { id, name, durationS, healthy, ambientFaults }, pending } };
}

/** Tick of the next fault that waits; undefined when none does. */
export function nextPendingTick(state: FleetState): number | undefined {
  return state.scenario?.pending[0]?.tick;
}

/** Names of the devices that the scenario will bring: nobody else may take them. */
export function listReservedNames(state: FleetState): string[] {
  return (state.scenario?.pending ?? []).flatMap(({ fault: { target } }) =>
    target.kind === 'new-device' ? [target.name.trim()] : [],
  );
}

/** Carries out what waited for the present tick. What has no room any more (MAX_OPEN, the largest fleet) is left out. */
export function startPending(state: FleetState): void {
  const pending = state.scenario?.pending ?? [];
  while (pending.length > 0 && pending[0].tick <= state.tick) {
    const [{ fault }] = pending.splice(0, 1);
    const { devices, seed, tick, book } = state;
    const planned = planRequest(requestOf(fault), { devices, seed, tick, open: book.open.length });
    if (!planned.ok) continue;
    startPlan(state, planned.value, {
      by: 'scenario',
      tick,
      ...(fault.group === undefined ? {} : { group: fault.group }),
    });
  }
}

interface PlannedEvent {
  readonly kind: NormalEvent;
  readonly start: Parameters<typeof startNormalEvent>[2];
}

function planEvent(state: FleetState, step: ScenarioEvent, i: number): PlannedEvent | FieldProblem {
  const kind = findNormalEvent(step.event);
  if (kind === undefined) throw new Error(`a checked scenario with an unregistered event ${step.event}`);
  const tick = tickOf(step);
  const random = createRandom(state.seed, `event:${step.event}:${tick}`);
  const known = new Set<string>(state.devices.map(({ id }) => id));
  const missing = step.target.kind === 'devices' ? step.target.deviceIds.find((id) => !known.has(id)) : undefined;
  const single = step.target.kind === 'device' && !known.has(step.target.deviceId) ? step.target.deviceId : missing;
  const path = `events[${i}].target`;
  if (single !== undefined) return { path, message: `${path} must have known devices, got "${single}"` };
  const found = findTargets(step.target, state.devices, random);
  if ('message' in found) return { path: `events[${i}].${found.path}`, message: `events[${i}].${found.message}` };
  const { intensity, duration } = { ...defaultParams(kind.spec.params), ...step.params };
  const from = state.originMs + tick * STEP_MS;
  const to = from + duration * 1000;
  return { kind, start: { devices: found.indexes, intensity, from, to, by: 'operator' } };
}

function tickOf({ at }: { readonly at: number }): number {
  return Math.max(0, LIVE_TICK + Math.round(at));
}

function requestOf({ at: _at, group: _group, ...request }: ScenarioFault): InjectionRequest {
  return request;
}
