/** As much as a new fleet trains on. */
const MAX_CATCH_UP_STEPS = 720;
/** The daily cycle moves levels noticeably within half an hour. */
const LONG_ABSENCE_MS = 30 * 60_000;
const FLEET_STEP_MS = 1000;

export interface FleetReturn {
  /** Where the data's clock goes on. */
  readonly resumeAt: number;
  /** Steps from there to the present, gone through at once and without alerts. */
  readonly catchUpSteps: number;
  readonly isLong: boolean;
}

/**
 * How a stored fleet comes back to the present. lastAt: time of its last stored sample (undefined = a new fleet). It catches up with the time
 * it was away, at most twelve minutes of it; before that there is a gap. At 60 times real time the data is ahead of the clock on the wall: it never goes back.
 * isPaused: its clock stood still, so that there is nothing to catch up with.
 */
export function planReturn(lastAt: number | undefined, wallNow: number, isPaused = false): FleetReturn {
  if (lastAt === undefined) return { resumeAt: wallNow, catchUpSteps: 0, isLong: false };
  const next = lastAt + FLEET_STEP_MS;
  if (isPaused) return { resumeAt: next, catchUpSteps: 0, isLong: false };
  const away = Math.max(0, wallNow - next);
  const catchUpSteps = Math.min(MAX_CATCH_UP_STEPS, Math.floor(away / FLEET_STEP_MS));
  return {
    resumeAt: Math.max(next, wallNow - catchUpSteps * FLEET_STEP_MS),
    catchUpSteps,
    isLong: away > LONG_ABSENCE_MS,
  };
}
