import type { Device, Region } from '../domain/catalog';
import type { InjectionRequest } from '../domain/faults';
import { err, ok, type Result } from '../domain/result';
import type { Fault } from './faults/contract';
import { FAULTS, findFault } from './faults/registry';
import { createDevice } from './fleet';
import { findRegion } from './regions';
import { MAX_DEVICES } from './state';

export type InjectError =
  | 'unknown-fault'
  | 'unknown-device'
  | 'unknown-origin'
  | 'intensity-range'
  | 'duration-range'
  | 'bad-name'
  | 'name-taken'
  | 'fleet-full';

/** A request whose every part exists. */
export interface CheckedRequest {
  readonly fault: Fault;
  readonly origin: Region;
  readonly target:
    | { readonly kind: 'index'; readonly index: number }
    | { readonly kind: 'device'; readonly device: Device };
  readonly intensity: number;
  readonly durationMs: number;
}

const MIN_DURATION_MS = 1000;
const MAX_DURATION_MS = 86_400_000;
/** Letters, marks, digits, punctuation, symbols and the plain space: no control, format, private or unpaired characters. */
const PRINTABLE_NAME = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,40}$/u;

/**
 * Checks an injection request against the devices that there are. The name of a new device loses outer spaces.
 * Errors: unknown-fault, unknown-device, unknown-origin; intensity-range outside (0, 1]; duration-range outside [1 s, 24 h];
 * bad-name unless 1 to 40 printable characters; name-taken, whatever the case of its letters; fleet-full at 65,535 devices.
 */
export function checkRequest(
  request: InjectionRequest,
  devices: readonly Device[],
): Result<CheckedRequest, InjectError> {
  const { intensity, durationMs } = request;
  const fault = findFault(request.fault);
  if (fault === undefined) {
    const known = FAULTS.map(({ spec }) => spec.id).join(', ');
    return err('unknown-fault', `fault must be one of ${known}, got "${request.fault}"`);
  }
  const origin = findRegion(request.origin);
  if (origin === undefined) return err('unknown-origin', `origin must be a known region, got "${request.origin}"`);
  if (typeof intensity !== 'number' || !(intensity > 0 && intensity <= 1)) {
    return err('intensity-range', `intensity must be in (0, 1], got ${intensity}`);
  }
  if (typeof durationMs !== 'number' || !(durationMs >= MIN_DURATION_MS && durationMs <= MAX_DURATION_MS)) {
    return err('duration-range', `durationMs must be in [${MIN_DURATION_MS}, ${MAX_DURATION_MS}], got ${durationMs}`);
  }
  const target = checkTarget(request.target, origin, devices);
  return target.ok ? ok({ fault, origin, target: target.value, intensity, durationMs }) : target;
}

function checkTarget(
  target: InjectionRequest['target'],
  origin: Region,
  devices: readonly Device[],
): Result<CheckedRequest['target'], InjectError> {
  if (target.kind === 'device') {
    const index = devices.findIndex((device) => device.id === target.deviceId);
    if (index < 0) return err('unknown-device', `target.deviceId must be a known device, got "${target.deviceId}"`);
    return ok({ kind: 'index', index });
  }
  const name = target.name.trim();
  if (!PRINTABLE_NAME.test(name)) {
    return err('bad-name', `target.name must be 1 to 40 printable characters, got ${JSON.stringify(target.name)}`);
  }
  const lower = name.toLowerCase();
  const taken = devices.find((device) => device.name.toLowerCase() === lower || device.id === name);
  if (taken !== undefined) return err('name-taken', `target.name must be a new one, got "${name}", which is taken`);
  if (devices.length >= MAX_DEVICES) {
    return err('fleet-full', `a fleet has at most ${MAX_DEVICES} devices, got ${devices.length} already`);
  }
  return ok({ kind: 'device', device: createDevice(name, 'edge', origin, freeId(devices)) });
}

/** Ids of joined devices do not come from their names, which may hold anything. */
function freeId(devices: readonly Device[]): string {
  const taken = new Set<string>(devices.map((device) => device.id));
  let number = 1;
  while (taken.has(`client-${number}`)) number++;
  return `client-${number}`;
}
