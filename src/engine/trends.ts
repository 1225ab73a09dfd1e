import type { Catalog, MetricSpec } from '../domain/catalog';
import type { BreachForecast } from '../domain/frame';
import { forecastBreach } from '../respond/forecast';

/** Points a trend is fitted to, and how many of the highest devices are looked at for each metric. */
const WINDOW = 180;
const CANDIDATES = 6;

/** Short history of the metrics that have a breach limit, per device, for time-to-breach forecasts. */
export interface Trends {
  add(t: number, device: number, values: ArrayLike<number>): void;
  /** The soonest breach of each limited metric; [] when nothing heads for its limit. */
  forecasts(catalog: Catalog, focused: number | undefined): BreachForecast[];
}

interface Track {
  readonly t: Float64Array;
  readonly values: Float64Array;
  count: number;
}

export function createTrends(metrics: readonly MetricSpec[]): Trends {
  const limited = metrics.flatMap((metric, m) => (metric.breachAt === undefined ? [] : [m]));
  /** By metric, then device. */
  const tracks: (Track | undefined)[][] = metrics.map(() => []);
  return {
    add: (t, device, values) => {
      for (const m of limited) {
        if (m >= values.length) continue;
        let track = tracks[m][device];
        if (track === undefined) {
          track = { t: new Float64Array(WINDOW), values: new Float64Array(WINDOW), count: 0 };
          tracks[m][device] = track;
        }
        const slot = track.count++ % WINDOW;
        track.t[slot] = t;
        track.values[slot] = values[m];
      }
    },
    forecasts: (catalog, focused) =>
      catalog.metrics.flatMap((metric, m) => {
        if (metric.breachAt === undefined) return [];
        const limit = metric.breachAt;
        const soonest = (focused === undefined ? highestDevices(tracks[m]) : [focused])
          .map((device) => forecastOf(tracks[m][device], device, limit))
          .filter((forecast) => forecast !== undefined)
          .sort((a, b) => a.breachInMs - b.breachInMs)[0];
        return soonest === undefined
          ? []
          : [{ ...soonest, metric: metric.key, label: metric.label, unit: metric.unit, limit }];
      }),
  };
}

/** The devices nearest to the limit of a metric, highest first: of equal ones the first. */
function highestDevices(tracks: readonly (Track | undefined)[]): number[] {
  const highest: { readonly device: number; readonly value: number }[] = [];
  tracks.forEach((track, device) => {
    const value = track === undefined ? Number.NaN : track.values[(track.count - 1) % WINDOW];
    const isFull = highest.length === CANDIDATES;
    if (Number.isNaN(value) || (isFull && value <= highest[CANDIDATES - 1].value)) return;
    if (isFull) highest.pop();
    let at = highest.length;
    while (at > 0 && highest[at - 1].value < value) at--;
    highest.splice(at, 0, { device, value });
  });
  return highest.map(({ device }) => device);
}

function forecastOf(
  track: Track | undefined,
  device: number,
  limit: number,
): Pick<BreachForecast, 'device' | 'current' | 'slopePerMinute' | 'fit' | 'breachInMs'> | undefined {
  if (track === undefined) return undefined;
  const n = Math.min(track.count, WINDOW);
  const at = (i: number): number => (track.count - n + i) % WINDOW;
  const t = Float64Array.from({ length: n }, (_, i) => track.t[at(i)]);
  const values = Float64Array.from({ length: n }, (_, i) => track.values[at(i)]);
  const forecast = forecastBreach({ t, values, limit });
  if (forecast === undefined) return undefined;
  return {
    device,
    current: values[n - 1],
    slopePerMinute: forecast.slopePerMinute,
    fit: forecast.fit,
    breachInMs: forecast.breachInMs,
  };
}
