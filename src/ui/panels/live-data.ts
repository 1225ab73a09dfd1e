import type { SeriesWindow } from '../../app/types';
import type { MetricSpec } from '../../domain/catalog';
import type { BreachForecast, Frame } from '../../domain/frame';
import { formatDuration, formatValue } from '../format';

/** The metrics of one chart: the first chart has metrics 0 and 1, the second 2 and 3. Fewer where the run has fewer. */
export function chartMetrics(metrics: readonly MetricSpec[], chart: 0 | 1): readonly number[] {
  return [chart * 2, chart * 2 + 1].filter((index) => index < metrics.length);
}

/** `CPU and memory`: labels of the metrics as a title; later words keep their capitals only where they are acronyms. */
export function chartTitle(metrics: readonly MetricSpec[], indices: readonly number[]): string {
  const labels = indices.map((index) => metrics[index].label);
  return labels.map((label, i) => (i === 0 ? label : lowerFirst(label))).join(' and ');
}

/** A label inside a phrase: `Memory` becomes `memory`, `CPU` and `I/O rate` stay. */
export function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}

/** Mean over the devices' latest values; NaN when none has one. */
export function meanLatest(frame: Frame, metric: number): number {
  const column = frame.fleet.latest[metric];
  if (column === undefined) return Number.NaN;
  let sum = 0;
  let count = 0;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** The last value of a column that is a number; NaN when there is none. */
export function lastNumber(column: Float32Array | undefined): number {
  if (column === undefined) return Number.NaN;
  for (let i = column.length - 1; i >= 0; i--) if (!Number.isNaN(column[i])) return column[i];
  return Number.NaN;
}

/** A time chart in words: first and last value, lowest and highest, for each metric. */
export function describeSeries(
  series: SeriesWindow,
  metrics: readonly MetricSpec[],
  indices: readonly number[],
  who: string,
): string {
  if (series.n === 0) return 'No data yet.';
  const span = formatDuration(series.t[series.n - 1] - series.t[0]);
  const parts = indices.map((index) => {
    const { label, unit } = metrics[index];
    const values = [...series.mean[index]].filter((value) => !Number.isNaN(value));
    if (values.length === 0) return `${label}: no values`;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    return `${label}: now ${formatValue(values[values.length - 1], unit)}, between ${formatValue(low, unit)} and ${formatValue(high, unit)}`;
  });
  return `${who}, last ${span}. ${parts.join('. ')}.`;
}

/** The soonest breach of one metric; with a focused device, of that device only. */
export function soonestBreach(
  forecasts: readonly BreachForecast[],
  metric: string,
  focused: number | undefined,
): BreachForecast | undefined {
  let soonest: BreachForecast | undefined;
  for (const forecast of forecasts) {
    if (forecast.metric !== metric || (focused !== undefined && forecast.device !== focused)) continue;
    if (soonest === undefined || forecast.breachInMs < soonest.breachInMs) soonest = forecast;
  }
  return soonest;
}

/** Metrics that have a limit, the first two of them: the ones a time to breach is shown for. */
export function breachMetrics(metrics: readonly MetricSpec[]): readonly MetricSpec[] {
  return metrics.filter((metric) => metric.breachAt !== undefined).slice(0, 2);
}
