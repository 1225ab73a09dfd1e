import { correlationsOf, leaveUnexplained, type Relation, relate, unexplainedDeviation } from './relation';
import { NORMAL_MEAN_DEVIATION } from './robust';

/** Minutes from which a device's baseline begins: its history, assumed to be normal. */
export const FIRST_MINUTES = 15;
/** Later minutes are learned from half an hour late, and only if nothing was wrong by then: what creeps would else be followed. */
export const LAG_MINUTES = 30;
/** Minutes that a baseline remembers: some hours. */
const MEMORY = 240;
/** Weight of a new minute in the smoothed mean: about three minutes. */
const FRESH = 1 / 3;
/** Looks that are about one new one, as the smoothed mean goes. */
export const LOOKS_A_NEW_ONE = 1 / FRESH;
/** The fleet's correlations count as so many minutes of a device's own. */
const FLEET_MINUTES = 60;
/** The fleet's typical scatter counts as so many looks of a device's own. */
const FLEET_LOOKS = 10;
/** Minutes that the fleet's correlations and scatter are remembered for. */
const FLEET_MEMORY = 2000;
/** So many minutes carry as much doubt as the scatter of one look: what varies over minutes was hardly seen in a quarter of an hour. */
const DOUBT_MINUTES = 45;
/** A minute pulls no harder than so many of its device's usual unexplained departures. */
const CLIP = 5;
/** No departure smaller than this share of the level means anything. */
const SMALLEST_SHARE = 0.002;
/** A minute that is out twice as little as the last three speaks against a shift. */
const PRESENT_FACTOR = 2;

/**
 * What is remembered of the minutes of each device: columns of devices x metrics (entry device * metrics + metric) unless said otherwise. Bounded:
 * about 200 bytes a device and metric, and as much again for each eight metrics. Never saved.
 */
export interface ShiftBaseline {
  readonly metrics: number;
  /** Typical mean of a minute, covariance of minutes (devices x metrics x metrics), usual unexplained departure of the smoothed mean. */
  mean: Float64Array;
  cov: Float64Array;
  usual: Float64Array;
  /** Smoothed means: of now, and of what is learned now. */
  smooth: Float64Array;
  late: Float64Array;
  /** Minutes that wait to be learned from, LAG_MINUTES a device in a ring, and whether each may be. */
  queue: Float32Array;
  trusted: Uint8Array;
  /** By device: minutes so far, of the baseline, and of `usual`. */
  minutes: Float64Array;
  learned: Float64Array;
  rated: Float64Array;
  /** What all devices have in common: correlations of minutes (m x m), and `usual` over what the relation lets expect (logarithms). */
  readonly fleet: {
    readonly correlations: Float64Array;
    readonly scatter: Float64Array;
    devices: number;
    looks: number;
  };
}

/** Columns, how many numbers each has a device, and what an empty entry holds. */
function widths(m: number): readonly (readonly [keyof ShiftColumns, number, number])[] {
  return [
    ['mean', m, Number.NaN],
    ['cov', m * m, 0],
    ['usual', m, 0],
    ['smooth', m, Number.NaN],
    ['late', m, Number.NaN],
    ['minutes', 1, 0],
    ['learned', 1, 0],
    ['rated', 1, 0],
  ];
}

type ShiftColumns = Pick<ShiftBaseline, 'mean' | 'cov' | 'usual' | 'smooth' | 'late' | 'minutes' | 'learned' | 'rated'>;

export function createBaseline(metrics: number): ShiftBaseline {
  const none = new Float64Array(0);
  return {
    metrics,
    mean: none,
    cov: none,
    usual: none,
    smooth: none,
    late: none,
    queue: new Float32Array(0),
    trusted: new Uint8Array(0),
    minutes: none,
    learned: none,
    rated: none,
    fleet: {
      correlations: new Float64Array(metrics * metrics),
      scatter: new Float64Array(metrics),
      devices: 0,
      looks: 0,
    },
  };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveBaseline(base: ShiftBaseline, devices: number): void {
  if (base.minutes.length >= devices) return;
  for (const [key, width, fill] of widths(base.metrics)) {
    const column = new Float64Array(devices * width).fill(fill);
    column.set(base[key]);
    base[key] = column;
  }
  const queue = new Float32Array(devices * LAG_MINUTES * base.metrics);
  queue.set(base.queue);
  const trusted = new Uint8Array(devices * LAG_MINUTES);
  trusted.set(base.trusted);
  Object.assign(base, { queue, trusted });
}

/**
 * One minute of a device further. minute: its mean by metric (NaN = missing). trusted: whether it may be learned from, half an hour later. Writes into
 * `out` how far each metric is out now: signed, in usual unexplained departures; 0 where the present minute does not go along. False while
 * the baseline is not there yet; `out` is then all 0.
 */
export function stepBaseline(
  base: ShiftBaseline,
  device: number,
  minute: Float64Array,
  trusted: boolean,
  out: Float64Array,
): boolean {
  out.fill(0);
  smooth(base.smooth, device * base.metrics, minute);
  const before = base.minutes[device];
  base.minutes[device] = before + 1;
  if (before < FIRST_MINUTES) {
    enqueue(base, device, before, minute, true);
    if (before === FIRST_MINUTES - 1) beginBaseline(base, device);
    return false;
  }
  const relation = relationOf(base, device);
  if (relation) {
    if (before === FIRST_MINUTES) rateFirst(base, device, relation);
    judge(base, device, relation, minute, out);
    const waiting = before - FIRST_MINUTES;
    if (waiting >= LAG_MINUTES) learnOldest(base, device, relation, waiting);
    enqueue(base, device, waiting, minute, trusted);
    shareCorrelations(base, device);
    shareScatter(base, device, relation);
  }
  return relation !== undefined;
}

/** What waits of a device is not learned from: it led up to a shift. */
export function discardWaiting(base: ShiftBaseline, device: number): void {
  base.trusted.fill(0, device * LAG_MINUTES, (device + 1) * LAG_MINUTES);
}

/** The device's present level is its new normal: what was typical of it is forgotten but for how its metrics go together. */
export function acceptLevel(base: ShiftBaseline, device: number): void {
  if (base.minutes[device] <= FIRST_MINUTES) return;
  const from = device * base.metrics;
  for (let i = from; i < from + base.metrics; i++) if (!Number.isNaN(base.smooth[i])) base.mean[i] = base.smooth[i];
  base.late.set(base.smooth.subarray(from, from + base.metrics), from);
  base.learned[device] = Math.min(base.learned[device], FIRST_MINUTES);
  discardWaiting(base, device);
}

function smooth(column: Float64Array, from: number, minute: Float64Array): void {
  for (let metric = 0; metric < minute.length; metric++) {
    const value = minute[metric];
    if (Number.isNaN(value)) continue;
    const i = from + metric;
    column[i] = Number.isNaN(column[i]) ? value : column[i] + FRESH * (value - column[i]);
  }
}

function enqueue(base: ShiftBaseline, device: number, index: number, minute: Float64Array, trusted: boolean): void {
  const place = device * LAG_MINUTES + (index % LAG_MINUTES);
  base.queue.set(minute, place * base.metrics);
  base.trusted[place] = Number(trusted);
}

/** Typical values and how the metrics go together, from the first minutes at once. */
function beginBaseline(base: ShiftBaseline, device: number): void {
  for (const minute of firstMinutes(base, device)) learnMinute(base, device, minute, 1);
  shareCorrelations(base, device);
}

/** How far the metrics usually are apart, from the first minutes: a minute later, when the rest of a fleet that began with it has told what it knows. */
function rateFirst(base: ShiftBaseline, device: number, relation: Relation): void {
  firstMinutes(base, device).forEach((minute, k) => {
    smooth(base.late, device * base.metrics, minute);
    if (k >= LOOKS_A_NEW_ONE) rate(base, device, relation);
  });
}

function firstMinutes({ queue, metrics: m }: ShiftBaseline, device: number): Float64Array[] {
  const first = device * LAG_MINUTES * m;
  return Array.from({ length: FIRST_MINUTES }, (_, k) =>
    Float64Array.from(queue.subarray(first + k * m, first + (k + 1) * m)),
  );
}

/** Moves mean and covariance on by one minute. pull: 1, or less for a minute that is far out. */
function learnMinute(base: ShiftBaseline, device: number, minute: Float64Array, pull: number): void {
  const { metrics: m, mean, cov } = base;
  base.learned[device] += 1;
  const step = Math.max(1 / base.learned[device], 1 / MEMORY);
  const departures = departuresOf(base, device, minute).map((value) => value * pull);
  for (let i = 0; i < m; i++) {
    const at = device * m + i;
    if (Number.isNaN(minute[i])) continue;
    mean[at] = Number.isNaN(mean[at]) ? minute[i] : mean[at] + step * departures[i];
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const at = (device * m + i) * m + j;
      cov[at] += step * ((1 - step) * departures[i] * departures[j] - cov[at]);
    }
  }
}

/** Departures of a minute from the device's mean; 0 where either is missing. */
function departuresOf(base: ShiftBaseline, device: number, minute: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: base.metrics }, (_, metric) => {
    const departure = minute[metric] - base.mean[device * base.metrics + metric];
    return Number.isNaN(departure) ? 0 : departure;
  });
}

function learnOldest(base: ShiftBaseline, device: number, relation: Relation, index: number): void {
  const m = base.metrics;
  const place = device * LAG_MINUTES + (index % LAG_MINUTES);
  if (base.trusted[place] === 0) return;
  const minute = Float64Array.from(base.queue.subarray(place * m, (place + 1) * m));
  smooth(base.late, device * m, minute);
  rate(base, device, relation);
  const left = new Float64Array(m);
  leaveUnexplained(relation, departuresOf(base, device, minute), left);
  let over = 1;
  for (let metric = 0; metric < m; metric++) {
    const reach = CLIP * NORMAL_MEAN_DEVIATION * base.usual[device * m + metric];
    if (reach > 0) over = Math.max(over, Math.abs(left[metric]) / reach);
  }
  learnMinute(base, device, minute, 1 / over);
}

/** Learns how far the smoothed mean usually is from what the relation lets expect. */
function rate(base: ShiftBaseline, device: number, relation: Relation): void {
  const m = base.metrics;
  const left = new Float64Array(m);
  leaveUnexplained(relation, departuresOf(base, device, base.late.subarray(device * m, (device + 1) * m)), left);
  base.rated[device] += 1;
  const step = Math.max(1 / base.rated[device], 1 / MEMORY);
  for (let metric = 0; metric < m; metric++) {
    const i = device * m + metric;
    const most = base.rated[device] > LOOKS_A_NEW_ONE ? (CLIP - 1) * base.usual[i] : Number.POSITIVE_INFINITY;
    base.usual[i] += step * (Math.min(Math.abs(left[metric]), most) - base.usual[i]);
  }
}

/** The device's own correlations, the less of them the fewer minutes it is known for, and the fleet's. */
function relationOf(base: ShiftBaseline, device: number): Relation | undefined {
  const { metrics: m, fleet } = base;
  const deviation = deviationsOf(base, device);
  const correlations = correlationsOf(base.cov, device * m * m, deviation);
  if (fleet.devices > 0) {
    const own = base.learned[device] / (base.learned[device] + FLEET_MINUTES);
    for (let i = 0; i < m * m; i++) correlations[i] = own * correlations[i] + (1 - own) * fleet.correlations[i];
  }
  return relate(correlations, deviation);
}

function deviationsOf({ metrics: m, cov, mean }: ShiftBaseline, device: number): Float64Array {
  return Float64Array.from({ length: m }, (_, i) => {
    const smallest = Math.max(SMALLEST_SHARE * Math.abs(mean[device * m + i]) || 0, 1e-9);
    return Math.max(Math.sqrt(cov[(device * m + i) * m + i]), smallest);
  });
}

function shareCorrelations(base: ShiftBaseline, device: number): void {
  const { metrics: m, fleet } = base;
  fleet.devices = Math.min(FLEET_MEMORY, fleet.devices + 1);
  const own = correlationsOf(base.cov, device * m * m, deviationsOf(base, device));
  for (let i = 0; i < m * m; i++) fleet.correlations[i] += (own[i] - fleet.correlations[i]) / fleet.devices;
}

function shareScatter(base: ShiftBaseline, device: number, relation: Relation): void {
  const { metrics: m, fleet } = base;
  fleet.looks = Math.min(FLEET_MEMORY, fleet.looks + 1);
  for (let metric = 0; metric < m; metric++) {
    const ratio = base.usual[device * m + metric] / unexplainedDeviation(relation, metric);
    fleet.scatter[metric] += (Math.min(1, ratio) - fleet.scatter[metric]) / fleet.looks;
  }
}

/** Writes how far each metric is out, where the smoothed mean and the present minute are so on the same side. */
function judge(base: ShiftBaseline, device: number, relation: Relation, minute: Float64Array, out: Float64Array): void {
  const m = base.metrics;
  const lasting = new Float64Array(m);
  const present = new Float64Array(m);
  leaveUnexplained(relation, departuresOf(base, device, base.smooth.subarray(device * m, (device + 1) * m)), lasting);
  leaveUnexplained(relation, departuresOf(base, device, minute), present);
  const doubt = Math.sqrt(1 + DOUBT_MINUTES / base.learned[device]);
  const own = base.rated[device] / (base.rated[device] + FLEET_LOOKS);
  for (let metric = 0; metric < m; metric++) {
    if (Number.isNaN(minute[metric]) || lasting[metric] * present[metric] <= 0) continue;
    const usual = base.usual[device * m + metric];
    const expected = base.fleet.scatter[metric] * unexplainedDeviation(relation, metric);
    const scale = own * usual + (1 - own) * Math.max(usual, expected);
    const smallest = SMALLEST_SHARE * Math.abs(base.mean[device * m + metric]);
    const size = Math.min(Math.abs(lasting[metric]), PRESENT_FACTOR * Math.abs(present[metric]));
    out[metric] =
      (Math.sign(lasting[metric]) * size) / (doubt * NORMAL_MEAN_DEVIATION * Math.max(scale, smallest, 1e-9));
  }
}
