import type { DeviceState } from '../../domain/frame';
import { projectFlat } from './project-flat';
import { spreadDevices } from './spread';
import type { MapDevice } from './types';

/** A device where it is drawn on the flat map: pixels from the map's upper left corner. */
export interface FlatMark {
  readonly index: number;
  readonly state: DeviceState;
  readonly x: number;
  readonly y: number;
  /** Name, place and state, for who points at it. */
  readonly label: string;
}

/** Marks of one city stand on a circle of this radius in degrees on a map 1,000 pixels wide, more on a narrower one. */
const SPREAD_AT_1000 = 2;
/** Lowest first: what matters most is drawn last, so that nothing covers it. */
const WEIGHT: Readonly<Record<DeviceState, number>> = { silent: 0, ok: 1, warning: 2, quarantined: 3, alert: 4 };
const SELECTED_WEIGHT = 10;

/** The marks of some devices on a map `width` pixels wide, in the order in which they are drawn. */
export function placeMarks(devices: readonly MapDevice[], selected: number | undefined, width: number): FlatMark[] {
  const weight = ({ index, state }: FlatMark): number => (index === selected ? SELECTED_WEIGHT : WEIGHT[state]);
  return spreadDevices(devices, SPREAD_AT_1000 * Math.max(0.8, 1000 / Math.max(width, 200)))
    .map(({ index, state, name, place, latitude, longitude }) => ({
      index,
      state,
      label: `${name} · ${place} · ${state}`,
      ...projectFlat(latitude, longitude, width),
    }))
    .sort((a, b) => weight(a) - weight(b));
}

/** Radius of a usual mark in pixels: smaller where the map is narrow or the devices are many. */
export function markSize(width: number, devices: number): number {
  const size = width < 600 ? 5 : 7;
  return devices > 400 ? size - 2 : devices > 150 ? size - 1 : size;
}

/** The mark nearest to a point, of equally near ones the one drawn last; undefined when none is within `reach` pixels. */
export function markAt(marks: readonly FlatMark[], x: number, y: number, reach: number): FlatMark | undefined {
  let nearest: FlatMark | undefined;
  let least = reach;
  for (const mark of marks) {
    const distance = Math.hypot(mark.x - x, mark.y - y);
    if (distance > least) continue;
    least = distance;
    nearest = mark;
  }
  return nearest;
}

/** Whether two lists of marks look the same: of most frames nothing has to be drawn. */
export function sameMarks(a: readonly FlatMark[], b: readonly FlatMark[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ index, state, x, y }, i) => {
    const other = b[i];
    return index === other.index && state === other.state && x === other.x && y === other.y;
  });
}
