import {
  type LogBatch,
  type MetricBatch,
  selectLogLines,
  selectMetricRows,
  type TelemetryBatch,
} from '../domain/telemetry';

export interface GateResult {
  readonly metrics: MetricBatch;
  readonly logs: LogBatch;
  /** Refused rows and lines, by device index; only devices with any. */
  readonly refused: ReadonlyMap<number, number>;
  /** Rows of the metrics that were refused, for "latest records". */
  readonly refusedRows: readonly number[];
  /** Malformed rows: a device index outside the catalog or a time that is not finite. */
  readonly dropped: number;
}

/**
 * The door of the engine: rows of quarantined devices are refused and counted before anything is scored.
 * blocked: one byte per device of the catalog, 1 = quarantined.
 */
export function passGate(batch: TelemetryBatch, blocked: Uint8Array): GateResult {
  const refused = new Map<number, number>();
  const refusedRows: number[] = [];
  let dropped = 0;
  const judge = (n: number, t: Float64Array, device: Uint16Array, onRefused?: (row: number) => void): Uint8Array => {
    const keep = new Uint8Array(n);
    for (let row = 0; row < n; row++) {
      const d = device[row];
      if (d >= blocked.length || !Number.isFinite(t[row])) {
        dropped++;
      } else if (blocked[d] === 1) {
        refused.set(d, (refused.get(d) ?? 0) + 1);
        onRefused?.(row);
      } else {
        keep[row] = 1;
      }
    }
    return keep;
  };
  const metricKeep = judge(batch.metrics.n, batch.metrics.t, batch.metrics.device, (row) => refusedRows.push(row));
  const logKeep = judge(batch.logs.n, batch.logs.t, batch.logs.device);
  if (refused.size === 0 && dropped === 0)
    return { metrics: batch.metrics, logs: batch.logs, refused, refusedRows, dropped };
  return {
    metrics: selectMetricRows(batch.metrics, metricKeep),
    logs: selectLogLines(batch.logs, logKeep),
    refused,
    refusedRows,
    dropped,
  };
}
