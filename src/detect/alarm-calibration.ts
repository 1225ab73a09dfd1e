import { err, ok, type Result } from '../domain/result';
import type { Calibration } from './calibration';
import { alarmPeaks, openingLevels, type PlayedScores } from './episodes';
import { fitTail } from './gpd';
import type { IntervalRules } from './intervals';
import { countAtLeast } from './order';

/** Levels at which alarms are counted, from the smallest score to the one that MIN_SAMPLES reach. */
const LEVELS = 64;
const MIN_SAMPLES = 4;
/** The tail begins at the highest level that raises so many alarms: fewer say nothing about its mean excess. */
const TAIL_ALARMS = 10;
/** It begins within this share of the samples at the latest: below, one alarm runs into the next. */
const MAX_TAIL_SHARE = 0.1;

/** What an alarm is made of. samples: how many flagged ones a budget counts for one alarm, >= 1. */
export interface AlarmUnit {
  readonly samples: number;
  readonly rules: IntervalRules;
}

interface Level {
  readonly score: number;
  readonly share: number;
}

/**
 * Fits a calibration to the very scores that will be judged (none of them negative), so that the budget holds on them in samples and in alarms: rarity
 * is -log10 of the share of samples at or above a score, or of `unit.samples` times the alarms a sample that a threshold there raises, whichever share is larger.
 * Samples that follow each other are alike: of a thousand there may be twenty alarms, whose peaks are what the tail is fitted to (peaks over a
 * threshold, declustered: Davison and Smith 1990). NaN is left out. Errors: too-few-rows under 8 scores.
 * Degenerate: all scores equal gives rarity 0 there and a very short tail above.
 */
export function fitAlarmCalibration(
  played: PlayedScores,
  { samples, rules }: AlarmUnit,
): Result<Calibration, 'too-few-rows'> {
  const sorted = Float64Array.from(played.scores)
    .filter((score) => !Number.isNaN(score))
    .sort();
  const n = sorted.length;
  if (n < 8) return err('too-few-rows', `calibration needs at least 8 scores, got ${n}`);
  const openings = openingLevels(played, rules);
  const gap = rules.calmSamples + rules.refractorySamples;
  const peaksAt = (threshold: number): Float64Array => alarmPeaks(openings, played.at, { threshold, gap });
  const levels: Level[] = [];
  let start = 0;
  let alarms = 0;
  // From the highest level down: a lower one never raises fewer alarms, it joins them into longer ones.
  for (let k = LEVELS; k >= 1; k--) {
    const score = sorted[n - Math.round(n * (MIN_SAMPLES / n) ** (k / LEVELS))];
    const count = countAtLeast(sorted, score);
    const raised = peaksAt(score).length;
    if (raised > alarms && alarms < TAIL_ALARMS && count <= MAX_TAIL_SHARE * n) start = levels.length;
    alarms = Math.max(alarms, raised);
    levels.push({ score, share: Math.min(1, Math.max(count, samples * alarms) / n) });
  }
  const { raw, rarity } = ascend(sorted[0], levels.slice(start));
  const from = raw[raw.length - 1];
  const excesses = peaksAt(from)
    .sort()
    .map((peak) => peak - from);
  const floor = Math.max(from, 1e-3) * 1e-3;
  return ok({ n, raw, rarity, tail: fitTail(excesses, floor) });
}

/** Levels, highest first, as the ascending knots of a calibration that begins at `smallest`. */
function ascend(smallest: number, levels: readonly Level[]): Pick<Calibration, 'raw' | 'rarity'> {
  const raw = [smallest];
  const rarity = [0];
  for (const { score, share } of [...levels].reverse()) {
    if (score <= raw[raw.length - 1]) continue;
    raw.push(score);
    rarity.push(-Math.log10(share));
  }
  return { raw: Float64Array.from(raw), rarity: Float64Array.from(rarity) };
}
