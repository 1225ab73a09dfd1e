import type { MetricBatch } from '../../domain/telemetry';
import type { PipelineConfig } from '../contract';
import { isSuspect } from '../suspicion';
import { metricThreshold } from '../threshold';
import { CALM_SAMPLES, newNormalAfter, stepCalm, stepNewNormal, stepTension } from './device-calm';
import type { FeatureBlock } from './feature-block';
import { keepNormal, type MetricModel } from './model';
import type { Pace } from './pace';
import type { PipelineState } from './pipeline-state';
import { claimSlot, discardRecent, writeFeatures } from './row-store';
import { refuseSample } from './slow-shift';
import { clearStillness, learnStillness } from './stillness';

/**
 * A device's rows are kept for training once its scaler has learned so many samples. Before the first model the windows alone have to fill:
 * its scaler is then settled on all of them at once.
 */
const MATURE_SAMPLES = 240;
const MIN_SAMPLES = 24;
/** New rows after which slow data asks for training at the latest: its level drifts from day to day and each row weighs more. */
const SLOW_RETRAIN_ROWS = 1000;

/** What a configuration says about learning. */
export interface LearningRules {
  /** Rarity at which a sample is flagged. */
  readonly threshold: number;
  /** New rows after which training is due. */
  readonly retrainAfter: number;
  /** Untrusted samples in a row that make a new normal. */
  readonly newNormalAfter: number;
}

export function learningRules(config: PipelineConfig, pace: Pace): LearningRules {
  return {
    threshold: metricThreshold(config),
    retrainAfter: pace === 'slow' ? Math.min(config.retrainEvery, SLOW_RETRAIN_ROWS) : config.retrainEvery,
    newNormalAfter: newNormalAfter(pace, config.samplesPerDay),
  };
}

/** What the rows of one block are learned with. Row i of the block is row from + i of the batch. */
export interface Lesson {
  readonly state: PipelineState;
  readonly rules: LearningRules;
  readonly scorer: MetricModel | undefined;
  readonly batch: MetricBatch;
  readonly from: number;
  readonly block: FeatureBlock;
  /** Marks by device (`detect/suspicion.ts`): nothing is learned from one that is suspect. */
  readonly suspect: Uint8Array;
  /** By member, then batch row. */
  readonly raw: readonly Float32Array[];
}

/**
 * What one scorable row teaches, given its joined rarity (`block.rarity`: NaN before the first model) and whether a slow shift had it flagged: its device's scaler follows it unless it is flagged or
 * suspect, it is kept for training once its device has been calm for long enough, and its raw scores join the references. A level that lasts
 * becomes the new normal. Slow data is trained on its new normal although it is flagged, and at once when there is enough of it.
 */
export function learnRow(lesson: Lesson, i: number, shifted: boolean): void {
  const { state, rules, scorer, batch, block } = lesson;
  const { calm, tracks, pace } = state;
  const row = lesson.from + i;
  const rarity = block.rarity[i];
  const device = batch.device[row];
  const slot = device + 1;
  calm.samples[device] += 1;
  const flagged = rarity >= rules.threshold;
  if (scorer) stepTension(calm, device, rarity, rules.threshold);
  if (!stepCalm(calm, device, flagged) && (pace === 'live' || calm.relearn[device] === 0)) {
    discardRecent(state.rows, device, calm.samples[device] - CALM_SAMPLES);
  }
  const trusted = !flagged && !isSuspect(lesson.suspect, device);
  if (state.shift && !trusted) refuseSample(state.shift, device, shifted);
  const begins = stepNewNormal(calm, device, { trusted, after: rules.newNormalAfter, pace });
  if (begins && pace === 'live') {
    tracks.clearScaler(slot);
    clearStillness(state.still, device);
  }
  const relearns = calm.relearn[device] > 0;
  if (trusted || relearns) {
    tracks.learn(slot, block.values, i * tracks.metrics);
    if (pace === 'live') learnStillness(state.still, device);
  }
  if (pace === 'slow' && relearns) {
    const last = calm.relearn[device] === 1;
    keepRow(lesson, i, block.features);
    state.rowsSinceTraining = last ? rules.retrainAfter : state.rowsSinceTraining + 1;
    return;
  }
  const settled = !scorer || calm.calm[device] >= CALM_SAMPLES;
  if (!trusted || !settled || tracks.learned[slot] < (scorer ? MATURE_SAMPLES : MIN_SAMPLES)) return;
  keepRow(lesson, i, scorer ? block.features : block.windows);
  state.rowsSinceTraining += 1;
  if (scorer) keepNormal(scorer, lesson.raw, row);
}

function keepRow({ state, batch, from }: Lesson, i: number, features: Float32Array | Float64Array): void {
  const { rows, calm, f } = state;
  const device = batch.device[from + i];
  const slot = claimSlot(rows, device);
  rows.t[slot] = batch.t[from + i];
  rows.sample[slot] = calm.samples[device];
  writeFeatures(rows, slot, features, i * f);
}
