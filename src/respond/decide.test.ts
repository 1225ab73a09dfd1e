import { describe, expect, it } from 'vitest';
import { deviceId } from '../domain/ids';
import { countStrikes, type QuarantineRequest, quarantineDevices, releaseDevices } from './decide';
import { foldDecisions } from './quarantine';
import { decision, desk, NOON } from './testing';

const WEB1 = deviceId('web-01');
const WEB2 = deviceId('web-02');
const ask = (more: Partial<QuarantineRequest> = {}): QuarantineRequest => ({
  deviceIds: [WEB1],
  reason: 'looks wrong',
  origin: 'operator',
  durationMs: undefined,
  evidence: undefined,
  simulated: false,
  ...more,
});

describe('quarantineDevices', () => {
  it('decides for each device once', () => {
    const decided = quarantineDevices(desk(), ask({ deviceIds: [WEB1, WEB2, WEB1] }));
    expect(decided.ok && decided.value.map((d) => [d.deviceId, d.deviceName, d.type, d.at, d.strikes])).toEqual([
      ['web-01', 'WEB-01', 'quarantine', NOON + 5000, 0],
      ['web-02', 'WEB-02', 'quarantine', NOON + 5000, 0],
    ]);
    expect(decided.ok && new Set(decided.value.map((d) => d.id)).size).toBe(2);
  });

  it.each([
    ['no device', desk(), ask({ deviceIds: [] }), 'nothing-asked', 'got none'],
    ['an unknown device', desk(), ask({ deviceIds: [WEB1, deviceId('nope')] }), 'unknown-device', '"nope"'],
    [
      'a quarantined device',
      desk({ decisions: [decision()] }),
      ask(),
      'already-quarantined',
      'since 2026-11-22T10:00:00.000Z',
    ],
    [
      'an allowlisted device',
      desk({ policy: { mode: 'enforce', allowlist: [WEB1] } }),
      ask(),
      'allowlisted',
      '"web-01"',
    ],
    ['a duration of 0', desk(), ask({ durationMs: 0 }), 'bad-duration', 'got 0'],
    ['a duration that is no number', desk(), ask({ durationMs: Number.NaN }), 'bad-duration', 'got NaN'],
  ])('refuses %s and shows it', (_, at, request, code, part) => {
    const refused = quarantineDevices(at, request);
    expect(refused).toMatchObject({ ok: false, error: { code } });
    expect(!refused.ok && refused.error.message).toContain(part);
  });

  it('keeps the order of decisions when the wall clock was set back', () => {
    const before = decision({ type: 'release', decidedAt: NOON + 3_600_000 });
    const decided = quarantineDevices(desk({ decisions: [before] }), ask());
    if (!decided.ok) throw new Error(decided.error.message);
    expect(decided.value[0].decidedAt).toBe(NOON + 3_600_001);
    expect(foldDecisions([before, ...decided.value], NOON + 5000).size).toBe(1);
  });

  it('counts enforced quarantines by policy as strikes', () => {
    const history = [
      decision({ id: 'a', origin: 'policy' }),
      decision({ id: 'b', origin: 'policy', simulated: true }),
      decision({ id: 'c', origin: 'operator' }),
      decision({ id: 'd', type: 'release', decidedAt: NOON + 1 }),
    ];
    expect(countStrikes(history, WEB1)).toBe(1);
    const strikes = (request: QuarantineRequest): number | undefined => {
      const decided = quarantineDevices(desk({ decisions: history }), request);
      return decided.ok ? decided.value[0].strikes : undefined;
    };
    expect(strikes(ask({ origin: 'policy' }))).toBe(2);
    expect(strikes(ask({ origin: 'policy', simulated: true }))).toBe(1);
    expect(strikes(ask())).toBe(1);
  });
});

describe('releaseDevices', () => {
  it('releases what is quarantined, a device that left the catalog too', () => {
    const gone = deviceId('gone-01');
    const at = desk({ decisions: [decision({ id: 'a' }), decision({ id: 'b', deviceId: gone, deviceName: 'Gone' })] });
    const decided = releaseDevices(at, { deviceIds: [WEB1, gone], reason: 'fine', origin: 'operator' });
    if (!decided.ok) throw new Error(decided.error.message);
    expect(decided.value.map((d) => [d.deviceName, d.type])).toEqual([
      ['WEB-01', 'release'],
      ['Gone', 'release'],
    ]);
    expect(foldDecisions([...at.decisions, ...decided.value], at.now).size).toBe(0);
  });

  it.each([
    ['no device', [], 'nothing-asked', 'got none'],
    ['a device that is free', [WEB2], 'not-quarantined', '"web-02"'],
    ['an unknown device', [deviceId('nope')], 'unknown-device', '"nope"'],
  ])('refuses %s and shows it', (_, deviceIds, code, part) => {
    const refused = releaseDevices(desk({ decisions: [decision()] }), { deviceIds, reason: '', origin: 'operator' });
    expect(refused).toMatchObject({ ok: false, error: { code } });
    expect(!refused.ok && refused.error.message).toContain(part);
  });
});
