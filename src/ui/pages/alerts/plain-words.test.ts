import { describe, expect, it } from 'vitest';
import { type AlertContribution, type AlertLogEvidence, CAUSES } from '../../../domain/alerts';
import { explainCause } from './cause-words';
import { tellSeen } from './plain-words';

const network: AlertContribution = {
  metric: 'network_traffic',
  label: 'Network',
  unit: 'Mbit/s',
  share: 0.8,
  actual: 1779,
  typical: 108.9,
  z: 59.7,
  slopePerMinute: 84,
};
const line: AlertLogEvidence = {
  t: 0,
  level: 'critical',
  message: 'kernel: TCP: Possible SYN flooding',
  template: '',
  score: 90,
  words: [],
  notes: [],
};
const seen = (contributions: readonly AlertContribution[], logs: readonly AlertLogEvidence[] = []) =>
  tellSeen({ contributions, logs });

describe('what was seen', () => {
  it('is told with the usual value, how many times as much, and whether the device is alone', () => {
    expect(seen([network])).toEqual([
      'Network is at 1,779 Mbit/s; 109 Mbit/s is usual for this device (16 times as much).',
    ]);
    expect(seen([{ ...network, actual: 12.5, peers: { count: 11, z: -9 } }])).toEqual([
      'Network is at 12.5 Mbit/s; 109 Mbit/s is usual for this device (11 % of that). The 11 other devices of its role are not like that.',
    ]);
    expect(seen([{ ...network, actual: 130, typical: 100, peers: { count: 5, z: 1 } }])).toEqual([
      'Network is at 130 Mbit/s; 100 Mbit/s is usual for this device. The 5 other devices of its role are like that, too.',
    ]);
  });

  it('names what stands still and what has crept away', () => {
    expect(seen([{ ...network, z: 0, stillFor: 30 }])[0]).toMatch(/^Network has repeated 1,779 Mbit\/s for 30 samples/);
    expect(seen([{ ...network, z: 1, shift: { by: -4, samples: 600 } }])[0]).toMatch(/^Network has been lower for 600/);
  });

  it('leaves out metrics that are about usual or hardly had a part, and puts the largest part first', () => {
    const cpu = { ...network, label: 'CPU', share: 0.15 };
    expect(seen([cpu, network]).map((text) => text.split(' ')[0])).toEqual(['Network', 'CPU']);
    expect(seen([{ ...cpu, share: 0.05 }, { ...cpu, z: 1.2 }, network])).toHaveLength(1);
  });

  it('quotes two log lines and counts the others', () => {
    const unseen = { ...line, notes: ['template never seen in training'] };
    expect(seen([], [unseen, line, line, line])).toEqual([
      'A log line of a kind that was never seen before: "kernel: TCP: Possible SYN flooding"',
      'An unusual log line: "kernel: TCP: Possible SYN flooding"',
      '2 more such lines, quoted below.',
    ]);
    expect(seen([], [{ ...line, notes: ['template comes nowhere else in this log'] }])[0]).toMatch(
      /^A log line of a kind that comes nowhere else: /,
    );
    expect(seen([], [{ ...line, message: 'x'.repeat(500) }])[0].length).toBeLessThan(180);
  });

  it('says so where nothing stands out by itself', () => {
    expect(seen([])).toEqual([
      'No single metric and no log line stands out: it is their combination that hardly ever occurs.',
    ]);
    expect(seen([{ ...network, typical: Number.NaN, z: Number.NaN }])).toHaveLength(1);
  });
});

it('every cause is explained in a sentence of its own', () => {
  const texts = CAUSES.map(explainCause);
  expect(new Set(texts).size).toBe(CAUSES.length);
  for (const text of texts) expect(text).toMatch(/^[A-Z].{30,}\.$/);
});
