import type { Catalog } from '../../domain/catalog';
import { medianOf, NORMAL_MAD } from './robust';
import type { Tracks } from './tracks';

/** Fewer peers than this say nothing about what is usual in a role. */
const MIN_PEERS = 5;
/** More of a large role would only be slower: every k-th device stands for it. */
export const MAX_LOOKED_AT = 32;
/** A device that was silent for so many of its usual gaps is not among the live ones. */
const LIVE_GAPS = 3;

/** Devices of one role by index; a device without a role, or whose role has too few devices, is in none. */
export interface PeerGroups {
  readonly members: readonly Uint32Array[];
  /** By device: position in `members`, -1 for none. */
  readonly groupOf: Int32Array;
}

/** The groups of a catalog. O(devices). */
export function groupPeers(catalog: Catalog): PeerGroups {
  const byRole = new Map<string, number[]>();
  catalog.devices.forEach(({ role }, device) => {
    if (role === '') return;
    const known = byRole.get(role);
    if (known) known.push(device);
    else byRole.set(role, [device]);
  });
  const members = [...byRole.values()]
    .filter((devices) => devices.length > MIN_PEERS)
    .map((devices) => Uint32Array.from(devices));
  const groupOf = new Int32Array(catalog.devices.length).fill(-1);
  members.forEach((devices, group) => {
    for (const device of devices) groupOf[device] = group;
  });
  return { members, groupOf };
}

/** Where the live devices of a role stand now, each in units of its own scale: per metric the median, and the spread around it (>= 1). */
export interface PeerView {
  /** Live devices of the role beside the one that is compared. */
  readonly peers: number;
  readonly centre: Float64Array;
  readonly spread: Float64Array;
}

/**
 * What a role's devices do at time t (ms). A device's own ordinary noise is a unit of 1, which the MAD among the devices only widens: a few
 * that happen to agree do not make a small departure large. The device compared is among them; a median does not mind.
 * undefined with fewer than MIN_PEERS + 1 live devices. A metric that none of them has gives centre 0.
 */
export function viewPeers(tracks: Tracks, devices: Uint32Array, t: number): PeerView | undefined {
  const live: number[] = [];
  for (const device of devices) if (isLive(tracks, device + 1, t)) live.push(device);
  if (live.length <= MIN_PEERS) return undefined;
  const stride = Math.ceil(live.length / MAX_LOOKED_AT);
  const looked: number[] = [];
  for (let i = 0; i < live.length; i += stride) looked.push(live[i]);
  const m = tracks.metrics;
  const centre = new Float64Array(m);
  const spread = new Float64Array(m).fill(1);
  for (let metric = 0; metric < m; metric++) {
    const values = Float64Array.from(looked, (device) => {
      const scale = tracks.readScale(device + 1, metric);
      return (tracks.last[(device + 1) * m + metric] - scale[0]) / scale[1];
    }).filter(Number.isFinite);
    if (values.length === 0) continue;
    centre[metric] = medianOf(values);
    const mad = NORMAL_MAD * medianOf(values.map((value) => Math.abs(value - centre[metric])));
    spread[metric] = Math.hypot(1, mad);
  }
  return { peers: live.length - 1, centre, spread };
}

function isLive(tracks: Tracks, slot: number, t: number): boolean {
  return slot < tracks.slots && t - tracks.lastT[slot] <= LIVE_GAPS * Math.max(tracks.usualGap[slot], 1);
}

/** How far a device that departs by z of its own deviations from its own typical value departs from its peers. Signed; near 0 = they move alike. */
export function departFromPeers({ centre, spread }: PeerView, metric: number, z: number): number {
  return (z - centre[metric]) / spread[metric];
}
