import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../domain/catalog';
import type { InjectionRequest } from '../../domain/faults';
import { deviceId } from '../../domain/ids';
import { checkInjectionRequest, ownParams, type RequestContext } from '../../domain/injection-request';
import { FAULT_SPECS } from '../../sim/faults/registry';
import { REGIONS } from '../../sim/regions';
import { ROLES } from '../../sim/roles';
import { type Draft, firstDraft, toRequest, withFault } from './draft';
import { readJsonRequest, writeJsonRequest } from './json-request';
import { problemAt, problemsOf } from './problems';
import { fromRequest } from './read-request';

const DEVICES = ['a', 'b', 'c'].map(
  (id): Device => ({ ...REGIONS[0], id: deviceId(id), name: id, region: REGIONS[0].id, role: 'web' }),
);
const CONTEXT: RequestContext = { faults: FAULT_SPECS, regions: REGIONS, devices: DEVICES, roles: ROLES };
const [LEAK, CASCADE] = ['memory-leak', 'cascading-failure'].map((id) => {
  const fault = FAULT_SPECS.find((spec) => spec.id === id);
  if (fault === undefined) throw new Error(id);
  return fault;
});
const FIRST = firstDraft(LEAK, { deviceId: 'b', role: 'web', region: REGIONS[0].id, origin: REGIONS[1].id });
const checkDraft = (change: Partial<Draft>) => checkInjectionRequest(toRequest({ ...FIRST, ...change }), CONTEXT);

describe('the form', () => {
  it('begins as a request that is right for every fault', () => {
    for (const fault of FAULT_SPECS) {
      const request = toRequest(withFault(FIRST, fault));
      const checked = checkInjectionRequest(request, CONTEXT);
      expect(checked.ok ? fault.id : checked.error.message).toBe(fault.id);
      expect(request.onset).toEqual({ shape: fault.onset, seconds: fault.onsetS });
    }
  });

  it('becomes a request in milliseconds and shares', () => {
    const draft: Draft = {
      ...FIRST,
      target: 'share',
      sharePct: '29',
      shareRole: 'api',
      durationS: '90',
      onset: 'step',
      start: 'repeat',
    };
    expect(toRequest(draft)).toMatchObject({
      fault: 'memory-leak',
      target: { kind: 'share', share: 0.29, role: 'api' },
      durationMs: 90_000,
      onset: { shape: 'step', seconds: 0 },
      start: { kind: 'repeat', everySeconds: 300, times: 3, firstInSeconds: 0 },
    });
    expect(toRequest({ ...FIRST, origin: '' })).not.toHaveProperty('origin');
  });

  it('says beside each field what is wrong, in its own units', () => {
    const tell = (change: Partial<Draft>, path: string, label: string): string | undefined => {
      const checked = checkDraft(change);
      return checked.ok ? 'right' : problemAt(checked.error.problems, path, label, { ...FIRST, ...change });
    };
    expect(tell({ durationS: '0.5' }, 'durationMs', 'Duration')).toBe('Duration must be in [1, 604800] s, got 0.5');
    expect(tell({ target: 'share', sharePct: '700' }, 'target.share', 'Share')).toBe(
      'Share must be in (0, 100] %, got 700',
    );
    expect(tell({ onset: 'ramp', onsetS: '' }, 'onset.seconds', 'Seconds')).toBe(
      'Seconds must be in (0, 604800], got nothing',
    );
    expect(tell({ start: 'repeat', times: '1.5' }, 'start.times', 'Times')).toBe(
      'Times must be a whole number, got 1.5',
    );
    expect(tell({ target: 'devices' }, 'target.deviceIds', 'Devices')).toBe('choose at least one device');
    expect(tell({ target: 'new-device' }, 'target.name', 'Name')).toBe('give the new device a name');
    expect(tell({ durationS: '0.5' }, 'target.share', 'Share')).toBeUndefined();
  });
});

describe('from JSON back to the form', () => {
  it('takes over what is right, and names and leaves what is wrong', () => {
    const wrong = {
      ...toRequest(withFault(FIRST, CASCADE)),
      intensity: 7,
      target: { kind: 'role', role: 'cache' },
      colour: 1,
    };
    const read = readJsonRequest(JSON.stringify(wrong), CONTEXT);
    if (read.kind !== 'wrong') throw new Error('it should be wrong');
    expect(read.problems.map(({ message }) => message)).toEqual([
      'intensity must be in (0, 1], got 7',
      expect.stringContaining('colour is not a known field'),
    ]);
    const { draft, left } = fromRequest(read.input, read.problems, FIRST, FAULT_SPECS);
    expect(left).toEqual(['intensity', 'colour']);
    expect(draft).toMatchObject({ fault: 'cascading-failure', target: 'role', role: 'cache' });
    expect(draft.params).toEqual(
      Object.fromEntries(ownParams(CASCADE).map((spec) => [spec.key, String(spec.default)])),
    );
  });

  it('changes nothing for a text that is no JSON or no object', () => {
    for (const text of ['', '{"fault":', '[1]', '7']) {
      const read = readJsonRequest(text, CONTEXT);
      if (read.kind !== 'wrong') throw new Error('it should be wrong');
      expect(fromRequest(read.input, read.problems, FIRST, FAULT_SPECS).draft).toBe(FIRST);
    }
  });

  it('gives the same request again, for every fault, target, onset and start', () => {
    const seconds = fc.integer({ min: 1, max: 3600 });
    const request = fc.record({
      fault: fc.constantFrom(...FAULT_SPECS.map(({ id }) => id)),
      target: fc.oneof(
        fc.record({ kind: fc.constant('device'), deviceId: fc.constantFrom('a', 'b') }),
        fc.record({ kind: fc.constant('devices'), deviceIds: fc.constant(['a', 'c']) }),
        fc.record({ kind: fc.constant('role'), role: fc.constantFrom(...ROLES) }),
        fc.record({ kind: fc.constant('region'), region: fc.constantFrom(...REGIONS.map(({ id }) => id)) }),
        fc.record({ kind: fc.constant('share'), share: fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000) }),
        fc.record({ kind: fc.constant('new-device'), name: fc.constantFrom('laptop', 'x y') }),
      ),
      intensity: fc.constantFrom(0.05, 0.5, 1),
      durationMs: seconds.map((s) => s * 1000),
      onset: fc.oneof(
        fc.constant({ shape: 'step', seconds: 0 }),
        fc.record({ shape: fc.constantFrom('ramp', 'creep'), seconds }),
      ),
      start: fc.oneof(
        fc.constant({ kind: 'now' }),
        fc.record({ kind: fc.constant('in'), seconds }),
        fc.record({
          kind: fc.constant('repeat'),
          everySeconds: seconds,
          times: fc.constantFrom(1, 5),
          firstInSeconds: seconds,
        }),
      ),
    });
    fc.assert(
      fc.property(request, (asked) => {
        const read = readJsonRequest(writeJsonRequest(asked), CONTEXT);
        expect(read.kind).toBe('right');
        const { draft, left } = fromRequest(asked, [], FIRST, FAULT_SPECS);
        expect(left).toEqual([]);
        const again = toRequest(draft) as unknown as InjectionRequest;
        const { params: _own, ...rest } = again;
        expect(rest).toEqual(asked);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a refusal by the simulator', () => {
  it('names its fields, or is one sentence', () => {
    const problems = [{ path: 'target.region', message: 'target.region must have a device' }];
    expect(problemsOf({ code: 'injection-request', message: 'x', ...{ problems } })).toEqual(problems);
    expect(problemsOf({ code: 'failed', message: 'the worker died' })).toEqual([
      { path: '', message: 'the worker died' },
    ]);
  });
});
