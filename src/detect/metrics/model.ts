import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { SLOW_ALARM_SAMPLES } from '../../domain/sensitivity';
import { fitAlarmCalibration } from '../alarm-calibration';
import {
  type Calibration,
  type CalibrationOptions,
  createRarityLookup,
  fitCalibration,
  loadCalibration,
  lookUpRarities,
  type RarityLookup,
  rarityOf,
  rawAtRarity,
  saveCalibration,
} from '../calibration';
import type { DetectError, FeatureMatrix, FittedMetricDetector, MetricDetector, PipelineConfig } from '../contract';
import { SLOW_INTERVAL_RULES } from '../intervals';
import { readList, readLiteral, readObject } from '../read-saved';
import { unnoticedShare } from '../threshold';
import { type Pace, paceOf } from './pace';
import { addReference, createReference, type ReferenceWindow, referenceScores } from './reference';

/** Raw scores kept of normal rows, and how many new ones make a new calibration worth its time: of live data as many as half of those kept. */
const REFERENCE_ROWS = 20_000;
const RECALIBRATE_EVERY: Readonly<Record<Pace, number>> = { live: 10_000, slow: 4096 };

interface Member {
  readonly detector: MetricDetector;
  readonly fitted: FittedMetricDetector;
  readonly reference: ReferenceWindow;
  /** Of its calibration. */
  lookup: RarityLookup;
}

/** Smoothing of slow data's raw scores: an event spans samples, and the square of one of them alone is often noise. About 6 samples. */
export const SLOW_SMOOTHING = 0.3;
/**
 * On slow data the window of days is large enough that the distance may count magnitudes as they are, without being mapped to normality,
 * and rows at the edge are what a busy hour looks like, not what to trim. Half of its weight goes to each feature by itself: the joint
 * distance makes much of combinations that hardly varied.
 */
const SLOW_PARAMS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  mahalanobis: { gaussianise: 0, trim: 0, apart: 0.5 },
};
/** Detectors whose every row weighs are fitted again on the calibration rows too, once these have done their work. */
const REFITTED = new Set(['mahalanobis']);
/** Rarity up to which slow rows are ranked: far beyond what is shown. */
const MAX_RANK = 1e6;

/** Fitted detectors with their calibrations. Mutable in one way only: calibrations follow the drift of what is normal. */
export interface MetricModel {
  readonly pace: Pace;
  readonly calibrating: CalibrationOptions;
  readonly members: readonly Member[];
  /** Positions of the members whose say counts, ascending; at least one. */
  readonly speakers: readonly number[];
  /** -log10 of the Bonferroni factor: the rarest of k members is k times as likely by chance. */
  readonly penalty: number;
}

/** What a model is made for, the same for all of a pipeline's models. */
export interface ModelMaking {
  readonly pace: Pace;
  readonly calibrating: CalibrationOptions;
}

/** A window of days holds thousands of rows: they are counted out to further than any threshold, and the tail goes on from there. */
const SLOW_TAIL_SHARE = 0.002;

/**
 * A live stream is judged thousands of times further out than the history was counted: its tail is as heavy as the history leaves possible, in standard errors of the
 * shape, which shrink with more rows. Two would hold budgets on heavier tails, and overlook five times the level of one metric on a fleet known for minutes.
 */
const STREAM_DOUBT = 1;

/** Of a mixed history the trouble is taken away by itself (`screenRows`): nothing more is trimmed. */
export function modelMaking(config: Pick<PipelineConfig, 'samplesPerDay' | 'history'>): ModelMaking {
  const pace = paceOf(config);
  const isMixed = config.history === 'mixed';
  if (pace === 'live') return { pace, calibrating: isMixed ? {} : { doubt: STREAM_DOUBT } };
  const trim = isMixed ? 0 : unnoticedShare(config.samplesPerDay);
  return { pace, calibrating: { tailShare: SLOW_TAIL_SHARE, trim } };
}

function createModel(members: readonly Member[], { pace, calibrating }: ModelMaking): MetricModel {
  return speakOnly({ pace, calibrating, members, speakers: [], penalty: 0 }, undefined);
}

/** The same model with only these members' say counting, by id of their detectors; all where none of them is here, or `ids` is undefined. */
export function speakOnly(model: MetricModel, ids: readonly string[] | undefined): MetricModel {
  const all = model.members.map((_, k) => k);
  const named = all.filter((k) => ids === undefined || ids.includes(model.members[k].detector.spec.id));
  const speakers = named.length > 0 ? named : all;
  return { ...model, speakers, penalty: Math.log10(speakers.length) };
}

/**
 * Rarity at which each speaker alone has a row flagged, in their order: on slow data only the last one's say reaches the threshold (see
 * `joinMembers`), and of the others' it is Infinity.
 */
export function speakerThresholds(model: MetricModel, threshold: number): readonly number[] {
  const last = model.speakers.length - 1;
  return model.speakers.map((_, i) =>
    model.pace === 'live' ? threshold + model.penalty : i === last ? threshold : Number.POSITIVE_INFINITY,
  );
}

/** Normal scores that the least known speaker was calibrated on. */
export function referencesOf({ members, speakers }: MetricModel): number {
  return Math.min(...speakers.map((k) => Math.max(members[k].lookup.calibration.n, members[k].reference.count)));
}

/** What a model is fitted to. */
export interface FittingRows {
  readonly grow: FeatureMatrix;
  readonly calibrate: FeatureMatrix;
  /** For each calibration row the calibration row one sample earlier of the same device, always before it; -1 for none. */
  readonly previous: Int32Array;
  /** Slow data that will itself be judged by this model; `fitModel` then calibrates on it. */
  readonly judged?: JudgedRows;
}

/** Rows by device, ascending in time. previous: as of FittingRows; at: their places (`PlayedScores`). */
export interface JudgedRows {
  readonly rows: FeatureMatrix;
  readonly previous: Int32Array;
  readonly at: Float64Array;
}

/**
 * Fits every detector to `grow` and calibrates it on `calibrate`, rows that it has not seen (smoothed along `previous` on slow data); or, where
 * they are given, on the very rows that it will judge: what it says of them is all that it will ever say.
 * Errors: what a detector's `fit` gives; too-few-rows when fewer than 8 are left to calibrate on.
 */
export function fitModel(
  { grow, calibrate, previous, judged }: FittingRows,
  detectors: readonly MetricDetector[],
  seed: number,
  making: ModelMaking,
): Result<MetricModel, DetectError> {
  const { pace, calibrating } = making;
  const members: Member[] = [];
  for (const detector of detectors) {
    const params = pace === 'slow' ? (SLOW_PARAMS[detector.spec.id] ?? {}) : {};
    const fitted = detector.fit(grow, { seed, params });
    if (!fitted.ok) return fitted;
    const scores = new Float32Array(calibrate.n);
    fitted.value.score(calibrate, scores);
    if (pace === 'slow') smoothAlong(scores, previous);
    const calibration = fitCalibration(scores, calibrating);
    if (!calibration.ok) return calibration;
    const reference = createReference(REFERENCE_ROWS);
    for (const score of scores) addReference(reference, score);
    reference.fresh = 0;
    const again = pace === 'slow' && REFITTED.has(detector.spec.id);
    const served = again ? detector.fit(joinRows(grow, calibrate), { seed, params }) : fitted;
    if (!served.ok) return served;
    const own = judged ? calibrateOnJudged(served.value, judged) : calibration;
    if (!own.ok) return own;
    members.push({ detector, fitted: served.value, reference, lookup: createRarityLookup(own.value) });
  }
  return ok(createModel(members, making));
}

function calibrateOnJudged(
  fitted: FittedMetricDetector,
  { rows, previous, at }: JudgedRows,
): Result<Calibration, 'too-few-rows'> {
  const scores = new Float32Array(rows.n);
  fitted.score(rows, scores);
  smoothAlong(scores, previous);
  return fitAlarmCalibration({ scores, at }, { samples: SLOW_ALARM_SAMPLES, rules: SLOW_INTERVAL_RULES });
}

function joinRows(a: FeatureMatrix, b: FeatureMatrix): FeatureMatrix {
  const data = new Float32Array((a.n + b.n) * a.f);
  data.set(a.data.subarray(0, a.n * a.f));
  data.set(b.data.subarray(0, b.n * a.f), a.n * a.f);
  return { n: a.n + b.n, f: a.f, data };
}

function smoothAlong(scores: Float32Array, previous: Int32Array): void {
  for (let row = 0; row < scores.length; row++) {
    const before = previous[row];
    if (before >= 0) scores[row] = scores[before] + SLOW_SMOOTHING * (scores[row] - scores[before]);
  }
}

/**
 * Joined rarity of one row from its speakers' rarities: the rarest, less the Bonferroni penalty, not under 0. On slow data the last speaker's
 * (the distance) alone: the forest knows no magnitudes, and costs more false alarms than it adds finds (bench/README-metrics.md).
 */
export function joinMembers(model: MetricModel, rarities: readonly Float32Array[], row: number): number {
  const { speakers } = model;
  if (model.pace === 'slow') return rarities[speakers[speakers.length - 1]][row];
  let rarest = 0;
  for (let i = 0; i < speakers.length; i++) rarest = Math.max(rarest, rarities[speakers[i]][row]);
  return Math.max(0, rarest - model.penalty);
}

/** Position of the member whose trees can be shown, -1 for none. */
export function tracedMember(model: MetricModel): number {
  return model.members.findIndex((member) => member.fitted.tracePaths !== undefined);
}

/** How rare a slow row is for ranking: as `joinMembers`, uncapped. */
export function rankOf(model: MetricModel, raw: readonly Float32Array[], row: number): number {
  const last = model.speakers[model.speakers.length - 1];
  return rarityOf(model.members[last].lookup.calibration, raw[last][row], MAX_RANK);
}

/**
 * Scores n rows with every member into raw[member][from..] and rarity[member][from..]. `smooth` (slow data) replaces a member's fresh raw
 * scores raw[member][from..from + n) by smoothed ones before they are calibrated.
 */
export function scoreMembers(
  model: MetricModel,
  rows: FeatureMatrix,
  raw: readonly Float32Array[],
  rarity: readonly Float32Array[],
  from: number,
  smooth?: (member: number, scores: Float32Array) => void,
): void {
  for (let k = 0; k < model.members.length; k++) {
    const { fitted, lookup } = model.members[k];
    const scores = raw[k].subarray(from, from + rows.n);
    fitted.score(rows, scores);
    smooth?.(k, scores);
    lookUpRarities(lookup, raw[k], rarity[k], from, from + rows.n);
  }
}

/** Adds a normal row's raw scores to the references. */
export function keepNormal(model: MetricModel, raw: readonly Float32Array[], row: number): void {
  const { members } = model;
  for (let k = 0; k < members.length; k++) addReference(members[k].reference, raw[k][row]);
}

/** Fits the calibrations again once enough normal rows came: drift moves them, what was flagged does not. */
export function recalibrate(model: MetricModel): void {
  for (const member of model.members) {
    if (member.reference.fresh < RECALIBRATE_EVERY[model.pace]) continue;
    member.reference.fresh = 0;
    const calibration = fitCalibration(referenceScores(member.reference), model.calibrating);
    if (calibration.ok) member.lookup = createRarityLookup(calibration.value);
  }
}

/** Raw score at which the joined rarity reaches `threshold`: of the first speaker, on slow data of the last one, which alone raises alarms. */
export function rawThreshold({ members, speakers, pace, penalty }: MetricModel, threshold: number): number {
  if (pace === 'live') return rawAtRarity(members[speakers[0]].lookup.calibration, threshold + penalty);
  return rawAtRarity(members[speakers[speakers.length - 1]].lookup.calibration, threshold);
}

/** The model as plain values, without any row or score that it was fitted to. */
export function saveModel(model: MetricModel): PlainData {
  return model.members.map((member) => ({
    detector: member.detector.spec.id,
    content: member.fitted.save(),
    calibration: saveCalibration(member.lookup.calibration),
  }));
}

/** Reads what `saveModel` gave: the members must be exactly `detectors`, fitted to f features. Errors: bad-model naming the field. */
export function loadModel(
  saved: unknown,
  detectors: readonly MetricDetector[],
  f: number,
  path: string,
  making: ModelMaking,
): Result<MetricModel, DetectError> {
  const list = readList(saved, path, detectors.length);
  if (!list.ok) return list;
  if (list.value.length !== detectors.length) {
    return err('bad-model', `${path} must have ${detectors.length} members, got ${list.value.length}`);
  }
  const members: Member[] = [];
  for (const [k, detector] of detectors.entries()) {
    const at = `${path}[${k}]`;
    const object = readObject(list.value[k], at, ['detector', 'content', 'calibration']);
    if (!object.ok) return object;
    const id = readLiteral(object.value.detector, `${at}.detector`, [detector.spec.id]);
    if (!id.ok) return id;
    const fitted = detector.load(object.value.content);
    if (!fitted.ok) return fitted;
    if (fitted.value.features !== f) {
      return err('bad-model', `${at} is for ${fitted.value.features} features, the data has ${f}`);
    }
    const calibration = loadCalibration(object.value.calibration, `${at}.calibration`);
    if (!calibration.ok) return calibration;
    const reference = createReference(REFERENCE_ROWS);
    members.push({ detector, fitted: fitted.value, reference, lookup: createRarityLookup(calibration.value) });
  }
  return ok(createModel(members, making));
}
