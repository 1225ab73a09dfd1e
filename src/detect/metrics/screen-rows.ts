import { fitTail, heaviestOf, tailDecades } from '../gpd';
import { CALM_SAMPLES } from './device-calm';
import { normalExceeded } from './gaussianise';
import type { Pace } from './pace';
import type { RowStore } from './row-store';

/**
 * The bulk of a feature on one side of its median, as shares of all rows: what its tail is told from. What lies beyond BULK_TO is only counted, not
 * measured, so that a tenth of the rows may be anomalous on each side.
 */
const BULK_FROM = 0.6;
const BULK_TO = 0.9;
/** Ordinary events that may be left out of a file: as many as its budget allows alarms, and be it short, one in ten such files. */
const LEAST_DUE = 0.1;
/** What has come more often is what the device does. */
const USUAL_EVENTS = 8;
/** Two rows that stand out are one event unless so many ordinary samples lie between them, as an alert closes after them (`intervals.ts`). */
const CALM: Readonly<Record<Pace, number>> = { live: 15, slow: 5 };
/** Samples around an event that are left out too: the foot of a ramp. Slow data holds each time of the day only a few times: none. */
const AROUND: Readonly<Record<Pace, number>> = { live: CALM_SAMPLES, slow: 0 };
/** Limits are told again without what the ones before left out: an event hides smaller ones. */
const ROUNDS = 3;
/** The moments that a tail is told by exist up to this shape. */
const HEAVIEST = 0.5;
/** Rows in the tail with no more than this many between them belong together: those around an event are no part of the quiet tail. */
const TOUCHING = 1;
/** A device with fewer rows says too little about its tails. */
const MIN_ROWS = 64;

/** How a history is screened. least: rows that must be left, >= 0; due: alarms that the budget allows on it, > 0. */
export interface Screening {
  readonly pace: Pace;
  readonly least: number;
  readonly due: number;
}

/**
 * Takes from a history that may hold the very anomalies that are looked for those rows that stand out from the rest of their device, and what lies
 * AROUND them: a model that is trained on them takes them for usual, and a calibration even more so. A row stands out where a feature lies further
 * out than the bulk of the device's rows explains: an exponential tail fitted to the rows between two quantiles, the rest censored (Epstein and Sobel
 * 1953). Lighter tails, such as the normal one, lose nothing; heavier ones neither: an event is left that only goes on with the heaviest tail that the
 * smaller ones do not speak against. What is left out is flagged, so `due` such events are allowed by chance, shared among all sides of all features of all
 * devices. What happens more than USUAL_EVENTS times, or for more than a tenth of the rows, is as it is and stays. Of `store` the windows as they were read
 * (before the scalers are settled); NaN = missing.
 * Returns how many rows were taken: none where less than half of all rows, or fewer than `least`, would be left.
 */
export function screenRows(store: RowStore, { pace, least, due }: Screening): number {
  const devices = slotsByDevice(store);
  const chance = Math.min(1, Math.max(due, LEAST_DUE) / (2 * store.f * devices.size));
  const out = [...devices.values()].flatMap((slots) => findEvents(store, slots, { pace, chance }));
  const left = store.validCount - out.length;
  if (left < least || left < store.validCount / 2) return 0;
  for (const slot of out) store.valid[slot] = 0;
  store.validCount = left;
  return out.length;
}

function slotsByDevice(store: RowStore): Map<number, number[]> {
  const byDevice = new Map<number, number[]>();
  for (let slot = 0; slot < store.capacity; slot++) {
    if (store.valid[slot] === 0) continue;
    const own = byDevice.get(store.device[slot]);
    if (own) own.push(slot);
    else byDevice.set(store.device[slot], [slot]);
  }
  for (const slots of byDevice.values()) slots.sort((a, b) => store.sample[a] - store.sample[b]);
  return byDevice;
}

interface Strictness {
  readonly pace: Pace;
  /** Ordinary events that may be left out on one side of one feature of one device, (0, 1]. */
  readonly chance: number;
}

/** Those of one device's slots (in order of time) that stand out, and those around them. */
function findEvents(store: RowStore, slots: readonly number[], strictness: Strictness): number[] {
  if (slots.length < MIN_ROWS) return [];
  const samples = slots.map((slot) => store.sample[slot]);
  let stands = new Uint8Array(slots.length);
  for (let round = 0; round < ROUNDS; round++) {
    const next = stands.slice();
    for (let j = 0; j < store.f; j++)
      markOutliers(readColumn(store, slots, j), { ...strictness, stands, next, samples });
    if (next.every((value, i) => value === stands[i])) break;
    stands = next;
  }
  return slots.filter((_, i) => isNear(samples, stands, i, AROUND[strictness.pace]));
}

function readColumn(store: RowStore, slots: readonly number[], j: number): Float64Array {
  return Float64Array.from(slots, (slot) => store.data[slot * store.f + j]);
}

interface Marking extends Strictness {
  readonly stands: Uint8Array;
  readonly next: Uint8Array;
  /** Number of each row's sample within its device, ascending. */
  readonly samples: readonly number[];
}

/** Marks in `next` where one feature stands out on either side, by limits told from the rows that `stands` does not name. */
function markOutliers(values: Float64Array, { stands, next, samples, pace, chance }: Marking): void {
  const kept = values.filter((value, i) => stands[i] === 0 && !Number.isNaN(value)).sort();
  if (kept.length < MIN_ROWS) return;
  for (const side of [1, -1]) {
    const sorted = side === 1 ? kept : kept.map((value) => -value).reverse();
    const { from, limit } = readTail(sorted, chance);
    const far = values.map((value) => (side * value > limit ? side * value - from : 0));
    const peaks = eventPeaks(far, samples, CALM[pace]);
    if (peaks.length === 0) continue;
    // Once usual, only what goes twice as far is news.
    const usual = peaks.length > USUAL_EVENTS ? 2 * peaks[USUAL_EVENTS] : 0;
    const bulkTo = sorted[Math.floor(BULK_TO * sorted.length)] - from;
    const beyond = values.map((value) => side * value - from);
    const least = Math.max(usual, heaviestTail(beyond, { far, peaks, bulkTo, chance }));
    for (let i = 0; i < far.length; i++) if (far[i] > least) next[i] = 1;
  }
}

/** Where the upper tail of ascending values begins, and from where on the bulk would give `chance` rows. */
function readTail(sorted: Float64Array, chance: number): { readonly from: number; readonly limit: number } {
  const n = sorted.length;
  const first = Math.floor(BULK_FROM * n);
  const last = Math.floor(BULK_TO * n);
  const from = sorted[first];
  let sum = (n - last) * (sorted[last] - from);
  for (let i = first; i < last; i++) sum += sorted[i] - from;
  const scale = Math.max(sum / (last - first), 1e-4 * Math.abs(sorted[n >> 1]), 1e-9);
  return { from, limit: from + scale * Math.log((n - first) / chance) };
}

/** One side of a feature, all measured from where its bulk begins. peaks: of the events, highest first. */
interface Side {
  readonly far: Float64Array;
  readonly peaks: readonly number[];
  readonly bulkTo: number;
  readonly chance: number;
}

/**
 * The largest event that is no more than the tail of all smaller ones goes on to by chance; 0 where not even the smallest is. The tail is a generalised
 * Pareto one of the rows `beyond` the bulk outside of all events, and of each event's peak in turn, as heavy as these leave possible: few rows hardly tell.
 */
function heaviestTail(beyond: Float64Array, { far, peaks, bulkTo, chance }: Side): number {
  const tail = quietTail(beyond, far, bulkTo);
  const doubt = normalExceeded(Math.min(0.5, chance));
  let reached = 0;
  for (const peak of [...peaks].reverse()) {
    const fitted = fitTail(Float64Array.from(tail).sort(), 1e-9, HEAVIEST);
    const heaviest = heaviestOf(fitted, { n: tail.length, doubt, maxShape: HEAVIEST });
    if (tailDecades(heaviest, peak - bulkTo) > Math.log10((tail.length + 1) / chance)) break;
    tail.push(peak - bulkTo);
    reached = peak;
  }
  return reached;
}

/** How far rows lie above the bulk, but for the stretches that hold an event. */
function quietTail(beyond: Float64Array, far: Float64Array, bulkTo: number): number[] {
  const tail: number[] = [];
  let stretch: number[] = [];
  let isEvent = false;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < beyond.length; i++) {
    if (!(beyond[i] > bulkTo)) continue;
    if (i - last > 1 + TOUCHING) {
      if (!isEvent) tail.push(...stretch);
      stretch = [];
      isEvent = false;
    }
    last = i;
    stretch.push(beyond[i] - bulkTo);
    isEvent ||= far[i] > 0;
  }
  return isEvent ? tail : [...tail, ...stretch];
}

/** The largest of `far` (0 = ordinary) in each stretch without more than `calm` ordinary samples, highest first. */
function eventPeaks(far: Float64Array, samples: readonly number[], calm: number): number[] {
  const peaks: number[] = [];
  let before = -1;
  for (let i = 0; i < far.length; i++) {
    if (far[i] === 0) continue;
    // Of an old history only some rows are kept: two without an ordinary one between them are one event, however far apart.
    const same = before >= 0 && (before === i - 1 || samples[i] - samples[before] <= calm);
    if (same) peaks[peaks.length - 1] = Math.max(peaks[peaks.length - 1], far[i]);
    else peaks.push(far[i]);
    before = i;
  }
  return peaks.sort((a, b) => b - a);
}

/** Whether row i stands out, or one within `around` samples of it. */
function isNear(samples: readonly number[], stands: Uint8Array, i: number, around: number): boolean {
  for (let k = i; k >= 0 && samples[i] - samples[k] <= around; k--) if (stands[k] === 1) return true;
  for (let k = i; k < samples.length && samples[k] - samples[i] <= around; k++) if (stands[k] === 1) return true;
  return false;
}
