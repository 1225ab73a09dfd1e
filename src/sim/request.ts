import type { Device, Region } from '../domain/catalog';
import type { InjectionRequest, Onset, Spread, Start, Target } from '../domain/faults';
import type { FieldProblem } from '../domain/fields';
import { checkInjectionRequest, ownParams, type RefusedFields, refuseFields } from '../domain/injection-request';
import { defaultParams } from '../domain/params';
import { createRandom, type Random } from '../domain/random';
import type { Fault } from './faults/contract';
import { FAULT_SPECS, findFault } from './faults/registry';
import { createDevice } from './fleet';
import { MAX_OPEN } from './injections';
import { findRegion, REGIONS } from './regions';
import { ROLES } from './roles';
import { MAX_DEVICES } from './state';

/** One device that is hit, `afterS` whole seconds after the next sample. */
export interface PlannedHit {
  readonly device: number;
  readonly afterS: number;
  readonly durationMs: number;
}

/** A request whose every part exists, down to the devices that are hit. */
export interface Plan {
  readonly fault: Fault;
  /** undefined: each device's own region. */
  readonly origin: Region | undefined;
  readonly intensity: number;
  readonly onset: Onset;
  readonly params: Readonly<Record<string, number>>;
  /** The device that joins for it: it gets the next index. */
  readonly joining: Device | undefined;
  /** At least one. */
  readonly hits: readonly PlannedHit[];
}

/** The fleet that a request is for. tick: that of the next sample; it and the seed decide on what is left to chance. */
export interface PlanContext {
  readonly devices: readonly Device[];
  readonly seed: number;
  readonly tick: number;
  /** Injections that are scheduled or running. */
  readonly open: number;
  /** Names of devices that a scenario will bring later. */
  readonly reserved?: readonly string[];
}

export type PlanResult = { readonly ok: true; readonly value: Plan } | RefusedFields<'injection-request'>;

/**
 * Checks a request against the fleet and resolves its targets and times. The name of a new device loses outer spaces.
 * Error: `injection-request` with every wrong field; also when a target means no device, a name is taken (whatever the case of its
 * letters), the fleet has 65,535 devices, or more than MAX_OPEN injections would be open.
 */
export function planRequest(request: InjectionRequest, context: PlanContext): PlanResult {
  const { devices, seed, tick } = context;
  const checked = checkInjectionRequest(request, { faults: FAULT_SPECS, regions: REGIONS, devices, roles: ROLES });
  if (!checked.ok) return checked;
  const fault = findFault(request.fault);
  if (fault === undefined) throw new Error(`a checked request of an unregistered fault ${request.fault}`);
  const { spec } = fault;
  const draw = (use: string): Random => createRandom(seed, `${use}:${spec.id}:${tick}`);
  const found = findTargets(request.target, devices, draw('target'), context.reserved);
  if ('message' in found) return refuseFields('injection-request', [found]);

  const origin = request.origin === undefined ? undefined : findRegion(request.origin);
  const params = { ...defaultParams(ownParams(spec)), ...request.params };
  const wave = spread({ spread: spec.spread, params, target: request.target, found: found.indexes, devices }, draw);
  const starts = listStarts(request.start ?? { kind: 'now' });
  const hits = starts.flatMap((startS) =>
    wave.map(({ device, delayS }) => ({
      device,
      afterS: startS + delayS,
      durationMs: request.durationMs - delayS * 1000,
    })),
  );
  const lasting = hits.filter(({ durationMs }) => durationMs >= 1000);
  if (lasting.length + context.open > MAX_OPEN) {
    const message = `target and start must give at most ${MAX_OPEN - context.open} injections, got ${lasting.length}`;
    return refuseFields('injection-request', [{ path: 'target', message }]);
  }
  const onset = request.onset ?? { shape: spec.onset, seconds: spec.onsetS };
  const { intensity } = request;
  const joining = found.name === undefined ? undefined : joinDevice(found.name, origin ?? REGIONS[0], devices);
  return { ok: true, value: { fault, origin, intensity, onset, params, joining, hits: lasting } };
}

export type Found = { readonly indexes: readonly number[]; readonly name?: string };

/** The devices that are meant, by index, a list in its own order; for a new one the index that it will have. */
export function findTargets(
  target: Target,
  devices: readonly Device[],
  random: Random,
  reserved: readonly string[] = [],
): Found | FieldProblem {
  switch (target.kind) {
    case 'device':
      return { indexes: indexesOf(devices, (device) => device.id === target.deviceId) };
    case 'devices': {
      const at = new Map(devices.map((device, i) => [device.id, i]));
      return { indexes: [...new Set(target.deviceIds)].flatMap((id) => at.get(id) ?? []) };
    }
    case 'role': {
      const indexes = indexesOf(devices, (device) => device.role === target.role);
      return indexes.length > 0 ? { indexes } : noDevice('target.role', target.role);
    }
    case 'region': {
      const indexes = indexesOf(devices, (device) => device.region === target.region);
      return indexes.length > 0 ? { indexes } : noDevice('target.region', target.region);
    }
    case 'share': {
      const { role, share } = target;
      const candidates = indexesOf(devices, (device) => role === undefined || device.role === role);
      if (candidates.length === 0) return noDevice('target.role', String(role));
      const count = Math.max(1, Math.round(share * candidates.length));
      return {
        indexes: shuffle(candidates, random)
          .slice(0, count)
          .sort((a, b) => a - b),
      };
    }
    case 'new-device':
      return findName(target.name.trim(), devices, reserved);
  }
}

function findName(name: string, devices: readonly Device[], reserved: readonly string[]): Found | FieldProblem {
  const path = 'target.name';
  const lower = name.toLowerCase();
  const isTaken = devices.some((device) => device.name.toLowerCase() === lower || device.id === name);
  if (isTaken || reserved.some((kept) => kept.toLowerCase() === lower)) {
    return { path, message: `${path} must be a new one, got "${name}", which is taken` };
  }
  if (devices.length >= MAX_DEVICES) {
    return { path, message: `a fleet has at most ${MAX_DEVICES} devices, got ${devices.length} already` };
  }
  return { indexes: [devices.length], name };
}

function noDevice(path: string, got: string): FieldProblem {
  return { path, message: `${path} must have a device in this fleet, got "${got}", which has none` };
}

interface Wave {
  readonly spread: Spread | undefined;
  readonly params: Readonly<Record<string, number>>;
  readonly target: Target;
  readonly found: readonly number[];
  readonly devices: readonly Device[];
}

/** A fault that spreads goes from its one device to peers, or through the several devices that were meant, one after the other; with a share of 0 it hits them all at once. */
function spread(wave: Wave, draw: (use: string) => Random): { readonly device: number; readonly delayS: number }[] {
  const { found, devices, params } = wave;
  const share = wave.spread === undefined ? 0 : (params[wave.spread.shareKey] ?? 0);
  if (wave.spread === undefined || share <= 0) return found.map((device) => ({ device, delayS: 0 }));
  const { over, delayKey } = wave.spread;
  const delayS = delayKey === undefined ? 0 : Math.round(params[delayKey] ?? 0);
  const single = wave.target.kind === 'device' || wave.target.kind === 'new-device';
  const order = shuffle(found, draw('order'));
  if (single) {
    const first = devices[found[0]];
    const peers = indexesOf(
      devices,
      (device) => first !== undefined && device !== first && device[over] === first[over],
    );
    order.push(...shuffle(peers, draw('peers')).slice(0, Math.max(1, Math.round(share * peers.length))));
  }
  return order.map((device, i) => ({ device, delayS: i * delayS }));
}

/** Whole seconds from the next sample to each beginning. */
function listStarts(start: Start): number[] {
  if (start.kind === 'now') return [0];
  if (start.kind === 'in') return [Math.round(start.seconds)];
  const { firstInSeconds, everySeconds, times } = start;
  return Array.from({ length: times }, (_, i) => Math.round(firstInSeconds + i * everySeconds));
}

/** Ids of joined devices do not come from their names, which may hold anything. */
function joinDevice(name: string, region: Region, devices: readonly Device[]): Device {
  const taken = new Set<string>(devices.map((device) => device.id));
  let number = 1;
  while (taken.has(`client-${number}`)) number++;
  return createDevice(name, 'edge', region, `client-${number}`);
}

function indexesOf(devices: readonly Device[], isMeant: (device: Device) => boolean): number[] {
  const indexes: number[] = [];
  devices.forEach((device, i) => {
    if (isMeant(device)) indexes.push(i);
  });
  return indexes;
}

/** Fisher-Yates over a copy. */
function shuffle(items: readonly number[], random: Random): number[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const swapped = shuffled[i];
    shuffled[i] = shuffled[j];
    shuffled[j] = swapped;
  }
  return shuffled;
}
