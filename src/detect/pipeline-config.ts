import type { RunKind } from '../domain/frame';
import { samplesPerDayAt } from '../domain/sensitivity';
import type { Settings } from '../domain/settings';
import type { PipelineConfig } from './contract';

/** Largest number of rows (or lines) kept for training. */
const KEEP_ROWS = 20_000;

/**
 * What a pipeline is told of the settings. Metrics and logs together keep to the false alarms that the settings promise: a fleet's two pipelines
 * share them equally, a file is of metrics or of logs and has them all. seed: the run's own. samplesPerDay: samples, or lines, of one device, > 0.
 */
export function pipelineConfig(
  settings: Settings,
  { seed, samplesPerDay, kind }: Pick<PipelineConfig, 'seed' | 'samplesPerDay'> & { readonly kind: RunKind },
): PipelineConfig {
  return {
    seed,
    falseAlarmsPerDay: settings.falseAlarmsPerDay / (kind === 'fleet' ? 2 : 1),
    samplesPerDay,
    retrainEvery: settings.retrainEvery,
    keepRows: KEEP_ROWS,
    history: kind === 'file' ? 'mixed' : 'normal',
    members: Object.entries(settings.members).flatMap(([id, on]) => (on ? [id] : [])),
  };
}

/**
 * Of a file by itself. stepMs: milliseconds between two rows of one device (metrics), or mean milliseconds between two lines (logs). history: of
 * what it is learned from; the file itself by default.
 */
export function fileConfig(
  settings: Settings,
  stepMs: number,
  history: PipelineConfig['history'] = 'mixed',
): PipelineConfig {
  const file = { seed: settings.seed, samplesPerDay: samplesPerDayAt(stepMs), kind: 'file' } as const;
  return { ...pipelineConfig(settings, file), history };
}
