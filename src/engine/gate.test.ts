import { expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { logMessage, packLogLines, type TelemetryBatch } from '../domain/telemetry';
import { passGate } from './gate';

const batch: TelemetryBatch = {
  runId: runId('r'),
  seq: 0,
  metrics: {
    n: 4,
    t: Float64Array.of(1000, 1000, 1000, Number.NaN),
    device: Uint16Array.of(0, 1, 7, 0),
    metrics: [Float32Array.of(10, 20, 30, 40)],
  },
  logs: packLogLines([
    { t: 1000, device: 0, level: 'info', message: 'kept é' },
    { t: 1000, device: 1, level: 'error', message: 'refused' },
    { t: 1001, device: 0, level: 'info', message: 'kept too' },
  ]),
};

it('refuses rows and lines of quarantined devices, counts them, and keeps the others whole', () => {
  const result = passGate(batch, Uint8Array.of(0, 1));
  expect([...result.metrics.metrics[0]]).toEqual([10]);
  expect(logMessage(result.logs, 0)).toBe('kept é');
  expect(logMessage(result.logs, 1)).toBe('kept too');
  expect(result.refused).toEqual(new Map([[1, 2]]));
  expect(result.refusedRows).toEqual([1]);
});

it('drops rows of unknown devices and without a time, and counts them apart', () => {
  expect(passGate(batch, new Uint8Array(2)).dropped).toBe(2);
});

it('passes the batch through untouched when there is nothing to refuse', () => {
  const clean = { ...batch, metrics: { ...batch.metrics, n: 2 } };
  expect(passGate(clean, new Uint8Array(2)).metrics).toBe(clean.metrics);
});
