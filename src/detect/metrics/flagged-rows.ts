/** Flagged rows kept, one an event: 20 live features are 80 bytes each, the most that there can be about 1 KB. */
const KEPT = 512;
/** A device that is flagged again after no more than so many samples is in the same event. */
const SAME_EVENT_SAMPLES = 10;

/** One row as the detectors saw it: the rarest so far of its event. */
export interface FlaggedRow {
  readonly device: number;
  readonly t: number;
  /** Joined rarity. */
  readonly rarity: number;
  /** Raw score by the member that can be traced. */
  readonly raw: number;
  readonly features: Float32Array;
}

/** The rarest row of each of the latest events of flagged rows, so that a person can ask how the forest saw it. Bounded; never saved. */
export interface FlaggedRows {
  readonly rows: FlaggedRow[];
  next: number;
  /** By device: where its latest event stands, and the number of the sample last seen of it. */
  readonly latest: Map<number, { readonly at: number; sample: number }>;
}

export function createFlaggedRows(): FlaggedRows {
  return { rows: [], next: 0, latest: new Map() };
}

/** Keeps a flagged row, unless a rarer one of the same event is kept. sample: its number within its device. */
export function keepFlagged(kept: FlaggedRows, row: FlaggedRow, sample: number): void {
  const event = kept.latest.get(row.device);
  const since = event ? sample - event.sample : Number.NaN;
  if (event && since >= 0 && since <= SAME_EVENT_SAMPLES && kept.rows[event.at].device === row.device) {
    event.sample = sample;
    if (row.rarity > kept.rows[event.at].rarity) kept.rows[event.at] = row;
    return;
  }
  kept.rows[kept.next] = row;
  kept.latest.set(row.device, { at: kept.next, sample });
  kept.next = (kept.next + 1) % KEPT;
}

/** The rarest kept row of a device with from <= t <= to (ms); undefined when none is. */
export function findFlagged(kept: FlaggedRows, device: number, from: number, to: number): FlaggedRow | undefined {
  let found: FlaggedRow | undefined;
  for (const row of kept.rows) {
    if (row.device !== device || row.t < from || row.t > to) continue;
    if (!found || row.rarity > found.rarity) found = row;
  }
  return found;
}
