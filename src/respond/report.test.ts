import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertId, modelId } from '../domain/ids';
import type { ModelVersion } from '../domain/models';
import { writeReport } from './report';
import { alert, contribution, decision, device, logLine, NOON } from './testing';

const MODEL: ModelVersion = {
  id: modelId('m-1'),
  kind: 'metrics',
  version: 3,
  origin: 'trained',
  trainedAt: NOON - 60_000,
  appVersion: '0.1.0',
  seed: 1,
  rows: 17_280,
  windowFrom: 0,
  windowTo: 1,
  metricKeys: [],
  featureNames: [],
  rawThreshold: 0.6,
  params: {},
  trainedOn: 'fleet',
  active: true,
};

describe('writeReport', () => {
  it('states what was measured and decided', () => {
    const report = writeReport({
      alert: alert({
        logs: [
          logLine('Possible SYN flooding', 'critical', {
            notes: ['unseen template'],
            words: [{ word: 'flooding', share: 0.8 }],
          }),
        ],
      }),
      device: device('web-01'),
      decisions: [
        decision({ evidence: alertId('al-1'), origin: 'policy', reason: 'flood', at: NOON + 4000 }),
        decision({ id: 'other', at: NOON - 1 }),
      ],
      models: [MODEL],
    });
    expect(report).toBe(`# Incident report: Web 01, DDoS / network flood

Summary: Network 100.0 Mbit/s.

## What was detected

- Device: Web 01 (id web-01)
- Place: Frankfurt, Germany
- Run: run-1
- Alert: al-1
- Incident: in-1
- Cause: DDoS / network flood (rule: network far above typical)
- Severity: critical
- State: ongoing, not acknowledged
- Opened: 2026-11-22T10:00:00.000Z
- Last flagged: 2026-11-22T10:00:05.000Z
- Duration: 5 s with 5 flagged samples

## Scores at the peak

- Time of the peak: 2026-11-22T10:00:03.000Z
- Anomaly score: 97.0 of 100
- Hybrid value: 4.00 (alarm at 1.00)
- Metric detector: 97.0 of 100
- Log detector: had nothing to say

## Metrics

| Metric | Share | Actual | Typical | Departure (robust sd) | Change a minute | Away since |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| Network | 70.0 % | 100.0 Mbit/s | 40.0 Mbit/s | +30.0 | 0 Mbit/s | not known |
| CPU | 30.0 % | 56.0 % | 40.0 % | +8.00 | 0 % | not known |
| All | 100.0 % |  |  |  |  |  |

## Log lines

At 2026-11-22T10:00:00.000Z, level critical, score 90.0 of 100; notes: unseen template; unexpected words: flooding (80 %)

\`\`\`text
Possible SYN flooding
\`\`\`

## Decisions

- 2026-11-22T10:00:04.000Z: quarantined until released by policy: flood

## Models

- metrics: version 3 (trained), trained 2026-11-22T09:59:00.000Z on 17280 rows of fleet, seed 1, id m-1

## Suggested steps (not measured)

1. Look.
`);
  });

  it('says so when there is nothing to state', () => {
    const report = writeReport({ alert: alert({ contributions: [] }), device: undefined, decisions: [], models: [] });
    expect(report).toContain('No metric contributions were recorded.');
    expect(report).toContain('No log line spoke for this alert.');
    expect(report).toContain('No decision was taken on this alert.');
    expect(report).not.toContain('Place');
  });

  it('lists decisions on the device while the alert went on, releases and simulated ones by name', () => {
    const report = writeReport({
      alert: alert({ state: 'resolved', closedAt: NOON + 60_000 }),
      device: undefined,
      decisions: [
        decision({ id: 'a', at: NOON + 2000, simulated: true, durationMs: 60_000 }),
        decision({ id: 'b', at: NOON + 9000, decidedAt: NOON + 9000, type: 'release' }),
        decision({ id: 'c', at: NOON + 90_000, decidedAt: NOON + 90_000, reason: 'much later' }),
      ],
      models: [],
    });
    expect(report).toContain('quarantined for 1 min (simulated, not enforced) by operator: because');
    expect(report).toContain('released by operator: because');
    expect(report).not.toContain('much later');
  });

  it('keeps its structure and holds no live markup, whatever names and lines say', () => {
    const hostile = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '`',
        '```\n## x',
        'a|b',
        '\n# Title\n',
        '![x](http://e.example)',
        '1. a\n- b',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, message, unit) => {
        const report = writeReport({
          alert: alert({
            deviceName: name,
            reason: message,
            logs: [logLine(message, 'error', { notes: [name], words: [{ word: name, share: 1 }] })],
            contributions: [contribution(name, 1, 5, { label: name, unit })],
            remedy: [name],
          }),
          device: { ...device('x'), city: name },
          decisions: [decision({ evidence: alertId('al-1'), reason: message })],
          models: [],
        });
        const lines = report.split('\n');
        const fenceAt = lines.findIndex((line) => /^`{3,}text$/.test(line));
        const outside = [...lines.slice(0, fenceAt), ...lines.slice(fenceAt + 3)];
        expect(lines[fenceAt + 2]).toBe(lines[fenceAt].replace('text', ''));
        expect(outside.filter((line) => line.startsWith('#')).length).toBe(8);
        expect(outside.filter((line) => /<|!\[|[^\\]`/.test(line))).toEqual([]);
        for (const row of outside.filter((line) => line.startsWith('|'))) {
          expect(row.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length).toBe(9);
        }
      }),
    );
  });

  it('states what each member said, how far it may be trusted, and since when a metric was away', () => {
    const away = contribution('cpu_usage', 1, 8, { since: NOON });
    const members = [
      { id: 'mahalanobis', model: 'metrics', label: 'Mahalanobis distance', score: 71, flagged: true },
    ] as const;
    const report = writeReport({
      alert: alert({ contributions: [away], members, confidence: 0.64 }),
      device: undefined,
      decisions: [],
      models: [],
    });
    expect(report).toContain('- Member Mahalanobis distance: 71.0 of 100, would alarm alone\n- Confidence: 64 %');
    expect(report).toContain(`| ${new Date(NOON).toISOString()} |`);
  });
});
