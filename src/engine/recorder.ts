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
  let samples: ScoredSample[] = [];
  let lines: { batch: LogBatch; template: Uint32Array; score: Float32Array }[] = [];
  let lineCount = 0;
  return {
    addSample: (sample) => {
      samples.push({ ...sample, values: Float32Array.from(sample.values) });
    },
    addLines: (batch, template, score) => {
      if (batch.n === 0) return;
      lines.push({ batch, template, score });
      lineCount += batch.n;
    },
    get pending() {
      return samples.length + lineCount;
    },
    take: () => {
      const telemetry = samples.length === 0 ? undefined : packSamples(runId, next, metricCount, samples);
      const logs = lineCount === 0 ? undefined : packLines(runId, next, lineCount, lines);
      if (telemetry !== undefined || logs !== undefined) next++;
      samples = [];
      lines = [];
      lineCount = 0;
      return { telemetry, logs };
    },
  };
}

function packSamples(runId: RunId, seq: number, metricCount: number, samples: readonly ScoredSample[]): TelemetryChunk {
  return {
    runId,
    seq,
    n: samples.length,
    from: samples[0].t,
    to: samples[samples.length - 1].t,
    t: Float64Array.from(samples, (s) => s.t),
    device: Uint16Array.from(samples, (s) => s.device),
    metrics: Array.from({ length: metricCount }, (_, m) => Float32Array.from(samples, (s) => s.values[m])),
    metricScore: Float32Array.from(samples, (s) => s.metricScore),
    logScore: Float32Array.from(samples, (s) => s.logScore),
    score: Float32Array.from(samples, (s) => s.score),
    flagged: Uint8Array.from(samples, (s) => (s.flagged ? 1 : 0)),
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
