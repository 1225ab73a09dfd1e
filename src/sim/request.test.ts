import { describe, expect, test } from 'vitest';
import type { InjectionRequest } from '../domain/faults';
import { deviceId } from '../domain/ids';
import { createDevices } from './fleet';
import { checkRequest } from './request';

const devices = createDevices(1, 3);
const good: InjectionRequest = {
  fault: 'ddos',
  target: { kind: 'device', deviceId: devices[1].id },
  origin: 'syd',
  intensity: 0.8,
  durationMs: 60_000,
};
const named = (name: string): InjectionRequest => ({ ...good, target: { kind: 'new-device', name } });

describe('checkRequest', () => {
  test('finds the fault, the device and the origin', () => {
    const checked = checkRequest(good, devices);
    expect(checked.ok && [checked.value.fault.spec.id, checked.value.origin.city, checked.value.target]).toEqual([
      'ddos',
      'Sydney',
      { kind: 'index', index: 1 },
    ]);
  });

  test('makes a new device at the origin, with an id that is free', () => {
    const checked = checkRequest(named('  my laptop 🚀 '), devices);
    expect(checked.ok && checked.value.target).toMatchObject({
      kind: 'device',
      device: { id: 'client-1', name: 'my laptop 🚀', city: 'Sydney', role: 'edge' },
    });
  });

  test.each<[string, InjectionRequest, string, string]>([
    ['fault', { ...good, fault: 'nope' }, 'unknown-fault', 'got "nope"'],
    ['inherited fault name', { ...good, fault: 'constructor' }, 'unknown-fault', 'got "constructor"'],
    ['device', { ...good, target: { kind: 'device', deviceId: deviceId('x9') } }, 'unknown-device', 'got "x9"'],
    ['origin', { ...good, origin: 'moon' }, 'unknown-origin', 'got "moon"'],
    ['intensity 0', { ...good, intensity: 0 }, 'intensity-range', 'in (0, 1], got 0'],
    ['intensity 7', { ...good, intensity: 7 }, 'intensity-range', 'got 7'],
    ['intensity NaN', { ...good, intensity: Number.NaN }, 'intensity-range', 'got NaN'],
    ['short duration', { ...good, durationMs: 999 }, 'duration-range', 'got 999'],
    ['long duration', { ...good, durationMs: 86_400_001 }, 'duration-range', 'got 86400001'],
    ['duration NaN', { ...good, durationMs: Number.NaN }, 'duration-range', 'got NaN'],
    ['empty name', named('  '), 'bad-name', 'got "  "'],
    ['long name', named('x'.repeat(41)), 'bad-name', '1 to 40 printable characters'],
    ['control character', named('a\u0000b'), 'bad-name', 'got "a\\u0000b"'],
    ['right-to-left override', named('a\u202eb'), 'bad-name', '1 to 40 printable characters'],
    ['taken name', named(devices[0].name.toUpperCase()), 'name-taken', 'which is taken'],
  ])('refuses a wrong %s and shows it', (_, request, code, message) => {
    const checked = checkRequest(request, devices);
    expect(checked.ok).toBe(false);
    expect(!checked.ok && checked.error.code).toBe(code);
    expect(!checked.ok && checked.error.message).toContain(message);
  });

  test('accepts both ends of the ranges', () => {
    for (const [intensity, durationMs] of [
      [0.001, 1000],
      [1, 86_400_000],
    ]) {
      expect(checkRequest({ ...good, intensity, durationMs }, devices).ok).toBe(true);
    }
  });
});
