import { mix32, momentKey, normalOf } from './noise';
import * as T from './traits';

/** What a device does by the clock: pure functions of tick and traits, without a state. `t`: where the device's traits begin. */

/** Edges of a scheduled job, in ticks, and the share of its period in which it runs. */
const JOB_EDGE = 5;
const JOB_SHARE = 0.4;
/** Jobs differ in size: standard deviation of the logarithm. */
const JOB_SPREAD = 0.4;
/** A database takes half a minute to write a checkpoint. */
const CHECKPOINT_TICKS = 30;
const CHECKPOINT_EDGE = 5;
/** One level of work goes over into the next within so many ticks. */
const LEVEL_RAMP = 900;
/** Levels and sizes of jobs are within so many deviations: down, and up. */
const LEAST = -1.6;
const MOST = 0.9;
/** Labels that keep the numbers of jobs and levels apart from each other and from those of ticks. */
const JOB_LABEL = 0x3c6ef372;
const LEVEL_LABEL = 0x1b873593;

/** Extra load of a scheduled job, in usual loads: each run has a size of its own. key: of the device's random numbers. 0 without jobs. */
export function jobAt(tick: number, traits: Float64Array, t: number, key: number): number {
  const usual = traits[t + T.JOB_LOAD];
  if (usual === 0) return 0;
  const period = traits[t + T.JOB_PERIOD];
  const at = tick + traits[t + T.JOB_PHASE];
  const position = at % period;
  const share = Math.min(1, position / JOB_EDGE, Math.max(0, (JOB_SHARE * period + JOB_EDGE - position) / JOB_EDGE));
  if (share === 0) return 0;
  return usual * share * Math.exp(JOB_SPREAD * drawNumbered(key, JOB_LABEL, Math.floor(at / period)));
}

/** Factor of load of the level that a device works at: holds for hours, then moves to another within a quarter of an hour. 1 without levels. */
export function levelAt(tick: number, traits: Float64Array, t: number, key: number): number {
  const spread = traits[t + T.LEVELS];
  if (spread === 0) return 1;
  const period = traits[t + T.LEVEL_PERIOD];
  const at = tick + traits[t + T.LEVEL_PHASE];
  const number = Math.floor(at / period);
  const position = at % period;
  const now = drawNumbered(key, LEVEL_LABEL, number);
  if (position >= LEVEL_RAMP) return Math.exp(spread * now);
  const before = drawNumbered(key, LEVEL_LABEL, number - 1);
  return Math.exp(spread * (before + (now - before) * smooth(position / LEVEL_RAMP)));
}

/** Saw-tooth of garbage collection, in points around 0: climbs over the period and falls within three seconds. */
export function collectionAt(tick: number, amplitude: number, period: number, phase: number): number {
  if (amplitude === 0) return 0;
  const position = (tick + phase) % period;
  const climb = period - 3;
  return amplitude * ((position < climb ? position / climb : (period - position) / 3) - 0.5);
}

/** Factor of disk of what is written by the clock: four seconds of write-out in each period, and a checkpoint every few minutes. */
export function flushAt(tick: number, traits: Float64Array, t: number): number {
  const writes = (tick + traits[t + T.FLUSH_PHASE]) % traits[t + T.FLUSH_PERIOD] < 4 ? traits[t + T.FLUSH_FACTOR] : 1;
  const more = traits[t + T.CHECKPOINT_FACTOR] - 1;
  if (more === 0) return writes;
  const position = (tick + traits[t + T.CHECKPOINT_PHASE]) % traits[t + T.CHECKPOINT_PERIOD];
  if (position >= CHECKPOINT_TICKS) return writes;
  return (
    writes * (1 + more * Math.min(1, (position + 1) / CHECKPOINT_EDGE, (CHECKPOINT_TICKS - position) / CHECKPOINT_EDGE))
  );
}

/** Standard normal of the n-th thing of a kind, within [LEAST, MOST]. */
function drawNumbered(key: number, label: number, n: number): number {
  return Math.max(LEAST, Math.min(MOST, normalOf(momentKey(key, mix32(n ^ label)))));
}

function smooth(x: number): number {
  return x * x * (3 - 2 * x);
}
