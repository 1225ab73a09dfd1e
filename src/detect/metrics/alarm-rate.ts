import type { PlainData } from '../../domain/models';
import { ok, type Result } from '../../domain/result';
import { ENORMOUS_SCORE, SLOW_INTERVAL_RULES } from '../intervals';
import { readNumber, readObject } from '../read-saved';

/**
 * Of alarms by chance nine of ten peak within a factor of ten of the threshold. Trouble is taken to lie beyond as often as within, so that each alarm
 * beyond stands for one within that is no chance.
 */
const NEAR_DECADES = 1;
const SURPLUS_SHARE = 1 - 2 * 10 ** -NEAR_DECADES;
/** The calibration's own word counts for so many alarms; what was counted for at most so many, so that it may change. */
const PRIOR_ALARMS = 3;
const MEMORY_ALARMS = 20;
/** No rate makes a sample less rare by more than a factor of ten: what is far beyond the threshold is told, however much there was before. */
const MAX_CORRECTION = 1;
/** An alarm stays open, or opens again, within so many samples of its latest flag; a flag by itself waits for a second one. */
const ALARM_GAP = SLOW_INTERVAL_RULES.calmSamples + SLOW_INTERVAL_RULES.refractorySamples;
const SECOND_WITHIN = SLOW_INTERVAL_RULES.openWindow - 1;

/** Flagged samples of a device that go on. isOpen: they are an alarm, no single flag. */
interface Stretch {
  /** Number of the latest flagged sample within its device. */
  readonly last: number;
  readonly peak: number;
  readonly isOpen: boolean;
}

/**
 * How many alarms a stream of slow data raises, against those that its budget allows. What is too much is taken off the rarity of all that comes, so that
 * the budget holds in the long run whatever the history was like (quantile tracking: Gibbs and Candes 2021, "Adaptive conformal inference under
 * distribution shift"). All devices together: they share a calibration.
 */
export interface AlarmRate {
  /** Alarms allowed a sample, > 0. */
  due: number;
  /** Decades that the alarms so far ask for, [0, MAX_CORRECTION]. */
  asked: number;
  /** Alarms counted and expected, at most MEMORY_ALARMS each: what `asked` is known by. */
  counted: number;
  expected: number;
  /** By device. */
  readonly stretches: Map<number, Stretch>;
  /** Time of the latest sample, ms; its samples and the alarms that were over with them count from the next time on, in whatever order devices come. */
  t: number;
  samples: number;
  over: number;
  surplus: number;
}

/** Nothing counted yet. due: alarms a sample that the budget allows, > 0. */
export function createAlarmRate(due: number): AlarmRate {
  const none = { asked: 0, counted: 0, expected: 0, samples: 0, over: 0, surplus: 0 };
  return { due, ...none, stretches: new Map(), t: Number.NaN };
}

/**
 * Decades to take off a rarity, [0, MAX_CORRECTION]: what the alarms ask for less the standard error of the logarithm of so few of them, so that 0 stands
 * until chance does not explain them.
 */
export function correctionOf({ asked, counted, expected }: AlarmRate): number {
  return Math.max(0, asked - 1 / (Math.LN10 * Math.sqrt(PRIOR_ALARMS + Math.max(counted, expected))));
}

/** The same for a sample at t (ms): what came before that time counts from now on. */
export function correctionAt(rate: AlarmRate, t: number): number {
  if (t !== rate.t) {
    rate.t = t;
    countAll(rate);
  }
  return correctionOf(rate);
}

/** Takes what a sample was told with, its correction taken off. sample: its number within its device; threshold: rarity of a flag. */
export function followAlarms(
  rate: AlarmRate,
  told: { readonly device: number; readonly sample: number; readonly rarity: number; readonly threshold: number },
): void {
  const { device, sample, rarity, threshold } = told;
  rate.samples += 1;
  let stretch = rate.stretches.get(device);
  if (stretch && sample - stretch.last > (stretch.isOpen ? ALARM_GAP : SECOND_WITHIN)) {
    rate.stretches.delete(device);
    if (stretch.isOpen) {
      rate.over += 1;
      rate.surplus += stretch.peak < threshold + NEAR_DECADES ? 1 : -1;
    }
    stretch = undefined;
  }
  if (!(rarity >= threshold)) return;
  const isOpen = stretch !== undefined || 10 * rarity >= ENORMOUS_SCORE;
  rate.stretches.set(device, { last: sample, peak: Math.max(stretch?.peak ?? 0, rarity), isOpen });
}

function countAll(rate: AlarmRate): void {
  const expected = SURPLUS_SHARE * rate.due * rate.samples;
  rate.counted += rate.over;
  rate.expected += expected;
  const known = Math.max(rate.counted, rate.expected);
  if (known > MEMORY_ALARMS) {
    rate.counted *= MEMORY_ALARMS / known;
    rate.expected *= MEMORY_ALARMS / known;
  }
  // By what one event more moves the logarithm of a rate of Poisson events.
  const step = (rate.surplus - expected) / (Math.LN10 * (PRIOR_ALARMS + Math.min(known, MEMORY_ALARMS)));
  rate.asked = Math.min(MAX_CORRECTION, Math.max(0, rate.asked + step));
  rate.samples = 0;
  rate.over = 0;
  rate.surplus = 0;
}

/** What a model remembers of the alarms before it was saved. */
export type SavedAlarmRate = Pick<AlarmRate, 'asked' | 'counted' | 'expected'>;

/** The rate as plain values. Alarms that go on are of the present data. */
export function saveAlarmRate({ asked, counted, expected }: AlarmRate): PlainData {
  return { asked, counted, expected };
}

/** Reads what `saveAlarmRate` gave, trusting nothing. Errors: bad-model naming the field. */
export function readAlarmRate(saved: unknown, path: string): Result<SavedAlarmRate, 'bad-model'> {
  const object = readObject(saved, path, ['asked', 'counted', 'expected']);
  if (!object.ok) return object;
  const asked = readNumber(object.value.asked, `${path}.asked`, 0, MAX_CORRECTION);
  if (!asked.ok) return asked;
  const counted = readNumber(object.value.counted, `${path}.counted`, 0, MEMORY_ALARMS);
  if (!counted.ok) return counted;
  const expected = readNumber(object.value.expected, `${path}.expected`, 0, MEMORY_ALARMS);
  if (!expected.ok) return expected;
  return ok({ asked: asked.value, counted: counted.value, expected: expected.value });
}
