import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANONICAL_METRICS } from '../domain/catalog';
import type { LogExplanation } from '../domain/verdicts';
import { describeContributions, describeLogLine, MAX_EVIDENCE_LINES, mergeEvidence } from './evidence';
import { logLine, NOON } from './testing';

const EXPLAINED: LogExplanation = {
  line: 0,
  words: [{ word: 'flooding', share: 0.8 }],
  template: 'Possible SYN flooding on port <*>',
  nearestTemplate: 'listening on port <*>',
  templateSeenInTraining: false,
  notes: ['level critical is rare'],
};

describe('describeContributions', () => {
  it('names the metrics and puts the largest share first', () => {
    const base = { actual: 1, typical: 2, z: 3, slopePerMinute: 4 };
    const got = describeContributions(
      [
        { metric: 0, share: 0.3, ...base },
        { metric: 3, share: 0.7, ...base },
      ],
      CANONICAL_METRICS,
    );
    expect(got.map(({ metric, label, unit, share }) => [metric, label, unit, share])).toEqual([
      ['network_traffic', 'Network', 'Mbit/s', 0.7],
      ['cpu_usage', 'CPU', '%', 0.3],
    ]);
  });

  it('keeps how the device compares with its peers, where that is known', () => {
    const base = { share: 1, actual: 1, typical: 2, z: 3, slopePerMinute: 4 };
    const [known] = describeContributions([{ metric: 0, ...base, peers: { count: 5, z: 2.5 } }], CANONICAL_METRICS);
    expect(known.peers).toEqual({ count: 5, z: 2.5 });
    const [unknown] = describeContributions([{ metric: 0, ...base }], CANONICAL_METRICS);
    expect('peers' in unknown).toBe(false);
  });

  it('leaves metrics out that the catalog does not know', () => {
    expect(
      describeContributions(
        [{ metric: 9, share: 1, actual: 1, typical: 1, z: 1, slopePerMinute: 0 }],
        CANONICAL_METRICS,
      ),
    ).toEqual([]);
  });
});

describe('describeLogLine', () => {
  const line = { t: NOON, level: 'critical', message: 'Possible SYN flooding on port 443', score: 92 } as const;

  it('carries words and template, and notes a template that training did not see', () => {
    expect(describeLogLine({ ...line, explanation: EXPLAINED })).toEqual({
      ...line,
      template: EXPLAINED.template,
      words: EXPLAINED.words,
      notes: ['level critical is rare', 'unseen template'],
    });
  });

  it('does not say it twice, nor of a template that was seen', () => {
    const said = { ...EXPLAINED, notes: ['template not seen in training'] };
    expect(describeLogLine({ ...line, explanation: said }).notes).toEqual(said.notes);
    expect(describeLogLine({ ...line, explanation: { ...EXPLAINED, templateSeenInTraining: true } }).notes).toEqual(
      EXPLAINED.notes,
    );
  });

  it('stands without an explanation and cuts a message of a megabyte', () => {
    const got = describeLogLine({ ...line, message: 'x'.repeat(1_000_000), explanation: undefined });
    expect(got).toMatchObject({ template: '', words: [], notes: [] });
    expect(got.message.length).toBeLessThan(2100);
  });
});

describe('mergeEvidence', () => {
  it('keeps the highest line of each template, highest first', () => {
    const a = logLine('a 1', 'error', { template: 'a <*>', score: 40 });
    const b = logLine('a 2', 'error', { template: 'a <*>', score: 80 });
    const c = logLine('c', 'error', { score: 60 });
    expect(mergeEvidence([a, c], [b])).toEqual([b, c]);
  });

  it('gives the known list itself when nothing came', () => {
    const known = [logLine('a')];
    expect(mergeEvidence(known, [])).toBe(known);
  });

  it('keeps at most five, the same whatever the order and however often they come', () => {
    const lines = fc.array(fc.record({ name: fc.nat(12), score: fc.oneof(fc.nat(100), fc.constant(Number.NaN)) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(lines, (list) => {
        const logs = list.map(({ name, score }, i) => logLine(`line ${name}`, 'error', { score, t: NOON + i }));
        const merged = mergeEvidence([], logs);
        expect(merged.length).toBeLessThanOrEqual(MAX_EVIDENCE_LINES);
        expect(mergeEvidence([], [...logs].reverse())).toEqual(merged);
        expect(mergeEvidence(merged, logs)).toEqual(merged);
      }),
    );
  });
});
