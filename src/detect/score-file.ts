import type { Catalog } from '../domain/catalog';
import { ok, type Result } from '../domain/result';
import type { Settings } from '../domain/settings';
import { type LogBatch, type MetricBatch, sliceLogLines } from '../domain/telemetry';
import type { MetricExplanation, MetricVerdicts } from '../domain/verdicts';
import { judgeSample, stepAlarm } from './alarms';
import type { DetectError, LogPipeline, MetricPipeline, PipelineConfig } from './contract';
import { LINES_JUDGED_AT_ONCE, stepStarts, stepsJudgedAtOnce } from './file-batches';
import { createIntervalState, type IntervalState, intervalRules } from './intervals';
import { lookBack } from './metrics/whole-file';
import { fileConfig } from './pipeline-config';
import { logThreshold, metricThreshold } from './threshold';

/** Rows, or lines, that are learned from at once. */
const BATCH_ROWS = 512;

/**
 * How a file's rows are used. `history`: learn from other rows, assumed normal, then score. `stream`: a row's score uses that row and
 * earlier ones only; the model is trained as soon as there are rows enough, and again each time their number has doubled. `whole`: learn
 * from all rows, then score all of them by what all of them taught, for a file that a person opens to look back on: the engine does so with
 * every file (`engine/file-life.ts`).
 */
export type FileMode<Batch> =
  | { readonly kind: 'history'; readonly rows: Batch }
  | { readonly kind: 'stream' }
  | { readonly kind: 'whole' };

export interface MetricFileScores {
  /** Rarity of each row; NaN = not scorable (warming up, nothing but missing values). */
  readonly rarity: Float32Array;
  /**
   * What to rank rows by, uncapped. A stream of a single slow metric: the onsets (one alarm per event); a whole file: looked over once more
   * from its end; otherwise as the pipeline gave it.
   */
  readonly rank: Float32Array;
  /** 1 = flagged by the row's own score. */
  readonly flagged: Uint8Array;
  /** 1 = an alert of the row's device is open at this row. */
  readonly alert: Uint8Array;
  /** By row: those worth explaining. */
  readonly explanations: ReadonlyMap<number, MetricExplanation>;
}

export interface FileScoringOptions<Batch> {
  readonly mode: FileMode<Batch>;
  readonly settings: Settings;
  /** Milliseconds between two rows of one device (metrics), or mean milliseconds between two lines (logs); > 0. */
  readonly stepMs: number;
  /** Called after each batch with the rows done so far, training rows included. */
  readonly onProgress?: (rows: number) => void;
}

/**
 * Scores the rows of a metrics file with pipelines made by `create`. Rows of one device are in order of time.
 * Errors: what the first training gives (too-few-rows, nothing-varies), where all rows are unscored; never in `stream` mode, where the
 * rows before the first training are not scorable.
 */
export function scoreMetricFile(
  create: (catalog: Catalog, config: PipelineConfig) => MetricPipeline,
  catalog: Catalog,
  rows: MetricBatch,
  options: FileScoringOptions<MetricBatch>,
): Result<MetricFileScores, DetectError> {
  const config = fileConfig(options.settings, options.stepMs, options.mode.kind === 'whole' ? 'mixed' : 'normal');
  let pipeline = create(catalog, config);
  let done = 0;
  const report = (n: number): void => {
    done += n;
    options.onProgress?.(done);
  };
  if (options.mode.kind !== 'stream') {
    const healthy = new Uint8Array(catalog.devices.length);
    const lessons = options.mode.kind === 'history' ? options.mode.rows : rows;
    for (let from = 0; from < lessons.n; from += BATCH_ROWS) {
      const batch = sliceMetrics(lessons, from, Math.min(lessons.n, from + BATCH_ROWS));
      pipeline.score(batch, 0, healthy);
      report(batch.n);
    }
    const trained = pipeline.train();
    if (!trained.ok) return trained;
  }
  if (options.mode.kind === 'whole') {
    const saved = pipeline.save();
    if (!saved.ok) return saved;
    // A fresh pipeline: the first row must not be compared with the last one.
    pipeline = create(catalog, config);
    const loaded = pipeline.load(saved.value);
    if (!loaded.ok) return loaded;
  }
  return ok(followRows(pipeline, catalog, rows, config, options, report));
}

function followRows(
  pipeline: MetricPipeline,
  catalog: Catalog,
  rows: MetricBatch,
  config: PipelineConfig,
  { mode, settings }: FileScoringOptions<MetricBatch>,
  report: (rows: number) => void,
): MetricFileScores {
  const rarity = new Float32Array(rows.n).fill(Number.NaN);
  const rank = new Float32Array(rows.n).fill(Number.NaN);
  const explanations = new Map<number, MetricExplanation>();
  const alarms = createAlarms(catalog.devices.length, rows.n, config, settings);
  let nextTraining = 0;
  const starts = stepStarts(rows.t);
  const steps = stepsJudgedAtOnce(catalog.devices.length);
  for (let step = 0; step < starts.length - 1; step += steps) {
    const from = starts[step];
    const batch = sliceMetrics(rows, from, starts[Math.min(starts.length - 1, step + steps)]);
    const verdicts = pipeline.score(batch, from, alarms.suspect);
    rarity.set(verdicts.rarity, from);
    rank.set((mode.kind === 'stream' ? verdicts.onset : undefined) ?? verdicts.rank ?? verdicts.rarity, from);
    for (const entry of verdicts.explanations) explanations.set(from + entry.row, { ...entry, row: from + entry.row });
    for (let i = 0; i < batch.n; i++) alarms.step(from + i, batch.device[i], batch.t[i], verdicts.rarity[i]);
    const seen = from + batch.n;
    if (isTrainingDue(mode.kind, verdicts, seen >= nextTraining)) {
      // A training that finds too little to learn from leaves the model before it in place.
      if (pipeline.train().ok) nextTraining = Math.min(2 * seen, seen + settings.retrainEvery);
    }
    report(batch.n);
  }
  return {
    rarity,
    rank: mode.kind === 'whole' ? lookBack(rank, rows.device) : rank,
    flagged: alarms.flagged,
    alert: alarms.alert,
    explanations,
  };
}

/** What a whole file taught stands: trained again on its first rows, it would forget what the last ones are like. */
function isTrainingDue(
  mode: FileMode<MetricBatch>['kind'],
  { state, retrainDue }: Pick<MetricVerdicts, 'state' | 'retrainDue'>,
  isTime: boolean,
): boolean {
  if (mode === 'whole') return false;
  const first = state.kind === 'warming-up' && state.have >= state.need;
  return retrainDue || (mode === 'stream' && (first || state.kind === 'ready') && isTime);
}

interface Alarms {
  readonly flagged: Uint8Array;
  readonly alert: Uint8Array;
  /** By device: 1 = an alert is open or about to, nothing is learned from it. */
  readonly suspect: Uint8Array;
  step(row: number, device: number, t: number, rarity: number): void;
}

/** The alarms of metrics alone, decided as the engine does. */
function createAlarms(devices: number, rows: number, config: PipelineConfig, settings: Settings): Alarms {
  const threshold = metricThreshold(config);
  const rules = intervalRules(config.samplesPerDay);
  const states: IntervalState[] = Array.from({ length: devices }, (_, device) => createIntervalState(device));
  const flagged = new Uint8Array(rows);
  const alert = new Uint8Array(rows);
  const suspect = new Uint8Array(devices);
  return {
    flagged,
    alert,
    suspect,
    step(row, device, t, rarity) {
      const thresholds = { metric: threshold, log: threshold };
      const judgement = judgeSample(t, { metricRarity: rarity, logRarity: Number.NaN, settings, thresholds });
      const { state, suspect: isSuspect } = stepAlarm(states[device], judgement, rules);
      states[device] = state;
      flagged[row] = judgement.flagged ? 1 : 0;
      alert[row] = state.interval?.open === true ? 1 : 0;
      suspect[device] = isSuspect ? 1 : 0;
    },
  };
}

export interface LogFileScores {
  readonly rarity: Float32Array;
  /** 1 = rare enough to be flagged by itself. */
  readonly flagged: Uint8Array;
  /** Template id of each line. */
  readonly template: Uint32Array;
}

/**
 * Scores the lines of a log file. `create` makes a pipeline; it is disposed here. Errors: what the first training gives.
 * `whole` replays the lines through the trained model; `stream` trains as `scoreMetricFile` does.
 */
export async function scoreLogFile(
  create: (config: PipelineConfig) => LogPipeline,
  lines: LogBatch,
  options: FileScoringOptions<LogBatch>,
): Promise<Result<LogFileScores, DetectError>> {
  const config = fileConfig(options.settings, options.stepMs, options.mode.kind === 'whole' ? 'mixed' : 'normal');
  const pipeline = create(config);
  const healthy = new Uint8Array(0x1_0000);
  let done = 0;
  const feed = (batch: LogBatch, onPart?: (from: number, part: LogBatch) => void): void => {
    const most = onPart === undefined ? BATCH_ROWS : LINES_JUDGED_AT_ONCE;
    for (let from = 0; from < batch.n; from += most) {
      const part = sliceLogLines(batch, from, Math.min(batch.n, from + most));
      if (onPart) onPart(from, part);
      else pipeline.score(part, from, healthy);
      done += part.n;
      options.onProgress?.(done);
    }
  };
  const train = (): ReturnType<LogPipeline['train']> =>
    pipeline.train(
      () => undefined,
      () => false,
    );
  try {
    const { mode } = options;
    if (mode.kind !== 'stream') {
      feed(mode.kind === 'history' ? mode.rows : lines);
      const trained = await train();
      if (!trained.ok) return trained;
    }
    const rarity = new Float32Array(lines.n).fill(Number.NaN);
    const template = new Uint32Array(lines.n);
    const score = (from: number, part: LogBatch): boolean => {
      const verdicts = pipeline.score(part, from, healthy);
      rarity.set(verdicts.rarity, from);
      template.set(verdicts.template, from);
      return verdicts.retrainDue;
    };
    if (mode.kind === 'stream') {
      let nextTraining = 0;
      for (let from = 0; from < lines.n; from += BATCH_ROWS) {
        const part = sliceLogLines(lines, from, Math.min(lines.n, from + BATCH_ROWS));
        const due = score(from, part);
        const seen = from + part.n;
        if (due || seen >= nextTraining) {
          if ((await train()).ok) nextTraining = Math.min(2 * seen, seen + options.settings.retrainEvery);
        }
        done += part.n;
        options.onProgress?.(done);
      }
    } else {
      feed(lines, score);
    }
    const threshold = logThreshold(config);
    return ok({ rarity, template, flagged: Uint8Array.from(rarity, (value) => (value >= threshold ? 1 : 0)) });
  } finally {
    pipeline.dispose();
  }
}

function sliceMetrics(batch: MetricBatch, from: number, to: number): MetricBatch {
  return {
    n: to - from,
    t: batch.t.slice(from, to),
    device: batch.device.slice(from, to),
    metrics: batch.metrics.map((column) => column.slice(from, to)),
  };
}
