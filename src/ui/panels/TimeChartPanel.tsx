import { useCallback } from 'react';
import type { ChartColours } from '../charts/colours';
import { Plot } from '../charts/Plot';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { formatValue } from '../format';
import { useApp, useAppState, useLive, useRoute } from '../hooks';
import { chartMetrics, chartTitle, describeSeries, lastNumber } from './live-data';
import styles from './panels.module.css';
import { readRange } from './ranges';
import { drawTimeChart } from './time-chart';

const MAX_POINTS = 600;
const HEIGHT = 208;

/** Two metrics over time: the fleet's mean and highest, or the focused device against the fleet. */
function TimeChartPanel({ chart }: { readonly chart: 0 | 1 }) {
  const { rings } = useApp();
  const run = useAppState((state) => state.run);
  const focused = useAppState((state) => state.focusedDevice);
  const zone = useAppState((state) => state.preferences.timeZone);
  const resting = useAppState(
    (state) => state.frame?.state.kind === 'paused' || state.frame?.state.kind === 'finished',
  );
  const { params } = useRoute();
  const isFile = run?.info.kind === 'file';
  const { spanMs } = readRange(params.range, isFile);
  const metrics = run?.catalog.metrics ?? [];
  const indices = chartMetrics(metrics, chart);
  const who = focused === undefined ? 'Fleet mean' : (run?.catalog.devices[focused]?.name ?? 'Device');
  const title =
    indices.length === 0 ? (chart === 0 ? 'CPU and memory' : 'Disk I/O and network') : chartTitle(metrics, indices);

  const picture = useCallback(
    (colours: ChartColours, width: number) => {
      if (run === undefined) return undefined;
      const series = rings.series(spanMs, MAX_POINTS);
      return drawTimeChart(
        {
          series,
          metrics: run.catalog.metrics,
          indices: chartMetrics(run.catalog.metrics, chart),
          focused: focused !== undefined,
          devices: run.catalog.devices.length,
          zone,
          stepMs: run.info.stepMs,
          maxPoints: MAX_POINTS,
          width,
          firstColour: chart * 2,
        },
        colours,
      );
    },
    [run, rings, spanMs, chart, focused, zone],
  );
  const summary = (): string => `${title}. ${describeSeries(rings.series(spanMs, MAX_POINTS), metrics, indices, who)}`;

  if (run !== undefined && indices.length === 0) {
    return (
      <Panel title={chart === 0 ? 'Metrics' : 'More metrics'}>
        <div style={{ height: HEIGHT }}>
          <EmptyState
            kind="empty"
            title={metrics.length === 0 ? 'A log has no metrics' : 'This file has no further metric'}
            detail={
              metrics.length === 0 ? 'Its lines are scored by the log model.' : 'The first chart shows what there is.'
            }
            action={metrics.length === 0 ? { label: 'Show the log', href: '#/logs?tab=stored' } : undefined}
          />
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={title} actions={<Legend chart={chart} />}>
      <Plot
        label={`${title} over time`}
        summary={summary}
        picture={picture}
        height={HEIGHT}
        fps={2}
        interactive={resting}
      />
    </Panel>
  );
}

/** Names, colours and present values of the lines: also the chart's legend. */
function Legend({ chart }: { readonly chart: 0 | 1 }) {
  useLive(1);
  const { rings } = useApp();
  const run = useAppState((state) => state.run);
  const focused = useAppState((state) => state.focusedDevice);
  if (run === undefined) return null;
  const series = rings.series(run.info.stepMs * 20, 20);
  return (
    <ul className={styles.legend}>
      {chartMetrics(run.catalog.metrics, chart).map((index, k) => {
        const { label, unit } = run.catalog.metrics[index];
        const column = focused === undefined ? series.mean[index] : series.focus[index];
        return (
          <li key={label} className={styles.legendEntry}>
            <span className={styles.line} style={{ background: `var(--cat-${chart * 2 + k + 1})` }} />
            {label} <b>{formatValue(lastNumber(column), unit)}</b>
          </li>
        );
      })}
      {run.catalog.devices.length === 1 && focused === undefined ? null : (
        <li className={styles.legendEntry}>
          <span className={styles.dotted} />
          {focused === undefined ? 'highest' : 'fleet mean'}
        </li>
      )}
    </ul>
  );
}

export function FirstMetricsPanel() {
  return <TimeChartPanel chart={0} />;
}

export function SecondMetricsPanel() {
  return <TimeChartPanel chart={1} />;
}
