import { MAX_RARITY } from '../domain/scores';
import { SLOW_ALARM_SAMPLES, SLOW_SAMPLES_PER_DAY } from '../domain/sensitivity';
import type { PipelineConfig } from './contract';

/** The lowest rarity that may raise an alarm: 1 in 10 normal samples. Below it a threshold would flag the ordinary. */
export const MIN_RARITY_THRESHOLD = 1;

/**
 * Rarity at which a sample is flagged, so that `falseAlarmsPerDay` normal samples of one device and day are.
 * Both arguments are counts > 0. Result in [MIN_RARITY_THRESHOLD, MAX_RARITY]. Degenerate: not finite or not positive gives MAX_RARITY
 * for a budget of nothing and MIN_RARITY_THRESHOLD where more false alarms than samples are allowed.
 */
export function rarityThreshold(config: Pick<PipelineConfig, 'falseAlarmsPerDay' | 'samplesPerDay'>): number {
  const probability = config.falseAlarmsPerDay / config.samplesPerDay;
  if (!(probability > 0) || !Number.isFinite(probability)) return MAX_RARITY;
  return Math.min(MAX_RARITY, Math.max(MIN_RARITY_THRESHOLD, -Math.log10(probability)));
}

/** Whatever the budget: no more than 1 in 50 normal samples of slow data, where a day may have only 24, is flagged. */
export const MAX_ALARM_SHARE = 1 / 50;
/** What a slow history is taken to hold of trouble that nobody noticed: an event of SLOW_ALARM_SAMPLES in three days. */
const UNNOTICED_PER_DAY = 1 / 3;
const MAX_UNNOTICED_SHARE = 1 / 200;

/**
 * Share of the samples of a slow history that is taken for trouble, although the history is assumed to be normal: less often than the default
 * budget allows a false alarm, so that a history without any costs less than twice the budget. samplesPerDay > 0. Result in (0, 1/200].
 */
export function unnoticedShare(samplesPerDay: number): number {
  return Math.min(MAX_UNNOTICED_SHARE, (UNNOTICED_PER_DAY * SLOW_ALARM_SAMPLES) / samplesPerDay);
}

/** Rarity at which the metric pipeline flags a sample, so that `falseAlarmsPerDay` alarms are raised. Arguments and range as `rarityThreshold`. */
export function metricThreshold(config: Pick<PipelineConfig, 'falseAlarmsPerDay' | 'samplesPerDay'>): number {
  if (!(config.samplesPerDay <= SLOW_SAMPLES_PER_DAY)) return rarityThreshold(config);
  const { falseAlarmsPerDay, samplesPerDay } = config;
  const threshold = rarityThreshold({ falseAlarmsPerDay: falseAlarmsPerDay * SLOW_ALARM_SAMPLES, samplesPerDay });
  return Math.max(-Math.log10(MAX_ALARM_SHARE), threshold);
}

/** Alarms a sample that the threshold of the metric pipeline allows, (0, 1]: the budget, but where that would flag more than 1 in 50. */
export function alarmShare(config: Pick<PipelineConfig, 'falseAlarmsPerDay' | 'samplesPerDay'>): number {
  const samples = config.samplesPerDay <= SLOW_SAMPLES_PER_DAY ? SLOW_ALARM_SAMPLES : 1;
  return 10 ** -metricThreshold(config) / samples;
}

/**
 * Rarity at which a log line is flagged: as `rarityThreshold`, but whatever the budget no more than 1 in 50 normal lines is, since a log of a few lines a
 * day would else be flagged at each tenth of them.
 */
export function logThreshold(config: Pick<PipelineConfig, 'falseAlarmsPerDay' | 'samplesPerDay'>): number {
  return Math.max(-Math.log10(MAX_ALARM_SHARE), rarityThreshold(config));
}

/** The other way round: false alarms per device and day that a rarity threshold stands for. */
export function falseAlarmsAt(threshold: number, samplesPerDay: number): number {
  return samplesPerDay * 10 ** -threshold;
}

/** Contamination (expected share of anomalies, (0, 0.5]) as a rarity threshold: moves the threshold only, never the model. */
export function rarityOfContamination(contamination: number): number {
  return rarityThreshold({ falseAlarmsPerDay: contamination, samplesPerDay: 1 });
}
