import { compress } from './features';
import type { Tracks } from './tracks';

/** What is left of a metric's part after each sample: an event is explained by what stood out within about 10 samples, not just now. */
const FADE = 0.9;

/** How far each metric of each device stood out of late: entry slot * metrics + metric. Slow data only; never saved. */
export interface Blame {
  part: Float64Array;
}

/**
 * Moves a device's parts one sample on, once the windows saw it: the larger of the faded old part and how far the value left where it had been,
 * in the metric's usual such departures, compressed. Not how far it is from typical: a level that merely drifted is no part of the event.
 * values[at + metric]: NaN = missing, which only fades.
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
    const departure = compress((values[at + metric] - tracks.fast[i]) / tracks.usualStep(slot, metric));
    blame.part[i] = Math.max(FADE * blame.part[i], Math.abs(departure));
  }
}

/** The parts of one device's metrics. */
export function blameOf(blame: Blame, tracks: Tracks, slot: number): Float64Array {
  return blame.part.slice(slot * tracks.metrics, (slot + 1) * tracks.metrics);
}
