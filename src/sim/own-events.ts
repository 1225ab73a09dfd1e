import { ownParams } from '../domain/injection-request';
import { defaultParams } from '../domain/params';
import { nextAmbientFault } from './ambient';
import { autoscale } from './events/autoscale';
import { noteNormalEvent, startNormalEvent } from './events/book';
import { listDueEvents } from './events/schedule';
import { nameGroup, startInjection } from './injections';
import type { ScaleStep } from './pools';
import { findRegion, REGIONS } from './regions';
import { bookMoment, type FleetState, LIVE_TICK, nextSampleTime } from './state';

/** How long a step of the scaler is news. */
const SCALE_STEP_MS = 60_000;
/** A fault of the fleet's own does not hit a device that had one in the last five minutes. */
const AMBIENT_REST_MS = 300_000;

/** Starts the normal events that the fleet's own schedule has for the present tick, a multiple of SCHEDULE_TICKS. */
export function startDueEvents(state: FleetState): void {
  const moment = { tick: state.tick, t: nextSampleTime(state) };
  const { devices, fleetSize, columns } = state;
  for (const { event, start } of listDueEvents(state.key, moment, { devices, fleetSize, traits: columns.traits })) {
    startNormalEvent(state.events, event, start);
  }
}

/** The scaler has changed the pool's load already: what is written down only says so. */
export function noteScaleStep(state: FleetState, { pool, from, to }: ScaleStep): void {
  const t = nextSampleTime(state);
  const devices: number[] = [];
  for (let i = 0; i < state.fleetSize; i++) if (state.columns.pool[i] === pool) devices.push(i);
  const intensity = Math.min(1, Math.abs(to / from - 1) * 2);
  noteNormalEvent(state.events, autoscale, { devices, intensity, from: t, to: t + SCALE_STEP_MS, by: 'fleet' });
}

/** Starts the fleet's own fault when one is due, on a device that had none lately; skips it when every device had. */
export function startDueAmbientFault(state: FleetState): void {
  const due = nextAmbientFault(state.ambient, state.tick, LIVE_TICK);
  if (due === undefined) return;
  const t = nextSampleTime(state);
  // What is only scheduled, or never began, is not looked at: a recorded run that is played again knows of it earlier, or not at all.
  const busy = new Set(
    state.book.entries
      .filter(({ injection: { from, to } }) => from <= t && to > from && to > t - AMBIENT_REST_MS)
      .map(({ device }) => device),
  );
  const free = Array.from({ length: state.fleetSize }, (_, i) => i).filter((i) => !busy.has(i));
  if (free.length === 0) return;
  const device = state.ambient.random.pick(free);
  const info = state.devices[device];
  const origin = findRegion(info.region) ?? REGIONS[0];
  const { spec } = due.fault;
  startInjection(state.book, bookMoment(state), {
    ...due,
    group: nameGroup(state.book, spec.id, state.tick),
    device,
    info,
    origin,
    onset: { shape: spec.onset, seconds: spec.onsetS },
    params: defaultParams(ownParams(spec)),
    from: t,
    by: 'ambient',
  });
}
