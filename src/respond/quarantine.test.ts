import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../domain/decisions';
import { alertId, deviceId } from '../domain/ids';
import { foldDecisions } from './quarantine';
import { decision, NOON } from './testing';

const WEB1 = deviceId('web-01');
const WEB2 = deviceId('web-02');

const decisions: fc.Arbitrary<Decision[]> = fc
  .array(
    fc.record({
      device: fc.constantFrom(WEB1, WEB2),
      type: fc.constantFrom('quarantine', 'release'),
      simulated: fc.boolean(),
      durationMs: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 30 })),
      origin: fc.constantFrom('policy', 'operator', 'import'),
    }),
    { maxLength: 15 },
  )
  .map((list) =>
    list.map(({ device, ...rest }, i) =>
      decision({ ...rest, id: `de-${i}`, deviceId: device, at: NOON + 3 * i, decidedAt: NOON + 10 * i }),
    ),
  );

describe('foldDecisions', () => {
  it('quarantines until released', () => {
    const quarantine = decision({ reason: 'flood', evidence: alertId('al-1'), strikes: 2, origin: 'policy' });
    expect(foldDecisions([quarantine], NOON + 1e9).get(WEB1)).toEqual({
      deviceId: WEB1,
      deviceName: 'WEB-01',
      reason: 'flood',
      since: NOON,
      until: undefined,
      origin: 'policy',
      strikes: 2,
      evidence: 'al-1',
      decisionId: quarantine.id,
      refusedBatches: 0,
      refusedSamples: 0,
    });
    const release = decision({ type: 'release', at: NOON + 5, decidedAt: NOON + 5 });
    expect(foldDecisions([quarantine, release], NOON + 6).size).toBe(0);
  });

  it('ends at its time, that moment included, and starts anew by a later decision', () => {
    const first = decision({ durationMs: 100 });
    expect(foldDecisions([first], NOON + 99).get(WEB1)?.until).toBe(NOON + 100);
    expect(foldDecisions([first], NOON + 100).size).toBe(0);
    const again = decision({ at: NOON + 100, decidedAt: NOON + 100, durationMs: 50, reason: 'again' });
    expect(foldDecisions([first, again], NOON + 120).get(WEB1)).toMatchObject({ since: NOON + 100, reason: 'again' });
  });

  it('keeps the first reason when quarantined twice, and the later end', () => {
    const first = decision({ durationMs: 100, reason: 'first' });
    const second = decision({ at: NOON + 50, decidedAt: NOON + 50, durationMs: 100, reason: 'second', strikes: 1 });
    expect(foldDecisions([first, second], NOON + 60).get(WEB1)).toMatchObject({
      since: NOON,
      reason: 'first',
      until: NOON + 150,
      strikes: 1,
    });
    const forever = decision({ at: NOON + 60, decidedAt: NOON + 60 });
    expect(foldDecisions([first, second, forever], NOON + 1e9).get(WEB1)?.until).toBeUndefined();
  });

  it('does not enforce what is simulated', () => {
    expect(foldDecisions([decision({ simulated: true })], NOON).size).toBe(0);
    expect(
      foldDecisions([decision(), decision({ type: 'release', simulated: true, decidedAt: NOON + 1 })], NOON).size,
    ).toBe(1);
  });

  it('carries the refused counts that it is given', () => {
    const entry = foldDecisions([decision()], NOON, new Map([[WEB1, { batches: 3, samples: 40 }]])).get(WEB1);
    expect(entry).toMatchObject({ refusedBatches: 3, refusedSamples: 40 });
  });

  it('lets nothing happen by releasing an unknown device', () => {
    expect(
      foldDecisions([decision({ type: 'release', deviceId: WEB2 }), decision({ decidedAt: NOON + 1 })], NOON).size,
    ).toBe(1);
  });

  it('does not depend on the order of the list, and applying decisions twice changes nothing', () => {
    fc.assert(
      fc.property(decisions, fc.nat(100), fc.array(fc.nat(), { minLength: 15, maxLength: 15 }), (list, later, keys) => {
        const now = NOON + later;
        const folded = foldDecisions(list, now);
        const shuffled = list.map((d, i) => ({ d, key: keys[i] })).sort((a, b) => a.key - b.key);
        expect(
          foldDecisions(
            shuffled.map(({ d }) => d),
            now,
          ),
        ).toEqual(folded);
        expect(foldDecisions([...list, ...list], now)).toEqual(folded);
        const copies = list.map((d) => ({ ...d, id: decision({ id: `${d.id}-copy` }).id }));
        const doubled = list.flatMap((d, i) => [d, copies[i]]);
        expect([...foldDecisions(doubled, now).keys()]).toEqual([...folded.keys()]);
      }),
    );
  });

  it('is empty once every device is released, whatever was decided before', () => {
    fc.assert(
      fc.property(decisions, (list) => {
        const end = NOON + 10_000;
        const releases = [WEB1, WEB2].map((device) =>
          decision({ id: `re-${device}`, type: 'release', deviceId: device, at: end, decidedAt: end }),
        );
        expect(foldDecisions([...releases, ...list], end).size).toBe(0);
      }),
    );
  });

  it('holds exactly the devices whose last enforced decision is a running quarantine, where none has a duration', () => {
    fc.assert(
      fc.property(decisions, (list) => {
        const lasting = list.map((d) => ({ ...d, durationMs: undefined }));
        const expected = [WEB1, WEB2].filter(
          (device) => lasting.filter((d) => d.deviceId === device && !d.simulated).at(-1)?.type === 'quarantine',
        );
        expect([...foldDecisions(lasting, NOON + 1000).keys()].sort()).toEqual(expected);
      }),
    );
  });
});
