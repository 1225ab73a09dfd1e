import { leaveUnexplained, type Relation, readCorrelations, relate } from './relation';
import { NORMAL_MEAN_DEVIATION } from './robust';
import { FIRST_MINUTES, LAG_MINUTES, type ShiftBaseline } from './shift-columns';

/** Minutes that a baseline remembers: some hours. */
const MEMORY = 240;
/** Weight of a new minute in `lasting`. */
const LASTING = 1 / 12;
/** Looks that are about one new one. */
const LOOKS_A_NEW_ONE = 1 / LASTING;
/** Weight of a new minute in the smoothed mean, at which a new normal begins: about three minutes. */
const FRESH = 1 / 3;
/**
 * A minute moves `lasting` no further than one that is out by so many deviations more: a heavy query, a large file and a backup are far out, but
 * end, and what is far out for good gets there all the same (Huber's estimator of a level, as a recursion).
 */
const BOUND = 1;
/** The fleet's correlations count as so many minutes of a device's own. */
const FLEET_MINUTES = 60;
/** The fleet's typical scatter counts as so many looks of a device's own. */
const FLEET_LOOKS = 40;
/** Minutes that the fleet's correlations and scatter are remembered for. */
const FLEET_MEMORY = 2000;
/** A look counts for no more than so many times the fleet's scatter: that of a few devices in trouble is not the fleet's. */
const SCATTER_CLIP = 2;
/** So many minutes carry as much doubt as the scatter of one look: what varies over minutes was hardly seen in a quarter of an hour. */
const DOUBT_MINUTES = 45;
/** A minute pulls no harder than so many deviations of what is usually left, and a look than so many usual ones. */
const CLIP = 4;
/** No departure smaller than this share of the level means anything. */
const SMALLEST_SHARE = 0.002;
/** A minute that is out twice as little as the lasting ones speaks against a shift. */
const PRESENT_FACTOR = 2;

/**
 * One minute of a device further. minute: its mean by metric (NaN = missing). trusted: whether it may be learned from, half an hour later. Writes into
 * `out` how far each metric is out now: signed, in usual unexplained departures, 0 where the present minute does not go along. What they add to
 * squared is by what lasts; how it is shared is by where the device stands. False while the baseline is not there yet; `out` is then all 0.
 */
export function stepBaseline(
  base: ShiftBaseline,
  device: number,
  minute: Float64Array,
  trusted: boolean,
  out: Float64Array,
): boolean {
  out.fill(0);
  smooth(base, device, minute);
  const before = base.minutes[device];
  base.minutes[device] = before + 1;
  if (before < FIRST_MINUTES) {
    enqueue(base, device, before, minute, true);
    if (before === FIRST_MINUTES - 1) beginBaseline(base, device);
    return false;
  }
  const relation = relationOf(base, device);
  if (!relation) return false;
  const { present } = base.work;
  unexplain(base, device, relation, minute, present);
  average(base.lasting, device, relation, present);
  judge(base, device, relation, minute, out);
  attribute(base, device, relation, out);
  const waiting = before - FIRST_MINUTES;
  if (waiting >= LAG_MINUTES) learnOldest(base, device, relation, waiting);
  enqueue(base, device, waiting, minute, trusted);
  shareCorrelations(base, device);
  if (waiting >= LOOKS_A_NEW_ONE) shareScatter(base, device, relation);
  return true;
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
  base.lasting.fill(0, from, from + base.metrics);
  base.late.fill(0, from, from + base.metrics);
  base.learned[device] = Math.min(base.learned[device], FIRST_MINUTES);
  discardWaiting(base, device);
}

function smooth({ smooth: column, metrics }: ShiftBaseline, device: number, minute: Float64Array): void {
  for (let metric = 0; metric < metrics; metric++) {
    const value = minute[metric];
    if (Number.isNaN(value)) continue;
    const i = device * metrics + metric;
    column[i] = Number.isNaN(column[i]) ? value : column[i] + FRESH * (value - column[i]);
  }
}

function enqueue(base: ShiftBaseline, device: number, index: number, minute: Float64Array, trusted: boolean): void {
  const place = device * LAG_MINUTES + (index % LAG_MINUTES);
  for (let metric = 0; metric < base.metrics; metric++) base.queue[place * base.metrics + metric] = minute[metric];
  base.trusted[place] = Number(trusted);
}

/** Typical values and how the metrics go together, from the first minutes at once. */
function beginBaseline(base: ShiftBaseline, device: number): void {
  for (let index = 0; index < FIRST_MINUTES; index++) learnMinute(base, device, readMinute(base, device, index), 1);
  shareCorrelations(base, device);
}

/** A minute that waits; stands until the next is read. */
function readMinute({ queue, metrics: m, work }: ShiftBaseline, device: number, index: number): Float64Array {
  const place = device * LAG_MINUTES + (index % LAG_MINUTES);
  for (let metric = 0; metric < m; metric++) work.minute[metric] = queue[place * m + metric];
  return work.minute;
}

/** Moves mean and covariance on by one minute. pull: 1, or less for a minute that is far out. */
function learnMinute(base: ShiftBaseline, device: number, minute: Float64Array, pull: number): void {
  const { metrics: m, mean, cov } = base;
  const { departures } = base.work;
  base.learned[device] += 1;
  const step = Math.max(1 / base.learned[device], 1 / MEMORY);
  readDepartures(base, device, minute, 0);
  for (let i = 0; i < m; i++) departures[i] *= pull;
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

/** Departures of the values at minute[at..] from the device's mean into `work.departures`; 0 where either is missing. */
function readDepartures(
  { metrics: m, mean, work }: ShiftBaseline,
  device: number,
  minute: Float64Array,
  at: number,
): void {
  for (let metric = 0; metric < m; metric++) {
    const departure = minute[at + metric] - mean[device * m + metric];
    work.departures[metric] = Number.isNaN(departure) ? 0 : departure;
  }
}

/** What the other metrics leave unexplained of the values at minute[at..], into out. */
function unexplain(
  base: ShiftBaseline,
  device: number,
  relation: Relation,
  minute: Float64Array,
  out: Float64Array,
  at = 0,
): void {
  readDepartures(base, device, minute, at);
  leaveUnexplained(relation, base.work.departures, out);
}

/** Moves a column of lasting departures on by one minute's, so far as one minute may. */
function average(column: Float64Array, device: number, relation: Relation, left: Float64Array): void {
  for (let metric = 0; metric < left.length; metric++) {
    const i = device * left.length + metric;
    const bound = BOUND * relation.left[metric];
    column[i] += LASTING * Math.max(-bound, Math.min(bound, left[metric] - column[i]));
  }
}

function learnOldest(base: ShiftBaseline, device: number, relation: Relation, index: number): void {
  if (base.trusted[device * LAG_MINUTES + (index % LAG_MINUTES)] === 0) return;
  const minute = readMinute(base, device, index);
  const left = base.work.unexplained;
  unexplain(base, device, relation, minute, left);
  average(base.late, device, relation, left);
  let over = 1;
  for (let metric = 0; metric < left.length; metric++) {
    over = Math.max(over, Math.abs(left[metric]) / (CLIP * relation.left[metric]));
  }
  learnMinute(base, device, minute, 1 / over);
  if (base.learned[device] >= FIRST_MINUTES + LOOKS_A_NEW_ONE) rate(base, device);
}

/** Learns how large lasting departures usually are. */
function rate({ metrics: m, usual, late, rated }: ShiftBaseline, device: number): void {
  rated[device] += 1;
  const step = Math.max(1 / rated[device], 1 / MEMORY);
  for (let i = device * m; i < (device + 1) * m; i++) {
    const most = rated[device] > LOOKS_A_NEW_ONE ? CLIP * usual[i] : Number.POSITIVE_INFINITY;
    usual[i] += step * (Math.min(Math.abs(late[i]), most) - usual[i]);
  }
}

/** The device's own correlations, the less of them the fewer minutes it is known for, and the fleet's. */
function relationOf(base: ShiftBaseline, device: number): Relation | undefined {
  const { metrics: m, fleet } = base;
  const { relation, correlations } = base.work;
  readDeviations(base, device, relation.deviation);
  readCorrelations(base.cov, device * m * m, relation.deviation, correlations);
  if (fleet.devices > 0) {
    const own = base.learned[device] / (base.learned[device] + FLEET_MINUTES);
    for (let i = 0; i < m * m; i++) correlations[i] = own * correlations[i] + (1 - own) * fleet.correlations[i];
  }
  return relate(relation, correlations) ? relation : undefined;
}

function readDeviations({ metrics: m, cov, mean }: ShiftBaseline, device: number, out: Float64Array): void {
  for (let i = 0; i < m; i++) {
    const smallest = Math.max(SMALLEST_SHARE * Math.abs(mean[device * m + i]) || 0, 1e-9);
    out[i] = Math.max(Math.sqrt(cov[(device * m + i) * m + i]), smallest);
  }
}

function shareCorrelations(base: ShiftBaseline, device: number): void {
  const { metrics: m, fleet } = base;
  const { deviation, correlations: own } = base.work;
  fleet.devices = Math.min(FLEET_MEMORY, fleet.devices + 1);
  readDeviations(base, device, deviation);
  readCorrelations(base.cov, device * m * m, deviation, own);
  for (let i = 0; i < m * m; i++) fleet.correlations[i] += (own[i] - fleet.correlations[i]) / fleet.devices;
}

function shareScatter({ metrics: m, fleet, lasting }: ShiftBaseline, device: number, relation: Relation): void {
  fleet.looks = Math.min(FLEET_MEMORY, fleet.looks + 1);
  for (let metric = 0; metric < m; metric++) {
    const size = Math.abs(lasting[device * m + metric]) / relation.left[metric];
    fleet.scatter[metric] +=
      (Math.min(size, SCATTER_CLIP * fleet.scatter[metric]) - fleet.scatter[metric]) / fleet.looks;
  }
}

/** Writes how far each metric is out, where the lasting departure and the present minute's are so on the same side. */
function judge(base: ShiftBaseline, device: number, relation: Relation, minute: Float64Array, out: Float64Array): void {
  const { metrics: m, fleet, work } = base;
  const doubt = Math.sqrt(1 + DOUBT_MINUTES / base.learned[device]);
  const own = base.rated[device] / (base.rated[device] + FLEET_LOOKS);
  for (let metric = 0; metric < m; metric++) {
    const i = device * m + metric;
    const lasting = base.lasting[i];
    const present = work.present[metric];
    if (Number.isNaN(minute[metric]) || lasting * present <= 0) continue;
    const expected = fleet.scatter[metric] * relation.left[metric];
    const scale = own * base.usual[i] + (1 - own) * Math.max(base.usual[i], expected);
    const smallest = SMALLEST_SHARE * Math.abs(base.mean[i]);
    const size = Math.min(Math.abs(lasting), PRESENT_FACTOR * Math.abs(present));
    out[metric] = (Math.sign(lasting) * size) / (doubt * NORMAL_MEAN_DEVIATION * Math.max(scale, smallest, 1e-9));
  }
}

/**
 * Shares what was found anew: what lasts moves no faster for the metric that is far out than for those that are expected from it, so that it says
 * how far the device is out, but not by which of them.
 */
function attribute(base: ShiftBaseline, device: number, relation: Relation, out: Float64Array): void {
  const m = base.metrics;
  const stands = base.work.unexplained;
  unexplain(base, device, relation, base.smooth, stands, device * m);
  let [found, bare] = [0, 0];
  for (let metric = 0; metric < m; metric++) {
    stands[metric] /= relation.left[metric];
    found += out[metric] ** 2;
    if (out[metric] !== 0) bare += stands[metric] ** 2;
  }
  if (bare === 0) return;
  const share = Math.sqrt(found / bare);
  for (let metric = 0; metric < m; metric++) if (out[metric] !== 0) out[metric] = share * stands[metric];
}
