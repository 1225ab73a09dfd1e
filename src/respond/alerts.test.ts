import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSeverity } from '../domain/scores';
import { acknowledgeAlert, expireAlert, openAlert, reopenAlert, resolveAlert, updateAlert } from './alerts';
import { suggestRemedy } from './remedies';
import { alert, contribution, evidence, interval, logLine, NOON, SUBJECT } from './testing';

describe('openAlert', () => {
  it('carries cause, severity, reason and remedy from the evidence of that moment', () => {
    const opened = openAlert(SUBJECT, interval(), evidence());
    expect(opened).toMatchObject({
      openedAt: NOON,
      lastAt: NOON + 1000,
      state: 'ongoing',
      acknowledged: false,
      cause: 'ddos',
      causeRule: 'network far above typical',
      severity: 'minor',
      peakScore: 60,
      peakAt: NOON + 1000,
      flagged: 2,
      metricScore: 60,
    });
    expect(opened.reason).toContain('Network 100.0 Mbit/s (typical 40.0 Mbit/s, +30.0 robust sd)');
    expect(opened.remedy).toBe(suggestRemedy('ddos'));
  });

  it('has an id that depends on run, device and opening time only', () => {
    const id = openAlert(SUBJECT, interval(), evidence()).id;
    expect(openAlert(SUBJECT, interval({ flagged: 9 }), evidence({ score: 99 })).id).toBe(id);
    expect(openAlert(SUBJECT, interval({ from: NOON + 1 }), evidence()).id).not.toBe(id);
    expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it('is a warning when the score lies below all bands', () => {
    expect(openAlert(SUBJECT, interval({ peakScore: 12 }), evidence({ score: 12 })).severity).toBe('warning');
  });
});

describe('updateAlert', () => {
  it('takes the scores and contributions of a higher sample, and keeps those of the peak at a lower one', () => {
    const opened = openAlert(SUBJECT, interval(), evidence());
    const peak = [contribution('network_traffic', 0.9, 60), contribution('cpu_usage', 0.1, 9)];
    const higher = updateAlert(
      opened,
      interval({ flagged: 3, to: NOON + 2000 }),
      evidence({ t: NOON + 2000, score: 95, hybrid: 3, contributions: peak }),
      1000,
    );
    expect(higher).toMatchObject({
      peakScore: 95,
      peakAt: NOON + 2000,
      hybrid: 3,
      severity: 'critical',
      flagged: 3,
      contributions: peak,
    });
    const lower = updateAlert(
      higher,
      interval({ flagged: 4, to: NOON + 3000 }),
      evidence({ t: NOON + 3000, score: 30 }),
      1000,
    );
    expect(lower).toEqual({ ...higher, flagged: 4, lastAt: NOON + 3000 });
  });

  it('takes the larger departure as the peak where scores have reached their end', () => {
    const opened = openAlert(
      SUBJECT,
      interval({ peakScore: 100 }),
      evidence({ score: 100, contributions: [contribution('memory_usage', 1, 6)] }),
    );
    expect(opened.cause).toBe('unknown');
    const later = updateAlert(
      opened,
      interval(),
      evidence({ t: NOON + 2000, score: 100, contributions: [contribution('memory_usage', 1, 9)] }),
      1000,
    );
    expect(later).toMatchObject({ cause: 'memory-leak', peakAt: NOON + 2000 });
  });

  it('collects log lines and names the cause anew, with its remedy and incident', () => {
    const opened = openAlert(
      SUBJECT,
      interval(),
      evidence({ metricScore: Number.NaN, contributions: [], logs: [logLine('odd line', 'info')], logScore: 60 }),
    );
    expect(opened.cause).toBe('unknown');
    const later = updateAlert(
      opened,
      interval(),
      evidence({ score: 50, contributions: [], logs: [logLine('Buffer I/O error on dev sda1')], logScore: 90 }),
      1000,
    );
    expect(later).toMatchObject({ cause: 'disk-failure', logScore: 90, peakScore: 60 });
    expect(later.logs.map((log) => log.message)).toEqual(['Buffer I/O error on dev sda1', 'odd line']);
    expect(later.remedy).toBe(suggestRemedy('disk-failure'));
    expect(later.incidentId).not.toBe(opened.incidentId);
  });

  it('fills in contributions of a lower sample when the alert has none', () => {
    const opened = openAlert(
      SUBJECT,
      interval(),
      evidence({ metricScore: Number.NaN, contributions: [], logs: [logLine('odd', 'info')], logScore: 60 }),
    );
    const later = updateAlert(opened, interval(), evidence({ score: 40, metricScore: 40 }), 1000);
    expect(later).toMatchObject({ cause: 'ddos', metricScore: 40, peakScore: 60 });
  });

  it('does not take a cause back for want of new support', () => {
    const opened = openAlert(SUBJECT, interval(), evidence());
    const vague = evidence({ score: 90, contributions: [contribution('m07', 1, 40)] });
    expect(updateAlert(opened, interval(), vague, 1000)).toMatchObject({ cause: 'ddos', causeRule: opened.causeRule });
  });

  it('never lowers severity, peak, count or last time, whatever comes', () => {
    const samples = fc.array(fc.record({ score: fc.double({ min: 0, max: 100, noNaN: true }), dt: fc.nat(5000) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(samples, (list) => {
        let now = openAlert(SUBJECT, interval(), evidence());
        list.forEach(({ score, dt }, i) => {
          const next = updateAlert(now, interval({ flagged: i }), evidence({ score, t: NOON + dt }), 1000);
          expect(compareSeverity(next.severity, now.severity)).toBeGreaterThanOrEqual(0);
          expect(next.peakScore).toBe(Math.max(now.peakScore, score));
          expect(next.flagged).toBeGreaterThanOrEqual(now.flagged);
          expect(next.lastAt).toBeGreaterThanOrEqual(now.lastAt);
          expect(next.id).toBe(now.id);
          now = next;
        });
      }),
    );
  });
});

describe('the end of an alert', () => {
  it('resolves on calm and expires at the end of a run, once', () => {
    const open = alert();
    const resolved = resolveAlert(open, NOON + 20_000);
    expect(resolved).toMatchObject({ state: 'resolved', closedAt: NOON + 20_000 });
    expect(expireAlert(resolved, NOON + 30_000)).toBe(resolved);
    expect(expireAlert(open, NOON + 30_000)).toMatchObject({ state: 'expired', closedAt: NOON + 30_000 });
  });

  it('never closes before its last flagged sample', () => {
    expect(resolveAlert(alert(), NOON).closedAt).toBe(alert().lastAt);
  });

  it('reopens as the same alert, still acknowledged', () => {
    const closed = acknowledgeAlert(resolveAlert(alert(), NOON + 20_000), true);
    expect(reopenAlert(closed)).toEqual({ ...alert(), acknowledged: true });
  });
});

describe('votes and departures of an alert', () => {
  const vote = (id: string, score: number) => ({
    id,
    model: 'metrics' as const,
    label: id,
    score,
    flagged: score > 50,
  });

  it('are those of the peak, but a member that said more, or only later, is heard too', () => {
    const opened = openAlert(SUBJECT, interval(), evidence({ members: [vote('a', 60), vote('b', Number.NaN)] }));
    const lower = evidence({ score: 50, hybrid: 1, members: [vote('a', 40), vote('b', 30)] });
    const quieter = updateAlert(opened, interval(), lower, 1000);
    expect(quieter.members?.map(({ score }) => score)).toEqual([60, 30]);
    const higher = evidence({ score: 90, members: [vote('a', 55), vote('b', Number.NaN)], confidence: 0.7 });
    const peak = updateAlert(quieter, interval(), higher, 1000);
    expect(peak.members?.map(({ score }) => score)).toEqual([55, 30]);
    expect([quieter.confidence, peak.confidence]).toEqual([0.5, 0.7]);
  });

  it('began when the first sample was away, however much of the past is still held', () => {
    const away = (since: number | undefined, z = 30) => [
      contribution('network_traffic', 1, z, since === undefined ? {} : { since }),
    ];
    const opened = openAlert(SUBJECT, interval(), evidence({ contributions: away(NOON - 5000) }));
    const since = (contributions: ReturnType<typeof away>): number | undefined =>
      updateAlert(opened, interval(), evidence({ score: 90, contributions }), 1000).contributions[0].since;
    expect(since(away(NOON - 1000))).toBe(NOON - 5000);
    expect(since(away(NOON - 9000))).toBe(NOON - 9000);
    expect(since(away(NOON - 1000, -30))).toBe(NOON - 1000);
    expect(since(away(undefined))).toBeUndefined();
  });
});
