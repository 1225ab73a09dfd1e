import type { Catalog } from '../../domain/catalog';
import { type LiveMemberId, METRIC_MEMBERS } from '../../domain/members';
import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import type { MetricBatch } from '../../domain/telemetry';
import type { SampleTrace, TraceQuery } from '../../domain/trace';
import type { DetectorState, MemberScores, MetricVerdicts } from '../../domain/verdicts';
import { calibrationConfidence, deviceConfidence } from '../confidence';
import type { DetectError, MetricDetector, MetricPipeline, PipelineConfig, TrainSummary } from '../contract';
import { haveLogsSpoken } from '../suspicion';
import { alarmShare } from '../threshold';
import { correctionOf } from './alarm-rate';
import { blockEnd, createCuts } from './blocks';
import { createFeatureBlock } from './feature-block';
import { featureNames } from './features';
import { createFlaggedRows, type FlaggedRows } from './flagged-rows';
import { resumeEpisodes } from './known-episode-file';
import { revokeEpisodes } from './known-episodes';
import { type LearningRules, learningRules } from './learn-row';
import {
  loadModel,
  type MetricModel,
  type ModelMaking,
  modelMaking,
  rawThreshold,
  recalibrate,
  referencesOf,
  speakerThresholds,
  speakOnly,
} from './model';
import type { Pace } from './pace';
import { groupPeers } from './peers';
import { readPipeline, savePipeline } from './pipeline-saved';
import { createState, type PipelineState, reserveDevices } from './pipeline-state';
import { DEFAULT_MEMBERS } from './registry';
import { createRowStore } from './row-store';
import { adoptScalers, type SavedScalers, tracksFromScalers } from './saved-scalers';
import { type Answers, createAnswers, explainRarest, SHIFT_COST, STILL_COST, scoreBlock } from './score-block';
import { adoptDevices, adoptShifts, type SavedShifts } from './shift-saved';
import { traceSample } from './trace-sample';
import { NEED_ROWS, type Training, trainOnRows } from './train-pipeline';
import { remembersValues } from './value-memory';

export { NEED_ROWS } from './train-pipeline';

/** Paths of a trace that are given unless another number is asked for. */
const SHOWN_PATHS = 20;

/**
 * Features -> detectors -> calibration for a catalog's metrics (see MetricPipeline). Deterministic: the same config and the same rows
 * give the same scores however they are cut into batches. A level that lasts becomes the device's new normal, even under suspicion; the
 * model itself never learns from flagged or suspect rows.
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
  /** Of the features. */
  private names: readonly string[];
  private config: PipelineConfig;
  private readonly detectors: readonly MetricDetector[];
  private readonly making: ModelMaking;
  private readonly pace: Pace;
  private known: PipelineState;
  private rules: LearningRules;
  private model: Training | undefined;
  /** Scalers and typical minutes of the last loaded model, for its devices that join later. */
  private scalers: SavedScalers | undefined;
  private shifts: SavedShifts | undefined;
  /** Kept when another model is loaded: alerts of before are still looked at. */
  private flagged: FlaggedRows = createFlaggedRows();
  private readonly cuts = createCuts();
  private readonly block = createFeatureBlock();

  constructor(catalog: Catalog, config: PipelineConfig, detectors: readonly MetricDetector[]) {
    this.catalog = catalog;
    this.config = config;
    this.detectors = detectors;
    this.making = modelMaking(config);
    this.pace = this.making.pace;
    this.names = featureNames(catalog.metrics, this.pace);
    this.rules = learningRules(config, this.pace);
    this.known = createState(catalog, config, { pace: this.pace, members: detectors.length });
  }

  score(batch: MetricBatch, seq: number, suspect: Uint8Array): MetricVerdicts {
    const { known: state, rules, block } = this;
    const answers = createAnswers(batch.n, this.detectors.length, {
      rank: this.pace === 'slow',
      still: this.speaks('stillness'),
      shift: state.shift !== undefined && this.speaks('slow-shift'),
      onset: this.remembers(),
      flagged: this.flagged,
    });
    const { rarity, rank, onset } = answers;
    const scorer = this.model?.scorer;
    reserveDevices(state, largestOf(batch.device) + 1);
    if (state.episodes) {
      const sampleOf = (device: number): number => state.calm.samples[device];
      revokeEpisodes(state.episodes, (device) => haveLogsSpoken(suspect, device), sampleOf);
    }
    for (let from = 0; from < batch.n; ) {
      const to = blockEnd(this.cuts, batch, from);
      scoreBlock({ state, rules, scorer, batch, from, block, suspect, raw: answers.raw }, to, answers);
      from = to;
    }
    const explaining = { names: this.names, tracks: state.tracks, groups: state.peers, threshold: rules.threshold };
    const explanations = scorer ? explainRarest(answers, { scorer, ...explaining }) : [];
    // A mixed history has calibrated the model on all there is; again on what it did not flag, it would flag more each time.
    if (scorer && this.config.history !== 'mixed') recalibrate(scorer);
    return {
      seq,
      n: batch.n,
      rarity,
      ...(rank ? { rank } : {}),
      ...(onset ? { onset } : {}),
      ...(scorer ? { confidence: rateRows(state, scorer, batch, rarity) } : {}),
      members: this.listMembers(answers),
      explanations,
      state: this.state(),
      retrainDue: state.rowsSinceTraining >= rules.retrainAfter,
    };
  }

  train(): Result<TrainSummary, DetectError> {
    const mixed = this.config.history === 'mixed';
    const alarmsPerRow = alarmShare(this.config);
    const has = { model: this.model !== undefined, remembers: this.remembers(), mixed, alarmsPerRow };
    const trained = trainOnRows(this.known, this.detectors, { seed: this.config.seed, making: this.making }, has);
    if (!trained.ok) return trained;
    this.model = this.withSpeakers(trained.value);
    this.known.rowsSinceTraining = 0;
    return ok(this.summarise(trained.value));
  }

  setCatalog(catalog: Catalog): void {
    const sameMetrics = JSON.stringify(keysOf(catalog)) === JSON.stringify(keysOf(this.catalog));
    const joined = this.catalog.devices.length;
    this.catalog = catalog;
    this.names = featureNames(catalog.metrics, this.pace);
    if (!sameMetrics) {
      this.model = undefined;
      this.scalers = undefined;
      this.shifts = undefined;
      this.flagged = createFlaggedRows();
      this.known = createState(catalog, this.config, { pace: this.pace, members: this.detectors.length });
      return;
    }
    this.known.peers = groupPeers(catalog);
    reserveDevices(this.known, catalog.devices.length);
    if (this.scalers) adoptScalers(this.known.tracks, this.scalers, catalog, joined);
    if (this.shifts && this.known.shift) adoptDevices(this.known.shift, this.shifts, catalog, joined);
  }

  configure(config: PipelineConfig): void {
    const resized = config.keepRows !== this.config.keepRows;
    this.config = config;
    this.rules = learningRules(config, this.pace);
    if (this.known.alarms) this.known.alarms.due = alarmShare(config);
    if (this.model) this.model = this.withSpeakers(this.model);
    if (resized) this.known.rows = createRowStore(config.keepRows, this.known.f, config.seed);
  }

  state(): DetectorState {
    if (this.model) return { kind: 'ready' };
    return { kind: 'warming-up', have: Math.min(NEED_ROWS, this.known.rows.validCount), need: NEED_ROWS };
  }

  save(): Result<PlainData, DetectError> {
    if (!this.model) return err('too-few-rows', 'there is no trained model yet');
    return ok(savePipeline(this.model, this.known, this.catalog));
  }

  load(saved: unknown): Result<TrainSummary, DetectError> {
    const names = this.names;
    const read = readPipeline(saved, { metrics: keysOf(this.catalog), names, width: this.known.episodes?.width });
    if (!read.ok) return read;
    const { members, scalers, shifts, episodes, alarms, rows, windowFrom, windowTo } = read.value;
    const scorer = loadModel(members, this.detectors, names.length, 'model.members', this.making);
    if (!scorer.ok) return scorer;
    this.model = this.withSpeakers({ scorer: scorer.value, rows, windowFrom, windowTo });
    this.scalers = scalers;
    this.shifts = shifts;
    const tracks = tracksFromScalers(scalers, this.catalog, this.pace);
    this.known = createState(this.catalog, this.config, { pace: this.pace, members: this.detectors.length, tracks });
    if (shifts && this.known.shift) adoptShifts(this.known.shift, shifts, this.catalog);
    if (alarms && this.known.alarms) Object.assign(this.known.alarms, alarms);
    if (episodes && this.known.episodes) resumeEpisodes(this.known.episodes, episodes);
    return ok(this.summarise(this.model));
  }

  tracePaths(query: TraceQuery, limit = SHOWN_PATHS): SampleTrace | undefined {
    if (!this.model) return undefined;
    return traceSample(this.model.scorer, this.names, { query, limit, flagged: this.flagged });
  }

  private withSpeakers(training: Training): Training {
    return { ...training, scorer: speakOnly(training.scorer, this.config.members) };
  }

  /** Whether a member that watches live data beside the trained ones is asked. A list that names no member is none. */
  private speaks(id: LiveMemberId): boolean {
    const { members } = this.config;
    const isListed = members === undefined || !METRIC_MEMBERS.some((one) => members.includes(one.id));
    return this.pace === 'live' && this.model !== undefined && (isListed || members.includes(id));
  }

  /** What those members said whose say counts. */
  private listMembers({ raw, rarities, still, shift }: Answers): MemberScores[] {
    const scorer = this.model?.scorer;
    const speakers = scorer?.speakers ?? this.detectors.map((_, k) => k);
    const flagsAt = scorer ? speakerThresholds(scorer, this.rules.threshold) : undefined;
    const said = speakers.map((k, i) => ({
      detector: this.detectors[k].spec.id,
      raw: raw[k],
      rarity: rarities[k],
      ...(flagsAt ? { flagsAt: flagsAt[i] } : {}),
    }));
    const beside = (id: LiveMemberId, rarity: Float32Array | undefined, cost: number): MemberScores[] =>
      rarity === undefined ? [] : [{ detector: id, raw: rarity, rarity, flagsAt: this.rules.threshold + cost }];
    return [...said, ...beside('stillness', still, STILL_COST), ...beside('slow-shift', shift, SHIFT_COST)];
  }

  private remembers(): boolean {
    return remembersValues(this.pace, this.catalog.metrics.length, this.catalog.devices.length);
  }

  private summarise({ scorer, rows, windowFrom, windowTo }: Training): TrainSummary {
    const { alarms } = this.known;
    return {
      rows,
      windowFrom,
      windowTo,
      featureNames: this.names,
      rawThreshold: rawThreshold(scorer, this.rules.threshold + (alarms ? correctionOf(alarms) : 0)),
      params: {
        Detectors: this.detectors.map((detector) => detector.spec.label).join(', '),
        Features: this.known.f,
        Rows: rows,
        Seed: this.config.seed,
        'False alarms per device and day': this.config.falseAlarmsPerDay,
      },
    };
  }
}

/** How far each row's score may be trusted, 0..1: for what its members were calibrated on, and for how long its device is known. NaN as `rarity`. */
function rateRows(
  { tracks }: PipelineState,
  scorer: MetricModel,
  batch: MetricBatch,
  rarity: Float32Array,
): Float32Array {
  const ofModel = calibrationConfidence(referencesOf(scorer));
  const confidence = new Float32Array(rarity.length);
  for (let row = 0; row < rarity.length; row++) {
    const learned = tracks.learned[batch.device[row] + 1];
    confidence[row] = Number.isNaN(rarity[row]) ? Number.NaN : ofModel * deviceConfidence(learned);
  }
  return confidence;
}

function keysOf(catalog: Catalog): string[] {
  return catalog.metrics.map((metric) => metric.key);
}

/** The largest index, -1 for none. */
function largestOf(devices: Uint16Array): number {
  let largest = -1;
  for (let i = 0; i < devices.length; i++) largest = Math.max(largest, devices[i]);
  return largest;
}
