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
  readonly starts: Int32Array;
  readonly isSorted: Uint8Array;
  /** A value's bucket: its key (see `keyOf`), less the lowest one, shifted to the right. */
  readonly lowest: number;
  readonly shift: number;
}

/** A 32-bit whole number with a sign, in the order of the floats with these bits; -0 as 0, since they are equal. */
function keyOf(bits: number): number {
  return bits << 1 === 0 ? 0 : bits ^ ((bits >> 31) & 0x7fff_ffff);
}

/** Of infinities and NaN all bits of the exponent are set. */
const EXPONENT = 0x7f80_0000;

function fillBuckets(given: Float32Array): Buckets {
  const bits = new Int32Array(given.buffer, given.byteOffset, given.length);
  const keys = new Int32Array(bits.length);
  let lowest = 0x7fff_ffff;
  let highest = -0x8000_0000;
  let n = 0;
  for (let i = 0; i < bits.length; i++) {
    const own = bits[i];
    if ((own & EXPONENT) === EXPONENT) continue;
    const key = keyOf(own);
    keys[n] = key;
    if (key < lowest) lowest = key;
    if (key > highest) highest = key;
    n += 1;
  }
  let shift = 0;
  while ((highest - lowest) >>> shift >= BUCKETS) shift += 1;
  const starts = new Int32Array(BUCKETS + 2);
  for (let i = 0; i < n; i++) starts[((keys[i] - lowest) >>> shift) + 2] += 1;
  for (let bucket = 2; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1];
  // While they are filled each start stands one place further up, and moves on to where the next one begins.
  const values = new Float32Array(n);
  const filled = new Int32Array(values.buffer);
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    const bucket = ((key - lowest) >>> shift) + 1;
    const to = starts[bucket];
    // The key of a key is the bits.
    filled[to] = keyOf(key);
    starts[bucket] = to + 1;
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
function bucketOf(starts: Int32Array, position: number): number {
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
  const key = keyOf(new Int32Array(Float32Array.of(value).buffer)[0]);
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
