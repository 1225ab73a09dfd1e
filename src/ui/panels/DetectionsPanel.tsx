import { useCallback, useMemo } from 'react';
import { CAUSE_LABELS } from '../../domain/alerts';
import type { ChartColours } from '../charts/colours';
import { Plot } from '../charts/Plot';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { formatCount, formatNumber } from '../format';
import { useApp, useLive, useRunAlerts } from '../hooks';
import { CAUSE_COLOURS, countCauses, describeShare } from './detections';
import styles from './panels.module.css';

const HEIGHT = 94;
const MAX_ALERTS = 2000;

/** The run's alerts by cause. */
export function DetectionsPanel() {
  useLive(0.5);
  const { store } = useApp();
  const alerts = useRunAlerts(MAX_ALERTS);
  const counts = useMemo(() => countCauses(alerts.data ?? []), [alerts.data]);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const picture = useCallback(
    (colours: ChartColours) => ({
      traces: [
        {
          type: 'pie' as const,
          hole: 0.72,
          sort: false,
          direction: 'clockwise',
          textinfo: 'none',
          hoverinfo: 'skip',
          labels: counts.map(({ cause }) => CAUSE_LABELS[cause]),
          values: counts.map(({ count }) => count),
          marker: {
            colors: counts.map(({ cause }) => colours.categories[CAUSE_COLOURS[cause] - 1]),
            line: { color: colours.surface, width: 2 },
          },
        },
      ],
      layout: {
        margin: { l: 4, r: 4, t: 4, b: 4 },
        annotations: [
          {
            text: `<b>${formatCount(total)}</b>`,
            showarrow: false,
            x: 0.5,
            y: 0.5,
            font: { size: 18, color: colours.text },
          },
        ],
      },
    }),
    [counts, total],
  );
  const summary = (): string =>
    `${formatNumber(total)} alerts by cause: ${counts.map(({ cause, count }) => `${CAUSE_LABELS[cause]} ${count}`).join(', ')}.`;
  return (
    <Panel title="Detections" subtitle={`Alerts by cause. ${describeShare(store.getState().frame?.kpis)}`}>
      <div className={styles.detections}>
        {total === 0 ? (
          <EmptyState
            kind={alerts.status === 'loading' ? 'loading' : alerts.status === 'failed' ? 'failed' : 'empty'}
            title={
              alerts.status === 'failed'
                ? 'The alerts could not be read'
                : alerts.status === 'loading'
                  ? 'Loading'
                  : 'No detections yet'
            }
            detail={alerts.status === 'ready' ? 'Inject a fault to see one.' : alerts.error}
            action={alerts.status === 'failed' ? { label: 'Try again', onClick: alerts.reload } : undefined}
          />
        ) : (
          <>
            <Plot label="Alerts by cause" summary={summary} picture={picture} height={HEIGHT} fps={0.2} />
            <ul className={styles.causes}>
              {counts.map(({ cause, count }) => (
                <li key={cause} className={styles.cause}>
                  <span className={styles.swatch} style={{ background: `var(--cat-${CAUSE_COLOURS[cause]})` }} />
                  <a href={`#/alerts?cause=${cause}`} className={styles.causeLink}>
                    {CAUSE_LABELS[cause]}
                  </a>
                  <b>{formatNumber(count)}</b>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
