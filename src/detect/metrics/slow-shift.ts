import { type Calibration, fitCalibration, rarityOf, rawAtRarity } from '../calibration';
import type { PipelineConfig } from '../contract';
import { RICH_METRICS } from './features';
import { createMinuteMeans, MINUTE_SAMPLES, type MinuteMeans, reserveMinuteMeans, stepMinute } from './minute-means';
import type { Pace } from './pace';
import { MAX_LOOKED_AT, type PeerGroups } from './peers';
import { addReference, createReference, type ReferenceWindow, referenceScores } from './reference';
import { medianOf } from './robust';
import { acceptLevel, discardWaiting, stepBaseline } from './shift-baseline';
import { createBaseline, reserveBaseline, type ShiftBaseline } from './shift-columns';

/** Normal looks kept of the whole fleet, and how many new ones make a new calibration worth its time. */
const REFERENCE_LOOKS = 8000;
const RECALIBRATE_EVERY = 240;
/** What normal looks are assumed to be like before any came: an exponential tail, as the healthy simulated fleet has it. */
const ASSUMED: Calibration = {
  n: 480,
  raw: Float64Array.of(1),
  rarity: Float64Array.of(0),
  tail: { shape: 0, scale: 0.75 },
};
/**
 * Looks that count as one. A false alarm lasts for 5 to 7 of them on healthy simulated fleets, but what was flagged is not among the normal looks, so that
 * their tail is too short: with six such fleets had 0.30 false alarms a device and day, with two 0.14.
 */
const LOOKS_OF_AN_ALARM = 2;
/** One alarm stands for so many samples: a look is the same for a minute. As decades of rarity. */
const LOOK_DECADES = Math.log10(MINUTE_SAMPLES * LOOKS_OF_AN_ALARM);
/** What every hundredth look shows says nothing of samples; from a thousandth on all of LOOK_DECADES counts. */
const COUNTS_FROM = 2;
const COUNTS_FULLY = 3;
/** A metric has been away for as long as it was out by this much, in usual departures. */
const AWAY = 2;
/** Minutes in a row that were not learned from, after which a device's present level is its new normal. */
const NEW_NORMAL_MINUTES = 120;
/** For so many minutes after a device was flagged for its shift one that its role shares is the same matter. */
const SAME_MATTER_MINUTES = 60;
/** Fewer usual departures than this are not told of. */
const TOLD_FROM = 4;
/** Of the rarity that is an alarm: a quarter of one (`detect/hybrid.ts`). */
const MOST_BELOW = 0.5;

/**
 * Levels that shift too slowly for the scalers, which follow them: for each device what its metrics' minutes are among each other, over hours. A
 * daily cycle, and load taken over from another, move all metrics as usual; a regression, a leak or a stream of data that leaves moves
 * one of them. A shift that half of a role shares (a backup window, a release) is told of once: while one of the role's devices is known to be away, the others
 * count by what is their own. What is typical is saved (`shift-saved.ts`), the minutes themselves are not.
 */
export interface SlowShift {
  readonly means: MinuteMeans;
  readonly base: ShiftBaseline;
  /** By device: rarity of its latest look, and 1 = a sample of the present minute is not to be learned from. */
  rarity: Float64Array;
  refused: Uint8Array;
  /** By device: its latest look, to be learned from if the minute after it is calm; below 0 = none. */
  pending: Float64Array;
  /** By device: minutes in a row that were not learned from. */
  untrusted: Float64Array;
  /** By device * metrics + metric: how far out at the latest look, and for how many looks. */
  out: Float64Array;
  away: Float64Array;
  /** By device: minutes since it was flagged for its shift. */
  sinceFlagged: Float64Array;
  readonly reference: ReferenceWindow;
  calibration: Calibration;
  readonly minute: Float64Array;
  readonly latest: Float64Array;
}

/** Nothing known yet. */
export function createSlowShift(metrics: number): SlowShift {
  const none = new Float64Array(0);
  const shift: SlowShift = {
    means: createMinuteMeans(metrics),
    base: createBaseline(metrics),
    rarity: none,
    refused: new Uint8Array(0),
    pending: none,
    untrusted: none,
    out: none,
    away: none,
    sinceFlagged: none,
    reference: createReference(REFERENCE_LOOKS),
    calibration: ASSUMED,
    minute: new Float64Array(metrics),
    latest: new Float64Array(metrics),
  };
  adoptCalibration(shift, ASSUMED);
  return shift;
}

/** Makes room for so many devices; existing ones stay. */
export function reserveSlowShift(shift: SlowShift, devices: number): void {
  if (shift.rarity.length >= devices) return;
  const m = shift.base.metrics;
  reserveMinuteMeans(shift.means, devices);
  reserveBaseline(shift.base, devices);
  const [rarity, refused] = [new Float64Array(devices), new Uint8Array(devices)];
  const [pending, untrusted] = [new Float64Array(devices).fill(-1), new Float64Array(devices)];
  const [out, away] = [new Float64Array(devices * m), new Float64Array(devices * m)];
  const sinceFlagged = new Float64Array(devices).fill(Number.POSITIVE_INFINITY);
  rarity.set(shift.rarity);
  refused.set(shift.refused);
  pending.set(shift.pending);
  untrusted.set(shift.untrusted);
  out.set(shift.out);
  away.set(shift.away);
  sinceFlagged.set(shift.sinceFlagged);
  Object.assign(shift, { rarity, refused, pending, untrusted, out, away, sinceFlagged });
}

/**
 * One sample of a device further, values[at..at + metrics) (NaN = missing): with the one that completes a minute its rarity is new. groups: devices of
 * one role.
 */
export function stepSlowShift(
  shift: SlowShift,
  device: number,
  values: Float64Array,
  at: number,
  groups: PeerGroups,
): void {
  const { means, base, minute, latest, refused, pending, untrusted } = shift;
  if (!stepMinute(means, device, values, at, minute)) return;
  const trusted = refused[device] === 0;
  refused[device] = 0;
  untrusted[device] = trusted ? 0 : untrusted[device] + 1;
  if (untrusted[device] >= NEW_NORMAL_MINUTES) {
    untrusted[device] = 0;
    acceptLevel(base, device);
  }
  shift.sinceFlagged[device] += 1;
  const judged = stepBaseline(base, device, minute, trusted, latest);
  const peers = toldPeers(shift, device, groups);
  let squares = 0;
  for (let metric = 0; metric < base.metrics; metric++) {
    const i = device * base.metrics + metric;
    const goesOn = Math.abs(latest[metric]) >= AWAY && latest[metric] * shift.out[i] >= 0;
    shift.away[i] = goesOn ? shift.away[i] + 1 : 0;
    shift.out[i] = latest[metric];
    squares += ownPart(latest[metric], peers === undefined ? 0 : sharedPart(shift, peers, metric)) ** 2;
  }
  // Joined: what goes wrong with a device mostly moves more than one of its metrics.
  const distance = Math.sqrt(squares);
  shift.rarity[device] = judged ? rarityOfLook(shift, distance) : 0;
  // A look that had its device flagged is known for what it is only by the minute after it.
  if (trusted && pending[device] >= 0) addReference(shift.reference, pending[device]);
  pending[device] = judged && trusted ? distance : -1;
  if (shift.reference.fresh >= RECALIBRATE_EVERY) calibrate(shift);
}

/** Devices of the role, if a shift of one of the others has been told of a short while ago. */
function toldPeers({ sinceFlagged }: SlowShift, device: number, groups: PeerGroups): Uint32Array | undefined {
  const group = groups.groupOf[device] ?? -1;
  const peers = group < 0 ? undefined : groups.members[group];
  return peers?.some((peer) => peer !== device && sinceFlagged[peer] <= SAME_MATTER_MINUTES) ? peers : undefined;
}

/** How far out the middle one of some devices is at its latest look, signed, in usual departures. */
function sharedPart({ out, base }: SlowShift, peers: Uint32Array, metric: number): number {
  const stride = Math.ceil(peers.length / MAX_LOOKED_AT);
  const looked = new Float64Array(Math.ceil(peers.length / stride));
  for (let k = 0; k < looked.length; k++) looked[k] = out[peers[k * stride] * base.metrics + metric];
  return medianOf(looked);
}

/** What is left of a departure without what a role has in common; never more, and never the other way. */
function ownPart(departure: number, shared: number): number {
  if (departure * shared <= 0) return departure;
  return Math.sign(departure) * Math.max(0, Math.abs(departure) - Math.abs(shared));
}

/** A sample of the device is not to be learned from. flaggedHere: for what this has found, so that what led up to it is not, either. */
export function refuseSample(shift: SlowShift, device: number, flaggedHere: boolean): void {
  shift.refused[device] = 1;
  if (!flaggedHere) return;
  discardWaiting(shift.base, device);
  shift.sinceFlagged[device] = 0;
}

/** Whether shifts are looked for: on live data of a few metrics, of which the history was normal. */
export function findsShifts(pace: Pace, metrics: number, history: PipelineConfig['history']): boolean {
  return pace === 'live' && history !== 'mixed' && metrics > 1 && metrics <= RICH_METRICS;
}

/** How far out each metric of a device is, in usual departures, and for how many samples; undefined entries where it is not worth telling. */
export function shiftsOf(
  shift: SlowShift,
  device: number,
): readonly ({ readonly by: number; readonly samples: number } | undefined)[] {
  const m = shift.base.metrics;
  const shifts: ({ readonly by: number; readonly samples: number } | undefined)[] = [];
  for (let i = device * m; i < (device + 1) * m; i++) {
    const by = shift.out[i];
    shifts.push(Math.abs(by) >= TOLD_FROM ? { by, samples: shift.away[i] * MINUTE_SAMPLES } : undefined);
  }
  return shifts;
}

/**
 * What a shift says of a sample: its rarity where that is an alarm by itself, else a quarter of an alarm at most. It stands for an hour, and among the lines
 * of an hour there is one of rarity three: the two together are no coincidence.
 */
export function tellShift(rarity: number, threshold: number): number {
  return rarity >= threshold ? rarity : Math.min(rarity, MOST_BELOW * threshold);
}

function rarityOfLook({ calibration }: SlowShift, distance: number): number {
  const decades = rarityOf(calibration, distance);
  const counts = Math.min(1, Math.max(0, (decades - COUNTS_FROM) / (COUNTS_FULLY - COUNTS_FROM)));
  return decades + counts * LOOK_DECADES;
}

/** Begins with what normal looks were like elsewhere: looks spread as the calibration says, as many as it was fitted to, that new ones take the place of. */
export function adoptCalibration(shift: SlowShift, calibration: Calibration): void {
  const n = Math.min(REFERENCE_LOOKS, calibration.n);
  shift.calibration = calibration;
  for (let k = 0; k < n; k++) addReference(shift.reference, rawAtRarity(calibration, -Math.log10((k + 0.5) / n)));
  shift.reference.fresh = 0;
}

function calibrate(shift: SlowShift): void {
  shift.reference.fresh = 0;
  const fitted = fitCalibration(referenceScores(shift.reference));
  if (fitted.ok) shift.calibration = fitted.value;
}
