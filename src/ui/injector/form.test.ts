import { describe, expect, it } from 'vitest';
import type { FaultSpec } from '../../domain/faults';
import { type InjectorForm, injectionSpecs, NEW_DEVICE, readForm } from './form';

const FORM: InjectorForm = {
  fault: 'memory-leak',
  device: 'device-3',
  newName: '',
  origin: 'fra',
  intensity: 0.8,
  durationS: 120,
};

describe('the injector form', () => {
  it('becomes a request in milliseconds', () => {
    expect(readForm(FORM, [])).toEqual({
      ok: true,
      value: {
        fault: 'memory-leak',
        target: { kind: 'device', deviceId: 'device-3' },
        origin: 'fra',
        intensity: 0.8,
        durationMs: 120_000,
      },
    });
  });

  it('asks for a new device under its trimmed name', () => {
    const read = readForm({ ...FORM, device: NEW_DEVICE, newName: '  laptop-anna ' }, []);
    expect(read.ok && read.value.target).toEqual({ kind: 'new-device', name: 'laptop-anna' });
  });

  it('says what is missing or wrong, with the value', () => {
    const messageOf = (form: InjectorForm, taken: readonly string[] = []): string => {
      const read = readForm(form, taken);
      return read.ok ? 'fine' : read.error.message;
    };
    expect(messageOf({ ...FORM, fault: '' })).toBe('choose a fault');
    expect(messageOf({ ...FORM, origin: '' })).toBe('choose an origin');
    expect(messageOf({ ...FORM, device: '' })).toBe('choose a device');
    expect(messageOf({ ...FORM, device: NEW_DEVICE, newName: ' ' })).toBe('give the new device a name');
    expect(messageOf({ ...FORM, device: NEW_DEVICE, newName: 'web-1' }, ['web-1'])).toContain('"web-1"');
    expect(messageOf({ ...FORM, device: NEW_DEVICE, newName: 'x'.repeat(41) })).toContain('41');
  });

  it('takes the numbers as the fault describes them, its own ones otherwise', () => {
    const own = { key: 'duration', label: 'D', unit: 's', min: 1, max: 60, default: 30, step: 1, help: '' };
    const fault = { params: [own] } as unknown as FaultSpec;
    expect(injectionSpecs(fault).duration).toBe(own);
    expect(injectionSpecs(fault).intensity.max).toBe(1);
    expect(injectionSpecs(undefined).duration.min).toBeGreaterThan(0);
  });
});
