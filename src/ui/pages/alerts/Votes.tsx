import type { Alert } from '../../../domain/alerts';
import { ScoreBar } from '../../components/badges';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';
import styles from './alerts.module.css';

/** What each model said at the peak, and what both together came to against the threshold. */
export function Votes({ alert }: { readonly alert: Alert }) {
  const { hybrid, alarmAt } = alert;
  const reach = Math.max(hybrid, alarmAt) * 1.15;
  const share = (value: number): string => `${Number.isFinite(value) && reach > 0 ? (value / reach) * 100 : 0}%`;
  return (
    <section className={layout.section} aria-label="Votes of the models">
      <h3 className={layout.heading}>Votes at the peak</h3>
      <dl className={layout.facts}>
        <dt>Metric model</dt>
        <dd>{Number.isFinite(alert.metricScore) ? <ScoreBar score={alert.metricScore} /> : 'nothing to say'}</dd>
        <dt>Log model</dt>
        <dd>{Number.isFinite(alert.logScore) ? <ScoreBar score={alert.logScore} /> : 'nothing to say'}</dd>
        <dt>Hybrid</dt>
        <dd>
          <span className={styles.strongNumber}>{formatNumber(hybrid, 2)}</span>
          <span className={layout.quiet}> alarm at {formatNumber(alarmAt, 2)}</span>
          <span className={styles.hybridTrack} aria-hidden="true">
            <span className={styles.hybridFill} style={{ width: share(hybrid) }} />
            <span className={styles.hybridMark} style={{ left: share(alarmAt) }} />
          </span>
        </dd>
      </dl>
    </section>
  );
}
