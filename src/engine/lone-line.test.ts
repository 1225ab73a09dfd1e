import { expect, it } from 'vitest';
import { LOG_LEVELS, type LogBatch, type LogLine, logMessage, packLogLines } from '../domain/telemetry';
import { createBench } from './testing';

const MESSAGE = 'flux capacitor lost its phase and gave up';

/** The batch with one line more, at its last moment. */
function withLine(logs: LogBatch, line: LogLine): LogBatch {
  const lines = Array.from(
    { length: logs.n },
    (_, i): LogLine => ({
      t: logs.t[i],
      device: logs.device[i],
      level: LOG_LEVELS[logs.level[i]],
      message: logMessage(logs, i),
    }),
  );
  return packLogLines([...lines, line].sort((a, b) => a.t - b.t));
}

it('keeps the line that raised an alert although the alert opens a step later', async () => {
  const bench = await createBench();
  const { engine, parts } = bench;
  await engine.setSettings({ ...engine.settings, ambientFaults: false });
  await engine.start(undefined);
  const { info } = engine.run;
  await bench.runUntil(() => engine.run.stepsDone >= info.warmUpSteps + info.backfillSteps);
  const { pull } = parts.source;
  let written = false;
  parts.source.pull = async (steps) => {
    const pulled = await pull(steps);
    const { metrics, logs } = pulled.batch;
    if (written || metrics.n === 0) return pulled;
    written = true;
    const line = { t: metrics.t[metrics.n - 1], device: 3, level: 'critical', message: MESSAGE } as const;
    return { ...pulled, batch: { ...pulled.batch, logs: withLine(logs, line) } };
  };
  await bench.runFor(12_000);
  await engine.flush();
  const device = engine.run.catalog.devices[3].id;
  const raised = (await bench.store.alerts({ limit: 50 })).find((alert) => alert.deviceId === device);
  expect(raised?.logs[0]?.message).toBe(MESSAGE);
  expect(raised?.cause).toBe('log-error');
}, 60_000);
