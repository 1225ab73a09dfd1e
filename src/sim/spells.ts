import {
  BURST_LEFT,
  BURST_LENGTH,
  BURST_SIZE,
  FLUSH_LEFT,
  FLUSH_SIZE,
  GIVEN_BACK,
  LABOUR_FLOW,
  LABOUR_LEFT,
  LABOUR_SIZE,
  PROCESS_SIZE,
  TRANSFER_FLOW,
  TRANSFER_LEFT,
  TRANSFER_SIZE,
} from './cells';
import { uniformOf } from './noise';
import * as T from './traits';

/**
 * What comes over a device at random and passes: bursts of requests, large transfers, large writes, processes that come and go, memory that is
 * given back. Sizes are Pareto-distributed, so that most are small and a few far larger; each kind comes several times an hour, so that a
 * quarter of an hour of a fleet shows them all. `c`: where the device's cells begin, `t`: where its traits do, bits: 32 random ones.
 */

/** One burst a device each five minutes on average. */
const BURST_CHANCE = 1 / 300;
/** So many bursts of 256 last so many times longer. */
const LONG_BURSTS = 24;
const LONG_FACTOR = 9;
const BURST_TAIL = 2.2;
const MAX_BURST = 0.8;
/** A process that wants the CPU for a second or three: agents, cron, a query without an index. */
const SPIKE_CHANCE = 1 / 120;
/** A large download, a replica that catches up. */
const TRANSFER_CHANCE = 1 / 90;
const TRANSFER_TAIL = 1.4;
/** Nothing is more than so many times as large as usual. */
const MAX_TRANSFER = 7;
const FLOW_SHARE = 0.4;
const FLUSH_CHANCE = 1 / 500;
const FLUSH_TAIL = 1.5;
const MAX_FLUSH = 5;
const LABOUR_CHANCE = 1 / 900;
const LABOUR_TAIL = 1.5;
const MAX_LABOUR = 4.5;
const PROCESS_CHANCE = 1 / 600;
const PROCESS_TAIL = 2.5;
const MAX_PROCESS = 5;
/** A process stays for about twenty minutes. */
const PROCESS_END = 1 / 1200;
const RELEASE_CHANCE = 1 / 900;
const RELEASE_TAIL = 2;
const MAX_RELEASE = 8;
/** Memory that was given back is asked for again within a few minutes. */
const REFILL = 1 / 400;

/** Extra load of a benign burst: a half sine of 8 to 40 seconds, sometimes of minutes; a few are more than half of the usual load. sizeBits: 32 others. */
export function stepBurst(cells: Float64Array, c: number, usual: number, bits: number, sizeBits: number): number {
  if (cells[c + BURST_LEFT] > 0) {
    const length = cells[c + BURST_LENGTH];
    const done = length - cells[c + BURST_LEFT];
    cells[c + BURST_LEFT]--;
    return cells[c + BURST_SIZE] * Math.sin((Math.PI * (done + 0.5)) / length);
  }
  if (uniformOf(bits) >= BURST_CHANCE) return 0;
  const ticks = 8 + ((sizeBits >>> 8) % 33);
  const length = (sizeBits & 255) < LONG_BURSTS ? LONG_FACTOR * ticks : ticks;
  cells[c + BURST_LEFT] = length;
  cells[c + BURST_LENGTH] = length;
  cells[c + BURST_SIZE] = paretoOf(uniformOf(sizeBits), usual, BURST_TAIL, MAX_BURST);
  return 0;
}

/** Points of CPU that halve each second after a spike began. */
export function stepSpike(cells: Float64Array, slot: number, bits: number): number {
  const u = uniformOf(bits);
  let spike = 0.5 * cells[slot];
  // Within the chance, u itself is uniform again: it gives the size.
  if (u < SPIKE_CHANCE) spike += Math.min(30, 3 - 5 * Math.log(1 - u / SPIKE_CHANCE));
  cells[slot] = spike < 0.01 ? 0 : spike;
  return cells[slot];
}

/** Extra traffic, in usual loads, while something large is carried: 3 to 10 seconds, with edges of about three. */
export function stepTransfer(cells: Float64Array, c: number, usual: number, bits: number): number {
  if (cells[c + TRANSFER_LEFT] > 0) {
    cells[c + TRANSFER_LEFT]--;
  } else {
    const within = uniformOf(bits) / TRANSFER_CHANCE;
    cells[c + TRANSFER_SIZE] = within < 1 ? paretoOf(within, usual, TRANSFER_TAIL, MAX_TRANSFER * usual) : 0;
    if (within < 1) cells[c + TRANSFER_LEFT] = 2 + Math.floor(((within * 97) % 1) * 8);
  }
  return flow(cells, c + TRANSFER_FLOW, cells[c + TRANSFER_SIZE]);
}

/** Points of CPU of work that no request counts: one minute to five, with edges of a few seconds. */
export function stepLabour(cells: Float64Array, c: number, usual: number, bits: number): number {
  if (cells[c + LABOUR_LEFT] > 0) {
    cells[c + LABOUR_LEFT]--;
  } else {
    const within = uniformOf(bits) / LABOUR_CHANCE;
    cells[c + LABOUR_SIZE] = within < 1 ? paretoOf(within, usual, LABOUR_TAIL, MAX_LABOUR * usual) : 0;
    if (within < 1) cells[c + LABOUR_LEFT] = 60 + Math.floor(((within * 97) % 1) * 240);
  }
  return flow(cells, c + LABOUR_FLOW, cells[c + LABOUR_SIZE]);
}

/** Moves what flows towards what is asked for, by a share of the rest in each tick. */
function flow(cells: Float64Array, slot: number, target: number): number {
  const now = cells[slot] + FLOW_SHARE * (target - cells[slot]);
  cells[slot] = now < 0.001 ? 0 : now;
  return cells[slot];
}

/**
 * Moves large writes, processes and given-back memory on by one tick; none begins in a tick in which another does. Reads: FLUSH_SIZE while
 * FLUSH_LEFT > 0 (disk times 1 + size), PROCESS_SIZE and GIVEN_BACK (points of memory more and less).
 */
export function stepVisitors(cells: Float64Array, c: number, traits: Float64Array, t: number, bits: number): void {
  if (cells[c + FLUSH_LEFT] > 0) cells[c + FLUSH_LEFT]--;
  const back = cells[c + GIVEN_BACK];
  if (back > 0) cells[c + GIVEN_BACK] = back < 0.01 ? 0 : back * (1 - REFILL);
  let u = uniformOf(bits);
  if (u >= FLUSH_CHANCE + PROCESS_CHANCE + RELEASE_CHANCE + PROCESS_END) return;
  if (u < FLUSH_CHANCE) {
    const within = u / FLUSH_CHANCE;
    cells[c + FLUSH_LEFT] = 2 + Math.floor(((within * 97) % 1) * 4);
    cells[c + FLUSH_SIZE] = paretoOf(within, traits[t + T.FLUSH], FLUSH_TAIL, MAX_FLUSH * traits[t + T.FLUSH]);
    return;
  }
  u -= FLUSH_CHANCE;
  if (u < PROCESS_CHANCE) {
    if (cells[c + PROCESS_SIZE] === 0)
      cells[c + PROCESS_SIZE] = paretoOf(u / PROCESS_CHANCE, traits[t + T.PROCESS], PROCESS_TAIL, MAX_PROCESS);
    return;
  }
  u -= PROCESS_CHANCE;
  if (u < RELEASE_CHANCE) {
    const size = paretoOf(u / RELEASE_CHANCE, traits[t + T.RELEASE], RELEASE_TAIL, MAX_RELEASE);
    cells[c + GIVEN_BACK] = Math.min(MAX_RELEASE, cells[c + GIVEN_BACK] + size);
    return;
  }
  cells[c + PROCESS_SIZE] = 0;
}

/** Pareto-distributed size from a uniform number in [0, 1): at least `least`, at most `most`; tail: the exponent, the smaller the heavier. */
export function paretoOf(u: number, least: number, tail: number, most: number): number {
  return Math.min(most, least * (1 - u) ** (-1 / tail));
}
