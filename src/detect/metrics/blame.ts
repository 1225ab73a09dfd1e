import { compress } from './features';
import type { Tracks } from './tracks';

/** What is left of a metric's part after each sample: an event is explained by what stood out within about 10 samples, not just now. */
const FADE = 0.9;

/** How far each metric of each device stood out of late: entry slot * metrics + metric. Slow data only; never saved. */
export interface Blame {
  part: Float64Array;
}

/**
 * Moves a device's parts one sample on: the larger of the faded old part and |level| + |change|, each in its own usual units (of the level;
 * of the change) and compressed. values[at + metric]: NaN = missing, which only fades.
 */
export function stepBlame(blame: Blame, tracks: Tracks, slot: number, values: Float64Array, at: number): void {
  const m = tracks.metrics;
  if (blame.part.length < tracks.slots * m) {
    const wider = new Float64Array(tracks.slots * m);
    wider.set(blame.part);
    blame.part = wider;
  }
  for (let metric = 0; metric < m; metric++) {
    const i = slot * m + metric;
    const level = compress((values[at + metric] - tracks.typical(slot, metric)) / tracks.deviation(slot, metric));
    const change = compress(tracks.change[i] / tracks.usualStep(slot, metric));
    blame.part[i] = Math.max(FADE * blame.part[i], Math.abs(level) + Math.abs(change));
  }
}

/** The parts of one device's metrics. */
export function blameOf(blame: Blame, tracks: Tracks, slot: number): Float64Array {
  return blame.part.slice(slot * tracks.metrics, (slot + 1) * tracks.metrics);
}
