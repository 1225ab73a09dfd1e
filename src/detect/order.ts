/** Finite values in ascending order, by position; 0 <= position < n. */
export interface Order {
  readonly n: number;
  valueAt(position: number): number;
  countAtLeast(value: number): number;
  /** The values from a position on. */
  valuesFrom(position: number): Float64Array;
}

/** The order of the finite ones of some values, which stay as they are. Float32 values are put in order only where they are asked for. */
export function orderOf(values: ArrayLike<number>): Order {
  if (values instanceof Float32Array && values.length >= WORTH_BUCKETS) return orderOfBuckets(fillBuckets(values));
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return {
    n: sorted.length,
    valueAt: (position) => sorted[position],
    countAtLeast: (value) => countAtLeast(sorted, value),
    valuesFrom: (position) => sorted.slice(position),
  };
}

/** How many entries of an ascending array are at least `value`. */
export function countAtLeast(sorted: Float64Array | Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/** Fewer values than this are sorted at once. */
const WORTH_BUCKETS = 512;
/** Buckets that the range of the values is cut into: some tens of 20,000 scores in each of those where most of them lie. */
const BUCKETS = 4096;
/** So few values are sorted quickest by putting each in its place. */
const FEW = 24;

/**
 * Values by bucket, buckets ascending, in no order within one until it is asked for. A calibration of 20,000 scores asks for some seventy of
 * them and the highest fiftieth: a fifth of the time that sorting all of them takes.
 */
interface Buckets {
  readonly values: Float32Array;
  /** Where each bucket begins, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly isSorted: Uint8Array;
  /** A value's bucket: its key (see `keyOf`), less the lowest one, shifted to the right. */
  readonly lowest: number;
  readonly shift: number;
}

/** A whole number in the order of the float whose bits these are: negative ones reversed and below the others. */
function keyOf(bits: number): number {
  return (bits >>> 31 === 1 ? ~bits : bits | 0x8000_0000) >>> 0;
}

function fillBuckets(given: Float32Array): Buckets {
  const finite = new Float32Array(given.length);
  const bits = new Uint32Array(finite.buffer);
  const keys = new Uint32Array(given.length);
  let n = 0;
  let lowest = 0xffff_ffff;
  let highest = 0;
  for (let i = 0; i < given.length; i++) {
    // -0 becomes 0: they are equal.
    const value = given[i] + 0;
    if (value - value !== 0) continue;
    finite[n] = value;
    const key = keyOf(bits[n]);
    keys[n] = key;
    if (key < lowest) lowest = key;
    if (key > highest) highest = key;
    n += 1;
  }
  let shift = 0;
  while ((highest - lowest) >>> shift >= BUCKETS) shift += 1;
  const starts = new Uint32Array(BUCKETS + 2);
  for (let i = 0; i < n; i++) starts[((keys[i] - lowest) >>> shift) + 2] += 1;
  for (let bucket = 2; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1];
  // While they are filled each start stands one place further up, and moves on to where the next one begins.
  const values = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const bucket = ((keys[i] - lowest) >>> shift) + 1;
    values[starts[bucket]] = finite[i];
    starts[bucket] += 1;
  }
  return { values, starts: starts.subarray(0, BUCKETS + 1), isSorted: new Uint8Array(BUCKETS), lowest, shift };
}

function orderOfBuckets(buckets: Buckets): Order {
  const { values, starts } = buckets;
  const n = values.length;
  return {
    n,
    valueAt: (position) => {
      sortBucket(buckets, bucketOf(starts, position));
      return values[position];
    },
    countAtLeast: (value) => countAmong(buckets, value),
    valuesFrom: (position) => {
      for (let bucket = bucketOf(starts, position); bucket < BUCKETS; bucket++) sortBucket(buckets, bucket);
      return Float64Array.from(values.subarray(position));
    },
  };
}

/** The bucket that holds a position. */
function bucketOf(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = BUCKETS;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= position) low = middle;
    else high = middle;
  }
  return low;
}

function countAmong(buckets: Buckets, value: number): number {
  const { values, starts, lowest, shift } = buckets;
  const key = keyOf(new Uint32Array(Float32Array.of(value + 0).buffer)[0]);
  const bucket = key < lowest ? 0 : Math.min(BUCKETS - 1, (key - lowest) >>> shift);
  sortBucket(buckets, bucket);
  return values.length - starts[bucket + 1] + countAtLeast(values.subarray(starts[bucket], starts[bucket + 1]), value);
}

function sortBucket({ values, starts, isSorted }: Buckets, bucket: number): void {
  if (isSorted[bucket] === 1) return;
  isSorted[bucket] = 1;
  const from = starts[bucket];
  const to = starts[bucket + 1];
  if (to - from > FEW) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    let at = i;
    for (; at > from && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
