import { describe, expect, it } from 'vitest';
import type { MemberVote } from '../../domain/alerts';
import { agreementWords, type ModelReadiness, voteRows, votesAt } from './votes';

const READY: ModelReadiness = { on: true, state: { kind: 'ready' } };
const vote = (member: string, score: number, kind: 'metrics' | 'logs' = 'metrics'): MemberVote => ({
  member,
  kind,
  score,
  alarmAt: 50,
});
const sayOf = (rows: ReturnType<typeof voteRows>, id: string) => rows.find((row) => row.id === id)?.say;

describe('rows of votes', () => {
  it('tell who says anomaly, who does not, and who is silent', () => {
    const rows = voteRows([vote('isolation-forest', 49.9), vote('mahalanobis', 50)], undefined);
    expect(sayOf(rows, 'isolation-forest')).toEqual({ kind: 'normal', score: 49.9, alarmAt: 50 });
    expect(sayOf(rows, 'mahalanobis')).toEqual({ kind: 'anomaly', score: 50, alarmAt: 50 });
    expect(sayOf(rows, 'burst')).toEqual({ kind: 'silent', why: 'nothing to say' });
  });

  it('show warming up and switched off as states, never as a score of 0', () => {
    const rows = voteRows([vote('isolation-forest', 0), vote('burst', 3, 'logs')], {
      metrics: { on: true, state: { kind: 'warming-up', have: 64, need: 128 } },
      logs: { on: false, state: { kind: 'ready' } },
    });
    expect(sayOf(rows, 'isolation-forest')).toEqual({ kind: 'silent', why: 'warming up, 64 of 128' });
    expect(sayOf(rows, 'burst')).toEqual({ kind: 'silent', why: 'switched off' });
  });

  it('keep a vote while its model is trained again', () => {
    const rows = voteRows([vote('mahalanobis', 20)], {
      metrics: { on: true, state: { kind: 'training', progress: 0.5 } },
      logs: READY,
    });
    expect(sayOf(rows, 'mahalanobis')).toMatchObject({ kind: 'normal', score: 20 });
  });

  it('show members that only some models have when they speak, also ones without words', () => {
    const ids = voteRows([vote('peers', 10), vote('oracle', 90)], undefined).map((row) => row.id);
    expect(ids).toContain('peers');
    expect(ids.at(-1)).toBe('oracle');
    expect(voteRows([], undefined).map((row) => row.id)).not.toContain('peers');
  });
});

it('reads one device from the columns of a frame', () => {
  const members = [
    { member: 'isolation-forest', kind: 'metrics' as const, alarmAt: 50, score: Float32Array.of(10, Number.NaN) },
    { member: 'burst', kind: 'logs' as const, alarmAt: 40, score: Float32Array.of(20) },
  ];
  expect(votesAt(members, 0).map(({ score }) => score)).toEqual([10, 20]);
  expect(votesAt(members, 1)).toEqual([]);
});

it('says in words how far the members agree', () => {
  const words = (...votes: MemberVote[]): string => agreementWords(voteRows(votes, undefined));
  expect(words()).toBe('No member has anything to say.');
  expect(words(vote('burst', 1, 'logs'))).toBe('The one member that speaks says normal.');
  expect(words(vote('mahalanobis', 90))).toBe('The one member that speaks says anomaly.');
  expect(words(vote('mahalanobis', 90), vote('isolation-forest', 10))).toBe('1 of 2 members says anomaly.');
  expect(words(vote('mahalanobis', 90), vote('isolation-forest', 60))).toBe('All 2 members say anomaly.');
});
