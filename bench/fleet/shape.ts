/** What a series looks like, whatever its unit and scale. */
export interface Shape {
  readonly n: number;
  /** Standard deviation over the mean; skewness; kurtosis above that of a normal. */
  readonly cv: number;
  readonly skew: number;
  readonly kurtosis: number;
  /** Quantiles over the median. */
  readonly q05: number;
  readonly q95: number;
  readonly q99: number;
  /** Auto-correlation at the given lags, in the order asked for. */
  readonly acf: readonly number[];
  /** Share of samples more than four robust deviations above the median. */
  readonly bursts: number;
}

/**
 * Describes a series. lags: in samples. NaN where something is not defined: everything for a constant series, quantile ratios where the
 * median is 0, a lag that is not shorter than half of the series.
 */
export function describeShape(values: ArrayLike<number>, lags: readonly number[]): Shape {
  const n = values.length;
  const series = Float64Array.from(values);
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (const value of series) {
    const d = value - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  const variance = m2 / n;
  const sd = Math.sqrt(variance);
  const sorted = Float64Array.from(series).sort();
  const median = quantileOf(sorted, 0.5);
  const deviation = 1.4826 * quantileOf(Float64Array.from(series, (v) => Math.abs(v - median)).sort(), 0.5);
  return {
    n,
    cv: mean === 0 ? Number.NaN : sd / Math.abs(mean),
    skew: m3 / n / sd ** 3,
    kurtosis: m4 / n / variance ** 2 - 3,
    q05: quantileOf(sorted, 0.05) / median,
    q95: quantileOf(sorted, 0.95) / median,
    q99: quantileOf(sorted, 0.99) / median,
    acf: lags.map((lag) => correlationAt(series, lag, mean, variance)),
    bursts: series.reduce((sum, v) => sum + (v > median + 4 * deviation ? 1 : 0), 0) / n,
  };
}

/** Means of each `width` values in turn; an unfinished group at the end is left out. */
export function averageOver(values: ArrayLike<number>, width: number): Float64Array {
  const groups = new Float64Array(Math.floor(values.length / width));
  for (let g = 0; g < groups.length; g++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += values[g * width + i];
    groups[g] = sum / width;
  }
  return groups;
}

/** Quantile of sorted values, straight lines between them. NaN for none. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted.length === 0 ? Number.NaN : sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

function correlationAt(series: Float64Array, lag: number, mean: number, variance: number): number {
  if (2 * lag >= series.length) return Number.NaN;
  let sum = 0;
  for (let i = lag; i < series.length; i++) sum += (series[i] - mean) * (series[i - lag] - mean);
  return sum / ((series.length - lag) * variance);
}
