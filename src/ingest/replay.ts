import type { Catalog, Region } from '../domain/catalog';
import type { FaultSpec } from '../domain/faults';
import type { RunId } from '../domain/ids';
import {
  emptyLogBatch,
  emptyMetricBatch,
  type MetricBatch,
  sliceLogLines,
  type TelemetryBatch,
} from '../domain/telemetry';
import type { ParsedFile } from './types';

/** Equal in structure to engine/ports.ts SourceInfo, which this layer may not import. */
export interface ReplayInfo {
  readonly runId: RunId;
  readonly kind: 'file';
  readonly label: string;
  readonly catalog: Catalog;
  readonly faults: readonly FaultSpec[];
  readonly regions: readonly Region[];
  readonly stepMs: number;
  readonly warmUpSteps: number;
  readonly backfillSteps: number;
  readonly totalSteps: number;
  readonly logLines?: { readonly count: number; readonly perDeviceStep: number };
}

export interface Replay {
  readonly info: ReplayInfo;
  /** The next `steps` steps (at least 1) in columns of their own. After the end: an empty batch and `done`. */
  pull(steps: number): { readonly batch: TelemetryBatch; readonly done: boolean };
}

/** Most log lines in one step. */
const LINES_PER_STEP = 64;
/** Lines that all have one time are taken to be so far apart, ms. */
const LINE_MS = 1000;

/**
 * Plays a file as a source does. A step is one distinct time of a metrics file. Of a log it is the lines of one time, at most 64; lines
 * without times go 64 a step. `warmUpSteps` are all steps: a file is there as a whole, and is gone through once to learn from it.
 */
export function createReplay(parsed: ParsedFile, runId: RunId): Replay {
  const t = parsed.kind === 'metrics' ? parsed.metrics.t : parsed.logs.t;
  const starts = findStepStarts(parsed, t);
  const totalSteps = starts.length - 1;
  const stepMs = medianSpacing(parsed);
  let at = 0;
  let seq = 0;
  return {
    info: {
      runId,
      kind: 'file',
      label: parsed.name,
      catalog: parsed.catalog,
      faults: [],
      regions: [],
      stepMs,
      warmUpSteps: totalSteps,
      backfillSteps: 0,
      totalSteps,
      ...(parsed.kind === 'logs' ? { logLines: measureLines(parsed, stepMs) } : {}),
    },
    pull(steps) {
      const to = Math.min(totalSteps, at + Math.max(1, Math.floor(steps)));
      const [from, end] = [starts[at], starts[to]];
      at = to;
      const batch: TelemetryBatch = {
        runId,
        seq: seq++,
        metrics:
          from < end && parsed.kind === 'metrics'
            ? sliceMetrics(parsed.metrics, from, end)
            : emptyMetricBatch(parsed.catalog.metrics.length),
        logs: from < end && parsed.kind === 'logs' ? sliceLogLines(parsed.logs, from, end) : emptyLogBatch(),
      };
      return { batch, done: at >= totalSteps };
    },
  };
}

/** First row of every step, and the number of rows at the end. */
function findStepStarts(parsed: ParsedFile, t: Float64Array): Uint32Array {
  const most = parsed.kind === 'logs' ? LINES_PER_STEP : Number.POSITIVE_INFINITY;
  const timed = parsed.kind === 'metrics' || parsed.clock === 'file';
  const starts: number[] = [];
  let start = 0;
  for (let row = 0; row < t.length; row++) {
    const opens = row === 0 || row - start >= most || (timed && t[row] !== t[row - 1]);
    if (!opens) continue;
    starts.push(row);
    start = row;
  }
  starts.push(t.length);
  return Uint32Array.from(starts);
}

/** How many lines there are, and how many of them a device writes in stepMs, on the mean over the time from first to last. */
function measureLines({ logs, catalog }: ParsedFile, stepMs: number): ReplayInfo['logLines'] {
  const span = logs.t[logs.n - 1] - logs.t[0];
  const spacing = span > 0 ? span / logs.n : LINE_MS;
  return { count: logs.n, perDeviceStep: stepMs / (spacing * catalog.devices.length) };
}

/** Median time between two rows of one device, ms; equal times are passed over. Degenerate: no two different times: 1000. */
export function medianSpacing(parsed: ParsedFile): number {
  const { t, device } = parsed.kind === 'metrics' ? parsed.metrics : parsed.logs;
  const last = new Map<number, number>();
  const gaps: number[] = [];
  for (let row = 0; row < t.length; row++) {
    const before = last.get(device[row]);
    if (before !== undefined && t[row] > before) gaps.push(t[row] - before);
    last.set(device[row], t[row]);
  }
  if (gaps.length === 0) return 1000;
  const sorted = Float64Array.from(gaps).sort();
  return sorted[sorted.length >> 1];
}

function sliceMetrics(batch: MetricBatch, from: number, to: number): MetricBatch {
  return {
    n: to - from,
    t: batch.t.slice(from, to),
    device: batch.device.slice(from, to),
    metrics: batch.metrics.map((column) => column.slice(from, to)),
  };
}
