import type { NormalEventRequest } from '../../domain/events';
import { err, ok, type Result } from '../../domain/result';
import type { NormalEvent } from './contract';
import { findNormalEvent, NORMAL_EVENTS } from './registry';

export type EventError = 'unknown-event' | 'event-devices' | 'event-intensity' | 'event-duration' | 'event-start';

/** A request whose every part exists. */
export interface CheckedEvent {
  readonly event: NormalEvent;
  readonly devices: readonly number[];
  readonly intensity: number;
  readonly from: number;
  readonly to: number;
}

const MIN_DURATION_MS = 1000;
const MAX_DURATION_MS = 86_400_000;

/**
 * Checks a request for a normal event. count: devices that there are; nextT: time of the next sample. Errors: unknown-event;
 * event-devices unless each is an index below `count` and there once; event-intensity outside (0, 1]; event-duration outside [1 s, 24 h];
 * event-start before the next sample.
 */
export function checkEventRequest(
  request: NormalEventRequest,
  count: number,
  nextT: number,
): Result<CheckedEvent, EventError> {
  const { devices, intensity, durationMs } = request;
  const event = findNormalEvent(request.event);
  if (event === undefined) {
    const known = NORMAL_EVENTS.map(({ spec }) => spec.id).join(', ');
    return err('unknown-event', `event must be one of ${known}, got "${request.event}"`);
  }
  if (!Array.isArray(devices) || devices.length === 0) return err('event-devices', 'devices must name at least one');
  const wrong = devices.findIndex((device) => !Number.isInteger(device) || device < 0 || device >= count);
  if (wrong >= 0) {
    return err('event-devices', `devices[${wrong}] must be an index in [0, ${count - 1}], got ${devices[wrong]}`);
  }
  if (new Set(devices).size < devices.length) return err('event-devices', 'devices must name each device once');
  if (typeof intensity !== 'number' || !(intensity > 0 && intensity <= 1)) {
    return err('event-intensity', `intensity must be in (0, 1], got ${intensity}`);
  }
  if (typeof durationMs !== 'number' || !(durationMs >= MIN_DURATION_MS && durationMs <= MAX_DURATION_MS)) {
    return err('event-duration', `durationMs must be in [${MIN_DURATION_MS}, ${MAX_DURATION_MS}], got ${durationMs}`);
  }
  const from = request.from ?? nextT;
  if (!(from >= nextT)) return err('event-start', `from must be at or after ${nextT}, got ${from}`);
  return ok({ event, devices: [...devices], intensity, from, to: from + durationMs });
}
