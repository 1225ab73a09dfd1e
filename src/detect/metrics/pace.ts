import { SLOW_SAMPLES_PER_DAY } from '../../domain/sensitivity';
import type { PipelineConfig } from '../contract';

/**
 * How fast the rows of a device come. `live`: seconds apart; what is normal drifts with the time of day within the memory, and the scaler
 * follows it. `slow`: a training window holds whole days, so that the daily cycle is part of what is normal: scaler and windows are fixed
 * by the training, and one sample is rarely the whole of an event.
 */
export type Pace = 'live' | 'slow';

export function paceOf(config: Pick<PipelineConfig, 'samplesPerDay'>): Pace {
  return config.samplesPerDay <= SLOW_SAMPLES_PER_DAY ? 'slow' : 'live';
}
