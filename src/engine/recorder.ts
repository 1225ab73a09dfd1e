import type { RunId } from '../domain/ids';
import type { LogChunk, TelemetryChunk } from '../domain/records';
import type { LogBatch } from '../domain/telemetry';

export interface ScoredSample {
  readonly t: number;
  readonly device: number;
  /** One value per metric. */
  readonly values: ArrayLike<number>;
  readonly metricScore: number;
  readonly logScore: number;
  readonly score: number;
  readonly flagged: boolean;
}

/** Collects accepted samples and lines until they are written as one chunk each. */
export interface Recorder {
  addSample(sample: ScoredSample): void;
  /** template and score: n entries. */
  addLines(batch: LogBatch, template: Uint32Array, score: Float32Array): void;
  readonly pending: number;
  /** Empties the buffers. Gives undefined for a buffer that holds nothing. */
  take(): { readonly telemetry: TelemetryChunk | undefined; readonly logs: LogChunk | undefined };
}

/** seq: first chunk number to use; a resumed run goes on where it stopped. */
export function createRecorder(runId: RunId, metricCount: number, seq: number): Recorder {
  let next = seq;
  const samples = createSampleColumns(metricCount);
  let lines: { batch: LogBatch; template: Uint32Array; score: Float32Array }[] = [];
  let lineCount = 0;
  return {
    addSample: (sample) => addSample(samples, sample),
    addLines: (batch, template, score) => {
      if (batch.n === 0) return;
      lines.push({ batch, template, score });
      lineCount += batch.n;
    },
    get pending() {
      return samples.n + lineCount;
    },
    take: () => {
      const telemetry = samples.n === 0 ? undefined : packSamples(runId, next, samples);
      const logs = lineCount === 0 ? undefined : packLines(runId, next, lineCount, lines);
      if (telemetry !== undefined || logs !== undefined) next++;
      samples.n = 0;
      lines = [];
      lineCount = 0;
      return { telemetry, logs };
    },
  };
}

/** Rows that a buffer begins with. */
const FIRST_ROWS = 256;

/** The samples of a chunk as they come in: columns that grow and are used again, of which the first n entries count. */
interface SampleColumns {
  n: number;
  t: Float64Array<ArrayBuffer>;
  device: Uint16Array<ArrayBuffer>;
  metrics: Float32Array<ArrayBuffer>[];
  metricScore: Float32Array<ArrayBuffer>;
  logScore: Float32Array<ArrayBuffer>;
  score: Float32Array<ArrayBuffer>;
  flagged: Uint8Array<ArrayBuffer>;
}

function createSampleColumns(metricCount: number): SampleColumns {
  const column = (): Float32Array<ArrayBuffer> => new Float32Array(FIRST_ROWS);
  return {
    n: 0,
    t: new Float64Array(FIRST_ROWS),
    device: new Uint16Array(FIRST_ROWS),
    metrics: Array.from({ length: metricCount }, column),
    metricScore: column(),
    logScore: column(),
    score: column(),
    flagged: new Uint8Array(FIRST_ROWS),
  };
}

function addSample(columns: SampleColumns, { t, device, values, ...scores }: ScoredSample): void {
  const row = columns.n;
  if (row === columns.t.length) widen(columns);
  columns.n += 1;
  columns.t[row] = t;
  columns.device[row] = device;
  for (let m = 0; m < columns.metrics.length; m++) columns.metrics[m][row] = values[m];
  columns.metricScore[row] = scores.metricScore;
  columns.logScore[row] = scores.logScore;
  columns.score[row] = scores.score;
  columns.flagged[row] = Number(scores.flagged);
}

function widen(columns: SampleColumns): void {
  const rows = 2 * columns.n;
  const wider = (column: Float32Array): Float32Array<ArrayBuffer> => {
    const next = new Float32Array(rows);
    next.set(column);
    return next;
  };
  const { t, device, flagged } = columns;
  columns.t = new Float64Array(rows);
  columns.t.set(t);
  columns.device = new Uint16Array(rows);
  columns.device.set(device);
  columns.metrics = columns.metrics.map(wider);
  columns.metricScore = wider(columns.metricScore);
  columns.logScore = wider(columns.logScore);
  columns.score = wider(columns.score);
  columns.flagged = new Uint8Array(rows);
  columns.flagged.set(flagged);
}

function packSamples(runId: RunId, seq: number, columns: SampleColumns): TelemetryChunk {
  const { n, t, device, metrics, metricScore, logScore, score, flagged } = columns;
  return {
    runId,
    seq,
    n,
    from: t[0],
    to: t[n - 1],
    t: t.slice(0, n),
    device: device.slice(0, n),
    metrics: metrics.map((column) => column.slice(0, n)),
    metricScore: metricScore.slice(0, n),
    logScore: logScore.slice(0, n),
    score: score.slice(0, n),
    flagged: flagged.slice(0, n),
  };
}

function packLines(
  runId: RunId,
  seq: number,
  n: number,
  parts: readonly { batch: LogBatch; template: Uint32Array; score: Float32Array }[],
): LogChunk {
  const byteCount = parts.reduce((sum, part) => sum + part.batch.bytes.length, 0);
  const chunk = {
    t: new Float64Array(n),
    device: new Uint16Array(n),
    level: new Uint8Array(n),
    bytes: new Uint8Array(byteCount),
    offsets: new Uint32Array(n + 1),
    template: new Uint32Array(n),
    score: new Float32Array(n),
  };
  let line = 0;
  let byte = 0;
  for (const { batch, template, score } of parts) {
    chunk.t.set(batch.t, line);
    chunk.device.set(batch.device, line);
    chunk.level.set(batch.level, line);
    chunk.template.set(template, line);
    chunk.score.set(score, line);
    chunk.bytes.set(batch.bytes, byte);
    for (let i = 0; i <= batch.n; i++) chunk.offsets[line + i] = byte + batch.offsets[i];
    line += batch.n;
    byte += batch.bytes.length;
  }
  return { runId, seq, n, from: chunk.t[0], to: chunk.t[n - 1], ...chunk };
}
