import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertId, deviceId } from '../domain/ids';
import { groupIncidents } from './incidents';
import { alert, NOON } from './testing';

const at = (id: string, openedAt: number, lastAt: number, more = {}) =>
  alert({ id: alertId(id), openedAt: NOON + openedAt, lastAt: NOON + lastAt, ...more });

describe('groupIncidents', () => {
  it('groups by time, device and cause', () => {
    const incidents = groupIncidents([
      at('d', 100_000, 110_000, { deviceId: deviceId('web-02') }),
      at('c', 120_000, 130_000, { cause: 'cpu-spike' }),
      at('b', 300_000, 320_000, { severity: 'critical' }),
      at('a', 0, 10_000, { severity: 'minor' }),
      at('e', 620_001, 630_000),
    ]);
    expect(incidents.map((incident) => incident.alerts)).toEqual([['a', 'b'], ['d'], ['c'], ['e']]);
    expect(incidents[0]).toMatchObject({ from: NOON, to: NOON + 320_000, severity: 'critical', cause: 'ddos' });
  });

  it('has none for no alerts', () => {
    expect(groupIncidents([])).toEqual([]);
  });

  it('gives each alert one incident and the same ids in any order', () => {
    const list = fc.array(fc.record({ t: fc.nat(3_000_000), cause: fc.constantFrom('ddos', 'cpu-spike') }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(list, (items) => {
        const alerts = items.map(({ t, cause }, i) => at(`al-${i}`, t, t + 1000, { cause }));
        const incidents = groupIncidents(alerts);
        expect(incidents.flatMap((incident) => incident.alerts).sort()).toEqual(alerts.map((a) => a.id).sort());
        expect(groupIncidents([...alerts].reverse())).toEqual(incidents);
      }),
    );
  });
});
