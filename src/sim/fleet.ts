import type { Device, Region } from '../domain/catalog';
import { deviceId } from '../domain/ids';
import { createRandom, type Random } from '../domain/random';
import { REGIONS } from './regions';
import { ROLE_CYCLE, ROLE_PROFILES, type Role } from './roles';

/**
 * The devices of a fleet: roles in turn, cities in a seeded order, each city once before any city twice.
 * Ids equal names (`web-fra-01`) and are unique. count: at least 1.
 */
export function createDevices(seed: number, count: number): Device[] {
  const regions = shuffle(REGIONS, createRandom(seed, 'regions'));
  const used = new Map<string, number>();
  return Array.from({ length: count }, (_, i) => {
    const role = ROLE_CYCLE[i % ROLE_CYCLE.length] ?? 'web';
    // The shift by round keeps a role from standing in the same two cities in every round.
    const region = regions[(i + 5 * Math.floor(i / regions.length)) % regions.length] ?? REGIONS[0];
    const stem = `${ROLE_PROFILES[role].short}-${region.id}`;
    const number = (used.get(stem) ?? 0) + 1;
    used.set(stem, number);
    return createDevice(`${stem}-${String(number).padStart(2, '0')}`, role, region);
  });
}

/** One device standing in `region`. id: the name unless given. */
export function createDevice(name: string, role: Role, region: Region, id: string = name): Device {
  return {
    id: deviceId(id),
    name,
    region: region.id,
    city: region.city,
    country: region.country,
    latitude: region.latitude,
    longitude: region.longitude,
    role,
  };
}

/** Fisher-Yates over a copy. */
function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}
