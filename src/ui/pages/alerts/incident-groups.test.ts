import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertId, incidentId } from '../../../domain/ids';
import { SEVERITIES } from '../../../domain/scores';
import { groupByIncident } from './incident-groups';
import { makeAlert } from './test-alert';

describe('groupByIncident', () => {
  it('joins alerts of one incident: count, devices, time span and worst severity', () => {
    const first = makeAlert({ openedAt: 1000, lastAt: 2000, closedAt: 5000, state: 'resolved', severity: 'minor' });
    const second = makeAlert({
      id: alertId('a2'),
      deviceName: 'db-02',
      openedAt: 9000,
      lastAt: 12_000,
      severity: 'critical',
      peakScore: 95,
    });
    const [incident, ...rest] = groupByIncident([second, first]);
    expect(rest).toEqual([]);
    expect(incident).toEqual({
      id: 'i1',
      alerts: [first, second],
      devices: ['web-01', 'db-02'],
      causes: ['memory-leak'],
      from: 1000,
      to: 12_000,
      severity: 'critical',
      peakScore: 95,
      state: 'ongoing',
      acknowledged: false,
    });
  });

  it('keeps other incidents apart, newest first', () => {
    const old = makeAlert({ openedAt: 0 });
    const fresh = makeAlert({ id: alertId('a2'), incidentId: incidentId('i2'), openedAt: 1 });
    expect(groupByIncident([old, fresh]).map((incident) => incident.id)).toEqual(['i2', 'i1']);
  });

  it('is resolved only when every alert calmed down', () => {
    const calm = makeAlert({ state: 'resolved' });
    const lost = makeAlert({ id: alertId('a2'), state: 'expired' });
    expect(groupByIncident([calm])[0].state).toBe('resolved');
    expect(groupByIncident([calm, lost])[0].state).toBe('expired');
  });

  it('gives none for none', () => {
    expect(groupByIncident([])).toEqual([]);
  });

  it('loses no alert and invents none, whatever the order', () => {
    const alert = fc.record({
      incident: fc.integer({ min: 0, max: 4 }),
      openedAt: fc.integer({ min: 0, max: 1000 }),
      severity: fc.constantFrom(...SEVERITIES),
    });
    fc.assert(
      fc.property(fc.array(alert, { maxLength: 30 }), (drawn) => {
        const alerts = drawn.map(({ incident, ...rest }, i) =>
          makeAlert({ ...rest, id: alertId(`a${i}`), incidentId: incidentId(`i${incident}`) }),
        );
        const ids = groupByIncident(alerts).flatMap((group) => group.alerts.map((one) => one.id));
        expect([...ids].sort()).toEqual(alerts.map((one) => one.id).sort());
        expect(groupByIncident([...alerts].reverse())).toEqual(groupByIncident(alerts));
      }),
    );
  });
});
