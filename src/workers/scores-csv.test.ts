import { describe, expect, it } from 'vitest';
import { deviceId } from '../domain/ids';
import type { RunState } from '../engine/run-state';
import { openMemoryBackend } from '../storage/memory-backend';
import { RUN, sampleLogs, sampleRun, sampleTelemetry } from '../storage/sample-records';
import { storeOver } from '../storage/store';
import { scoresAsCsv } from './scores-csv';

const metric = { key: 'cpu', label: 'CPU', unit: '%', min: 0, max: 100 };

function runWith(metrics: number, rank?: Float32Array): RunState {
  const devices = ['web', 'db'].map((name) => ({ ...sampleRun().catalog.devices[0], id: deviceId(name), name }));
  const keys = Array.from({ length: metrics }, (_, i) => ({ ...metric, key: `m${i}` }));
  return { info: { runId: RUN }, catalog: { devices, metrics: keys }, rank } as unknown as RunState;
}

async function exportLines(store: ReturnType<typeof storeOver>, run: RunState): Promise<string[]> {
  const made = await scoresAsCsv(store, run);
  if (!made.ok) throw new Error(made.error.message);
  return (await made.value.text()).trimEnd().split('\r\n');
}

describe('the scores of a run as CSV', () => {
  it('have one header and every row of every chunk in order, more chunks than are read at once', async () => {
    const store = storeOver(openMemoryBackend(), () => undefined);
    for (let seq = 0; seq < 11; seq++) await store.addTelemetry(sampleTelemetry(seq));
    const lines = await exportLines(store, runWith(2));
    expect(lines).toHaveLength(1 + 33);
    expect(lines[0]).toBe('time,device,m0,m1,metric_score,log_score,score,flagged');
    expect(lines[1]).toBe('1970-01-01T00:00:00.000Z,web,1.5,0,,0,1,0');
    expect(lines[33]).toBe('1970-01-01T00:00:10.999Z,,3,10,100,0.20000000298023224,3,1');
    const times = lines.slice(1).map((line) => line.slice(0, 24));
    expect(times).toEqual([...times].sort());
  });

  it('rank each row of a file by its place in the file, also where the first ones were pruned', async () => {
    const store = storeOver(openMemoryBackend(), () => undefined);
    for (const seq of [1, 2]) await store.addTelemetry(sampleTelemetry(seq));
    const ranks = Float32Array.of(90, 91, 92, 1, 2, 3, 4, 5, 6);
    const lines = await exportLines(store, runWith(2, ranks));
    expect(lines[0]).toContain(',rank,flagged');
    expect(lines.slice(1).map((line) => line.split(',').at(-2))).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('are those of the lines where the run has no metrics', async () => {
    const store = storeOver(openMemoryBackend(), () => undefined);
    for (let seq = 0; seq < 6; seq++) await store.addLogs(sampleLogs(seq));
    const lines = await exportLines(store, runWith(0));
    expect(lines).toHaveLength(1 + 12);
    expect(lines.slice(0, 3)).toEqual([
      'time,device,level,log_score,message',
      '1970-01-01T00:00:00.000Z,web,info,,ab',
      '1970-01-01T00:00:00.999Z,db,critical,99.5,ü!',
    ]);
  });

  it('are refused where nothing was scored', async () => {
    const made = await scoresAsCsv(
      storeOver(openMemoryBackend(), () => undefined),
      runWith(2),
    );
    expect(!made.ok && made.error).toEqual({ code: 'nothing-scored', message: 'nothing has been scored yet' });
  });
});
