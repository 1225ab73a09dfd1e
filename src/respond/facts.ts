import type { AlertContribution, AlertLogEvidence, Cause } from '../domain/alerts';
import { SEVERITY_BANDS } from '../domain/scores';
import { findLogWords, type WordsFound } from './log-words';
import { guessRole, type MetricRole } from './roles';

/** Departures below this many robust standard deviations are noise and do not speak for anything. */
const MILD_Z = 2;
/** From here on a metric has departed by itself, whatever the others did. */
const STRONG_Z = 3;
/** A value under a quarter of typical has collapsed: quantities with a floor at 0 cannot depart downwards by many deviations. */
const COLLAPSE_RATIO = 0.25;
/** The recent window over which a slope is measured, in samples: a climb must have made a tenth of the departure within it. */
const SLOPE_WINDOW_SAMPLES = 60;
const CLIMB_PART = 0.1;
/** A departure that grew by a quarter between two samples of one alert is climbing: noise on a step does not do that. */
const GROWTH = 1.25;

/** What is known when a cause is sought. */
export interface CauseEvidence {
  /** Shares add to 1; empty when the metrics had nothing to say. */
  readonly contributions: readonly AlertContribution[];
  readonly logs: readonly AlertLogEvidence[];
  /** Anomaly scores 0..100 of the two members; NaN where a member had nothing to say. */
  readonly metricScore: number;
  readonly logScore: number;
  /** Milliseconds between two samples of the device. */
  readonly stepMs: number;
  /** Contributions of an earlier sample of the same alert; [] at its opening. What grew since is climbing, before any slope shows it. */
  readonly earlier: readonly AlertContribution[];
  /** What the alert was thought to be until now. */
  readonly previous: Cause | undefined;
}

/** How metrics of one role departed in one direction. All zero when none did. */
export interface Departure {
  readonly role: MetricRole;
  /** 0..1, sum over the role's metrics that departed by at least two robust standard deviations. */
  readonly share: number;
  /** Largest departure, >= 0, in robust standard deviations. */
  readonly z: number;
  /** Departed so far that it counts by itself. */
  readonly strong: boolean;
  /** Still moving away from typical at a pace that matters. */
  readonly climbing: boolean;
}

export interface CauseFacts {
  readonly cpuUp: Departure;
  readonly memoryUp: Departure;
  readonly networkUp: Departure;
  readonly networkDown: Departure;
  readonly cpuDown: Departure;
  /** Either way: a failing disk thrashes or stalls. */
  readonly diskMoved: Departure;
  readonly diskUp: Departure;
  readonly diskDown: Departure;
  /** Share, 0..1, of the metrics that stand still: they repeat one value, which they never do. */
  readonly stillShare: number;
  /** Share, 0..1, of the metrics whose level has shifted although their values are near typical, which follows what is slow. */
  readonly shiftShare: number;
  readonly words: ReadonlyMap<Cause, WordsFound>;
  /** Of the lines, how many tell of a template that comes far more often than it did. */
  readonly burstLines: number;
  /** At least one line at level error or critical. */
  readonly badLevel: boolean;
  /** Whether each member's score reaches the lowest severity band. */
  readonly metricsSpeak: boolean;
  readonly logsSpeak: boolean;
  readonly logDominates: boolean;
  readonly previous: Cause | undefined;
}

type Direction = 'up' | 'down' | 'either';

const points = (direction: Direction, z: number): boolean =>
  direction === 'either' || (direction === 'up' ? z >= 0 : z < 0);

const CALM: Departure = { role: 'unknown', share: 0, z: 0, strong: false, climbing: false };

/** Turns measurements into the facts that the rules ask for. Degenerate: no contributions and no lines give calm facts. */
export function gatherFacts(evidence: CauseEvidence): CauseFacts {
  // NaN with contributions at hand means that the member's score was not taken along, not that it was calm.
  const metricsSpeak = evidence.contributions.length > 0 && !(evidence.metricScore < SEVERITY_BANDS.warning);
  const logsSpeak = evidence.logs.length > 0 && !(evidence.logScore < SEVERITY_BANDS.warning);
  const spoken = metricsSpeak ? evidence.contributions : [];
  const departure = (role: MetricRole, direction: Direction): Departure =>
    measureDeparture(spoken, role, direction, evidence);
  return {
    cpuUp: departure('cpu', 'up'),
    memoryUp: departure('memory', 'up'),
    networkUp: departure('network', 'up'),
    networkDown: departure('network', 'down'),
    cpuDown: departure('cpu', 'down'),
    diskMoved: departure('disk', 'either'),
    diskUp: departure('disk', 'up'),
    diskDown: departure('disk', 'down'),
    stillShare: spoken.reduce(
      (sum, { stillFor, share }) => sum + (stillFor === undefined ? 0 : Math.max(0, share || 0)),
      0,
    ),
    shiftShare: spoken.reduce(
      (sum, { shift, share, z }) =>
        sum + (shift === undefined || Math.abs(z) >= STRONG_Z ? 0 : Math.max(0, share || 0)),
      0,
    ),
    words: findLogWords(evidence.logs),
    burstLines: evidence.logs.filter((log) => log.notes.some((note) => note.startsWith('burst'))).length,
    badLevel: evidence.logs.some((log) => log.level === 'error' || log.level === 'critical'),
    metricsSpeak,
    logsSpeak,
    logDominates: logsSpeak && (!metricsSpeak || evidence.logScore > evidence.metricScore),
    previous: evidence.previous,
  };
}

function measureDeparture(
  contributions: readonly AlertContribution[],
  role: MetricRole,
  direction: Direction,
  { stepMs, earlier }: Pick<CauseEvidence, 'stepMs' | 'earlier'>,
): Departure {
  let departure: Departure = { ...CALM, role };
  for (const contribution of contributions) {
    const guess = guessRole({ key: contribution.metric, label: contribution.label, unit: contribution.unit });
    const z = contribution.z * guess.polarity;
    if (guess.role !== role || !(Math.abs(z) >= MILD_Z) || !points(direction, z)) continue;
    departure = {
      role,
      share: departure.share + Math.max(0, contribution.share || 0),
      z: Math.max(departure.z, Math.abs(z)),
      strong: departure.strong || Math.abs(z) >= STRONG_Z || hasCollapsed(contribution),
      climbing: departure.climbing || isClimbing(contribution, stepMs) || hasGrown(contribution, earlier),
    };
  }
  return departure;
}

function hasCollapsed({ actual, typical }: AlertContribution): boolean {
  return typical > 0 && actual >= 0 && actual < COLLAPSE_RATIO * typical;
}

function isClimbing({ actual, typical, slopePerMinute }: AlertContribution, stepMs: number): boolean {
  const departed = actual - typical;
  const minutes = (SLOPE_WINDOW_SAMPLES * stepMs) / 60_000;
  return departed * slopePerMinute > 0 && Math.abs(slopePerMinute) * minutes >= CLIMB_PART * Math.abs(departed);
}

function hasGrown({ metric, z }: AlertContribution, earlier: readonly AlertContribution[]): boolean {
  const before = earlier.find((contribution) => contribution.metric === metric)?.z ?? 0;
  return before * z > 0 && Math.abs(before) >= MILD_Z && Math.abs(z) >= GROWTH * Math.abs(before);
}
