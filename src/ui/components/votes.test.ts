import { describe, expect, it } from 'vitest';
import type { AlertMember } from '../../domain/alerts';
import { DEFAULT_SETTINGS } from '../../domain/settings';
import { agreementWords, type Readiness, voteRows, votesAt } from './votes';

const READY: Readiness = {
  settings: DEFAULT_SETTINGS,
  metricDetector: { kind: 'ready' },
  logDetector: { kind: 'ready' },
};
const vote = (id: string, score: number, model: 'metrics' | 'logs' = 'metrics'): AlertMember => ({
  id,
  model,
  label: `the ${id}`,
  score,
  flagged: score >= 50,
});
const sayOf = (rows: ReturnType<typeof voteRows>, id: string) => rows.find((row) => row.id === id)?.say;

describe('rows of votes', () => {
  it('tell who says anomaly, who does not, and who is silent', () => {
    const rows = voteRows([vote('isolation-forest', 49.9), vote('mahalanobis', 50)], READY);
    expect(sayOf(rows, 'isolation-forest')).toEqual({ kind: 'normal', score: 49.9 });
    expect(sayOf(rows, 'mahalanobis')).toEqual({ kind: 'anomaly', score: 50 });
    expect(sayOf(rows, 'burst')).toEqual({ kind: 'silent', why: 'nothing to say' });
  });

  it('show warming up and switched off as states, never as a score of 0', () => {
    const rows = voteRows([vote('isolation-forest', 0), vote('burst', 3, 'logs')], {
      settings: { ...DEFAULT_SETTINGS, logsOn: false },
      metricDetector: { kind: 'warming-up', have: 64, need: 128 },
      logDetector: { kind: 'ready' },
    });
    expect(sayOf(rows, 'isolation-forest')).toEqual({ kind: 'silent', why: 'warming up, 64 of 128' });
    expect(sayOf(rows, 'burst')).toEqual({ kind: 'silent', why: 'switched off' });
  });

  it('show a single member that is switched off', () => {
    const members = { ...DEFAULT_SETTINGS.members, mahalanobis: false };
    const rows = voteRows([vote('mahalanobis', 90), vote('isolation-forest', 90)], {
      ...READY,
      settings: { ...DEFAULT_SETTINGS, members },
    });
    expect(sayOf(rows, 'mahalanobis')).toEqual({ kind: 'silent', why: 'switched off' });
    expect(sayOf(rows, 'isolation-forest')).toMatchObject({ kind: 'anomaly' });
  });

  it('keep a vote while its model is trained again', () => {
    const rows = voteRows([vote('mahalanobis', 20)], {
      ...READY,
      metricDetector: { kind: 'training', progress: 0.5 },
    });
    expect(sayOf(rows, 'mahalanobis')).toEqual({ kind: 'normal', score: 20 });
  });

  it('show a member of a model from elsewhere under its own name', () => {
    expect(voteRows([vote('oracle', 90)], undefined).at(-1)).toMatchObject({ id: 'oracle', label: 'the oracle' });
  });
});

it('reads one device from the columns of a frame, without models as a whole', () => {
  const column = { model: 'logs' as const, label: '', alarmAt: 40 };
  const columns = [
    { ...column, id: 'logs', score: Float32Array.of(99) },
    { ...column, id: 'burst', score: Float32Array.of(40, Number.NaN) },
    { ...column, id: 'level', score: Float32Array.of(39) },
  ];
  expect(votesAt(columns, 0).map(({ id, flagged }) => [id, flagged])).toEqual([
    ['burst', true],
    ['level', false],
  ]);
  expect(votesAt(columns, 1)).toEqual([]);
});

it('says in words how far the members agree', () => {
  const words = (...votes: AlertMember[]): string => agreementWords(voteRows(votes, undefined));
  expect(words()).toBe('No member has anything to say.');
  expect(words(vote('burst', 1, 'logs'))).toBe('The one member that speaks says normal.');
  expect(words(vote('mahalanobis', 90))).toBe('The one member that speaks says anomaly.');
  expect(words(vote('mahalanobis', 9), vote('isolation-forest', 10))).toBe('None of 2 members says anomaly.');
  expect(words(vote('mahalanobis', 90), vote('isolation-forest', 10))).toBe('1 of 2 members says anomaly.');
  expect(words(vote('mahalanobis', 90), vote('isolation-forest', 60))).toBe('All 2 members say anomaly.');
});
