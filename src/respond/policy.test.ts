import { describe, expect, it } from 'vitest';
import { CAUSES } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import { alertId } from '../domain/ids';
import { SEVERITIES } from '../domain/scores';
import { type DecisionDesk, releaseDevices } from './decide';
import { applyPolicy, RELEASE_COOL_DOWN_MS } from './policy';
import { alert, decision, desk, NOON, SUBJECT } from './testing';

const whyLeft = (at: DecisionDesk, about = alert()): string | undefined => {
  const verdict = applyPolicy(about, at);
  return verdict.kind === 'leave' ? verdict.why : undefined;
};

/** Quarantines by policy and releases by an operator at `releasedAt`. */
function quarantinedAndReleased(releasedAt: number): readonly Decision[] {
  const verdict = applyPolicy(alert(), desk());
  if (verdict.kind === 'leave') throw new Error(verdict.why);
  const released = releaseDevices(desk({ decisions: [verdict.decision], now: releasedAt, wallNow: releasedAt }), {
    deviceIds: [SUBJECT.deviceId],
    reason: 'fine',
    origin: 'operator',
  });
  if (!released.ok) throw new Error(released.error.message);
  return [verdict.decision, ...released.value];
}

describe('applyPolicy', () => {
  it('quarantines a network flood at critical severity, with the alert as evidence', () => {
    const verdict = applyPolicy(alert(), desk());
    expect(verdict).toMatchObject({
      kind: 'quarantine',
      decision: {
        deviceId: 'web-01',
        type: 'quarantine',
        origin: 'policy',
        evidence: 'al-1',
        strikes: 1,
        at: NOON + 5000,
        durationMs: undefined,
        simulated: false,
      },
    });
    expect(verdict.kind === 'quarantine' && verdict.decision.reason).toBe(
      'DDoS / network flood: network flood at critical severity (anomaly score 97.0). Network 100.0 Mbit/s.',
    );
  });

  it('quarantines for floods and leaks at critical severity, and for nothing else', () => {
    const quarantining = CAUSES.flatMap((cause) =>
      SEVERITIES.filter((severity) => applyPolicy(alert({ cause, severity }), desk()).kind === 'quarantine').map(
        (s) => `${cause} ${s}`,
      ),
    );
    expect(quarantining).toEqual(['ddos critical', 'memory-leak critical']);
  });

  it('waits until a leak has lasted for five samples; a flood is told by one', () => {
    const leak = (flagged: number) => whyLeft(desk(), alert({ cause: 'memory-leak', severity: 'critical', flagged }));
    expect([leak(4), leak(5)]).toEqual(['too-early', undefined]);
    expect(whyLeft(desk(), alert({ flagged: 1 }))).toBeUndefined();
  });

  it('does so once', () => {
    const verdict = applyPolicy(alert(), desk());
    if (verdict.kind === 'leave') throw new Error(verdict.why);
    expect(whyLeft(desk({ decisions: [verdict.decision] }))).toBe('already-quarantined');
  });

  it('does not quarantine what an operator quarantined, an allowlisted or unknown device, or an alert that is over', () => {
    expect(whyLeft(desk({ decisions: [decision()] }))).toBe('already-quarantined');
    expect(whyLeft(desk({ policy: { mode: 'enforce', allowlist: [SUBJECT.deviceId] } }))).toBe('allowlisted');
    expect(whyLeft(desk({ devices: [] }))).toBe('unknown-device');
    expect(whyLeft(desk(), alert({ state: 'resolved' }))).toBe('not-ongoing');
    expect(whyLeft(desk({ policy: { mode: 'off', allowlist: [] } }))).toBe('policy-off');
  });

  it('lets a released device be for the cool-down, then acts again on the same ongoing alert with one more strike', () => {
    const releasedAt = NOON + 10_000;
    const decisions = quarantinedAndReleased(releasedAt);
    expect(whyLeft(desk({ decisions, now: releasedAt + RELEASE_COOL_DOWN_MS - 1 }))).toBe('cooling-down');
    const again = applyPolicy(alert(), desk({ decisions, now: releasedAt + RELEASE_COOL_DOWN_MS }));
    expect(again).toMatchObject({ kind: 'quarantine', decision: { strikes: 2 } });
  });

  it('lets it be for a new alert within the cool-down, too, and acts at once on one after it', () => {
    const releasedAt = NOON + 10_000;
    const decisions = quarantinedAndReleased(releasedAt);
    const soon = alert({ id: alertId('al-2'), openedAt: releasedAt + 2000 });
    expect(whyLeft(desk({ decisions, now: releasedAt + 3000 }), soon)).toBe('cooling-down');
    const later = alert({ id: alertId('al-3'), openedAt: releasedAt + RELEASE_COOL_DOWN_MS });
    expect(applyPolicy(later, desk({ decisions, now: releasedAt + RELEASE_COOL_DOWN_MS })).kind).toBe('quarantine');
  });

  it('does not decide twice on one alert when the quarantine ran out by itself', () => {
    const expired = decision({ origin: 'policy', evidence: alertId('al-1'), durationMs: 1000 });
    expect(whyLeft(desk({ decisions: [expired] }))).toBe('already-decided');
  });

  it('marks decisions in simulation, once, and may enforce them after the mode was changed', () => {
    const simulate = desk({ policy: { mode: 'simulate', allowlist: [] } });
    const verdict = applyPolicy(alert(), simulate);
    if (verdict.kind === 'leave') throw new Error(verdict.why);
    expect(verdict.decision).toMatchObject({ simulated: true, strikes: 0 });
    expect(whyLeft({ ...simulate, decisions: [verdict.decision] })).toBe('already-decided');
    expect(applyPolicy(alert(), desk({ decisions: [verdict.decision] })).kind).toBe('quarantine');
  });
});
