import type { ModelId } from './ids';

export type ModelKind = 'metrics' | 'logs';

/** What a model's content may hold: plain values and typed arrays. No functions, no class instances, no training rows. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/** What is known about a trained model without opening it. */
export interface ModelVersion {
  readonly id: ModelId;
  readonly kind: ModelKind;
  /** Counts up from 1 within its kind. */
  readonly version: number;
  readonly origin: 'trained' | 'imported';
  /** Wall clock, ms since 1970 UTC. */
  readonly trainedAt: number;
  readonly appVersion: string;
  readonly seed: number;
  /** Rows (samples or lines) that it was trained on, and the data's time span of them, ms since 1970 UTC. */
  readonly rows: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  /** Metric keys it was trained on (metrics), or [] (logs). */
  readonly metricKeys: readonly string[];
  readonly featureNames: readonly string[];
  /** Raw score at which the detector alone raises an alarm with the present sensitivity. */
  readonly rawThreshold: number;
  /** Settings it was trained with, for display: label -> value. */
  readonly params: { readonly [label: string]: number | string };
  /** What it was trained on: `fleet` or the name of a file. */
  readonly trainedOn: string;
  readonly active: boolean;
}

/** A model as stored and exported. `content` is checked by the detector's own `load`. */
export interface SavedModel {
  readonly info: ModelVersion;
  readonly content: PlainData;
}

/**
 * What the number in `rawThreshold` counts. Log models that were stored by earlier versions of the app tell a reconstruction error there, which is below 1; evidence
 * never is, since a line that 1 in 10 normal ones surpass is not flagged.
 */
export function thresholdUnit({ kind, rawThreshold }: Pick<ModelVersion, 'kind' | 'rawThreshold'>): ThresholdUnit {
  if (kind === 'metrics') return 'raw score';
  return rawThreshold < 1 ? 'reconstruction error' : 'factors of ten of evidence';
}

export type ThresholdUnit = 'raw score' | 'reconstruction error' | 'factors of ten of evidence';
