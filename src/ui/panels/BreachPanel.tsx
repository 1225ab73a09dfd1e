import type { MetricSpec } from '../../domain/catalog';
import type { BreachForecast } from '../../domain/frame';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { formatDuration, formatPercent, formatValue } from '../format';
import { useApp, useAppState, useLive } from '../hooks';
import { breachMetrics, soonestBreach } from './live-data';
import styles from './panels.module.css';

/** When CPU and memory reach their limit if the present trend goes on. */
export function BreachPanel() {
  useLive(1);
  const { store } = useApp();
  const run = useAppState((state) => state.run);
  const focused = useAppState((state) => state.focusedDevice);
  const forecasts = store.getState().frame?.forecasts ?? [];
  const metrics = breachMetrics(run?.catalog.metrics ?? []);
  return (
    <Panel title="Time to breach" subtitle="If the present trend goes on; the soonest device">
      <div className={styles.breaches}>
        {run !== undefined && metrics.length === 0 ? (
          <EmptyState kind="empty" title="No limit to breach" detail="The metrics of this file state no limits." />
        ) : null}
        {metrics.map((metric) => (
          <Breach
            key={metric.key}
            metric={metric}
            forecast={soonestBreach(forecasts, metric.key, focused)}
            device={(index) => run?.catalog.devices[index]?.name ?? ''}
          />
        ))}
      </div>
    </Panel>
  );
}

interface BreachProps {
  readonly metric: MetricSpec;
  readonly forecast: BreachForecast | undefined;
  readonly device: (index: number) => string;
}

function Breach({ metric, forecast, device }: BreachProps) {
  if (forecast === undefined) {
    return (
      <div className={styles.breach}>
        <p className={styles.breachLabel}>{metric.label}</p>
        <p className={styles.breachNone}>No breach forecast</p>
        <p className={styles.quiet}>No device&apos;s trend leads to {formatValue(metric.breachAt, metric.unit)}.</p>
      </div>
    );
  }
  const { current, limit, unit, slopePerMinute, fit, breachInMs } = forecast;
  const sign = slopePerMinute > 0 ? '+' : '';
  return (
    <div className={styles.breach}>
      <p className={styles.breachLabel}>{metric.label}</p>
      <p className={styles.breachTime}>{formatDuration(breachInMs)}</p>
      <p className={styles.quiet}>
        {device(forecast.device)}: {formatValue(current, unit)}, {sign}
        {formatValue(slopePerMinute, unit)} a minute, limit {formatValue(limit, unit)}. The trend explains{' '}
        {formatPercent(fit, 0)} of the variance.
      </p>
      <Trend forecast={forecast} />
    </div>
  );
}

/** From the present value in a straight line to the limit. */
function Trend({ forecast: { current, limit } }: { readonly forecast: BreachForecast }) {
  // The picture leaves as much room below as it shows of the way to go, so that the slope can be seen.
  const top = Math.max(current, limit);
  const bottom = Math.min(current, limit) - Math.abs(limit - current) / 2;
  const y = (value: number): number => 38 - (34 * (value - bottom)) / (top - bottom || 1);
  return (
    <svg className={styles.trend} viewBox="0 0 120 40" aria-hidden="true" focusable="false" preserveAspectRatio="none">
      <line x1="0" x2="120" y1={y(limit)} y2={y(limit)} className={styles.limit} />
      <line x1="2" x2="118" y1={y(current)} y2={y(limit)} className={styles.trendLine} />
    </svg>
  );
}
