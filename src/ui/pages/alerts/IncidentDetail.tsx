import { CAUSE_LABELS } from '../../../domain/alerts';
import { ScoreBar, SeverityBadge } from '../../components/badges';
import { Time } from '../../components/Time';
import { formatDuration, formatNumber } from '../../format';
import layout from '../layout.module.css';
import { AlertStateBadge } from './AlertStateBadge';
import styles from './alerts.module.css';
import type { IncidentGroup } from './incident-groups';

interface IncidentDetailProps {
  readonly incident: IncidentGroup;
  /** Address of one of its alerts. */
  readonly hrefOf: (alertId: string) => string;
}

/** One incident: what it is made of, and the way to each of its alerts. */
export function IncidentDetail({ incident, hrefOf }: IncidentDetailProps) {
  const { alerts, devices, from, to } = incident;
  return (
    <div className={styles.detail}>
      <div className={styles.badges}>
        <SeverityBadge severity={incident.severity} />
        <AlertStateBadge alert={incident} />
      </div>
      <dl className={layout.facts}>
        <dt>Devices</dt>
        <dd>{devices.join(', ')}</dd>
        <dt>Cause</dt>
        <dd>{incident.causes.map((cause) => CAUSE_LABELS[cause]).join(', ')}</dd>
        <dt>From</dt>
        <dd>
          <Time t={from} style="datetime" />
        </dd>
        <dt>To</dt>
        <dd>
          <Time t={to} style="datetime" />, after {formatDuration(to - from)}
        </dd>
        <dt>Flagged samples</dt>
        <dd>{formatNumber(alerts.reduce((sum, alert) => sum + alert.flagged, 0))}</dd>
      </dl>
      <section className={layout.section} aria-label="Alerts of the incident">
        <h3 className={layout.heading}>
          {alerts.length === 1 ? 'Its one alert' : `Its ${formatNumber(alerts.length)} alerts, oldest first`}
        </h3>
        <ol className={styles.members}>
          {alerts.map((alert) => (
            <li key={alert.id}>
              <a className={styles.member} href={hrefOf(alert.id)}>
                <span className={styles.memberHead}>
                  <SeverityBadge severity={alert.severity} />
                  <Time t={alert.openedAt} style="datetime" />
                  {devices.length > 1 ? <span className={layout.strong}>{alert.deviceName}</span> : null}
                </span>
                <ScoreBar score={alert.peakScore} />
                <span className={styles.memberWords}>{alert.reason}</span>
              </a>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
