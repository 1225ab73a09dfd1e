import type { Catalog, Region } from '../domain/catalog';
import type { FaultSpec } from '../domain/faults';
import type { RunId } from '../domain/ids';
import {
  emptyLogBatch,
  emptyMetricBatch,
  type LogBatch,
  type MetricBatch,
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
}

export interface Replay {
  readonly info: ReplayInfo;
  /** What a person should know about the warm-up. */
  readonly notes: readonly string[];
  /** The next `steps` steps (at least 1) in columns of their own. After the end: an empty batch and `done`. */
  pull(steps: number): { readonly batch: TelemetryBatch; readonly done: boolean };
}

/** Most log lines in one step. */
const LINES_PER_STEP = 64;
/** An autoencoder needs many lines; the bounds keep it fed and long files quick. */
const LOG_WARM_UP = { share: 0.3, least: 200, most: 10_000, wholeBelow: 200 };

/**
 * Plays a file as a source does. A step is one distinct time of a metrics file. Of a log it is the lines of one time, at most 64; lines
 * without times go 64 a step. `warmUpSteps` are all steps of a metrics file, which is there as a whole, and of a log of fewer than 200 lines; of a longer one they cover
 * the first 30 % of the lines (200 to 10,000), since a template that was there in training is no longer new.
 */
export function createReplay(parsed: ParsedFile, runId: RunId): Replay {
  const t = parsed.kind === 'metrics' ? parsed.metrics.t : parsed.logs.t;
  const starts = findStepStarts(parsed, t);
  const totalSteps = starts.length - 1;
  const warmUp = warmUpOf(parsed, starts);
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
      stepMs: medianSpacing(parsed),
      warmUpSteps: warmUp.steps,
      backfillSteps: 0,
      totalSteps,
    },
    notes: warmUp.notes,
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
        logs: from < end && parsed.kind === 'logs' ? sliceLogs(parsed.logs, from, end) : emptyLogBatch(),
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

function warmUpOf(
  parsed: ParsedFile,
  starts: Uint32Array,
): { readonly steps: number; readonly notes: readonly string[] } {
  const rows = starts[starts.length - 1];
  const totalSteps = starts.length - 1;
  if (parsed.kind === 'metrics') return { steps: totalSteps, notes: [] };
  if (rows < LOG_WARM_UP.wholeBelow) {
    return {
      steps: totalSteps,
      notes: [`only ${rows} lines: all of them train the model, then all are scored with it`],
    };
  }
  const wanted = Math.min(LOG_WARM_UP.most, Math.max(LOG_WARM_UP.least, Math.ceil(LOG_WARM_UP.share * rows)));
  let steps = 0;
  while (steps < totalSteps && starts[steps] < wanted) steps++;
  return { steps, notes: [] };
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

function sliceLogs(batch: LogBatch, from: number, to: number): LogBatch {
  const base = batch.offsets[from];
  return {
    n: to - from,
    t: batch.t.slice(from, to),
    device: batch.device.slice(from, to),
    level: batch.level.slice(from, to),
    bytes: batch.bytes.slice(base, batch.offsets[to]),
    offsets: batch.offsets.slice(from, to + 1).map((offset) => offset - base),
  };
}
