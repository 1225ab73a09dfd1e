import { coverageOf, rangePrecisionOf, rangeRecallOf } from './ranges';
import { mergeSegments, overlaps, type Segment } from './segments';

export interface EventInput {
  /** What really was: faults or labelled stretches. Overlapping ones of a device are one event. */
  readonly truth: readonly Segment[];
  /** What the detector said: alerts or flagged stretches. */
  readonly detected: readonly Segment[];
  /** How long one sample lasts, so that a single sample is not an empty stretch. More than 0. */
  readonly stepMs: number;
  /** A detection that begins this long after an event's end still counts for it: evidence arrives late. Default 0. */
  readonly graceMs?: number;
}

export interface EventScores {
  /** Events, and those that at least one detection touches. */
  readonly events: number;
  readonly eventsHit: number;
  /** eventsHit / events; NaN without events. */
  readonly eventRecall: number;
  /** Means of `rangeRecallOf` over the events and of `rangePrecisionOf` over the detections. NaN without events; without detections. */
  readonly rangeRecall: number;
  readonly rangePrecision: number;
  /** Detections that touch no event. */
  readonly falseAlarms: number;
}

/** Compares by event instead of by sample. A long event counts as much as a short one. */
export function scoreEvents(input: EventInput): EventScores {
  const graceMs = input.graceMs ?? 0;
  const truth = mergeSegments(input.truth);
  const detected = mergeSegments(input.detected);
  const graced = truth.map((event) => ({ ...event, to: event.to + graceMs }));
  const eventsHit = graced.filter((event) => detected.some((d) => overlaps(event, d))).length;
  return {
    events: truth.length,
    eventsHit,
    eventRecall: eventsHit / truth.length,
    rangeRecall: mean(truth.map((e) => rangeRecallOf(e, coverageOf(e, detected, input.stepMs), input.stepMs))),
    rangePrecision: mean(detected.map((d) => rangePrecisionOf(d, truth, input.stepMs))),
    falseAlarms: detected.filter((d) => !graced.some((event) => overlaps(event, d))).length,
  };
}

/**
 * Milliseconds from each event's onset to the first detection on it, in the order of (device, start); undefined = missed. A detection that was already
 * open at the onset counts as 0.
 */
export function timesToDetect(input: Omit<EventInput, 'stepMs'>): readonly (number | undefined)[] {
  const detected = mergeSegments(input.detected);
  return mergeSegments(input.truth).map((event) => {
    const window = { ...event, to: event.to + (input.graceMs ?? 0) };
    const first = detected.find((d) => overlaps(window, d));
    return first === undefined ? undefined : Math.max(0, first.from - event.from);
  });
}

/** False alarms per device and day. spanMs: time observed a device; NaN when nothing was observed. */
export function falseAlarmRate(falseAlarms: number, devices: number, spanMs: number): number {
  const deviceDays = (devices * spanMs) / 86_400_000;
  return deviceDays > 0 ? falseAlarms / deviceDays : Number.NaN;
}

/** Middle of the list; NaN when it is empty. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
