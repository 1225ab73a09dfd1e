import { describe, expect, it } from 'vitest';
import type { Injection } from '../../domain/faults';
import { deviceId, injectionId } from '../../domain/ids';
import { groupInjections, nextStart } from './injection-groups';

const PLAIN: Injection = {
  id: injectionId('i'),
  group: 'grp-1',
  fault: 'ddos',
  faultLabel: 'DDoS',
  deviceId: deviceId('a'),
  deviceName: 'a',
  origin: { id: 'fra', city: 'Frankfurt', country: 'Germany', latitude: 50, longitude: 8 },
  intensity: 0.8,
  onset: { shape: 'step', seconds: 0 },
  params: {},
  from: 100,
  to: 200,
  status: 'running',
  note: '',
  by: 'operator',
};
const of = (group: string, part: Partial<Injection>): Injection => ({ ...PLAIN, group, ...part });

describe('injections by group', () => {
  it('make one row of what one request gave', () => {
    const [row, ...rest] = groupInjections([
      of('g', { deviceName: 'a', status: 'ended', from: 0, to: 50 }),
      of('g', { deviceName: 'b', to: 300 }),
      of('g', { deviceName: 'a', status: 'scheduled', from: 400, to: 500 }),
      of('g', { deviceName: 'c', status: 'refused', note: 'refused: quarantined' }),
    ]);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ group: 'g', status: 'running', devices: ['a', 'b', 'c'], from: 0, to: 500 });
    expect(row.open.map(({ from }) => from)).toEqual([100, 400]);
    expect(row.refusals).toEqual([{ note: 'refused: quarantined', devices: ['c'] }]);
    expect(nextStart(row)).toBe(400);
  });

  it('stand running first, then those to come, then the others, newest first', () => {
    const groups = groupInjections([
      of('old', { status: 'ended', from: 1 }),
      of('stopped', { status: 'stopped', from: 5 }),
      of('later', { status: 'scheduled', from: 900 }),
      of('soon', { status: 'scheduled', from: 800 }),
      of('long', { to: 999 }),
      of('short', { to: 300 }),
    ]);
    expect(groups.map(({ group }) => group)).toEqual(['short', 'long', 'soon', 'later', 'stopped', 'old']);
  });

  it('are none where nothing was injected, and have no next start where nothing is to come', () => {
    expect(groupInjections([])).toEqual([]);
    expect(nextStart(groupInjections([PLAIN])[0])).toBe(Infinity);
  });

  it('name each fault of a group once, and are refused only where nothing ran', () => {
    const [mixed] = groupInjections([of('g', {}), of('g', { faultLabel: 'Leak' }), of('g', {})]);
    expect(mixed.label).toBe('DDoS, Leak');
    expect(groupInjections([of('g', { status: 'refused' })])[0].status).toBe('refused');
    expect(groupInjections([of('g', { status: 'refused' }), of('g', { status: 'stopped' })])[0].status).toBe('stopped');
  });
});
