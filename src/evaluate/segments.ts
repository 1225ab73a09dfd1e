/** A stretch of one device's time, both ends included. Times in ms since 1970 UTC. */
export interface Segment {
  readonly device: number;
  readonly from: number;
  readonly to: number;
}

export interface MarkedRows {
  /** n times, ascending. Devices may be interleaved. */
  readonly t: ArrayLike<number>;
  /** n device indexes. */
  readonly device: ArrayLike<number>;
  /** n marks, 1 = inside. */
  readonly marked: ArrayLike<number>;
}

/** Stretches of consecutive marked rows of each device, ordered by start. Degenerate: nothing marked gives none. */
export function findSegments({ t, device, marked }: MarkedRows): readonly Segment[] {
  const open = new Map<number, { device: number; from: number; to: number }>();
  const segments: Segment[] = [];
  for (let row = 0; row < t.length; row++) {
    const current = open.get(device[row]);
    if (marked[row] !== 1) {
      open.delete(device[row]);
    } else if (current !== undefined) {
      current.to = t[row];
    } else {
      const segment = { device: device[row], from: t[row], to: t[row] };
      open.set(device[row], segment);
      segments.push(segment);
    }
  }
  return segments;
}

/** Joins overlapping and touching segments of a device; ordered by device, then start. Segments that end before they begin are dropped. */
export function mergeSegments(segments: readonly Segment[]): readonly Segment[] {
  const sorted = segments
    .filter((s) => s.to >= s.from)
    .sort((a, b) => a.device - b.device || a.from - b.from || a.to - b.to);
  const merged: Segment[] = [];
  for (const segment of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last.device === segment.device && segment.from <= last.to) {
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, segment.to) };
    } else {
      merged.push({ device: segment.device, from: segment.from, to: segment.to });
    }
  }
  return merged;
}

/** Whether two segments are of one device and share at least one moment. */
export function overlaps(a: Segment, b: Segment): boolean {
  return a.device === b.device && a.from <= b.to && b.from <= a.to;
}
