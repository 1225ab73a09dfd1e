import type { Interval } from '../domain/alerts';
import { SLOW_SAMPLES_PER_DAY } from '../domain/sensitivity';

export interface IntervalRules {
  /** An interval opens on `openHits` flagged samples among the last `openWindow`. */
  readonly openHits: number;
  readonly openWindow: number;
  /** It closes after so many unflagged samples in a row. */
  readonly calmSamples: number;
  /** Flags within so many samples after closing re-open the same interval. */
  readonly refractorySamples: number;
}

export const DEFAULT_INTERVAL_RULES: IntervalRules = {
  openHits: 2,
  openWindow: 3,
  calmSamples: 15,
  refractorySamples: 30,
};

/** Scores of slow data are smoothed, so that they fade by themselves after an event: that need not be waited for twice. */
export const SLOW_INTERVAL_RULES: IntervalRules = { ...DEFAULT_INTERVAL_RULES, calmSamples: 5 };

/** Live data: what comes back within five minutes belongs to the same event, as a roll-out or a restart does that upsets a device more than once. */
const REFRACTORY_PER_DAY = 288;

/** The rules for devices with so many samples a day (> 0). */
export function intervalRules(samplesPerDay: number): IntervalRules {
  if (samplesPerDay <= SLOW_SAMPLES_PER_DAY) return SLOW_INTERVAL_RULES;
  const refractorySamples = Math.max(
    DEFAULT_INTERVAL_RULES.refractorySamples,
    Math.round(samplesPerDay / REFRACTORY_PER_DAY),
  );
  return { ...DEFAULT_INTERVAL_RULES, refractorySamples };
}

/** A score from which one sample opens an interval by itself: the critical band. */
export const ENORMOUS_SCORE = 90;

/** One device's hysteresis. `recent` holds at most openWindow samples, oldest first. Plain data: can be stored. */
export interface IntervalState {
  readonly device: number;
  readonly recent: readonly { readonly t: number; readonly flagged: boolean; readonly score: number }[];
  /** The open interval, or the last one after it closed. */
  readonly interval: Interval | undefined;
  /** Unflagged samples in a row. */
  readonly calm: number;
  /** Samples since the last interval closed. */
  readonly sinceClosed: number;
}

export interface IntervalSample {
  /** ms since 1970 UTC */
  readonly t: number;
  readonly flagged: boolean;
  /** Anomaly score 0..100; NaN = not scorable: counts as unflagged. */
  readonly score: number;
  /** Opens at once (usually score >= ENORMOUS_SCORE). */
  readonly enormous: boolean;
}

/**
 * `opened`: a new interval, or the last one again when flags come back within the refractory: then `interval.from` is the same as before.
 * `extended`: one more flagged sample in the open interval. `closed`: calm for long enough; `interval.to` is its last flagged sample.
 */
export type IntervalEvent = 'none' | 'opened' | 'extended' | 'closed';

export function createIntervalState(device: number): IntervalState {
  return { device, recent: [], interval: undefined, calm: 0, sinceClosed: 0 };
}

/** One sample further (DESIGN section 5.5). Pure. */
export function stepInterval(
  state: IntervalState,
  sample: IntervalSample,
  rules: IntervalRules = DEFAULT_INTERVAL_RULES,
): { readonly state: IntervalState; readonly event: IntervalEvent } {
  const flagged = sample.flagged && !Number.isNaN(sample.score);
  const calm = flagged ? 0 : state.calm + 1;
  const seen = { t: sample.t, flagged, score: sample.score };
  // Every sample of every device comes through here: one copy, and no object spread where nothing happens.
  const recent = state.recent.slice(Math.max(0, state.recent.length + 1 - rules.openWindow));
  recent.push(seen);
  const { device, interval } = state;
  if (interval?.open) {
    if (flagged) return { state: { ...state, recent, calm, interval: extend(interval, sample) }, event: 'extended' };
    if (calm < rules.calmSamples) return { state: { ...state, recent, calm }, event: 'none' };
    const closed = { ...interval, open: false };
    return { state: { ...state, recent: [], calm, interval: closed, sinceClosed: 0 }, event: 'closed' };
  }
  const sinceClosed = state.sinceClosed + 1;
  if (!flagged) return { state: { device, recent, interval, calm, sinceClosed }, event: 'none' };
  const hits = recent.filter((entry) => entry.flagged);
  const opens = sample.enormous || hits.length >= rules.openHits;
  if (!opens) return { state: { device, recent, interval, calm, sinceClosed }, event: 'none' };
  const again = interval !== undefined && sinceClosed <= rules.refractorySamples;
  const start = again ? { ...interval, open: true } : emptyInterval(state.device, hits[0]?.t ?? sample.t);
  return { state: { ...state, recent, calm, sinceClosed, interval: hits.reduce(extend, start) }, event: 'opened' };
}

function emptyInterval(device: number, from: number): Interval {
  return { device, from, to: from, open: true, flagged: 0, peakScore: -1, peakAt: from };
}

function extend(interval: Interval, sample: { readonly t: number; readonly score: number }): Interval {
  const higher = sample.score > interval.peakScore;
  return {
    ...interval,
    to: sample.t,
    flagged: interval.flagged + 1,
    peakScore: higher ? sample.score : interval.peakScore,
    peakAt: higher ? sample.t : interval.peakAt,
  };
}
