import { describe, expect, it } from 'vitest';
import type { EngineState, Frame } from '../../../domain/frame';
import { describeCalm } from './calm';

const frame = (
  states: readonly number[],
  state: EngineState = { kind: 'running' },
  quarantined: readonly number[] = [],
) => ({ state, quarantined, fleet: { state: Uint8Array.from(states) } }) as unknown as Frame;

describe('the status sentence', () => {
  it('tells calm, unusual and alarm', () => {
    expect(describeCalm(frame([0, 0, 0]))).toEqual({ tone: 'calm', text: 'All calm on 3 devices.' });
    expect(describeCalm(frame([0, 1, 0])).text).toBe('No alarm. 1 device of 3 slightly unusual.');
    expect(describeCalm(frame([2, 1, 2]))).toEqual({ tone: 'alarm', text: '2 devices of 3 in alarm.' });
  });

  it('says of a paused run that it stands still', () => {
    expect(describeCalm(frame([2, 0], { kind: 'paused' }))).toEqual({
      tone: 'alarm',
      text: 'Paused. 1 device of 2 in alarm.',
    });
  });

  it('adds what is in quarantine', () => {
    expect(describeCalm(frame([2, 3], { kind: 'running' }, [1])).text).toBe(
      '1 device of 2 in alarm. 1 device in quarantine.',
    );
    expect(describeCalm(frame([0, 0, 3], { kind: 'running' }, [2])).text).toBe(
      'All calm on 2 devices. 1 device in quarantine.',
    );
  });

  it('sums up a file that was scored to the end', () => {
    const kpis = { samples: 3000, logLines: 0, flagged: 12, alerts: 1 };
    expect(describeCalm({ ...frame([0], { kind: 'finished' }), kpis } as Frame)).toEqual({
      tone: 'alarm',
      text: 'Scored to the end: 3,000 samples, 12 flagged, 1 alert.',
    });
  });

  it('says that it does not score yet rather than that all is calm', () => {
    expect(describeCalm(undefined).tone).toBe('busy');
    expect(describeCalm(frame([0], { kind: 'warming-up', have: 12, need: 256 })).text).toContain('12 of 256');
    expect(describeCalm(frame([0], { kind: 'training', progress: 0.5 })).text).toContain('50 %');
  });
});
