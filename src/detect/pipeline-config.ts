import { samplesPerDayAt } from '../domain/sensitivity';
import type { Settings } from '../domain/settings';
import type { PipelineConfig } from './contract';

/** Largest number of rows (or lines) kept for training. */
const KEEP_ROWS = 20_000;

/**
 * What a pipeline is told of the settings. The budget of false alarms is shared equally: metrics and logs together keep to what the settings
 * promise. seed: the run's own. samplesPerDay: samples, or lines, of one device, > 0.
 */
export function pipelineConfig(
  settings: Settings,
  { seed, samplesPerDay }: Pick<PipelineConfig, 'seed' | 'samplesPerDay'>,
): PipelineConfig {
  return {
    seed,
    falseAlarmsPerDay: settings.falseAlarmsPerDay / 2,
    samplesPerDay,
    retrainEvery: settings.retrainEvery,
    keepRows: KEEP_ROWS,
    members: Object.entries(settings.members).flatMap(([id, on]) => (on ? [id] : [])),
  };
}

/** Of a file by itself. stepMs: milliseconds between two rows of one device (metrics), or mean milliseconds between two lines (logs). */
export function fileConfig(settings: Settings, stepMs: number): PipelineConfig {
  return pipelineConfig(settings, { seed: settings.seed, samplesPerDay: samplesPerDayAt(stepMs) });
}
