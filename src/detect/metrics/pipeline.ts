import type { Catalog } from '../../domain/catalog';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { SEVERITY_BANDS } from '../../domain/scores';
import type { MetricBatch } from '../../domain/telemetry';
import { type DetectorState, MAX_EXPLAINED, type MetricExplanation, type MetricVerdicts } from '../../domain/verdicts';
import type { DetectError, MetricDetector, MetricPipeline, PipelineConfig, TrainSummary } from '../contract';
import { metricThreshold } from '../threshold';
import { type Blame, blameOf, stepBlame } from './blame';
import { explainRow, keepRow, type RarestRows, wantsRow } from './explain';
import { featureKinds, featureNames, readValues, scaleFeatures, slopePerMinute, stepWindows } from './features';
import {
  fitModel,
  joinMembers,
  keepNormal,
  loadModel,
  type MetricModel,
  rankOf,
  rawThreshold,
  recalibrate,
  SLOW_SMOOTHING,
  saveModel,
  scoreMembers,
} from './model';
import { createNoveltyTrack, type NoveltyTrack, stepNovelty, stepOnset } from './novelty';
import { type Pace, paceOf } from './pace';
import { readPipeline } from './pipeline-saved';
import { DEFAULT_MEMBERS } from './registry';
import { addRow, createRowStore, discardRecent, gatherRows, type RowStore, trainableSlots } from './row-store';
import { adoptScalers, type SavedScalers, saveScalers, tracksFromScalers } from './saved-scalers';
import { settleStore } from './settle';
import { Tracks } from './tracks';

/** Rows that a first model needs. */
export const NEED_ROWS = 128;
/**
 * A device's rows are kept for training once its scaler has learned so many samples. Before the first model the windows alone have to fill:
 * its scaler is then settled on all of them at once.
 */
const MATURE_SAMPLES = 240;
const MIN_SAMPLES = 24;
/** A row is trained on only when its device stayed unflagged for so many samples after it, and had been for as many before. */
const CALM_SAMPLES = 30;
/** A device that was flagged for so many samples without a break has a new normal: its scaler begins again. */
const RELEARN_AFTER = 900;
const RELEARN_SAMPLES = 64;
const SLOW_RELEARN_SAMPLES = 128;
/** Rows scored at once: the forest's blocks stay in the cache. */
const MAX_BLOCK = 512;
/**
 * A device whose rarity stays above TENSE on average (0.43 is the mean of what is normal) over about 1 / TENSION samples is in some trouble
 * below the threshold: nothing is kept of it, or a weak fault would be learned and a strong one of its kind overlooked later.
 */
const TENSE = 1.5;
const TENSION = 1 / 20;
/** 280 KB each. */
const MAX_REMEMBERED_DEVICES = 64;
/** Scores of slow data are ranked below the lowest band, too. */
const EXPLAIN_FROM: Readonly<Record<Pace, number>> = { live: SEVERITY_BANDS.warning / 10, slow: 1 };
/** New rows after which slow data asks for training at the latest: its level drifts from day to day and each row weighs more. */
const SLOW_RETRAIN_ROWS = 1000;

/** Per device: samples so far, samples since the last flag, samples in a row that nothing was learned from, samples of forced learning left,
 * block it was last scored in, recent mean rarity. */
interface DeviceCalm {
  samples: Float64Array;
  calm: Float64Array;
  refused: Float64Array;
  relearn: Float64Array;
  block: Float64Array;
  tension: Float64Array;
}

/**
 * Features -> detectors -> calibration for a catalog's metrics (see MetricPipeline). Deterministic: the same config and the same rows
 * give the same scores however they are cut into batches. A level that lasts for RELEARN_AFTER samples becomes the device's new
 * normal, even under suspicion; the model itself never learns from flagged or suspect rows.
 * `members`: the detectors that are joined (default: Isolation Forest and Mahalanobis); at least one.
 */
export function createMetricPipeline(
  catalog: Catalog,
  config: PipelineConfig,
  members: readonly MetricDetector[] = DEFAULT_MEMBERS,
): MetricPipeline {
  return new Pipeline(catalog, config, members);
}

class Pipeline implements MetricPipeline {
  private catalog: Catalog;
  private config: PipelineConfig;
  private readonly detectors: readonly MetricDetector[];
  private readonly pace: Pace;
  /** Smoothed raw score of each member and device; NaN = none yet. Slow data only. */
  private smoothed: Float64Array[];
  /** Memory of each device of slow data with a single metric. */
  private readonly blame: Blame = { part: new Float64Array(0) };
  private readonly novelty = new Map<number, NoveltyTrack>();
  private tracks: Tracks;
  private rows: RowStore;
  private devices: DeviceCalm = emptyCalm();
  private model: { readonly scorer: MetricModel; readonly summary: TrainSummary } | undefined;
  private threshold: number;
  /** Scalers of the last loaded model, for its devices that join later. */
  private scalers: SavedScalers | undefined;
  private rowsSinceTraining = 0;
  private blocks = 0;
  private f: number;
  private features = new Float32Array(0);
  private windows = new Float64Array(0);
  private values = new Float64Array(0);

  constructor(catalog: Catalog, config: PipelineConfig, detectors: readonly MetricDetector[]) {
    this.catalog = catalog;
    this.config = config;
    this.detectors = detectors;
    this.pace = paceOf(config);
    this.smoothed = detectors.map(() => new Float64Array(0));
    this.threshold = metricThreshold(config);
    this.f = featureNames(catalog.metrics, this.pace).length;
    this.tracks = new Tracks(catalog.metrics.length, this.pace);
    this.rows = createRowStore(config.keepRows, this.f, config.seed);
    this.reserve(catalog.devices.length);
  }

  score(batch: MetricBatch, seq: number, suspect: Uint8Array): MetricVerdicts {
    const rarity = new Float32Array(batch.n).fill(Number.NaN);
    const rank = this.pace === 'slow' ? new Float32Array(batch.n).fill(Number.NaN) : undefined;
    const raw = this.detectors.map(() => new Float32Array(batch.n).fill(Number.NaN));
    const onset = this.remembers() ? new Float32Array(batch.n).fill(Number.NaN) : undefined;
    const rarities = this.detectors.map(() => new Float32Array(batch.n).fill(Number.NaN));
    const rarest: RarestRows<MetricExplanation> = { limit: MAX_EXPLAINED, entries: [] };
    for (let from = 0; from < batch.n; ) {
      const to = this.blockEnd(batch, from);
      this.scoreBlock(batch, from, to, suspect, rarity, raw, rarities, rarest, onset);
      if (rank && this.model) for (let row = from; row < to; row++) rank[row] = rankOf(this.model.scorer, raw, row);
      from = to;
    }
    if (this.model) recalibrate(this.model.scorer);
    return {
      seq,
      n: batch.n,
      rarity,
      ...(rank ? { rank } : {}),
      ...(onset ? { onset } : {}),
      members: this.detectors.map((detector, k) => ({ detector: detector.spec.id, raw: raw[k], rarity: rarities[k] })),
      explanations: rarest.entries.map(({ entry }) => entry),
      state: this.state(),
      retrainDue: this.rowsSinceTraining >= this.retrainAfter(),
    };
  }

  train(): Result<TrainSummary, DetectError> {
    // Before the first model nothing could be flagged, so there is nothing to wait for.
    const delay = this.model ? CALM_SAMPLES : 0;
    const { grow, calibrate } = trainableSlots(this.rows, delay, (device) => this.devices.samples[device]);
    const rows = grow.length + calibrate.length;
    if (rows < NEED_ROWS) return err('too-few-rows', `training needs ${NEED_ROWS} unflagged rows, got ${rows}`);
    if (!this.model) settleStore(this.rows, this.tracks);
    if (!this.model) this.rememberRows([grow, calibrate]);
    const fitting = {
      grow: gatherRows(this.rows, grow),
      calibrate: gatherRows(this.rows, calibrate),
      previous: previousRows(this.rows, calibrate),
    };
    const scorer = fitModel(fitting, this.detectors, this.config.seed, this.pace);
    if (!scorer.ok) return scorer;
    const times = timeSpan(this.rows, [grow, calibrate]);
    const summary: TrainSummary = {
      rows,
      windowFrom: times.from,
      windowTo: times.to,
      featureNames: featureNames(this.catalog.metrics, this.pace),
      rawThreshold: rawThreshold(scorer.value, this.threshold),
      params: this.describe(rows),
    };
    this.model = { scorer: scorer.value, summary };
    this.rowsSinceTraining = 0;
    return ok(summary);
  }

  setCatalog(catalog: Catalog): void {
    const keys = (metrics: Catalog['metrics']): string => JSON.stringify(metrics.map((metric) => metric.key));
    const sameMetrics = keys(catalog.metrics) === keys(this.catalog.metrics);
    const joined = this.catalog.devices.length;
    this.catalog = catalog;
    if (!sameMetrics) {
      this.f = featureNames(catalog.metrics, this.pace).length;
      this.tracks = new Tracks(catalog.metrics.length, this.pace);
      this.rows = createRowStore(this.config.keepRows, this.f, this.config.seed);
      this.devices = emptyCalm();
      this.model = undefined;
      this.scalers = undefined;
      for (const column of this.smoothed) column.fill(Number.NaN);
      this.novelty.clear();
      this.blame.part = new Float64Array(0);
      this.rowsSinceTraining = 0;
    }
    this.reserve(catalog.devices.length);
    if (this.scalers) adoptScalers(this.tracks, this.scalers, catalog, joined);
  }

  configure(config: PipelineConfig): void {
    const resized = config.keepRows !== this.config.keepRows;
    this.config = config;
    this.threshold = metricThreshold(config);
    if (resized) this.rows = createRowStore(config.keepRows, this.f, config.seed);
  }

  state(): DetectorState {
    if (this.model) return { kind: 'ready' };
    return { kind: 'warming-up', have: Math.min(NEED_ROWS, this.rows.validCount), need: NEED_ROWS };
  }

  save(): Result<PlainData, DetectError> {
    if (!this.model) return err('too-few-rows', 'there is no trained model yet');
    const { scorer, summary } = this.model;
    return ok({
      format: 'metric-pipeline',
      version: 1,
      metrics: this.catalog.metrics.map((metric) => metric.key),
      featureNames: [...summary.featureNames],
      rows: summary.rows,
      windowFrom: summary.windowFrom,
      windowTo: summary.windowTo,
      members: saveModel(scorer),
      scalers: saveScalers(this.tracks, this.catalog),
    });
  }

  load(saved: unknown): Result<TrainSummary, DetectError> {
    const names = featureNames(this.catalog.metrics, this.pace);
    const read = readPipeline(
      saved,
      this.catalog.metrics.map((metric) => metric.key),
      names,
    );
    if (!read.ok) return read;
    const scorer = loadModel(read.value.members, this.detectors, this.f, 'model.members', this.pace);
    if (!scorer.ok) return scorer;
    const { rows, windowFrom, windowTo, scalers } = read.value;
    const summary: TrainSummary = {
      rows,
      windowFrom,
      windowTo,
      featureNames: names,
      rawThreshold: rawThreshold(scorer.value, this.threshold),
      params: this.describe(rows),
    };
    this.model = { scorer: scorer.value, summary };
    this.scalers = scalers;
    this.tracks = tracksFromScalers(scalers, this.catalog, this.pace);
    this.rows = createRowStore(this.config.keepRows, this.f, this.config.seed);
    this.devices = emptyCalm();
    for (const column of this.smoothed) column.fill(Number.NaN);
    this.novelty.clear();
    this.blame.part = new Float64Array(0);
    this.rowsSinceTraining = 0;
    this.reserve(this.catalog.devices.length);
    return ok(summary);
  }

  /** A new normal of slow data is trained on although it is flagged, and at once when there is enough of it. */
  private adoptRow(t: number, device: number, i: number, last: boolean): void {
    addRow(this.rows, { t, device, sample: this.devices.samples[device] }, this.features, i * this.f);
    this.rowsSinceTraining = last ? this.retrainAfter() : this.rowsSinceTraining + 1;
  }

  /** What lasts for a whole day is no event: on slow data a day may be longer than what a live fault lasts for. */
  private relearnAfter(): number {
    return this.pace === 'slow' ? Math.max(RELEARN_AFTER, Math.ceil(this.config.samplesPerDay)) : RELEARN_AFTER;
  }

  private retrainAfter(): number {
    const { retrainEvery } = this.config;
    return this.pace === 'slow' ? Math.min(retrainEvery, SLOW_RETRAIN_ROWS) : retrainEvery;
  }

  private describe(rows: number): TrainSummary['params'] {
    return {
      Detectors: this.detectors.map((detector) => detector.spec.label).join(', '),
      Features: this.f,
      Rows: rows,
      Seed: this.config.seed,
      'False alarms per device and day': this.config.falseAlarmsPerDay,
    };
  }

  /** The end of the longest run from `from` on in which no device comes twice: within it no row depends on what another teaches. */
  private blockEnd(batch: MetricBatch, from: number): number {
    this.blocks += 1;
    const limit = Math.min(batch.n, from + MAX_BLOCK);
    let to = from;
    for (; to < limit; to++) {
      const device = batch.device[to];
      if (device >= this.devices.block.length) this.reserve(device + 1);
      if (this.devices.block[device] === this.blocks) break;
      this.devices.block[device] = this.blocks;
    }
    return to;
  }

  private scoreBlock(
    batch: MetricBatch,
    from: number,
    to: number,
    suspect: Uint8Array,
    rarity: Float32Array,
    raw: readonly Float32Array[],
    rarities: readonly Float32Array[],
    rarest: RarestRows<MetricExplanation>,
    onset: Float32Array | undefined,
  ): void {
    const m = this.tracks.metrics;
    const n = to - from;
    if (this.features.length < n * this.f) this.features = new Float32Array(n * this.f);
    if (this.windows.length < n * this.f) this.windows = new Float64Array(n * this.f);
    if (this.values.length < n * m) this.values = new Float64Array(n * m);
    let scorable = 0;
    for (let i = 0; i < n; i++) {
      const row = from + i;
      const present = readValues(batch, row, this.values, i * m, m);
      const slot = batch.device[row] + 1;
      if (present > 0) {
        rarity[row] = 0;
        scorable += 1;
        stepWindows(this.tracks, slot, batch.t[row], this.values, i * m, this.windows, i * this.f);
        scaleFeatures(this.tracks, slot, this.windows, i * this.f, this.features, i * this.f);
        if (this.pace === 'slow' && this.model) stepBlame(this.blame, this.tracks, slot, this.values, i * m);
      } else {
        this.features.fill(0, i * this.f, (i + 1) * this.f);
      }
    }
    if (scorable === 0) return;
    const model = this.model?.scorer;
    const smooth =
      this.pace === 'slow'
        ? (member: number, scores: Float32Array) => this.smoothScores(batch, from, member, scores)
        : undefined;
    if (model) scoreMembers(model, { n, f: this.f, data: this.features }, raw, rarities, from, smooth);
    for (let i = 0; i < n; i++) {
      const row = from + i;
      if (Number.isNaN(rarity[row])) {
        for (const column of raw) column[row] = Number.NaN;
        for (const column of rarities) column[row] = Number.NaN;
        continue;
      }
      rarity[row] = model ? joinMembers(model, rarities, row) : Number.NaN;
      if (model && onset) onset[row] = this.stepMemory(batch.device[row], this.features[i * this.f]);
      if (rarity[row] >= EXPLAIN_FROM[this.pace] && wantsRow(rarest, rarity[row])) {
        keepRow(rarest, rarity[row], this.explain(batch, row, i, rarities));
      }
      this.learnRow(batch, row, i, rarity[row], suspect[batch.device[row]] === 1, raw);
    }
  }

  /** Whether values are remembered: with one metric a value alone can be new, and the memory of a few devices is small. */
  private remembers(): boolean {
    return this.pace === 'slow' && this.tracks.metrics === 1 && this.catalog.devices.length <= MAX_REMEMBERED_DEVICES;
  }

  private stepMemory(device: number, level: number): number {
    let track = this.novelty.get(device);
    if (!track) {
      track = createNoveltyTrack();
      this.novelty.set(device, track);
    }
    return stepOnset(track, stepNovelty(track, level));
  }

  /** What the first training saw is known, in the order in which it came. */
  private rememberRows(parts: readonly Uint32Array[]): void {
    if (!this.remembers()) return;
    const slots = parts.flatMap((part) => [...part]).sort((a, b) => this.rows.sample[a] - this.rows.sample[b]);
    for (const slot of slots) this.stepMemory(this.rows.device[slot], this.rows.data[slot * this.f]);
  }

  /** Replaces the fresh scores of a block by each device's running mean. A row without values leaves it as it is. */
  private smoothScores(batch: MetricBatch, from: number, member: number, scores: Float32Array): void {
    const column = this.smoothed[member];
    for (let i = 0; i < scores.length; i++) {
      const device = batch.device[from + i];
      const before = column[device];
      if (batch.metrics.every((values) => Number.isNaN(values[from + i]))) continue;
      column[device] = Number.isNaN(before) ? scores[i] : before + SLOW_SMOOTHING * (scores[i] - before);
      scores[i] = column[device];
    }
  }

  private learnRow(
    batch: MetricBatch,
    row: number,
    i: number,
    rarity: number,
    suspect: boolean,
    raw: readonly Float32Array[],
  ): void {
    const { devices } = this;
    const device = batch.device[row];
    const slot = device + 1;
    devices.samples[device] += 1;
    const flagged = rarity >= this.threshold;
    if (this.model) devices.tension[device] += TENSION * (Math.min(rarity, this.threshold) - devices.tension[device]);
    if (flagged || devices.tension[device] >= TENSE) {
      if (this.pace === 'live' || devices.relearn[device] === 0) {
        discardRecent(this.rows, device, devices.samples[device] - CALM_SAMPLES);
      }
      devices.calm[device] = 0;
    } else {
      devices.calm[device] += 1;
    }
    const trusted = !flagged && !suspect;
    devices.refused[device] = trusted ? 0 : devices.refused[device] + 1;
    if (devices.refused[device] >= this.relearnAfter()) {
      if (this.pace === 'live') this.tracks.clearScaler(slot);
      devices.refused[device] = 0;
      devices.relearn[device] = this.pace === 'slow' ? SLOW_RELEARN_SAMPLES : RELEARN_SAMPLES;
    }
    if (devices.relearn[device] > 0) devices.relearn[device] -= 1;
    if (trusted || devices.relearn[device] > 0) this.tracks.learn(slot, this.values, i * this.tracks.metrics);
    if (this.pace === 'slow' && devices.relearn[device] > 0) {
      this.adoptRow(batch.t[row], device, i, devices.relearn[device] === 1);
      return;
    }
    const settled = !this.model || devices.calm[device] >= CALM_SAMPLES;
    if (!trusted || !settled || this.tracks.learned[slot] < (this.model ? MATURE_SAMPLES : MIN_SAMPLES)) return;
    const key = { t: batch.t[row], device, sample: devices.samples[device] };
    addRow(this.rows, key, this.model ? this.features : this.windows, i * this.f);
    this.rowsSinceTraining += 1;
    if (this.model) keepNormal(this.model.scorer, raw, row);
  }

  private explain(batch: MetricBatch, row: number, i: number, rarities: readonly Float32Array[]): MetricExplanation {
    const m = this.tracks.metrics;
    const slot = batch.device[row] + 1;
    const features = this.features.slice(i * this.f, (i + 1) * this.f);
    let rarest = 0;
    rarities.forEach((column, k) => {
      if (column[row] > rarities[rarest][row]) rarest = k;
    });
    const members = this.model?.scorer.members ?? [];
    return explainRow({
      row,
      features,
      kinds: featureKinds(m, this.pace),
      memberShares: members[rarest].fitted.explain(features),
      actual: this.values.slice(i * m, (i + 1) * m),
      typical: Float64Array.from({ length: m }, (_, metric) => this.tracks.typical(slot, metric)),
      deviation: Float64Array.from({ length: m }, (_, metric) => this.tracks.deviation(slot, metric)),
      ...(this.pace === 'slow' ? { blame: blameOf(this.blame, this.tracks, slot) } : {}),
      slope: Float64Array.from({ length: m }, (_, metric) => slopePerMinute(this.tracks, slot, metric)),
    });
  }

  /** Room for so many devices. */
  private reserve(devices: number): void {
    this.tracks.reserve(devices + 1);
    const room = this.tracks.slots;
    for (const key of ['samples', 'calm', 'refused', 'relearn', 'block', 'tension'] as const) {
      if (this.devices[key].length >= room) continue;
      const column = new Float64Array(room);
      column.set(this.devices[key]);
      this.devices[key] = column;
    }
    this.smoothed = this.smoothed.map((column) => {
      const next = new Float64Array(room).fill(Number.NaN);
      next.set(column);
      return next;
    });
  }
}

/** For each of the slots the position of the same device's sample one earlier among those before it, -1 for none. */
function previousRows(rows: RowStore, slots: Uint32Array): Int32Array {
  const newest = new Map<number, number>();
  return Int32Array.from(slots, (slot, i) => {
    const before = newest.get(rows.device[slot]) ?? -1;
    newest.set(rows.device[slot], i);
    return before >= 0 && rows.sample[slots[before]] + 1 === rows.sample[slot] ? before : -1;
  });
}

function timeSpan(rows: RowStore, parts: readonly Uint32Array[]): { readonly from: number; readonly to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const slots of parts) {
    for (const slot of slots) {
      from = Math.min(from, rows.t[slot]);
      to = Math.max(to, rows.t[slot]);
    }
  }
  return { from, to };
}

function emptyCalm(): DeviceCalm {
  const none = new Float64Array(0);
  return { samples: none, calm: none, refused: none, relearn: none, block: none, tension: none };
}
