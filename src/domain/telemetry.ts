import type { RunId } from './ids';

/** Index = severity order. `unknown` is for lines that state no level. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical', 'unknown'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * n samples as columns, ordered by time. Every column owns its whole buffer, so that a batch can be transferred.
 * t: milliseconds since 1970 UTC; device: index into the catalog; metrics[m][row]: value in the metric's unit, NaN = missing.
 */
export interface MetricBatch {
  readonly n: number;
  readonly t: Float64Array;
  readonly device: Uint16Array;
  readonly metrics: readonly Float32Array[];
}

/**
 * n log lines, ordered by time. Line i is UTF-8 `bytes[offsets[i] .. offsets[i + 1])`: the message, without time, host and level
 * where a parser found them. offsets has n + 1 entries. level: index into LOG_LEVELS.
 */
export interface LogBatch {
  readonly n: number;
  readonly t: Float64Array;
  readonly device: Uint16Array;
  readonly level: Uint8Array;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** What a source hands over in one pull. seq counts from 0 and never repeats in a run. */
export interface TelemetryBatch {
  readonly runId: RunId;
  readonly seq: number;
  readonly metrics: MetricBatch;
  readonly logs: LogBatch;
}

/** A batch without rows for `metricCount` metrics. */
export function emptyMetricBatch(metricCount: number): MetricBatch {
  return {
    n: 0,
    t: new Float64Array(0),
    device: new Uint16Array(0),
    metrics: Array.from({ length: metricCount }, () => new Float32Array(0)),
  };
}

export function emptyLogBatch(): LogBatch {
  return {
    n: 0,
    t: new Float64Array(0),
    device: new Uint16Array(0),
    level: new Uint8Array(0),
    bytes: new Uint8Array(0),
    offsets: new Uint32Array(1),
  };
}

/** The rows of `batch` for which keep[row] is 1, in new columns. keep: n entries of 0 or 1. */
export function selectMetricRows(batch: MetricBatch, keep: Uint8Array): MetricBatch {
  const rows = rowsKept(keep, batch.n);
  return {
    n: rows.length,
    t: Float64Array.from(rows, (row) => batch.t[row]),
    device: Uint16Array.from(rows, (row) => batch.device[row]),
    metrics: batch.metrics.map((column) => Float32Array.from(rows, (row) => column[row])),
  };
}

/** The lines of `batch` for which keep[line] is 1, in new columns. */
export function selectLogLines(batch: LogBatch, keep: Uint8Array): LogBatch {
  const rows = rowsKept(keep, batch.n);
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i] + batch.offsets[row + 1] - batch.offsets[row];
  });
  const bytes = new Uint8Array(offsets[rows.length]);
  rows.forEach((row, i) => {
    bytes.set(batch.bytes.subarray(batch.offsets[row], batch.offsets[row + 1]), offsets[i]);
  });
  return {
    n: rows.length,
    t: Float64Array.from(rows, (row) => batch.t[row]),
    device: Uint16Array.from(rows, (row) => batch.device[row]),
    level: Uint8Array.from(rows, (row) => batch.level[row]),
    bytes,
    offsets,
  };
}

/** The lines [from, to) of `batch` in new columns. 0 <= from <= to <= n. */
export function sliceLogLines(batch: LogBatch, from: number, to: number): LogBatch {
  const start = batch.offsets[from];
  return {
    n: to - from,
    t: batch.t.slice(from, to),
    device: batch.device.slice(from, to),
    level: batch.level.slice(from, to),
    bytes: batch.bytes.slice(start, batch.offsets[to]),
    offsets: batch.offsets.slice(from, to + 1).map((offset) => offset - start),
  };
}

function rowsKept(keep: Uint8Array, n: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (keep[row] === 1) rows.push(row);
  return rows;
}

/** One log line as data, before it is packed. */
export interface LogLine {
  readonly t: number;
  readonly device: number;
  readonly level: LogLevel;
  readonly message: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Packs lines into columns. Lone surrogates become U+FFFD. */
export function packLogLines(lines: readonly LogLine[]): LogBatch {
  const encoded = lines.map((line) => encoder.encode(line.message));
  const offsets = new Uint32Array(lines.length + 1);
  encoded.forEach((part, i) => {
    offsets[i + 1] = offsets[i] + part.length;
  });
  const bytes = new Uint8Array(offsets[lines.length]);
  encoded.forEach((part, i) => {
    bytes.set(part, offsets[i]);
  });
  return {
    n: lines.length,
    t: Float64Array.from(lines, (line) => line.t),
    device: Uint16Array.from(lines, (line) => line.device),
    level: Uint8Array.from(lines, (line) => LOG_LEVELS.indexOf(line.level)),
    bytes,
    offsets,
  };
}

/** The text of line i. */
export function logMessage(batch: Pick<LogBatch, 'bytes' | 'offsets'>, i: number): string {
  return decoder.decode(batch.bytes.subarray(batch.offsets[i], batch.offsets[i + 1]));
}
