import type { Pace } from './pace';

/** A row is trained on only when its device stayed unflagged for so many samples after it, and had been for as many before. */
export const CALM_SAMPLES = 30;
/**
 * A device whose rarity stays above TENSE on average (0.43 is the mean of what is normal) over about 1 / TENSION samples is in some trouble
 * below the threshold: nothing is kept of it, or a weak fault would be learned and a strong one of its kind overlooked later.
 */
const TENSE = 1.5;
const TENSION = 1 / 20;
/**
 * A device that was flagged for so many samples without a break has a new normal: its scaler begins again. Longer than what a job of a quarter
 * of an hour takes, or the way back from it would be an alarm as well.
 */
const RELEARN_AFTER: Readonly<Record<Pace, number>> = { live: 1800, slow: 900 };
const RELEARN_SAMPLES: Readonly<Record<Pace, number>> = { live: 64, slow: 128 };

/** How calm each device is: one entry a device in each column. Never saved. */
export interface DeviceCalm {
  /** Samples with a value so far. */
  samples: Float64Array;
  /** Samples since the last flag. */
  calm: Float64Array;
  /** Samples in a row that nothing was learned from. */
  refused: Float64Array;
  /** Samples left of a new normal that is learned whatever it looks like. */
  relearn: Float64Array;
  /** Recent mean rarity, each bounded by the threshold. */
  tension: Float64Array;
}

const COLUMNS = ['samples', 'calm', 'refused', 'relearn', 'tension'] as const;

export function createCalm(): DeviceCalm {
  const none = new Float64Array(0);
  return { samples: none, calm: none, refused: none, relearn: none, tension: none };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveCalm(calm: DeviceCalm, devices: number): void {
  for (const key of COLUMNS) {
    if (calm[key].length >= devices) continue;
    const column = new Float64Array(devices);
    column.set(calm[key]);
    calm[key] = column;
  }
}

/** Moves a device's tension on by one sample's joined rarity (not NaN), bounded by the threshold. */
export function stepTension(calm: DeviceCalm, device: number, rarity: number, threshold: number): void {
  calm.tension[device] += TENSION * (Math.min(rarity, threshold) - calm.tension[device]);
}

/** Counts one sample: since the last flag or tension. True when there is none now. */
export function stepCalm(calm: DeviceCalm, device: number, flagged: boolean): boolean {
  const calmNow = !(flagged || calm.tension[device] >= TENSE);
  calm.calm[device] = calmNow ? calm.calm[device] + 1 : 0;
  return calmNow;
}

/** What lasts for a whole week is no event: of slow data a weekend or an outage of days must not be trained on. In samples. */
export function newNormalAfter(pace: Pace, samplesPerDay: number): number {
  return pace === 'slow' ? Math.max(RELEARN_AFTER.slow, Math.ceil(7 * samplesPerDay)) : RELEARN_AFTER.live;
}

/**
 * Counts one sample towards a new normal. trusted: neither flagged nor suspect. True with the sample that completes `after` untrusted ones in a
 * row: that level is the device's new normal, and `relearn` counts down the samples that are learned from whatever they look like.
 */
export function stepNewNormal(
  calm: DeviceCalm,
  device: number,
  rule: { readonly trusted: boolean; readonly after: number; readonly pace: Pace },
): boolean {
  calm.refused[device] = rule.trusted ? 0 : calm.refused[device] + 1;
  const begins = calm.refused[device] >= rule.after;
  if (begins) {
    calm.refused[device] = 0;
    calm.relearn[device] = RELEARN_SAMPLES[rule.pace];
  }
  if (calm.relearn[device] > 0) calm.relearn[device] -= 1;
  return begins;
}
