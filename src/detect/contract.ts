import type { Catalog } from '../domain/catalog';
import type { PlainData } from '../domain/models';
import type { ParamSpec } from '../domain/params';
import type { Result } from '../domain/result';
import type { LogBatch, MetricBatch } from '../domain/telemetry';
import type { ForestPaths, SampleTrace, TraceQuery } from '../domain/trace';
import type { DetectorState, LogVerdicts, MetricVerdicts, TemplateEvent, TemplateInfo } from '../domain/verdicts';

/**
 * n rows of f features, row-major: value of feature j in row i is data[i * f + j]. All finite: missing values are filled by the
 * feature stage before a detector sees them.
 */
export interface FeatureMatrix {
  readonly n: number;
  readonly f: number;
  readonly data: Float32Array;
}

export interface DetectorSpec {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly params: readonly ParamSpec[];
}

export type DetectError =
  | 'too-few-rows'
  | 'nothing-varies'
  | 'bad-model'
  | 'bad-shape'
  | 'param-range'
  | 'cancelled'
  | 'backend';

/** A kind of metric detector: one file and one line in metrics/registry.ts. Pure: the seed is an argument. */
export interface MetricDetector {
  readonly spec: DetectorSpec;
  /** Fits a new detector; the rows are not kept. Errors: too-few-rows (n < 8), nothing-varies, param-range. */
  fit(
    features: FeatureMatrix,
    options: { readonly seed: number; readonly params?: Readonly<Record<string, number>> },
  ): Result<FittedMetricDetector, DetectError>;
  /** Reads what `save` gave, trusting nothing. Errors: bad-model naming the field. */
  load(saved: unknown): Result<FittedMetricDetector, DetectError>;
}

export interface FittedMetricDetector {
  /** Columns that a row must have. */
  readonly features: number;
  /** Raw scores of n rows into out[0..n); higher = more anomalous; always finite. */
  score(features: FeatureMatrix, out: Float32Array): void;
  /** Part of each feature in one row's raw score; f entries >= 0 that add to 1 (equal parts when nothing stands out). */
  explain(row: Float32Array): Float32Array;
  /** Only of detectors made of trees: one row's way through each of them. names: one a feature. */
  readonly tracePaths?: (row: Float32Array, names: readonly string[]) => ForestPaths;
  save(): PlainData;
}

/** What a scoring pipeline (features -> detectors -> calibration) is told when it is made. */
export interface PipelineConfig {
  readonly seed: number;
  /** Expected false alarms per device and day of this pipeline alone. */
  readonly falseAlarmsPerDay: number;
  /** Samples (or lines) of one device in a day, from the data's own rate: turns the budget into a probability per sample. */
  readonly samplesPerDay: number;
  /** New unflagged rows after which `retrainDue` is raised. */
  readonly retrainEvery: number;
  /** Largest number of rows kept for training. */
  readonly keepRows: number;
  /** Metrics: ids of the members whose say counts, those that watch live data included. The others are trained and scored along, so that they can be switched on at once. Absent: all. */
  readonly members?: readonly string[];
  /**
   * What the rows before the first training are. `normal` (the default): assumed to hold next to no anomalies. `mixed`: the very rows in which
   * anomalies are looked for, as those of an opened file.
   */
  readonly history?: 'normal' | 'mixed';
}

export interface TrainSummary {
  readonly rows: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly featureNames: readonly string[];
  /** Where a row is flagged: metrics, raw score of the member that is named first (slow data: last); logs, evidence in factors of ten. */
  readonly rawThreshold: number;
  readonly params: { readonly [label: string]: number | string };
}

/**
 * The metric pipeline that runs in the metric worker and in bench/. Streaming: a row's score uses that row and earlier ones. Memory
 * per device is bounded. Before `train` or `load`, rows are kept for training and the state is warming up.
 */
export interface MetricPipeline {
  /**
   * Scores a batch and keeps its unflagged rows for the next training, unless their device is suspect.
   * suspect: marks, one byte per device (`suspicion.ts`): the rows of one with an open alert or known trouble are scored but nothing is learned
   * from them; what comes while its log lines speak of trouble is not remembered as an episode that passes by itself.
   */
  score(batch: MetricBatch, seq: number, suspect: Uint8Array): MetricVerdicts;
  /** Grows a new model from the kept rows and swaps it in; the old one stays on error. */
  train(): Result<TrainSummary, DetectError>;
  /** A device joined or the file's catalog is known. Existing indexes stay. */
  setCatalog(catalog: Catalog): void;
  configure(config: PipelineConfig): void;
  state(): DetectorState;
  /**
   * The model as a value: forest, scalers, calibration, thresholds, what is typical of minutes, known episodes. No training rows. A file holds neither
   * of the last two (`stripForFile`). Errors: too-few-rows before the first training.
   */
  save(): Result<PlainData, DetectError>;
  /** Replaces the model. Errors: bad-model naming what is wrong; the old model stays. */
  load(saved: unknown): Result<TrainSummary, DetectError>;
  /**
   * How the present model's trees see one sample, with the `limit` (default 20) shortest paths. undefined: no model yet, no member made of trees,
   * no such flagged sample is kept (the rarest of each of the latest 512 events are, until the app is closed), or features that do not fit.
   */
  tracePaths(query: TraceQuery, limit?: number): SampleTrace | undefined;
}

/** `quick`: half the steps, for a first model soon; a full training is to follow. */
export type TrainingEffort = 'quick' | 'full';

/** The log pipeline that runs in the log worker: parse -> template -> encode -> autoencoder -> calibrate. */
export interface LogPipeline {
  score(batch: LogBatch, seq: number, suspect: Uint8Array): LogVerdicts;
  /** Trains on kept lines. `onProgress` gets 0..1; `cancelled` is asked between epochs. The old model stays on error. Default effort: full. */
  train(
    onProgress: (progress: number) => void,
    cancelled: () => boolean,
    effort?: TrainingEffort,
  ): Promise<Result<TrainSummary, DetectError>>;
  configure(config: PipelineConfig): void;
  state(): DetectorState;
  templates(): readonly TemplateInfo[];
  /** Splits and merges of templates since the pipeline was opened, newest first, at most 200. */
  templateEvents(): readonly TemplateEvent[];
  save(): Promise<Result<PlainData, DetectError>>;
  load(saved: unknown): Promise<Result<TrainSummary, DetectError>>;
  /** Frees tensors. */
  dispose(): void;
}
