import { describe, expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { logMessage } from '../domain/telemetry';
import type { SourceInfo } from '../engine/ports';
import { createReplay, type ReplayInfo } from './replay';
import { expectOk, messagesOf, readWhole } from './testing';
import type { ParsedFile } from './types';

const run = runId('run');
const table = (rows: number, devices = 1): ParsedFile =>
  expectOk(
    readWhole(
      `time,host,v\n${Array.from({ length: rows }, (_, i) => `${1_700_000_000 + 60 * Math.floor(i / devices)},h${i % devices},${i}`).join('\n')}`,
    ),
  );

describe('createReplay', () => {
  it('gives one step a distinct time, with the rows of all devices', () => {
    const replay = createReplay(table(6, 3), run);
    expect(replay.info).toMatchObject({
      runId: run,
      kind: 'file',
      label: 'file.csv',
      stepMs: 60_000,
      totalSteps: 2,
      backfillSteps: 0,
    });
    const first = replay.pull(1);
    expect([first.batch.seq, first.batch.metrics.n, first.done]).toEqual([0, 3, false]);
    expect([...first.batch.metrics.device]).toEqual([0, 1, 2]);
    const second = replay.pull(5);
    expect([second.batch.seq, [...second.batch.metrics.metrics[0]], second.done]).toEqual([1, [3, 4, 5], true]);
    const after = replay.pull(1);
    expect([after.batch.seq, after.batch.metrics.n, after.batch.metrics.metrics.length, after.done]).toEqual([
      2,
      0,
      1,
      true,
    ]);
  });

  it('hands over columns that own their whole buffer, so that they can be transferred', () => {
    const { batch } = createReplay(table(10), run).pull(3);
    for (const column of [batch.metrics.t, batch.metrics.device, ...batch.metrics.metrics]) {
      expect([column.byteOffset, column.buffer.byteLength]).toEqual([0, column.byteLength]);
    }
  });

  it.each([1, 100, 5_000])('has all of %i rows of metrics to train on', (rows) => {
    expect(createReplay(table(rows, rows > 1 ? 10 : 1), run).info).toMatchObject({
      warmUpSteps: Math.ceil(rows / 10),
      totalSteps: Math.ceil(rows / 10),
    });
  });

  it.each([1, 199, 2_000])('has all of %i lines to train on', (lines) => {
    const text = Array.from({ length: lines }, (_, i) => `${1_700_000_000 + i} line ${i}`).join('\n');
    const { info } = createReplay(expectOk(readWhole(text, { name: 'x.log' })), run);
    expect(info).toMatchObject({ warmUpSteps: lines, totalSteps: lines, logLines: { count: lines } });
  });

  it('tells how many lines a device writes in a step, from the whole span of the file', () => {
    // Four lines of two hosts in 40 s: each host writes one in 20 s.
    const text = ['00Z,a', '00Z,b', '01Z,a', '40Z,b'].map((rest) => `2024-01-01T00:00:${rest},all is well here`);
    const timed = expectOk(readWhole(['time,host,message', ...text].join('\n')));
    const { info } = createReplay(timed, run);
    expect([info.stepMs, info.logLines]).toEqual([40_000, { count: 4, perDeviceStep: 2 }]);
    const untimed = expectOk(readWhole('a line\n'.repeat(300), { name: 'x.log' }));
    expect(createReplay(untimed, run).info.logLines?.perDeviceStep).toBeCloseTo(300 / 299, 10);
    const still = expectOk(readWhole('2024-01-01 00:00:00 INFO a\n2024-01-01 00:00:00 INFO b', { name: 'x.log' }));
    expect(createReplay(still, run).info.logLines).toEqual({ count: 2, perDeviceStep: 1 });
    expect(createReplay(table(3), run).info.logLines).toBeUndefined();
  });

  it('groups log lines of one time, at most 64, and lines without times by 64', () => {
    const timed = expectOk(
      readWhole(['2024-01-01 00:00:00 INFO a', '2024-01-01 00:00:00 INFO b', '2024-01-01 00:00:01 INFO c'].join('\n'), {
        name: 'x.log',
      }),
    );
    const replay = createReplay(timed, run);
    expect(replay.info.totalSteps).toBe(2);
    expect(replay.pull(1).batch.logs.n).toBe(2);
    const { batch, done } = replay.pull(1);
    expect([logMessage(batch.logs, 0), [...batch.logs.offsets], done]).toEqual(['c', [0, 1], true]);
    const untimed = expectOk(readWhole('a line\n'.repeat(1_000), { name: 'x.log' }));
    expect(createReplay(untimed, run).info).toMatchObject({ totalSteps: 16, warmUpSteps: 16, stepMs: 1000 });
  });

  it('hands over every line once, in order, however many steps are pulled', () => {
    const parsed = expectOk(
      readWhole(Array.from({ length: 500 }, (_, i) => `${1_700_000_000 + (i >> 2)} line ${i}`).join('\n'), {
        name: 'x.log',
      }),
    );
    const replay = createReplay(parsed, run);
    const lines: string[] = [];
    for (let done = false, steps = 1; !done; steps++) {
      const pulled = replay.pull(steps);
      for (let i = 0; i < pulled.batch.logs.n; i++) lines.push(logMessage(pulled.batch.logs, i));
      done = pulled.done;
    }
    expect(lines).toEqual(messagesOf(parsed));
    expect(lines).toHaveLength(500);
  });

  it('tells of itself in the type of the layer above, which it may not import', () => {
    const info = (value: ReplayInfo): SourceInfo => value;
    const replay = createReplay(table(6, 3), run);
    expect(info(replay.info)).toBe(replay.info);
  });
});
