import { anomalyScore, MAX_RARITY } from '../domain/scores';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings';

/** Weights at which a member alone alarms exactly at its own budgeted threshold. */
const REFERENCE_WEIGHTS = { metric: DEFAULT_SETTINGS.metricWeight, log: DEFAULT_SETTINGS.logWeight };
/** Rarity above which the weaker member's agreement raises the joined score, and by how much of it. */
const AGREEMENT_FROM = 2;
const AGREEMENT_GAIN = 0.3;

/**
 * A member's calibrated evidence before weighting: 0 at rarity 0, growing with the square of rarity / rarityThreshold, and exactly
 * 1 / referenceWeight at the threshold. Square: two members alarm together when each is at 71 % of its own threshold, so two that are
 * barely unusual do not. NaN gives 0: a member with nothing to say adds nothing.
 */
export function unitScore(rarity: number, rarityThreshold: number, referenceWeight: number): number {
  if (!(rarity > 0)) return 0;
  const ratio = rarity / rarityThreshold;
  return (ratio * ratio) / referenceWeight;
}

export interface HybridInput {
  /** Rarity of each member; NaN = warming up, nothing seen, not scorable. */
  readonly metricRarity: number;
  readonly logRarity: number;
  readonly settings: Pick<Settings, 'metricWeight' | 'logWeight' | 'alarmAt' | 'metricsOn' | 'logsOn'>;
  /** Rarity at which each member alone alarms with the default weights (`rarityThreshold` of its own budget). */
  readonly thresholds: { readonly metric: number; readonly log: number };
}

export interface HybridVerdict {
  /** Weighted sum; NaN when no member had anything to say. */
  readonly hybrid: number;
  readonly flagged: boolean;
  /** Joined anomaly score, 0..100; NaN when no member had anything to say. */
  readonly score: number;
}

/**
 * Joins both members (DESIGN section 5.3). hybrid = sum of weight x unitScore, flagged from settings.alarmAt on. The score is the anomaly
 * score of the rarer member, raised by AGREEMENT_GAIN of what the other one has above AGREEMENT_FROM. Monotone in both rarities.
 * A member that is switched off or has weight 0 counts as one with nothing to say. All silent: NaN, NaN, not flagged.
 */
export function combine({ metricRarity, logRarity, settings, thresholds }: HybridInput): HybridVerdict {
  const metric = settings.metricsOn && settings.metricWeight > 0 ? metricRarity : Number.NaN;
  const log = settings.logsOn && settings.logWeight > 0 ? logRarity : Number.NaN;
  if (Number.isNaN(metric) && Number.isNaN(log)) return { hybrid: Number.NaN, flagged: false, score: Number.NaN };
  const hybrid =
    settings.metricWeight * unitScore(metric, thresholds.metric, REFERENCE_WEIGHTS.metric) +
    settings.logWeight * unitScore(log, thresholds.log, REFERENCE_WEIGHTS.log);
  return { hybrid, flagged: hybrid >= settings.alarmAt, score: anomalyScore(joinRarity(metric, log)) };
}

function joinRarity(metric: number, log: number): number {
  if (Number.isNaN(metric)) return log;
  if (Number.isNaN(log)) return metric;
  const weaker = Math.min(metric, log);
  return Math.min(MAX_RARITY, Math.max(metric, log) + AGREEMENT_GAIN * Math.max(0, weaker - AGREEMENT_FROM));
}

/** The largest recent value, as it fades. */
export interface FadingMax {
  readonly value: number;
  readonly at: number;
}

/**
 * Keeps log evidence alive between lines: the larger of the new value and the old one, which stays whole for holdMs and then fades
 * linearly to nothing within as long again. NaN in = no line. Times in ms; a clock that goes backwards does not fade anything.
 * Start with `{ value: NaN, at: 0 }`. Returns NaN as value where nothing is left.
 */
export function decayingMax(previous: FadingMax, value: number, at: number, holdMs: number): FadingMax {
  const old = fadedValue(previous, at, holdMs);
  if (Number.isNaN(value))
    return Number.isNaN(old) && !Number.isNaN(previous.value) ? { value: Number.NaN, at } : previous;
  return Number.isNaN(old) || value >= old ? { value, at } : previous;
}

/** What is left of a fading maximum at time `at`. */
export function fadedValue(max: FadingMax, at: number, holdMs: number): number {
  const age = at - max.at;
  if (Number.isNaN(max.value) || age >= 2 * holdMs) return Number.NaN;
  return age <= holdMs ? max.value : max.value * (2 - age / holdMs);
}
