/** Samples of a device that one mean is taken of: a minute at one sample a second. */
export const MINUTE_SAMPLES = 60;
/** A minute is cut into so many pieces, of which the lowest and the highest do not count: a transfer of seconds is no level. */
const PIECES = 6;
const PIECE_SAMPLES = MINUTE_SAMPLES / PIECES;
/** With fewer pieces that hold a value a minute has none. */
const MIN_PIECES = 3;

/** Robust means of each device's minutes, as they fill: columns of devices x metrics (entry device * metrics + metric). Never saved. */
export interface MinuteMeans {
  readonly metrics: number;
  /** Of the piece that is being filled. */
  sum: Float64Array;
  count: Uint8Array;
  /** Means of the minute's pieces, PIECES a metric; NaN = no value. */
  pieces: Float32Array;
  /** By device: samples of the present minute. */
  samples: Uint8Array;
}

export function createMinuteMeans(metrics: number): MinuteMeans {
  const none = new Float64Array(0);
  return { metrics, sum: none, count: new Uint8Array(0), pieces: new Float32Array(0), samples: new Uint8Array(0) };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveMinuteMeans(means: MinuteMeans, devices: number): void {
  if (means.samples.length >= devices) return;
  const { metrics } = means;
  const [sum, count] = [new Float64Array(devices * metrics), new Uint8Array(devices * metrics)];
  const [pieces, samples] = [new Float32Array(devices * metrics * PIECES), new Uint8Array(devices)];
  sum.set(means.sum);
  count.set(means.count);
  pieces.set(means.pieces);
  samples.set(means.samples);
  Object.assign(means, { sum, count, pieces, samples });
}

/**
 * Adds one sample of a device, values[at..at + metrics) (NaN = missing). True with the sample that completes a minute: `out` then holds its mean
 * by metric, of its pieces without the lowest and the highest; NaN where fewer than half of them have a value.
 */
export function stepMinute(
  means: MinuteMeans,
  device: number,
  values: Float64Array,
  at: number,
  out: Float64Array,
): boolean {
  const { metrics, sum, count, pieces, samples } = means;
  const from = device * metrics;
  for (let metric = 0; metric < metrics; metric++) {
    const value = values[at + metric];
    if (Number.isNaN(value)) continue;
    sum[from + metric] += value;
    count[from + metric] += 1;
  }
  samples[device] += 1;
  if (samples[device] % PIECE_SAMPLES !== 0) return false;
  const piece = samples[device] / PIECE_SAMPLES - 1;
  for (let i = from; i < from + metrics; i++) {
    pieces[i * PIECES + piece] = sum[i] / count[i];
    sum[i] = 0;
    count[i] = 0;
  }
  if (piece < PIECES - 1) return false;
  samples[device] = 0;
  for (let metric = 0; metric < metrics; metric++) out[metric] = meanOfPieces(pieces, (from + metric) * PIECES);
  return true;
}

function meanOfPieces(pieces: Float32Array, from: number): number {
  let n = 0;
  let sum = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + PIECES; i++) {
    const piece = pieces[i];
    if (Number.isNaN(piece)) continue;
    n += 1;
    sum += piece;
    low = Math.min(low, piece);
    high = Math.max(high, piece);
  }
  return n < MIN_PIECES ? Number.NaN : (sum - low - high) / (n - 2);
}
