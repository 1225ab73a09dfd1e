import { createRandom, type Random } from '../../domain/random';
import type { FeatureMatrix } from '../contract';

/**
 * Feature rows that may be trained on. Slots [0, recent) are a ring of the latest rows; slots [recent, capacity) a random sample of older
 * ones, so that what is rare but normal is not forgotten within minutes. Rows that turn out to have come shortly before a flag are
 * taken back from the ring, so that the foot of a ramp is not learned.
 */
export interface RowStore {
  readonly capacity: number;
  readonly recent: number;
  readonly f: number;
  readonly data: Float32Array;
  readonly t: Float64Array;
  readonly device: Uint32Array;
  /** Number of the sample within its device. */
  readonly sample: Float64Array;
  readonly valid: Uint8Array;
  /** Slot of the same device's row before this one, -1 for none. May point at a slot that was overwritten since. */
  readonly previous: Int32Array;
  /** Slot of each device's newest row, -1 for none; shorter than there are devices where the last ones have none. */
  newest: Int32Array;
  readonly random: Random;
  next: number;
  /** Slots of the older sample that are filled. */
  older: number;
  validCount: number;
}

/** Bounds the memory, whatever number of rows and features is asked for. */
const MAX_NUMBERS = 8_000_000;
/** Chance of a row that leaves the ring to replace one of the older sample, once that is full: makes it reach 20 times as far back. */
const REPLACE_SHARE = 1 / 20;
/** Rows are told apart for growing and for calibrating by runs of so many samples of a device: neighbours are alike. */
const RUN_SAMPLES = 64;

/** An empty store for at most `rows` rows of f features. */
export function createRowStore(rows: number, f: number, seed: number): RowStore {
  const capacity = Math.max(2, Math.min(Math.floor(rows), Math.floor(MAX_NUMBERS / Math.max(1, f))));
  return {
    capacity,
    recent: Math.ceil(capacity / 2),
    f,
    data: new Float32Array(capacity * f),
    t: new Float64Array(capacity),
    device: new Uint32Array(capacity),
    sample: new Float64Array(capacity),
    valid: new Uint8Array(capacity),
    previous: new Int32Array(capacity),
    newest: new Int32Array(0),
    random: createRandom(seed, 'row store'),
    next: 0,
    older: 0,
    validCount: 0,
  };
}

export interface RowKey {
  readonly t: number;
  readonly device: number;
  readonly sample: number;
}

/** Adds features[at..at + f) to the ring; the ring's oldest row goes to the older sample or is forgotten. */
export function addRow(store: RowStore, key: RowKey, features: Float32Array | Float64Array, at: number): void {
  const slot = claimSlot(store, key.device);
  store.t[slot] = key.t;
  store.sample[slot] = key.sample;
  writeFeatures(store, slot, features, at);
}

/** The slot of a device's newest row: its time, sample and features are the caller's to write. Allocates nothing, as a key does for each row. */
export function claimSlot(store: RowStore, device: number): number {
  const slot = store.next;
  if (store.valid[slot] === 1) retireRow(store, slot);
  store.device[slot] = device;
  store.valid[slot] = 1;
  store.validCount += 1;
  if (device >= store.newest.length) widenNewest(store, device + 1);
  store.previous[slot] = store.newest[device];
  store.newest[device] = slot;
  store.next = slot + 1 === store.recent ? 0 : slot + 1;
  return slot;
}

/** Writes features[at..at + f) into a slot. */
export function writeFeatures(
  { data, f }: RowStore,
  slot: number,
  features: Float32Array | Float64Array,
  at: number,
): void {
  const to = slot * f;
  // Twice the same: a loop that sees both kinds of array asks at each number which it is.
  if (features instanceof Float32Array) for (let j = 0; j < f; j++) data[to + j] = features[at + j];
  else for (let j = 0; j < f; j++) data[to + j] = features[at + j];
}

function widenNewest(store: RowStore, devices: number): void {
  const newest = new Int32Array(Math.max(devices, 2 * store.newest.length)).fill(-1);
  newest.set(store.newest);
  store.newest = newest;
}

function retireRow(store: RowStore, slot: number): void {
  store.valid[slot] = 0;
  store.validCount -= 1;
  const room = store.capacity - store.recent;
  let to = store.recent + store.older;
  if (store.older < room) {
    store.older += 1;
  } else {
    if (store.random.next() >= REPLACE_SHARE) return;
    to = store.recent + store.random.int(room);
  }
  store.validCount += 1 - store.valid[to];
  store.data.copyWithin(to * store.f, slot * store.f, (slot + 1) * store.f);
  store.t[to] = store.t[slot];
  store.device[to] = store.device[slot];
  store.sample[to] = store.sample[slot];
  store.valid[to] = 1;
}

/** Takes back the device's rows from sample number `fromSample` on. */
export function discardRecent(store: RowStore, device: number, fromSample: number): void {
  let slot = store.newest[device] ?? -1;
  let above = Number.POSITIVE_INFINITY;
  while (slot >= 0 && store.device[slot] === device && store.sample[slot] < above && store.sample[slot] >= fromSample) {
    store.validCount -= store.valid[slot];
    store.valid[slot] = 0;
    above = store.sample[slot];
    slot = store.previous[slot];
  }
}

/** The slots that may be trained on, told apart: `grow` for the detectors, `calibrate` for what they must not have seen. */
export interface TrainingSlots {
  readonly grow: Uint32Array;
  readonly calibrate: Uint32Array;
}

/** The windows of a device are full after so many samples; rows from before are trained on only where there is little else. */
const FULL_WINDOWS = 120;
const ENOUGH_ROWS = 512;

/**
 * A row counts once its device has gone `delay` samples further; sampleOf tells how far a device is. Two of three runs of each device are
 * for growing, the third for calibrating; where that leaves too few (a short file), the newest third.
 */
export function trainableSlots(store: RowStore, delay: number, sampleOf: (device: number) => number): TrainingSlots {
  const all: number[] = [];
  for (let slot = 0; slot < store.capacity; slot++) {
    if (store.valid[slot] === 1 && store.sample[slot] + delay <= sampleOf(store.device[slot])) all.push(slot);
  }
  const full = all.filter((slot) => store.sample[slot] >= FULL_WINDOWS);
  const slots = full.length >= ENOUGH_ROWS ? full : all;
  const calibrates = (slot: number): boolean =>
    (Math.floor(store.sample[slot] / RUN_SAMPLES) + store.device[slot]) % 3 === 2;
  const calibrate = slots.filter(calibrates);
  if (calibrate.length >= slots.length / 5) {
    return {
      grow: Uint32Array.from(slots.filter((slot) => !calibrates(slot))),
      calibrate: Uint32Array.from(calibrate),
    };
  }
  slots.sort((a, b) => store.sample[a] - store.sample[b] || store.device[a] - store.device[b]);
  const grown = Math.floor((slots.length * 2) / 3);
  return { grow: Uint32Array.from(slots.slice(0, grown)), calibrate: Uint32Array.from(slots.slice(grown)) };
}

/** The rows of some slots as one row-major matrix. */
export function gatherRows(store: RowStore, slots: Uint32Array): FeatureMatrix {
  const data = new Float32Array(slots.length * store.f);
  slots.forEach((slot, i) => {
    data.set(store.data.subarray(slot * store.f, (slot + 1) * store.f), i * store.f);
  });
  return { n: slots.length, f: store.f, data };
}
