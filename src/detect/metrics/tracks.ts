import type { Pace } from './pace';
import { medianOf, NORMAL_MAD, NORMAL_MEAN_DEVIATION } from './robust';
import { boundedMean, CLIP_SD, distancesFrom, LARGEST, restingScale, windowDeviation } from './window-scale';

/** Samples whose exact median and MAD start a scaler: a running estimate would never recover from a wild first value. */
const INITIAL_SAMPLES = 32;
const REFRESH_AT = new Set([1, 2, 3, 4, 6, 8, 12, 16, 24, INITIAL_SAMPLES]);
/** Learned samples after which a device's own scaler has fully replaced the fleet's. */
export const OWN_SCALER_AFTER = 60;
/** Samples that a running scaler remembers: follows a daily cycle at one sample a second, outlives a fault of minutes. */
const DEVICE_MEMORY = 1000;
const FLEET_MEMORY = 5000;
/** Changes from sample to sample pull no harder than so many usual ones. */
const CLIP_STEPS = 4;
/** Samples after which the scaler of slow data stands: from then on the training settles it. */
const SETTLED_SAMPLES = 240;
/** Slow data: a move is usual up to this share of the level's deviation, however still the metric was in training. */
const MIN_STEP = 0.1;

/** Slot 0 holds the fleet as if it were one device; device d stands in slot d + 1. */
export const FLEET_SLOT = 0;

/**
 * What is remembered of each device: columns of slots x metrics (entry slot * m + metric), in the metric's unit. Bounded: 11 numbers a
 * device and metric, and 32 more while it is new.
 * Scaler (what the model saves): centre, spread (mean absolute departure), step (mean absolute change from
 * sample to sample; of settled slow data the usual distance from the recent mean), learned.
 * Windows (never saved): last value and change, fast and lagged means, wobble (recent mean absolute change), covariance with time.
 */
export class Tracks {
  slots = 0;
  centre = new Float64Array(0);
  spread = new Float64Array(0);
  step = new Float64Array(0);
  last = new Float64Array(0);
  change = new Float64Array(0);
  fast = new Float64Array(0);
  lagged = new Float64Array(0);
  wobble = new Float64Array(0);
  covariance = new Float64Array(0);
  /** Samples learned; samples seen since the windows began. */
  learned = new Float64Array(0);
  seen = new Float64Array(0);
  lastT = new Float64Array(0);
  usualGap = new Float64Array(0);
  meanT = new Float64Array(0);
  varianceT = new Float64Array(0);
  private readonly initial = new Map<number, Float64Array>();
  private readonly scale = new Float64Array(3);
  private readonly scales: Float64Array;
  readonly metrics: number;
  readonly pace: Pace;

  constructor(metrics: number, pace: Pace = 'live') {
    this.metrics = metrics;
    this.pace = pace;
    this.scales = new Float64Array(3 * metrics);
    this.reserve(1);
  }

  /** Makes room for `slots` slots; existing ones stay. */
  reserve(slots: number): void {
    if (slots <= this.slots) return;
    const room = Math.max(slots, Math.min(this.slots * 2, this.slots + 1024));
    const wide = room * this.metrics;
    this.centre = grown(this.centre, wide, Number.NaN);
    this.spread = grown(this.spread, wide, 0);
    this.step = grown(this.step, wide, 0);
    this.last = grown(this.last, wide, Number.NaN);
    this.change = grown(this.change, wide, Number.NaN);
    this.fast = grown(this.fast, wide, Number.NaN);
    this.lagged = grown(this.lagged, wide, Number.NaN);
    this.wobble = grown(this.wobble, wide, Number.NaN);
    this.covariance = grown(this.covariance, wide, 0);
    this.learned = grown(this.learned, room, 0);
    this.seen = grown(this.seen, room, 0);
    this.lastT = grown(this.lastT, room, Number.NaN);
    this.usualGap = grown(this.usualGap, room, 0);
    this.meanT = grown(this.meanT, room, 0);
    this.varianceT = grown(this.varianceT, room, 0);
    this.slots = room;
  }

  /** Forgets the recent past of a slot (after a gap, or when another model is loaded); its scaler stays. */
  clearWindows(slot: number): void {
    const from = slot * this.metrics;
    const to = from + this.metrics;
    this.last.fill(Number.NaN, from, to);
    this.change.fill(Number.NaN, from, to);
    this.fast.fill(Number.NaN, from, to);
    this.lagged.fill(Number.NaN, from, to);
    this.wobble.fill(Number.NaN, from, to);
    this.covariance.fill(0, from, to);
    this.seen[slot] = 0;
    this.lastT[slot] = Number.NaN;
    this.usualGap[slot] = 0;
    this.varianceT[slot] = 0;
  }

  /** Forgets the scaler of a slot, as if the device had just joined. */
  clearScaler(slot: number): void {
    const from = slot * this.metrics;
    this.centre.fill(Number.NaN, from, from + this.metrics);
    this.spread.fill(0, from, from + this.metrics);
    this.step.fill(0, from, from + this.metrics);
    this.learned[slot] = 0;
    this.initial.delete(slot);
  }

  /** Goes on with a scaler read from a model: one that was still new skips what is left of its first samples. */
  resumeScaler(slot: number): void {
    this.initial.delete(slot);
    if (this.learned[slot] > 0) this.learned[slot] = Math.max(this.learned[slot], INITIAL_SAMPLES);
  }

  /** How far a device's own scaler counts against the fleet's, 0..1. */
  ownShare(slot: number): number {
    return Math.min(1, this.learned[slot] / OWN_SCALER_AFTER);
  }

  /**
   * How one metric of a device is judged, all at once: `typical`, `deviation` and `usualStep`, in an array that stands until the next call.
   * A device that has been still so far is not infinitely sensitive: some of the fleet's spread, or of its own level, is allowed.
   */
  readScale(slot: number, metric: number): Float64Array {
    this.writeScale(slot, metric, this.ownShare(slot), this.scale, 0);
    return this.scale;
  }

  /** `readScale` of all metrics: entry 3 * metric and the two after it, in an array that stands until the next call. */
  readScales(slot: number): Float64Array {
    const { scales, metrics } = this;
    const share = this.ownShare(slot);
    for (let metric = 0; metric < metrics; metric++) this.writeScale(slot, metric, share, scales, 3 * metric);
    return scales;
  }

  private writeScale(slot: number, metric: number, share: number, out: Float64Array, at: number): void {
    const { centre, spread, step } = this;
    const i = slot * this.metrics + metric;
    const typical = blend(centre[i], centre[metric], share);
    // A departure too small to mean anything at the level of the metric.
    const smallest = Math.max(1e-4 * Math.abs(typical) || 0, 1e-9);
    out[at] = typical;
    out[at + 1] =
      NORMAL_MEAN_DEVIATION * Math.max(blend(spread[i], spread[metric], share), 0.05 * spread[metric], smallest);
    out[at + 2] = Math.max(blend(step[i], step[metric], share), 0.05 * step[metric], smallest);
  }

  /** Typical value of a metric on a device; NaN before anything was learned anywhere. */
  typical(slot: number, metric: number): number {
    return this.readScale(slot, metric)[0];
  }

  /** Robust standard deviation around `typical`, > 0. */
  deviation(slot: number, metric: number): number {
    return this.readScale(slot, metric)[1];
  }

  /** Mean absolute change from one sample to the next, of settled slow data the usual distance from the recent mean; > 0. */
  usualStep(slot: number, metric: number): number {
    return this.readScale(slot, metric)[2];
  }

  /**
   * Replaces a slot's scaler of one metric by what many samples at once say: where the running ones would come to rest on them, of slow data median and
   * quartiles. values, moves: NaN = missing; a move is a change from sample to sample, on slow data the distance from the recent mean. Nothing
   * changes where all values are missing.
   */
  settle(slot: number, metric: number, values: Float64Array, moves: Float64Array): void {
    const i = slot * this.metrics + metric;
    const seen = values.filter((value) => !Number.isNaN(value));
    if (seen.length === 0) return;
    const centre = medianOf(seen);
    this.centre[i] = centre;
    if (this.pace === 'slow') {
      this.spread[i] = windowDeviation(seen) / NORMAL_MEAN_DEVIATION;
      const usual = windowDeviation(moves.filter((move) => !Number.isNaN(move)));
      this.step[i] = Math.max(usual, MIN_STEP * windowDeviation(seen));
      this.learned[slot] = Math.max(this.learned[slot], SETTLED_SAMPLES);
      return;
    }
    const { rest, spread } = restingScale(seen, centre);
    this.centre[i] = rest;
    this.spread[i] = spread;
    const steps = distancesFrom(
      0,
      moves.filter((move) => !Number.isNaN(move)),
    );
    if (steps.length > 0) this.step[i] = boundedMean(steps, CLIP_STEPS);
  }

  /**
   * Learns one sample of a device: its scaler follows values[at..at + m) (NaN = missing, infinities count as the largest float32) and the
   * change seen by the windows. The fleet's scaler learns along: from every sample at first, then from each eighth.
   */
  learn(slot: number, values: Float64Array, at = 0): void {
    if (this.pace === 'slow' && this.learned[slot] >= SETTLED_SAMPLES) return;
    this.learnSlot(slot, slot, values, at, DEVICE_MEMORY);
    // Of whole numbers as & 7, which takes a twentieth of the time that % 8 takes of what may not be whole.
    const due = this.learned[FLEET_SLOT] < 4096 || (this.learned[slot] & 7) === 0;
    if (due) this.learnSlot(FLEET_SLOT, slot, values, at, FLEET_MEMORY);
  }

  private learnSlot(slot: number, source: number, values: Float64Array, at: number, memory: number): void {
    const m = this.metrics;
    const n = this.learned[slot] + 1;
    this.learned[slot] = n;
    if (n <= INITIAL_SAMPLES) this.keepInitial(slot, n, values, at);
    const rate = Math.max(1 / n, 1 / memory);
    for (let metric = 0; metric < m; metric++) {
      const i = slot * m + metric;
      const value = values[at + metric];
      const change = Math.abs(this.change[source * m + metric]);
      if (!Number.isNaN(change)) {
        const usual = this.step[i];
        const bounded =
          n <= INITIAL_SAMPLES && usual === 0 ? change : Math.min(change, CLIP_STEPS * Math.max(usual, 1e-9));
        this.step[i] = usual === 0 ? bounded : usual + rate * (bounded - usual);
      }
      if (n <= INITIAL_SAMPLES || Number.isNaN(value)) continue;
      const centre = this.centre[i];
      if (Number.isNaN(centre)) {
        this.centre[i] = value;
        continue;
      }
      const departure = value - centre;
      const reach = Math.max(this.spread[i], 1e-4 * Math.abs(centre), 1e-9) * NORMAL_MEAN_DEVIATION;
      const clipped = Math.max(-CLIP_SD * reach, Math.min(CLIP_SD * reach, departure));
      this.centre[i] = centre + rate * clipped;
      this.spread[i] += rate * (Math.min(Math.abs(departure), (CLIP_SD + 1) * reach) - this.spread[i]);
    }
  }

  /** Median and MAD of the first samples; the mean departure where more than half of them are equal. */
  private keepInitial(slot: number, n: number, values: Float64Array, at: number): void {
    const m = this.metrics;
    const kept = this.initial.get(slot) ?? new Float64Array(INITIAL_SAMPLES * m).fill(Number.NaN);
    this.initial.set(slot, kept);
    for (let metric = 0; metric < m; metric++) kept[metric * INITIAL_SAMPLES + n - 1] = values[at + metric];
    if (!REFRESH_AT.has(n)) return;
    for (let metric = 0; metric < m; metric++) {
      const from = metric * INITIAL_SAMPLES;
      const seen = kept.slice(from, from + n).filter((value) => !Number.isNaN(value));
      if (seen.length === 0) continue;
      const centre = medianOf(seen);
      const departures = seen.map((value) => Math.min(LARGEST, Math.abs(value - centre)));
      const mad = (NORMAL_MAD / NORMAL_MEAN_DEVIATION) * medianOf(departures);
      const mean = departures.reduce((sum, value) => sum + value / seen.length, 0);
      this.centre[slot * m + metric] = centre;
      this.spread[slot * m + metric] = mad > 0 ? mad : mean;
    }
    if (n === INITIAL_SAMPLES) this.initial.delete(slot);
  }
}

/** A device's own figure and the fleet's, `share` (0..1) of its own; NaN = not known. */
function blend(own: number, fleet: number, share: number): number {
  if (share >= 1 || Number.isNaN(fleet)) return Number.isNaN(own) ? fleet : own;
  return Number.isNaN(own) ? fleet : share * own + (1 - share) * fleet;
}

function grown(old: Float64Array, length: number, fill: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(length).fill(fill, old.length);
  next.set(old);
  return next;
}
