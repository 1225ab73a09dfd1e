import { expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { logMessage, packLogLines } from '../domain/telemetry';
import { createRecorder } from './recorder';

const sample = (t: number, device: number, value: number) => ({
  t,
  device,
  values: [value, -value],
  metricScore: 1,
  logScore: Number.NaN,
  score: 1,
  flagged: value > 5,
});

it('packs what was added into one chunk of columns, in order, and starts anew', () => {
  const recorder = createRecorder(runId('r'), 2, 7);
  recorder.addSample(sample(1000, 0, 3));
  recorder.addSample(sample(2000, 1, 9));
  const { telemetry } = recorder.take();
  expect(telemetry).toMatchObject({ seq: 7, n: 2, from: 1000, to: 2000 });
  expect(telemetry?.metrics.map((column) => [...column])).toEqual([
    [3, 9],
    [-3, -9],
  ]);
  expect([...(telemetry?.flagged ?? [])]).toEqual([0, 1]);
  expect(recorder.take()).toEqual({ telemetry: undefined, logs: undefined });
});

it('joins the lines of several batches with their own offsets', () => {
  const recorder = createRecorder(runId('r'), 0, 0);
  const line = (t: number, message: string) => ({ t, device: 0, level: 'info', message }) as const;
  recorder.addLines(packLogLines([line(1, 'a'), line(2, 'äö')]), Uint32Array.of(1, 2), Float32Array.of(0, 50));
  recorder.addLines(packLogLines([]), new Uint32Array(0), new Float32Array(0));
  recorder.addLines(packLogLines([line(3, 'third')]), Uint32Array.of(1), Float32Array.of(10));
  const { logs } = recorder.take();
  expect(logs).toMatchObject({ n: 3, from: 1, to: 3 });
  expect([0, 1, 2].map((i) => (logs === undefined ? '' : logMessage(logs, i)))).toEqual(['a', 'äö', 'third']);
  expect([...(logs?.score ?? [])]).toEqual([0, 50, 10]);
});
