import { createRandom, type Random } from '../domain/random';
import type { Fault } from './faults/contract';
import { FAULTS } from './faults/registry';

/** When the fleet's own next fault comes; the stream that decides on it. */
export interface AmbientClock {
  readonly random: Random;
  nextTick: number;
  /** How many have come so far. */
  count: number;
}

/** The fleet's own next fault, all but its device. */
export interface AmbientFault {
  readonly fault: Fault;
  readonly intensity: number;
  readonly durationMs: number;
}

const AMBIENT = FAULTS.filter((fault) => fault.ambient);
/** Gaps between two faults: at least a minute, five minutes on average. */
const GAP_MIN_S = 60;
const GAP_MEAN_S = 300;

/**
 * Starts the schedule. liveTick: tick at which live data begins. The first fault falls 100 to 60 s before it, so that charts
 * show one from the start, the second 10 to 15 s after it, so that somebody who just came sees an alert arise.
 */
export function createAmbientClock(seed: number, liveTick: number): AmbientClock {
  const random = createRandom(seed, 'ambient');
  return { random, nextTick: liveTick - 100 + random.int(41), count: 0 };
}

/** The fault that is due at `tick`, and sets the time of the next one; undefined when none is due. */
export function nextAmbientFault(clock: AmbientClock, tick: number, liveTick: number): AmbientFault | undefined {
  if (tick < clock.nextTick) return undefined;
  const { random } = clock;
  const fault = random.pick(AMBIENT);
  const first = clock.count === 0;
  const intensity = first ? 0.6 : 0.55 + 0.15 * random.next();
  const durationMs = 1000 * (first ? 40 : 30 + random.int(31));
  clock.nextTick = first
    ? liveTick + 10 + random.int(6)
    : tick + GAP_MIN_S + Math.round(-(GAP_MEAN_S - GAP_MIN_S) * Math.log(1 - random.next()));
  clock.count++;
  return { fault, intensity, durationMs };
}
