/** Steps of history in one pull while the run catches up. */
const CATCH_UP_STEPS = 60;
/** A worker that answers no ping for five seconds counts as dead: a pull of a large fleet must keep each of them busy for far less. */
const ROWS_A_PULL = 20_000;

/** The most time steps of a fleet that one pull may hold: at least 1. devices: size of the fleet. */
export function mostSteps(devices: number): number {
  return Math.max(1, Math.floor(ROWS_A_PULL / Math.max(1, devices)));
}

/** Time steps of the next pull of a fleet that catches up. left: steps of history still to come, at least 1. */
export function catchUpSteps(devices: number, left: number): number {
  return Math.min(CATCH_UP_STEPS, left, mostSteps(devices));
}
