import type { RunState } from './run-state';

/** Live time that may pile up behind a slow model before the clock gives way. */
const MAX_DEBT_MS = 1500;
/** At n times real time so many turns share a second. */
const TURNS_A_SECOND = 10;
const RATE_OVER_MS = 1000;

/** How fast data is asked for, and how fast it was gone through. All times are the wall's, in ms. */
export class Clock {
  #speed = 1;
  #debtMs = 0;
  #turnedAt: number;
  #rate: { readonly since: number; readonly samples: number; readonly perSecond: number };

  constructor(now: number) {
    this.#turnedAt = now;
    this.#rate = { since: now, samples: 0, perSecond: 0 };
  }

  /** Times real time. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    this.forgetDebt();
  }

  /** Nothing is due of the time before this. */
  forgetDebt(): void {
    this.#debtMs = 0;
  }

  /** A run was opened: neither its first turn nor its rate knows of the time before. */
  begin(now: number, samples: number): void {
    this.forgetDebt();
    this.#turnedAt = now;
    this.#rate = { since: now, samples, perSecond: 0 };
  }

  /** A turn of the loop begins. Gives the time since the last one. */
  turn(now: number): number {
    const elapsed = Math.max(0, now - this.#turnedAt);
    this.#turnedAt = now;
    return elapsed;
  }

  /** The steps that are due after `elapsedMs` of wall time, at most a tenth of a second's worth and `mostSteps` at once; 0 = wait for `dueInMs`. */
  takeDue(elapsedMs: number, stepMs: number, mostSteps: number): number {
    const most = Math.max(MAX_DEBT_MS, 2 * stepMs) * this.#speed;
    this.#debtMs = Math.min(this.#debtMs + elapsedMs * this.#speed, most);
    const due = Math.floor(this.#debtMs / stepMs);
    if (due < 1) return 0;
    const steps = Math.min(due, mostSteps, Math.max(1, Math.ceil(this.#speed / TURNS_A_SECOND)));
    this.#debtMs -= steps * stepMs;
    return steps;
  }

  /** Wall time until the next step is due. */
  dueInMs(stepMs: number): number {
    return (stepMs - this.#debtMs) / this.#speed;
  }

  /** Samples a second over the last full second. */
  samplesPerSecond(run: RunState, now: number): number {
    const elapsed = now - this.#rate.since;
    if (elapsed >= RATE_OVER_MS) {
      const samples = run.counters.samples;
      this.#rate = { since: now, samples, perSecond: ((samples - this.#rate.samples) * 1000) / elapsed };
    }
    return this.#rate.perSecond;
  }
}
