import { MAX_ALARM_SHARE } from '../threshold';

/** Days that are remembered, and the fewest samples: of hourly data three days would hold no more than one event. */
const RECENT_DAYS = 3;
const MIN_SAMPLES = 900;
/** Scores are counted in classes 5 % apart, from LOWEST up to about 7e8. */
const CLASSES = 512;
const CLASS_WIDTH = Math.log(1.05);
const LOWEST = 0.01;

/** How often each device of slow data had which score of late: 2 KB a device. Never saved. */
export interface RecentScores {
  /** Share of the memory that one sample takes, (0, 1 / MIN_SAMPLES]. */
  readonly rate: number;
  /** By device: share of the memory in each class; adds to less than 1 while it fills. */
  readonly classes: Map<number, Float32Array>;
}

export function createRecentScores(samplesPerDay: number): RecentScores {
  return { rate: 1 / Math.max(MIN_SAMPLES, RECENT_DAYS * samplesPerDay), classes: new Map() };
}

/**
 * Remembers one raw score (>= 0) of a device and gives the share of its last three days, (0..1), that scored as high, this sample left out.
 * What lies further back fades. A device that is new has a share of 0: what was not seen is not usual.
 */
export function stepRecentScores(recent: RecentScores, device: number, score: number): number {
  const own = recent.classes.get(device) ?? new Float32Array(CLASSES);
  recent.classes.set(device, own);
  const place = Math.log(Math.max(score, LOWEST) / LOWEST) / CLASS_WIDTH;
  const index = Math.min(CLASSES - 1, Math.floor(place));
  let share = 0;
  for (let i = index; i < CLASSES; i++) share += own[i];
  const kept = 1 - recent.rate;
  for (let i = 0; i < CLASSES; i++) own[i] *= kept;
  own[index] += recent.rate;
  return share;
}

/**
 * Rarity of a sample among the training and of late: what 1 in 50 of the last days' samples reached is no rarer than they were, however far from
 * the training it is. So a level that lasts, or returns each day, stops being an alarm, without anything being learned from it.
 */
export function rarityOfLate(rarity: number, share: number): number {
  return share > MAX_ALARM_SHARE ? Math.min(rarity, -Math.log10(share)) : rarity;
}
