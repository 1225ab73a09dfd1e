/** Values and scores remembered of a device: a month at one in 5 minutes. */
const MEMORY = 8640;
/** Fewer remembered scores say nothing about how rare a new one is. */
const MIN_SCORES = 50;
/** Share of the remembered scores that the exponential tail starts at, and the fewest that it is fitted to. */
const TAIL_SHARE = 0.02;
const MIN_TAIL = 4;
/** A fall-off steeper than this, in log units of the distance, is what a few equal distances look like, not a tail. */
const MIN_FALL = 0.01;
/** After an onset so many samples have to show more than it did. */
const REFRACTORY_SAMPLES = 200;

/** The latest numbers, in the order in which they came and sorted. */
export interface Memory {
  readonly ring: Float64Array;
  readonly sorted: Float64Array;
  count: number;
  next: number;
}

function createMemory(capacity: number): Memory {
  return { ring: new Float64Array(capacity), sorted: new Float64Array(capacity), count: 0, next: 0 };
}

/** Position of the first sorted entry that is at least `value`. */
function rankIn({ sorted, count }: Memory, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function remember(memory: Memory, value: number): void {
  const { ring, sorted } = memory;
  if (memory.count === ring.length) {
    const at = rankIn(memory, ring[memory.next]);
    sorted.copyWithin(at, at + 1, memory.count);
    memory.count -= 1;
  }
  const at = rankIn(memory, value);
  sorted.copyWithin(at + 1, at, memory.count);
  sorted[at] = value;
  memory.count += 1;
  ring[memory.next] = value;
  memory.next = (memory.next + 1) % ring.length;
}

/** One device's memory of a single metric. Bounded: 4 x 8,640 numbers at most. */
export interface NoveltyTrack {
  readonly values: Memory;
  readonly distances: Memory;
  /** Rarity of the latest onset, and samples since. */
  peak: number;
  since: number;
}

export function createNoveltyTrack(): NoveltyTrack {
  return { values: createMemory(MEMORY), distances: createMemory(MEMORY), peak: 0, since: Number.POSITIVE_INFINITY };
}

/**
 * One sample further. Novelty is the distance of a value to the nearest one remembered: a value that was never seen before is new wherever it
 * lies, also between two usual levels, and is known from then on. Rarity (0.., uncapped) is -log10 of the share of remembered distances
 * at least so large, with an exponential tail of the log distance beyond their 98th percentile; 0 until MIN_SCORES are remembered.
 * value: in standard deviations, finite.
 */
export function stepNovelty(track: NoveltyTrack, value: number): number {
  const { values, distances } = track;
  const at = rankIn(values, value);
  const above = at < values.count ? values.sorted[at] - value : Number.POSITIVE_INFINITY;
  const below = at > 0 ? value - values.sorted[at - 1] : Number.POSITIVE_INFINITY;
  const nearest = Math.min(above, below);
  const distance = Number.isFinite(nearest) ? nearest : 0;
  const rarity = distances.count >= MIN_SCORES ? rarityAmong(distances, distance) : 0;
  remember(distances, distance);
  remember(values, value);
  return rarity;
}

function rarityAmong(distances: Memory, distance: number): number {
  const { sorted, count } = distances;
  const reached = count - rankIn(distances, distance);
  const empirical = -Math.log10((reached + 1) / (count + 1));
  const tail = Math.max(MIN_TAIL, Math.floor(TAIL_SHARE * count));
  if (reached > tail) return empirical;
  const start = Math.log1p(sorted[count - tail]);
  let fall = 0;
  for (let k = count - tail; k < count; k++) fall += (Math.log1p(sorted[k]) - start) / tail;
  const beyond = (Math.log1p(distance) - start) / Math.max(fall, MIN_FALL) / Math.LN10;
  return Math.max(0, -Math.log10(tail / count) + beyond);
}

/**
 * One alarm per event: the rarity itself where an event begins, or where it shows more than it did at its last onset; 0 for
 * REFRACTORY_SAMPLES samples otherwise.
 */
export function stepOnset(track: NoveltyTrack, rarity: number): number {
  track.since += 1;
  if (track.since > REFRACTORY_SAMPLES) track.peak = 0;
  if (!(rarity > track.peak)) return 0;
  track.peak = rarity;
  track.since = 0;
  return rarity;
}
