/** Latitudes at the upper and lower edge of the flat map: what lies beyond holds no data centre. Degrees. */
export const FLAT_TOP = 80;
export const FLAT_BOTTOM = -57;

/** Height / width of the flat map. */
export const FLAT_ASPECT = (FLAT_TOP - FLAT_BOTTOM) / 360;

/**
 * Equirectangular place of a point on a flat map `width` pixels wide, from its upper left corner. Degrees in, pixels out.
 * Points beyond the edges give places outside of the map.
 */
export function projectFlat(latitude: number, longitude: number, width: number): { x: number; y: number } {
  const perDegree = width / 360;
  return { x: (longitude + 180) * perDegree, y: (FLAT_TOP - latitude) * perDegree };
}

/**
 * An SVG path for an attack: a curve that rises over the straight line by a fifth of its length.
 * Degenerate: both ends in one place give a path without length.
 */
export function arcPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const lift = Math.hypot(to.x - from.x, to.y - from.y) / 5;
  const cx = (from.x + to.x) / 2;
  const cy = Math.max(0, Math.min(from.y, to.y, (from.y + to.y) / 2) - lift);
  const round = (value: number): number => Math.round(value * 10) / 10;
  return `M${round(from.x)} ${round(from.y)} Q${round(cx)} ${round(cy)} ${round(to.x)} ${round(to.y)}`;
}
