/** Times real time that a run may go. */
export const MIN_SPEED = 0.5;
export const MAX_SPEED = 120;

/** What is offered, slowest first. */
export const SPEEDS: readonly number[] = [0.5, 1, 2, 10, 60, 120];
