import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import {
  type Calibration,
  fitCalibration,
  loadCalibration,
  rarityOf,
  rawAtRarity,
  saveCalibration,
} from '../calibration';
import type { DetectError, FeatureMatrix, FittedMetricDetector, MetricDetector } from '../contract';
import { readList, readLiteral, readObject } from '../read-saved';
import { addReference, createReference, type ReferenceWindow, referenceScores } from './reference';

/** Raw scores kept of normal rows, and how many new ones make a new calibration worth its time. */
const REFERENCE_ROWS = 20_000;
const RECALIBRATE_EVERY = 4096;

interface Member {
  readonly detector: MetricDetector;
  readonly fitted: FittedMetricDetector;
  readonly reference: ReferenceWindow;
  calibration: Calibration;
}

/** Fitted detectors with their calibrations. Mutable in one way only: calibrations follow the drift of what is normal. */
export interface MetricModel {
  readonly members: readonly Member[];
  /** -log10 of the Bonferroni factor: the rarest of k members is k times as likely by chance. */
  readonly penalty: number;
}

function createModel(members: readonly Member[]): MetricModel {
  return { members, penalty: Math.log10(members.length) };
}

/**
 * Fits every detector to `grow` and calibrates it on `calibrate`, rows that it has not seen.
 * Errors: what a detector's `fit` gives; too-few-rows when fewer than 8 are left to calibrate on.
 */
export function fitModel(
  grow: FeatureMatrix,
  calibrate: FeatureMatrix,
  detectors: readonly MetricDetector[],
  seed: number,
): Result<MetricModel, DetectError> {
  const members: Member[] = [];
  for (const detector of detectors) {
    const fitted = detector.fit(grow, { seed });
    if (!fitted.ok) return fitted;
    const scores = new Float32Array(calibrate.n);
    fitted.value.score(calibrate, scores);
    const calibration = fitCalibration(scores);
    if (!calibration.ok) return calibration;
    const reference = createReference(REFERENCE_ROWS);
    for (const score of scores) addReference(reference, score);
    reference.fresh = 0;
    members.push({ detector, fitted: fitted.value, reference, calibration: calibration.value });
  }
  return ok(createModel(members));
}

/** Joined rarity of one row from its members' rarities: the rarest, less the Bonferroni penalty, not under 0. */
export function joinMembers(model: MetricModel, rarities: readonly Float32Array[], row: number): number {
  let rarest = 0;
  for (const rarity of rarities) rarest = Math.max(rarest, rarity[row]);
  return Math.max(0, rarest - model.penalty);
}

/** Scores n rows with every member into raw[member][from..] and rarity[member][from..]. */
export function scoreMembers(
  model: MetricModel,
  rows: FeatureMatrix,
  raw: readonly Float32Array[],
  rarity: readonly Float32Array[],
  from: number,
): void {
  model.members.forEach((member, k) => {
    const scores = raw[k].subarray(from, from + rows.n);
    member.fitted.score(rows, scores);
    for (let row = 0; row < rows.n; row++) rarity[k][from + row] = rarityOf(member.calibration, scores[row]);
  });
}

/** Adds a normal row's raw scores to the references. */
export function keepNormal(model: MetricModel, raw: readonly Float32Array[], row: number): void {
  model.members.forEach((member, k) => {
    addReference(member.reference, raw[k][row]);
  });
}

/** Fits the calibrations again once enough normal rows came: drift moves them, what was flagged does not. */
export function recalibrate(model: MetricModel): void {
  for (const member of model.members) {
    if (member.reference.fresh < RECALIBRATE_EVERY) continue;
    member.reference.fresh = 0;
    const calibration = fitCalibration(referenceScores(member.reference));
    if (calibration.ok) member.calibration = calibration.value;
  }
}

/** Raw score of the first member at which the joined rarity reaches `threshold`. */
export function rawThreshold(model: MetricModel, threshold: number): number {
  return rawAtRarity(model.members[0].calibration, threshold + model.penalty);
}

/** The model as plain values, without any row or score that it was fitted to. */
export function saveModel(model: MetricModel): PlainData {
  return model.members.map((member) => ({
    detector: member.detector.spec.id,
    content: member.fitted.save(),
    calibration: saveCalibration(member.calibration),
  }));
}

/** Reads what `saveModel` gave: the members must be exactly `detectors`, fitted to f features. Errors: bad-model naming the field. */
export function loadModel(
  saved: unknown,
  detectors: readonly MetricDetector[],
  f: number,
  path: string,
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
    members.push({ detector, fitted: fitted.value, reference, calibration: calibration.value });
  }
  return ok(createModel(members));
}
