import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../domain/alerts';
import { deviceId } from '../domain/ids';
import { type AlertEvent, bookFromAlerts, EMPTY_BOOK, ongoingAlert, stepAlerts } from './alert-book';
import { groupIncidents } from './incidents';
import { contribution, evidence, interval, NOON, SUBJECT } from './testing';

const flagged = (
  from: number,
  t: number,
  more: Partial<Extract<AlertEvent, { kind: 'flagged' }>> = {},
): AlertEvent => ({
  kind: 'flagged',
  subject: SUBJECT,
  interval: interval({ from, to: t }),
  evidence: evidence({ t }),
  ...more,
});
const calmed = (at: number): AlertEvent => ({ kind: 'calmed', deviceId: SUBJECT.deviceId, at });

/** All alerts in their last form. */
function replay(events: readonly AlertEvent[]): Alert[] {
  const stored = new Map<string, Alert>();
  let book = EMPTY_BOOK;
  for (const event of events) {
    const step = stepAlerts(book, [event]);
    book = step.book;
    for (const alert of step.changed) stored.set(alert.id, alert);
  }
  return [...stored.values()];
}

describe('stepAlerts', () => {
  it('makes one alert of one interval', () => {
    const { book, changed } = stepAlerts(EMPTY_BOOK, [
      flagged(NOON, NOON),
      flagged(NOON, NOON + 1000),
      flagged(NOON, NOON + 2000),
    ]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({ state: 'ongoing', openedAt: NOON, lastAt: NOON + 2000 });
    expect(ongoingAlert(book, SUBJECT.deviceId)).toBe(changed[0]);
  });

  it('resolves on calm and reopens the same alert when the same interval goes on', () => {
    const [closed] = replay([flagged(NOON, NOON), calmed(NOON + 20_000)]);
    expect(closed.state).toBe('resolved');
    const alerts = replay([flagged(NOON, NOON), calmed(NOON + 20_000), flagged(NOON, NOON + 30_000)]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ id: closed.id, state: 'ongoing', closedAt: undefined });
  });

  it('resolves the open alert before it opens another of the device', () => {
    const alerts = replay([flagged(NOON, NOON), flagged(NOON + 60_000, NOON + 60_000)]);
    expect(alerts.map((alert) => alert.state)).toEqual(['resolved', 'ongoing']);
  });

  it('expires what is ongoing at the end of the run or when the device is cut off', () => {
    expect(replay([flagged(NOON, NOON), { kind: 'run-ended', at: NOON + 5000 }])[0]).toMatchObject({
      state: 'expired',
      closedAt: NOON + 5000,
    });
    expect(
      replay([flagged(NOON, NOON), { kind: 'cut-off', deviceId: SUBJECT.deviceId, at: NOON + 9000 }])[0].state,
    ).toBe('expired');
  });

  it('acknowledges alerts in the book and alerts that only storage still has', () => {
    const { book, changed } = stepAlerts(EMPTY_BOOK, [flagged(NOON, NOON)]);
    const step = stepAlerts(book, [{ kind: 'acknowledged', alert: changed[0], acknowledged: true }]);
    expect(step.changed[0].acknowledged).toBe(true);
    expect(ongoingAlert(step.book, SUBJECT.deviceId)?.acknowledged).toBe(true);
    const stored = stepAlerts(EMPTY_BOOK, [{ kind: 'acknowledged', alert: changed[0], acknowledged: true }]);
    expect(stored.changed[0].acknowledged).toBe(true);
  });

  it('changes nothing for a device without alerts', () => {
    expect(stepAlerts(EMPTY_BOOK, [calmed(NOON)]).changed).toEqual([]);
    expect(stepAlerts(EMPTY_BOOK, []).book).toBe(EMPTY_BOOK);
  });

  it('puts alerts of one cause within five minutes into one incident, and others into their own', () => {
    const minutes = (n: number): number => NOON + n * 60_000;
    const disk = evidence({ t: minutes(8), contributions: [contribution('disk_io', 1, 30)] });
    const alerts = replay([
      flagged(NOON, NOON),
      calmed(NOON + 20_000),
      flagged(minutes(4), minutes(4)),
      calmed(minutes(5)),
      flagged(minutes(8), minutes(8), { evidence: disk }),
      calmed(minutes(9)),
      flagged(minutes(20), minutes(20)),
    ]);
    const [a, b, c, d] = alerts.map((alert) => alert.incidentId);
    expect(b).toBe(a);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  it('stamps the same incidents as grouping all alerts afterwards, and goes on after a restart', () => {
    const steps = fc.array(
      fc.record({ gap: fc.nat(600), metric: fc.constantFrom('network_traffic', 'disk_io', 'cpu_usage') }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        let at = NOON;
        let book = EMPTY_BOOK;
        const stored = new Map<string, Alert>();
        for (const { gap, metric } of list) {
          at += 1000 + gap * 1000;
          const events = [
            flagged(at, at, { evidence: evidence({ t: at, contributions: [contribution(metric, 1, 30)] }) }),
            calmed(at),
          ];
          const step = stepAlerts(book, events);
          for (const alert of step.changed) stored.set(alert.id, alert);
          book = bookFromAlerts([...stored.values()].reverse());
        }
        const alerts = [...stored.values()];
        for (const incident of groupIncidents(alerts)) {
          const stamped = alerts.filter((alert) => incident.alerts.includes(alert.id)).map((alert) => alert.incidentId);
          expect(new Set(stamped)).toEqual(new Set([incident.id]));
        }
      }),
    );
  });

  it('keeps devices apart', () => {
    const other = { ...SUBJECT, deviceId: deviceId('web-02') };
    const { book } = stepAlerts(EMPTY_BOOK, [
      flagged(NOON, NOON),
      flagged(NOON, NOON, { subject: other }),
      calmed(NOON + 5000),
    ]);
    expect(ongoingAlert(book, SUBJECT.deviceId)).toBeUndefined();
    expect(ongoingAlert(book, other.deviceId)).toBeDefined();
  });
});
