/** What events and faults do to one device's work in one tick, before its metrics follow from it. */
export interface Effect {
  /** Factor of the traffic that comes for it. */
  demand: number;
  /** Share of its traffic that it takes, 0..1. */
  serve: number;
  /** Points added to CPU and memory. */
  cpu: number;
  memory: number;
  /** Factor of disk traffic, and MB/s added to it. */
  diskFactor: number;
  disk: number;
  /** Mbit/s added. */
  network: number;
  /** Factor of the rate of its usual log lines. */
  lines: number;
  /** 1: it starts anew; memory that crept in is gone. 2: and it runs a new release, whose CPU need is a little different. */
  restart: number;
}

/** Numbers a device in the column of effects. */
export const EFFECTS = 9;
export const E_DEMAND = 0;
export const E_SERVE = 1;
export const E_CPU = 2;
export const E_MEMORY = 3;
export const E_DISK_FACTOR = 4;
export const E_DISK = 5;
export const E_NETWORK = 6;
export const E_LINES = 7;
export const E_RESTART = 8;

export function noEffect(): Effect {
  return { demand: 1, serve: 1, cpu: 0, memory: 0, diskFactor: 1, disk: 0, network: 0, lines: 1, restart: 0 };
}

/** Sets an effect back to none, in place. */
export function clearEffect(effect: Effect): void {
  effect.demand = 1;
  effect.serve = 1;
  effect.cpu = 0;
  effect.memory = 0;
  effect.diskFactor = 1;
  effect.disk = 0;
  effect.network = 0;
  effect.lines = 1;
  effect.restart = 0;
}

/** Puts a device's EFFECTS numbers back to none. */
export function clearEffects(column: Float64Array, device: number): void {
  const base = device * EFFECTS;
  column.fill(0, base, base + EFFECTS);
  column[base + E_DEMAND] = 1;
  column[base + E_SERVE] = 1;
  column[base + E_DISK_FACTOR] = 1;
  column[base + E_LINES] = 1;
}

/** Adds an effect to what other events do to the device at the same time: factors multiply, amounts add. */
export function addEffect(column: Float64Array, device: number, effect: Effect): void {
  const base = device * EFFECTS;
  column[base + E_DEMAND] *= effect.demand;
  column[base + E_SERVE] *= effect.serve;
  column[base + E_CPU] += effect.cpu;
  column[base + E_MEMORY] += effect.memory;
  column[base + E_DISK_FACTOR] *= effect.diskFactor;
  column[base + E_DISK] += effect.disk;
  column[base + E_NETWORK] += effect.network;
  column[base + E_LINES] *= effect.lines;
  column[base + E_RESTART] = Math.max(column[base + E_RESTART], effect.restart);
}
