import { describe, expect, it } from 'vitest';
import type { SeriesWindow } from '../../app/types';
import type { Alert } from '../../domain/alerts';
import { CANONICAL_METRICS } from '../../domain/catalog';
import type { BreachForecast, Frame } from '../../domain/frame';
import type { ChartColours } from '../charts/colours';
import { rankOngoing } from './CountermeasuresPanel';
import { countCauses } from './detections';
import {
  breachMetrics,
  chartMetrics,
  chartTitle,
  describeSeries,
  lastNumber,
  meanLatest,
  soonestBreach,
} from './live-data';
import { binPulse, describePulse } from './pulse';
import { readRange } from './ranges';
import { OVERVIEW_PANELS } from './registry';
import { drawTimeChart } from './time-chart';

const alert = (part: Partial<Alert>): Alert =>
  ({ deviceId: 'a', cause: 'ddos', severity: 'major', peakScore: 80, state: 'ongoing', ...part }) as Alert;

const forecast = (part: Partial<BreachForecast>): BreachForecast =>
  ({ metric: 'cpu_usage', device: 0, breachInMs: 1000, ...part }) as BreachForecast;

function series(n: number, part: Partial<SeriesWindow> = {}): SeriesWindow {
  const column = (base: number) => Float32Array.from({ length: n }, (_, i) => base + i);
  return {
    n,
    t: Float64Array.from({ length: n }, (_, i) => i * 1000),
    mean: [10, 20, 30, 40].map(column),
    high: [15, 25, 35, 45].map(column),
    focus: [11, 21, 31, 41].map(column),
    flagged: new Uint16Array(n),
    score: new Float32Array(n).fill(10),
    ...part,
  };
}

const COLOURS = {
  grid: '#111111',
  categories: ['#000001', '#000002', '#000003', '#000004'],
} as unknown as ChartColours;

describe('the panels', () => {
  it('have unique ids and fill whole rows of twelve columns', () => {
    expect(new Set(OVERVIEW_PANELS.map((panel) => panel.id)).size).toBe(OVERVIEW_PANELS.length);
    let row = 0;
    for (const { columns } of OVERVIEW_PANELS) {
      row += columns;
      expect(row).toBeLessThanOrEqual(12);
      if (row === 12) row = 0;
    }
    expect(row).toBe(0);
  });
});

describe('the metric charts', () => {
  it('share out the first four metrics, and fewer where there are fewer', () => {
    expect(chartMetrics(CANONICAL_METRICS, 0)).toEqual([0, 1]);
    expect(chartMetrics(CANONICAL_METRICS, 1)).toEqual([2, 3]);
    expect(chartMetrics(CANONICAL_METRICS.slice(0, 1), 0)).toEqual([0]);
    expect(chartMetrics(CANONICAL_METRICS.slice(0, 1), 1)).toEqual([]);
  });

  it('are named by their metrics', () => {
    expect(chartTitle(CANONICAL_METRICS, [0, 1])).toBe('CPU and memory');
    expect(chartTitle(CANONICAL_METRICS, [2, 3])).toBe('Disk I/O and network');
  });

  const input = {
    metrics: CANONICAL_METRICS,
    focused: false,
    devices: 24,
    zone: 'utc' as const,
    stepMs: 1000,
    maxPoints: 600,
    width: 500,
    firstColour: 0,
  };

  it('share an axis when the unit is the same and have two otherwise', () => {
    const same = drawTimeChart({ ...input, series: series(5), indices: [0, 1] }, COLOURS);
    expect(new Set(same?.traces.map((trace) => trace.yaxis))).toEqual(new Set(['y']));
    expect(same?.layout.yaxis).toMatchObject({ range: [0, 102], title: { text: '%' } });
    const different = drawTimeChart({ ...input, series: series(5), indices: [2, 3] }, COLOURS);
    expect(different?.traces.map((trace) => trace.yaxis)).toEqual(['y', 'y', 'y2', 'y2']);
    expect(different?.layout.yaxis2).toMatchObject({ title: { text: 'Network (Mbit/s)' } });
  });

  it('show the focused device against the fleet', () => {
    const chart = drawTimeChart({ ...input, series: series(5), indices: [0], focused: true }, COLOURS);
    expect(chart?.traces.map((trace) => trace.name)).toEqual(['CPU, fleet mean', 'CPU']);
    expect(chart?.traces[1].y).toEqual(series(5).focus[0]);
  });

  it('draw nothing without a point', () => {
    expect(drawTimeChart({ ...input, series: series(0), indices: [0] }, COLOURS)).toBeUndefined();
  });

  it('are told in words', () => {
    const words = describeSeries(series(3), CANONICAL_METRICS, [0], 'Fleet mean');
    expect(words).toBe('Fleet mean, last 2 s. CPU: now 12 %, between 10 % and 12 %.');
    expect(describeSeries(series(0), CANONICAL_METRICS, [0], 'Fleet mean')).toBe('No data yet.');
    const missing = series(2, { mean: [Float32Array.of(Number.NaN, Number.NaN)] });
    expect(describeSeries(missing, CANONICAL_METRICS, [0], 'x')).toContain('CPU: no values');
  });
});

describe('figures', () => {
  it('mean over the devices that have a value', () => {
    const frame = { fleet: { latest: [Float32Array.of(10, Number.NaN, 20)] } } as unknown as Frame;
    expect(meanLatest(frame, 0)).toBe(15);
    expect(meanLatest(frame, 1)).toBeNaN();
  });

  it('find the last number of a column', () => {
    expect(lastNumber(Float32Array.of(1, 2, Number.NaN))).toBe(2);
    expect(lastNumber(new Float32Array(0))).toBeNaN();
    expect(lastNumber(undefined)).toBeNaN();
  });
});

describe('the time to breach', () => {
  it('is that of the soonest device, or of the focused one', () => {
    const forecasts = [
      forecast({ device: 1, breachInMs: 9000 }),
      forecast({ device: 2, breachInMs: 4000 }),
      forecast({ device: 3, metric: 'memory_usage', breachInMs: 1 }),
    ];
    expect(soonestBreach(forecasts, 'cpu_usage', undefined)?.device).toBe(2);
    expect(soonestBreach(forecasts, 'cpu_usage', 1)?.device).toBe(1);
    expect(soonestBreach(forecasts, 'cpu_usage', 3)).toBeUndefined();
  });

  it('is shown for metrics with a limit', () => {
    expect(breachMetrics(CANONICAL_METRICS).map((metric) => metric.key)).toEqual(['cpu_usage', 'memory_usage']);
  });
});

describe('the anomaly pulse', () => {
  it('keeps the highest score and counts what was flagged', () => {
    const bars = binPulse(
      {
        n: 4,
        t: Float64Array.of(0, 1000, 2000, 3000),
        score: Float32Array.of(10, 80, Number.NaN, 20),
        flagged: Uint16Array.of(0, 2, 0, 1),
      },
      2,
    );
    expect(bars).toEqual([
      { score: 80, flagged: 2 },
      { score: 20, flagged: 1 },
    ]);
  });

  it('leaves a hole where nothing was scored', () => {
    const bars = binPulse(
      { n: 2, t: Float64Array.of(0, 10_000), score: Float32Array.of(5, 6), flagged: Uint16Array.of(0, 0) },
      3,
    );
    expect(bars.map((bar) => bar.score)).toEqual([5, Number.NaN, 6]);
    expect(binPulse(series(0), 10)).toEqual([]);
  });

  it('is told in words', () => {
    const told = describePulse(
      series(3, { score: Float32Array.of(5, 93, 7), flagged: Uint16Array.of(0, 2, 0) }),
      'utc',
    );
    expect(told).toBe('Anomaly pulse: 2 flagged samples; highest score 93 of 100 at 00:00:01.');
    expect(describePulse(series(0), 'utc')).toContain('no scores yet');
  });
});

describe('alerts on the overview', () => {
  it('are counted by cause, the most frequent first', () => {
    const alerts = [alert({}), alert({ cause: 'memory-leak' }), alert({ cause: 'memory-leak' })];
    expect(countCauses(alerts)).toEqual([
      { cause: 'memory-leak', count: 2 },
      { cause: 'ddos', count: 1 },
    ]);
  });

  it('are one a device and cause among the countermeasures, the most severe first', () => {
    const ranked = rankOngoing([
      alert({ peakScore: 76 }),
      alert({ peakScore: 81 }),
      alert({ deviceId: 'b' as Alert['deviceId'], severity: 'critical', peakScore: 95 }),
      alert({ deviceId: 'c' as Alert['deviceId'], state: 'resolved' }),
    ]);
    expect(ranked.map((one) => [one.deviceId, one.peakScore])).toEqual([
      ['b', 95],
      ['a', 81],
    ]);
  });
});

describe('the time range', () => {
  it('is five minutes for the fleet and everything for a file, unless the link says otherwise', () => {
    expect(readRange(undefined, false).value).toBe('5m');
    expect(readRange(undefined, true).value).toBe('all');
    expect(readRange('1h', true).spanMs).toBe(3_600_000);
    expect(readRange('nonsense', false).value).toBe('5m');
  });
});
