/** Repeats that are remembered: older ones count less and less. About an hour at one sample a second. */
const MEMORY = 4000;
/** Fewer comparisons say nothing about how rarely a metric repeats its value. */
const MIN_SEEN = 200;
/** A metric that repeats itself more often than this may rest for as long as it likes: it is no sensor of something that lives. */
const MAX_SHARE = 0.05;
/** Chance that a repeat goes on, by the rule of succession: one success and one failure before anything was seen. */
const PRIOR = 1;
/** Repeats from which a metric is said to stand still. */
const SAID_FROM = 4;

/**
 * How long each metric of each device has repeated one value exactly, and how often it usually does: columns of devices x metrics (entry
 * device * metrics + metric). A flat line is the opposite of a departure: no value is out of range, so no distance sees it. Never saved.
 */
export interface Stillness {
  /** Value of the sample before; NaN = none. */
  last: Float64Array;
  /** Samples in a row that repeated it. */
  run: Float64Array;
  /** Length of the run that the latest sample ended, 0 where it ended none. */
  ended: Float64Array;
  /** What was learned, decaying: comparisons, first repeats, repeats that followed one, and those that could have. */
  seen: Float64Array;
  begun: Float64Array;
  followed: Float64Array;
  couldFollow: Float64Array;
  readonly metrics: number;
  /** Bounds of each metric: resting at a bound is being full or idle, not standing still. */
  readonly min: Float64Array;
  readonly max: Float64Array;
}

const COLUMNS = ['run', 'ended', 'seen', 'begun', 'followed', 'couldFollow'] as const;

/** Nothing known yet. bounds: of each metric. */
export function createStillness(bounds: readonly { readonly min: number; readonly max: number }[]): Stillness {
  const none = new Float64Array(0);
  return {
    last: none,
    run: none,
    ended: none,
    seen: none,
    begun: none,
    followed: none,
    couldFollow: none,
    metrics: bounds.length,
    min: Float64Array.from(bounds, ({ min }) => min),
    max: Float64Array.from(bounds, ({ max }) => max),
  };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveStillness(still: Stillness, devices: number): void {
  const length = devices * still.metrics;
  if (still.run.length >= length) return;
  for (const key of COLUMNS) {
    const column = new Float64Array(length);
    column.set(still[key]);
    still[key] = column;
  }
  const last = new Float64Array(length).fill(Number.NaN);
  last.set(still.last);
  still.last = last;
}

/** One sample further: counts the metrics of values[at..at + m) (NaN = missing: nothing is known) that repeat the value before. */
export function stepStillness(still: Stillness, device: number, values: Float64Array, at: number): void {
  const { metrics, last, run, ended, min, max } = still;
  for (let metric = 0; metric < metrics; metric++) {
    const i = device * metrics + metric;
    const value = values[at + metric];
    if (Number.isNaN(value)) continue;
    const repeats = value === last[i] && value > min[metric] && value < max[metric];
    ended[i] = repeats ? 0 : run[i];
    run[i] = repeats ? run[i] + 1 : 0;
    last[i] = value;
  }
}

/** Learns from the latest step of a device: a run counts once it has ended, or it would make itself usual. */
export function learnStillness(still: Stillness, device: number): void {
  const { metrics, ended, seen, begun, followed, couldFollow } = still;
  const keep = 1 - 1 / MEMORY;
  for (let metric = 0; metric < metrics; metric++) {
    const i = device * metrics + metric;
    seen[i] = keep * seen[i] + 1;
    begun[i] = keep * begun[i] + Math.min(1, ended[i]);
    couldFollow[i] = keep * couldFollow[i] + ended[i];
    followed[i] = keep * followed[i] + Math.max(0, ended[i] - 1);
  }
}

/** Forgets what is usual of a device: a flat line that lasts is its new normal. */
export function clearStillness({ metrics, ...still }: Stillness, device: number): void {
  for (const key of ['seen', 'begun', 'followed', 'couldFollow'] as const) {
    still[key].fill(0, device * metrics, (device + 1) * metrics);
  }
}

/**
 * Rarity (>= 0) of one metric's present run: -log10 of the chance that it begins, and for each further repeat of the chance that it goes on.
 * 0 while it moves, before MIN_SEEN samples, and where it repeats itself often.
 */
export function stillRarity(still: Stillness, device: number, metric: number): number {
  const i = device * still.metrics + metric;
  const { run, seen, begun, followed, couldFollow } = still;
  if (run[i] < 1 || seen[i] < MIN_SEEN) return 0;
  const begins = (begun[i] + PRIOR) / (seen[i] + 2 * PRIOR);
  const repeats = (couldFollow[i] + PRIOR) / (seen[i] + 2 * PRIOR);
  if (repeats > MAX_SHARE) return 0;
  const follows = (followed[i] + PRIOR) / (couldFollow[i] + 2 * PRIOR);
  return -Math.log10(begins) - (run[i] - 1) * Math.log10(follows);
}

/** The rarest run of a device's metrics. */
export function stillestRarity(still: Stillness, device: number): number {
  let rarest = 0;
  for (let metric = 0; metric < still.metrics; metric++) {
    if (still.run[device * still.metrics + metric] > 0) rarest = Math.max(rarest, stillRarity(still, device, metric));
  }
  return rarest;
}

/** For how many samples each metric of a device has stood still, 0 where it moves or does so often. */
export function stillSamples(still: Stillness, device: number): number[] {
  const samples: number[] = [];
  for (let metric = 0; metric < still.metrics; metric++) {
    const run = still.run[device * still.metrics + metric];
    samples.push(run >= SAID_FROM && stillRarity(still, device, metric) > 0 ? run : 0);
  }
  return samples;
}
