import { ZONES } from './regions';
import { ROLES } from './roles';

/** Pools of devices that take over each other's traffic: one for each role and zone. */
export const POOLS = ROLES.length * ZONES.length;

/** The traffic of a moment, one entry a device. Loads are in units of a usual server's usual load. */
export interface Traffic {
  readonly count: number;
  /** Traffic that comes for each device, >= 0. */
  readonly demand: Float64Array;
  /** Share of its traffic that it takes, 0..1: 0 when it is lost or blocked. */
  readonly serving: Float64Array;
  /** What part of the orphaned traffic it gets, relative to others: its size, > 0. */
  readonly weight: Float64Array;
  /** The most that it can carry while it serves fully. */
  readonly limit: Float64Array;
  /** role * ZONES.length + zone; -1 for a device outside of the fleet, which shares with nobody. */
  readonly pool: Int16Array;
}

/** Sums of a pool and of a role while traffic is spread; reused between ticks. */
export interface SpreadSums {
  readonly orphans: Float64Array;
  readonly takers: Float64Array;
  readonly excess: Float64Array;
  readonly headroom: Float64Array;
  /** Traffic that no device of the role could carry, one entry a role: it is turned away. */
  readonly dropped: Float64Array;
}

export function createSpreadSums(): SpreadSums {
  return {
    orphans: new Float64Array(POOLS),
    takers: new Float64Array(POOLS),
    excess: new Float64Array(ROLES.length),
    headroom: new Float64Array(ROLES.length),
    dropped: new Float64Array(ROLES.length),
  };
}

/**
 * Spreads traffic over the devices that serve, into `load`. What a device does not take goes to the serving devices of its pool by their
 * weight; what is above their limits goes to the role's other zones by the room that they have; the rest is dropped. So over a role the
 * load and what was dropped add up to the demand, and no load is above its limit. Degenerate: a pool without a serving device gives
 * everything to the other zones; a role without one drops everything.
 */
export function spreadTraffic(traffic: Traffic, load: Float64Array, sums: SpreadSums): void {
  const { count, demand, serving, weight, limit, pool } = traffic;
  const { orphans, takers, excess, headroom, dropped } = sums;
  const zones = ZONES.length;
  orphans.fill(0);
  takers.fill(0);
  excess.fill(0);
  headroom.fill(0);
  for (let i = 0; i < count; i++) {
    const p = pool[i];
    if (p < 0) continue;
    orphans[p] += demand[i] * (1 - serving[i]);
    takers[p] += weight[i] * serving[i];
  }
  for (let p = 0; p < POOLS; p++) {
    if (takers[p] > 0) continue;
    excess[Math.floor(p / zones)] += orphans[p];
    orphans[p] = 0;
  }
  let overflows = false;
  for (let i = 0; i < count; i++) {
    const p = pool[i];
    const own = demand[i] * serving[i];
    if (p < 0) {
      load[i] = Math.min(own, limit[i] * serving[i]);
      continue;
    }
    const wanted = orphans[p] > 0 ? own + (orphans[p] * weight[i] * serving[i]) / takers[p] : own;
    const most = limit[i] * serving[i];
    const role = Math.floor(p / zones);
    if (wanted > most) {
      excess[role] += wanted - most;
      load[i] = most;
    } else {
      headroom[role] += most - wanted;
      load[i] = wanted;
    }
  }
  for (let role = 0; role < excess.length; role++) {
    dropped[role] = Math.max(0, excess[role] - headroom[role]);
    if (excess[role] > 0) overflows = true;
  }
  if (!overflows) return;
  for (let i = 0; i < count; i++) {
    if (pool[i] < 0) continue;
    const role = Math.floor(pool[i] / zones);
    if (excess[role] === 0 || headroom[role] === 0) continue;
    load[i] += (limit[i] * serving[i] - load[i]) * Math.min(1, excess[role] / headroom[role]);
  }
}
