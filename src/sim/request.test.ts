import { describe, expect, test } from 'vitest';
import type { InjectionRequest, Target } from '../domain/faults';
import { deviceId } from '../domain/ids';
import { createDevices } from './fleet';
import { planRequest } from './request';

const devices = createDevices(1, 24);
const good: InjectionRequest = {
  fault: 'ddos',
  target: { kind: 'device', deviceId: devices[1].id },
  origin: 'syd',
  intensity: 0.8,
  durationMs: 60_000,
};
const aimed = (target: Target): InjectionRequest => ({ ...good, target });
const named = (name: string): InjectionRequest => aimed({ kind: 'new-device', name });
const plan = (request: InjectionRequest, tick = 1000, seed = 1) =>
  planRequest(request, { devices, seed, tick, open: 0 });

function planned(request: InjectionRequest, tick?: number, seed?: number) {
  const result = plan(request, tick, seed);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('planRequest', () => {
  test('finds the fault, the device and the origin', () => {
    expect(planned(good)).toMatchObject({
      fault: { spec: { id: 'ddos' } },
      origin: { city: 'Sydney' },
      onset: { shape: 'step', seconds: 0 },
      hits: [{ device: 1, afterS: 0, durationMs: 60_000 }],
    });
  });

  test('makes a new device at the origin, with an id that is free', () => {
    const { joining, hits } = planned(named('  my laptop 🚀 '));
    expect(joining).toMatchObject({ id: 'client-1', name: 'my laptop 🚀', city: 'Sydney', role: 'edge' });
    expect(hits).toEqual([{ device: 24, afterS: 0, durationMs: 60_000 }]);
  });

  test('a role means all of its devices, a region likewise, a list each of it once', () => {
    const roles = planned(aimed({ kind: 'role', role: 'database' })).hits.map(({ device }) => devices[device].role);
    expect(roles).toEqual(['database', 'database', 'database', 'database']);
    const { region } = devices[5];
    const inRegion = planned(aimed({ kind: 'region', region })).hits.map(({ device }) => devices[device].region);
    expect(inRegion).toEqual(devices.filter((device) => device.region === region).map(() => region));
    const ids = [devices[7].id, devices[2].id, devices[7].id];
    expect(planned(aimed({ kind: 'devices', deviceIds: ids })).hits.map(({ device }) => device)).toEqual([7, 2]);
  });

  test('a share is drawn from the seed: half of the fleet, half of a role, at least one', () => {
    const half = (seed: number) =>
      planned(aimed({ kind: 'share', share: 0.5 }), 1000, seed).hits.map((hit) => hit.device);
    expect(half(1)).toHaveLength(12);
    expect(half(1)).toEqual(half(1));
    expect(half(2)).not.toEqual(half(1));
    const databases = planned(aimed({ kind: 'share', share: 0.5, role: 'database' })).hits;
    expect(databases.map(({ device }) => devices[device].role)).toEqual(['database', 'database']);
    expect(planned(aimed({ kind: 'share', share: 0.001 })).hits).toHaveLength(1);
  });

  test('begins now, in some seconds, or again and again', () => {
    const begins = (start: InjectionRequest['start']) => planned({ ...good, start }).hits.map(({ afterS }) => afterS);
    expect(begins(undefined)).toEqual([0]);
    expect(begins({ kind: 'in', seconds: 90 })).toEqual([90]);
    expect(begins({ kind: 'repeat', everySeconds: 300, times: 3, firstInSeconds: 10 })).toEqual([10, 310, 610]);
  });

  test.each<[string, unknown, string]>([
    ['fault', { ...good, fault: 'nope' }, 'fault must be one of'],
    ['inherited fault name', { ...good, fault: 'constructor' }, 'got "constructor"'],
    ['device', aimed({ kind: 'device', deviceId: deviceId('x9') }), 'target.deviceId must be one of'],
    [
      'device in a list',
      aimed({ kind: 'devices', deviceIds: [devices[0].id, deviceId('x9')] }),
      'target.deviceIds[1] must',
    ],
    ['empty list', aimed({ kind: 'devices', deviceIds: [] }), 'target.deviceIds must be a list of 1 to'],
    ['role', aimed({ kind: 'role', role: 'king' }), 'got "king"'],
    ['region', aimed({ kind: 'region', region: 'moon' }), 'got "moon"'],
    ['share', aimed({ kind: 'share', share: 1.5 }), 'target.share must be in (0, 1], got 1.5'],
    ['kind', { ...good, target: { kind: 'all' } }, 'target.kind must be one of'],
    ['origin', { ...good, origin: 'moon' }, 'got "moon"'],
    ['intensity 0', { ...good, intensity: 0 }, 'intensity must be in (0, 1], got 0'],
    ['intensity 7', { ...good, intensity: 7 }, 'intensity must be in (0, 1], got 7'],
    ['intensity NaN', { ...good, intensity: Number.NaN }, 'got NaN'],
    ['short duration', { ...good, durationMs: 999 }, 'durationMs must be in [1000, 604800000], got 999'],
    ['long duration', { ...good, durationMs: 604_800_001 }, 'got 604800001'],
    ['duration NaN', { ...good, durationMs: Number.NaN }, 'got NaN'],
    ['onset', { ...good, onset: { shape: 'ramp', seconds: 0 } }, 'onset.seconds must be in (0, 604800], got 0'],
    [
      'start',
      { ...good, start: { kind: 'repeat', everySeconds: 9, times: 1.5, firstInSeconds: 0 } },
      'start.times must be a whole number, got 1.5',
    ],
    ['params', { ...good, params: { nope: 1 } }, 'params.nope is not a known field'],
    ['extra field', { ...good, intensty: 1 }, 'intensty is not a known field'],
    ['empty name', named('  '), 'target.name must be a text of 1 to 40 characters, got "  "'],
    ['long name', named('x'.repeat(41)), 'a text of 1 to 40 characters'],
    ['control character', named('a\u0000b'), 'got "a\\u0000b"'],
    ['right-to-left override', named('a\u202eb'), '1 to 40 printable characters'],
    ['taken name', named(devices[0].name.toUpperCase()), 'which is taken'],
  ])('refuses a wrong %s and shows it', (_, request, message) => {
    const result = plan(request as InjectionRequest);
    expect(!result.ok && result.error.code).toBe('injection-request');
    expect(!result.ok && result.error.message).toContain(message);
  });

  test('names every wrong field, not only the first', () => {
    const result = plan({ ...good, fault: 'nope', intensity: 7, target: { kind: 'share', share: -1 } });
    expect(!result.ok && result.error.problems.map(({ path }) => path)).toEqual(['fault', 'target.share', 'intensity']);
  });

  test('a role or region without a device is refused', () => {
    const few = { devices: devices.slice(0, 1), seed: 1, tick: 0, open: 0 };
    const result = planRequest(aimed({ kind: 'role', role: 'batch' }), few);
    expect(!result.ok && result.error.message).toBe(
      'target.role must have a device in this fleet, got "batch", which has none',
    );
  });

  test('more than ten thousand open injections are refused', () => {
    const start = { kind: 'repeat', everySeconds: 100, times: 1000, firstInSeconds: 0 } as const;
    const result = plan({ ...aimed({ kind: 'share', share: 1 }), start });
    expect(!result.ok && result.error.message).toContain('at most 10000 injections, got 24000');
  });

  test('accepts both ends of the ranges', () => {
    for (const [intensity, durationMs] of [
      [0.001, 1000],
      [1, 604_800_000],
    ]) {
      expect(plan({ ...good, intensity, durationMs }).ok).toBe(true);
    }
  });
});
