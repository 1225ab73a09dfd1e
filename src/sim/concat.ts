import type { LogBatch, MetricBatch } from '../domain/telemetry';

/** The rows of several batches with the same metrics, one after the other, in new columns. batches: at least one. */
export function concatMetrics(batches: readonly MetricBatch[]): MetricBatch {
  const n = batches.reduce((sum, batch) => sum + batch.n, 0);
  const t = new Float64Array(n);
  const device = new Uint16Array(n);
  const metrics = batches[0].metrics.map(() => new Float32Array(n));
  let at = 0;
  for (const batch of batches) {
    t.set(batch.t, at);
    device.set(batch.device, at);
    metrics.forEach((column, m) => {
      column.set(batch.metrics[m], at);
    });
    at += batch.n;
  }
  return { n, t, device, metrics };
}

/** The lines of several batches, one after the other, in new columns. */
export function concatLogs(batches: readonly LogBatch[]): LogBatch {
  const n = batches.reduce((sum, batch) => sum + batch.n, 0);
  const t = new Float64Array(n);
  const device = new Uint16Array(n);
  const level = new Uint8Array(n);
  const offsets = new Uint32Array(n + 1);
  const bytes = new Uint8Array(batches.reduce((sum, batch) => sum + batch.bytes.length, 0));
  let at = 0;
  let used = 0;
  for (const batch of batches) {
    t.set(batch.t, at);
    device.set(batch.device, at);
    level.set(batch.level, at);
    bytes.set(batch.bytes, used);
    for (let i = 1; i <= batch.n; i++) offsets[at + i] = used + batch.offsets[i];
    at += batch.n;
    used += batch.bytes.length;
  }
  return { n, t, device, level, bytes, offsets };
}
