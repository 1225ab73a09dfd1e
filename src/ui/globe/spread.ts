interface Placed {
  readonly latitude: number;
  readonly longitude: number;
}

/** Half a degree: what is nearer than this would be one blot on the map. */
const CELL_DEGREES = 0.5;
/** So many fit on a circle without covering each other; more are laid out like the seeds of a sunflower (Vogel 1979). */
const CIRCLE_HOLDS = 8;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Distance between neighbouring seeds as a share of the circle's radius, and how far a place may reach: a country, not a continent. Degrees. */
const SEED_GAP = 0.7;
const MAX_REACH = 7;

/**
 * Moves devices that stand in the same place onto a small circle around it, or a disc where they are many, so that each can be seen and picked.
 * Degrees in, degrees out; a device alone in its place, and any latitude beyond 89 degrees, stays where it is.
 * `radius`: radius of the circle in degrees of latitude. Degenerate: no devices give none.
 */
export function spreadDevices<T extends Placed>(devices: readonly T[], radius: number): T[] {
  const places = new Map<string, number[]>();
  devices.forEach((device, i) => {
    const key = `${Math.round(device.latitude / CELL_DEGREES)}:${Math.round(device.longitude / CELL_DEGREES)}`;
    const members = places.get(key);
    if (members === undefined) places.set(key, [i]);
    else members.push(i);
  });
  const moved = [...devices];
  for (const members of places.values()) {
    if (members.length < 2) continue;
    members.forEach((i, k) => {
      const device = devices[i];
      if (Math.abs(device.latitude) > 89) return;
      const { angle, distance } = placeOf(k, members.length, radius);
      // A degree of longitude shrinks with the cosine of the latitude.
      const stretch = Math.max(0.2, Math.cos((device.latitude * Math.PI) / 180));
      moved[i] = {
        ...device,
        latitude: device.latitude + distance * Math.sin(angle),
        longitude: wrapLongitude(device.longitude + (distance * Math.cos(angle)) / stretch),
      };
    });
  }
  return moved;
}

/** Where the k-th of n devices of a place stands around its middle: radians, and degrees of latitude. */
function placeOf(k: number, n: number, radius: number): { readonly angle: number; readonly distance: number } {
  if (n <= CIRCLE_HOLDS) return { angle: (2 * Math.PI * k) / n, distance: radius };
  const reach = Math.min(SEED_GAP * radius * Math.sqrt(n), MAX_REACH);
  return { angle: k * GOLDEN_ANGLE, distance: reach * Math.sqrt((k + 0.5) / n) };
}

/** The same meridian in [-180, 180). */
export function wrapLongitude(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
