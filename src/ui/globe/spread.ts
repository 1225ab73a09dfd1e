interface Placed {
  readonly latitude: number;
  readonly longitude: number;
}

/** Half a degree: what is nearer than this would be one blot on the map. */
const CELL_DEGREES = 0.5;

/**
 * Moves devices that stand in the same place onto a small circle around it, so that each can be seen and picked.
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
      const angle = (2 * Math.PI * k) / members.length;
      // A degree of longitude shrinks with the cosine of the latitude.
      const stretch = Math.max(0.2, Math.cos((device.latitude * Math.PI) / 180));
      moved[i] = {
        ...device,
        latitude: device.latitude + radius * Math.sin(angle),
        longitude: wrapLongitude(device.longitude + (radius * Math.cos(angle)) / stretch),
      };
    });
  }
  return moved;
}

/** The same meridian in [-180, 180). */
export function wrapLongitude(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
