import type { SeriesWindow } from '../../app/types';
import type { MetricSpec } from '../../domain/catalog';
import { type ChartColours, fade } from '../charts/colours';
import { breakAtGaps, longestGap, toAxisTime } from '../charts/gaps';
import type { PlotTrace } from '../charts/load';
import type { PlotPicture } from '../charts/Plot';

export interface TimeChartInput {
  readonly series: SeriesWindow;
  readonly metrics: readonly MetricSpec[];
  readonly indices: readonly number[];
  readonly focused: boolean;
  /** Of one device, mean and highest are the same line. */
  readonly devices: number;
  readonly zone: 'local' | 'utc';
  readonly stepMs: number;
  readonly maxPoints: number;
  /** Pixels. */
  readonly width: number;
  /** First colour of the chart in the category palette. */
  readonly firstColour: number;
}

/**
 * Lines over time: the mean of the fleet (or the focused device) as a solid line, the highest device (or the fleet's mean) as a thin dotted
 * one. Metrics of the same unit share an axis; another unit gets an axis at the right. undefined without a point.
 */
export function drawTimeChart(input: TimeChartInput, colours: ChartColours): PlotPicture | undefined {
  const { series, metrics, indices, focused } = input;
  if (series.n === 0 || indices.length === 0) return undefined;
  const longest = longestGap(series.t, input.stepMs, input.maxPoints);
  const units = [...new Set(indices.map((index) => metrics[index].unit))];
  const traces: PlotTrace[] = [];
  indices.forEach((index, k) => {
    const colour = colours.categories[(input.firstColour + k) % colours.categories.length];
    const { label, unit } = metrics[index];
    const axis = units.indexOf(unit) === 0 ? 'y' : 'y2';
    const add = (column: Float32Array, name: string, quiet: boolean): void => {
      const line = breakAtGaps({ t: series.t, y: column }, longest);
      traces.push({
        type: 'scatter',
        mode: 'lines',
        name,
        x: toAxisTime(line.t, input.zone),
        y: line.y,
        yaxis: axis,
        connectgaps: false,
        line: quiet ? { color: fade(colour, 0.6), width: 1, dash: 'dot' } : { color: colour, width: 1.75 },
        hovertemplate: `%{y:.3~r} ${unit}`,
      });
    };
    if (focused) {
      add(series.mean[index], `${label}, fleet mean`, true);
      add(series.focus[index], label, false);
    } else if (input.devices === 1) {
      add(series.mean[index], label, false);
    } else {
      add(series.high[index], `${label}, highest`, true);
      add(series.mean[index], `${label}, mean`, false);
    }
  });
  return { traces, layout: layoutOf(input, units, colours) };
}

function layoutOf(input: TimeChartInput, units: readonly string[], colours: ChartColours): PlotPicture['layout'] {
  const { metrics, indices } = input;
  const axisOf = (unit: string): Record<string, unknown> => {
    const own = indices.map((index) => metrics[index]).filter((metric) => metric.unit === unit);
    const bounded = own.every((metric) => metric.min === 0 && metric.max === 100);
    const title = own.length === indices.length && own.length > 1 ? unit : withUnit(own[0].label, unit);
    return {
      title: { text: title, standoff: 6, font: { size: 11 } },
      ...(bounded ? { range: [0, 102] } : { rangemode: own.every((metric) => metric.min === 0) ? 'tozero' : 'normal' }),
      gridcolor: colours.grid,
      zeroline: false,
      fixedrange: true,
      tickmode: 'auto',
      // Measuring labels costs a layout each time.
      ticklabeloverflow: 'allow',
      nticks: 5,
      automargin: false,
      tickformat: tickFormat(input, unit),
    };
  };
  return {
    margin: { l: 48, r: units.length > 1 ? 52 : 12, t: 6, b: 32 },
    xaxis: {
      type: 'date',
      gridcolor: colours.grid,
      zeroline: false,
      nticks: Math.max(2, Math.floor(input.width / 90)),
      tickangle: 0,
      ticklabeloverflow: 'allow',
      linecolor: colours.grid,
      spikecolor: colours.textQuiet,
      spikethickness: 1,
    },
    yaxis: axisOf(units[0]),
    ...(units.length > 1 ? { yaxis2: { ...axisOf(units[1]), overlaying: 'y', side: 'right', showgrid: false } } : {}),
    uirevision: 'keep',
  };
}

/** SI prefixes suit large values only: half a load would read 500m. */
function tickFormat({ series, metrics, indices, focused }: TimeChartInput, unit: string): string {
  const columns = indices
    .filter((index) => metrics[index].unit === unit)
    .flatMap((index) => [series.mean[index], series.high[index], ...(focused ? [series.focus[index]] : [])]);
  const isLarge = columns.some((column) => column.some((value) => Math.abs(value) >= 10));
  return isLarge ? '~s' : '.3~g';
}

function withUnit(label: string, unit: string): string {
  return unit === '' ? label : `${label} (${unit})`;
}
