import { describe, expect, it } from 'vitest';
import { composeReason } from './reasons';
import { contribution, logLine } from './testing';

const SCORES = { peakScore: 72.5, hybrid: 1.4, alarmAt: 1 };

describe('composeReason', () => {
  it('says what was measured against what is typical', () => {
    const cpu = contribution('cpu_usage', 1, 12.4, { actual: 98.2, typical: 34.1 });
    expect(composeReason({ ...SCORES, contributions: [cpu], logs: [] })).toBe(
      'CPU 98.2 % (typical 34.1 %, +12.4 robust sd).',
    );
  });

  it('says that a metric is still moving away, and quotes the rarest line', () => {
    const memory = contribution('memory_usage', 0.9, 8, { actual: 66, typical: 50, slopePerMinute: 20 });
    const line = logLine('heap\nexhausted', 'error', { notes: ['unseen template'] });
    expect(composeReason({ ...SCORES, contributions: [memory], logs: [line, logLine('other')] })).toBe(
      'Memory 66.0 % (typical 50.0 %, +8.00 robust sd, rising 20.0 % a minute); log line "heap exhausted" was unexpected (level error, unseen template), and 1 more.',
    );
  });

  it('names the largest shares only, and does not call a metric moving that returns to typical', () => {
    const reason = composeReason({
      ...SCORES,
      contributions: [contribution('disk_io', 0.05, 1), contribution('cpu_usage', 0.95, -5, { slopePerMinute: 3 })],
      logs: [],
    });
    expect(reason).toBe('CPU 30.0 % (typical 40.0 %, -5.00 robust sd).');
  });

  it('gives no size to a departure of a metric that hardly ever moves', () => {
    const still = (z: number) => contribution('cpu_usage', 1, z, { actual: 30, typical: 0 });
    const say = (z: number) => composeReason({ ...SCORES, contributions: [still(z)], logs: [] });
    expect(say(159_578_715)).toBe('CPU 30.0 % (typical 0 %, over 1000 robust sd above).');
    expect(say(-1000.5)).toContain('over 1000 robust sd below');
    expect(say(999)).toContain('+999');
  });

  it('says how far a level has shifted, which way and for how long', () => {
    const say = (by: number) =>
      composeReason({
        ...SCORES,
        contributions: [contribution('cpu_usage', 1, 0.6, { shift: { by, samples: 600 } })],
        logs: [],
      });
    expect(say(8.5)).toContain('level 8.50 usual departures above what its other metrics let expect, for 600 samples');
    expect(say(-8.5)).toContain('below what');
  });

  it('says whether the device is alone or its role moves as a whole, where that is known and something moved', () => {
    const say = (z: number, peers: { count: number; z: number }) => {
      const cpu = contribution('cpu_usage', 1, z, { actual: 98.2, typical: 34.1, peers });
      return composeReason({ ...SCORES, contributions: [cpu], logs: [] });
    };
    expect(say(12.4, { count: 7, z: 11 })).toBe('CPU 98.2 % (typical 34.1 %, +12.4 robust sd, unlike its 7 peers).');
    expect(say(12.4, { count: 7, z: -0.5 })).toBe('CPU 98.2 % (typical 34.1 %, +12.4 robust sd, as its 7 peers).');
    expect(say(1, { count: 7, z: 1 })).toBe('CPU 98.2 % (typical 34.1 %, +1.00 robust sd).');
  });

  it('states the score when there is nothing else', () => {
    expect(composeReason({ ...SCORES, contributions: [], logs: [] })).toBe(
      'Anomaly score 72.5 of 100, hybrid 1.40 (alarm at 1.00); no metric and no log line stands out.',
    );
  });
});
