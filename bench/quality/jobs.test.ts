import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listJobs } from './jobs';
import { formatScore, formatTable, readTable } from './table';
import { readLogTable, readMetricTable } from './telemetry';

const made: string[] = [];

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'bench-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true });
});

describe('the quality benchmark', () => {
  it('gives each kind of file its job and leaves the rest alone', () => {
    const root = folder({
      'smd/a_train.csv': '',
      'smd/a_test.csv': '',
      'smd/a_interpretation.txt': '',
      'nab/x/b.csv': '',
      'nab/windows.json': '',
      'cloudmon/y/c.csv': '',
      'logs/any.csv': '',
      'logs/h_train_sessions.csv': '',
      'logs/h_test_sessions.csv': '',
      'logs/h_train_lines.csv': '',
      'logs/h_test_lines.csv': '',
      'logparse/S_2k.content.csv': '',
      'logparse/S_2k.truth.csv': '',
      'manifest.csv': '',
    });
    expect(listJobs(root, []).map(({ answer, kind, use }) => [answer, kind, use])).toEqual([
      ['cloudmon/y/c.csv', 'metrics', 'whole'],
      ['logparse/S_2k.csv', 'templates', 'stream'],
      ['logs/any.csv', 'lines', 'whole'],
      ['logs/h_test_sessions.csv', 'sessions', 'history'],
      ['nab/x/b.csv', 'metrics', 'stream'],
      ['smd/a_test.csv', 'metrics', 'history'],
    ]);
    expect(listJobs(root, ['smd', 'nab/x']).map(({ rel }) => rel)).toEqual(['nab/x/b.csv', 'smd/a_test.csv']);
    expect(listJobs(root, ['smd'])[0]?.history).toBe(join(root, 'smd/a_train.csv'));
  });

  it('reads every column of a metrics file except time and label', () => {
    const root = folder({
      'a.csv': 'timestamp,cpu,label,x y\n2024-01-01 00:00:00,1.5,1,\n2024-01-01 00:05:00,2,0,3\n',
    });
    const { catalog, batch, stepMs, times } = readMetricTable(join(root, 'a.csv'));
    expect(catalog.metrics.map(({ key }) => key)).toEqual(['cpu', 'x y']);
    expect(batch.metrics.map((column) => [...column])).toEqual([
      [1.5, 2],
      [Number.NaN, 3],
    ]);
    expect([...batch.t]).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1, 0, 5)]);
    expect(stepMs).toBe(300_000);
    expect(times[1]).toBe('2024-01-01 00:05:00');
  });

  it('reads log lines with what they state, a second apart when they state no time', () => {
    const root = folder({ 'l.csv': 'session,message,label\ns1,"a, b",1\ns2,c,0\n' });
    const { batch, sessions, stepMs } = readLogTable(join(root, 'l.csv'));
    expect([...batch.t]).toEqual([0, 1000]);
    expect(new TextDecoder().decode(batch.bytes)).toBe('a, bc');
    expect(sessions).toEqual(['s1', 's2']);
    expect(stepMs).toBe(500);
  });

  it('refuses a row with another number of cells, since each row must get its score', () => {
    const root = folder({ 'a.csv': 'timestamp,x\n1,2\n1\n' });
    expect(() => readTable(join(root, 'a.csv'))).toThrow('record 3: 1 cells');
  });

  it('writes scores that keep their order, and nothing where there is none', () => {
    expect([1.0000001, 0.1 + 0.2, Number.NaN, 0].map(formatScore)).toEqual(['1', '0.3', '', '0']);
    expect(formatTable(['a', 'b'], [['1,5', 'x"y']])).toBe('a,b\n"1,5","x""y"\n');
  });
});
