import { describe, expect, it } from 'vitest';
import { CANONICAL_METRICS, type Device } from '../../../domain/catalog';
import type { Injection } from '../../../domain/faults';
import { deviceId, injectionId } from '../../../domain/ids';
import { countStates, joinDeviceRows, mapArcs, mapDevices, placeOf } from './device-rows';

const device = (name: string, changes: Partial<Device> = {}): Device => ({
  id: deviceId(name),
  name,
  region: 'r',
  city: 'Oslo',
  country: 'Norway',
  latitude: 59.9,
  longitude: 10.7,
  role: 'web',
  ...changes,
});

const catalog = {
  devices: [device('a'), device('b', { latitude: Number.NaN, longitude: Number.NaN, city: '', country: '' })],
  metrics: CANONICAL_METRICS.slice(0, 2),
};

const fleet = {
  latest: [Float32Array.of(50, 60), Float32Array.of(70, 80)],
  score: Float32Array.of(91, 3),
  state: Uint8Array.of(2, 0),
};

const injection = (changes: Partial<Injection>): Injection => ({
  id: injectionId('i'),
  group: 'g',
  fault: 'ddos',
  faultLabel: 'DDoS',
  deviceId: deviceId('a'),
  deviceName: 'a',
  origin: { id: 'x', city: 'Lima', country: 'Peru', latitude: -12, longitude: -77 },
  intensity: 1,
  onset: { shape: 'step', seconds: 0 },
  params: {},
  from: 0,
  to: 1,
  status: 'running',
  note: '',
  by: 'operator',
  ...changes,
});

describe('device rows', () => {
  it('joins devices with their latest values and state', () => {
    const rows = joinDeviceRows(catalog, fleet);
    expect(rows[0]).toMatchObject({ index: 0, state: 'alert', score: 91, values: [50, 70] });
    expect(countStates(rows)).toEqual({ ok: 1, warning: 0, alert: 1, quarantined: 0, silent: 0 });
  });

  it('shows every device as silent before the first frame', () => {
    expect(joinDeviceRows(catalog, undefined).map((row) => row.state)).toEqual(['silent', 'silent']);
  });

  it('shows a device that joined after the frame as silent', () => {
    const grown = { ...catalog, devices: [...catalog.devices, device('c')] };
    expect(joinDeviceRows(grown, fleet)[2]).toMatchObject({ state: 'silent', score: Number.NaN });
  });

  it('leaves devices without a place off the map', () => {
    const rows = joinDeviceRows(catalog, fleet);
    expect(mapDevices(rows).map((one) => one.name)).toEqual(['a']);
    expect(placeOf(catalog.devices[1])).toBe('');
  });

  it('draws an arc for running injections only', () => {
    const rows = joinDeviceRows(catalog, fleet);
    const arcs = mapArcs([injection({}), injection({ status: 'ended' }), injection({ deviceId: deviceId('b') })], rows);
    expect(arcs).toHaveLength(1);
    expect(arcs[0]).toMatchObject({ label: 'DDoS: Lima → a', fromLatitude: -12, toLongitude: 10.7 });
  });
});
