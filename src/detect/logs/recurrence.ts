/** Time constant of the decaying count: about the lines of the last minute. */
export const RECURRENCE_MS = 60_000;
/** Lines of one device that come this close together are one outcry: a stack trace, a table. */
export const SAME_MS = 500;
/** Pairs of device and template that are followed at once; beyond it those silent for longest are dropped. */
const MAX_PAIRS = 4096;
const PAIR_BASE = 0x1_0000;
/** Stands for all templates of bad lines: ids begin with 1. */
const BAD = 0;

/** How often each device has lately come back to templates that training did not know: those known have `BurstCounter`. */
export interface RecurrenceCounter {
  /**
   * Counts one line. Gives how often this device has come back in the last minute to templates that it wrote in the minute before, each time
   * weighted by exp(-age / RECURRENCE_MS), with this line if it is such a one: many templates once each, as a roll-out writes them, are 0.
   * Bad lines (of level warning or worse) are counted as if of one template, since it is their company that speaks.
   * Lines of one template within half a second count once. t: ms; a clock that stands or goes backwards counts nothing.
   */
  count(device: number, template: number, t: number, isBad: boolean): number;
}

/** A counter with bounded memory. Never saved: a minute later nothing is left of it. */
export function createRecurrenceCounter(): RecurrenceCounter {
  const lastT = new Map<number, number>();
  const recent = new Map<number, { value: number; t: number }>();
  return {
    count(device, template, t, isBad) {
      const key = (isBad ? BAD : template) * PAIR_BASE + device;
      const passed = t - (lastT.get(key) ?? Number.NEGATIVE_INFINITY);
      const state = recent.get(device) ?? { value: 0, t };
      const value = state.value * Math.exp(-Math.max(0, t - state.t) / RECURRENCE_MS);
      if (passed < SAME_MS) return value;
      if (lastT.size >= MAX_PAIRS) dropOldest(lastT, recent);
      lastT.delete(key);
      lastT.set(key, t);
      const counted = value + Number(passed <= RECURRENCE_MS);
      recent.set(device, { value: counted, t });
      return counted;
    },
  };
}

function dropOldest(lastT: Map<number, number>, recent: Map<number, unknown>): void {
  let left = MAX_PAIRS >> 3;
  for (const key of lastT.keys()) {
    if (left-- <= 0) break;
    lastT.delete(key);
  }
  const alive = new Set([...lastT.keys()].map((key) => key % PAIR_BASE));
  for (const device of recent.keys()) if (!alive.has(device)) recent.delete(device);
}
