import type { Catalog } from './catalog';
import type { RunKind } from './frame';
import type { RunId } from './ids';
import type { PlainData } from './models';

/** One run: a fleet simulation or an opened file. */
export interface RunRecord {
  readonly runId: RunId;
  readonly kind: RunKind;
  readonly label: string;
  readonly seed: number;
  readonly startedAt: number;
  /** Wall clock of the last save. */
  readonly savedAt: number;
  readonly catalog: Catalog;
  /** State of the source and counters to go on from; undefined for a file. */
  readonly checkpoint: PlainData | undefined;
  readonly counters: { readonly [key: string]: number };
  /** Times real time at which it ran when it was saved; undefined in records of earlier versions. */
  readonly speed?: number | undefined;
  /** It stood still when it was saved; undefined in records of earlier versions. */
  readonly paused?: boolean | undefined;
}

/** A scenario that a person imported or recorded. */
export interface OwnScenario {
  readonly key: string;
  /** Wall clock, ms since 1970 UTC. */
  readonly keptAt: number;
  /** The file, as `writeScenario` gives it. Whoever reads it parses it. */
  readonly text: string;
}

/** Accepted samples with their scores, as columns; n rows ordered by time. */
export interface TelemetryChunk {
  readonly runId: RunId;
  /** Counts up in its run. */
  readonly seq: number;
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly t: Float64Array;
  readonly device: Uint16Array;
  readonly metrics: readonly Float32Array[];
  /** Anomaly scores 0..100, NaN = warming up. */
  readonly metricScore: Float32Array;
  readonly logScore: Float32Array;
  readonly score: Float32Array;
  readonly flagged: Uint8Array;
}

/** Accepted log lines with their scores. Columns as in LogBatch. */
export interface LogChunk {
  readonly runId: RunId;
  readonly seq: number;
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly t: Float64Array;
  readonly device: Uint16Array;
  readonly level: Uint8Array;
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
  readonly template: Uint32Array;
  /** Anomaly score 0..100, NaN = warming up. */
  readonly score: Float32Array;
}

export interface StorageUsage {
  /** Bytes as reported by the browser for this origin; undefined where it does not say. */
  readonly bytes: number | undefined;
  readonly telemetryBytes: number;
  readonly logBytes: number;
  readonly counts: { readonly [table: string]: number };
  /** `memory`: nothing survives the tab, because IndexedDB is not to be had. */
  readonly mode: 'disk' | 'memory';
  readonly persisted: boolean | undefined;
}
