import { Ban, Check, FileText, LogIn } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '../../../domain/alerts';
import { severityOf } from '../../../domain/scores';
import { Button, LinkButton } from '../../components/Button';
import { SeverityBadge } from '../../components/badges';
import { ReportDialog } from '../../components/ReportDialog';
import { Time } from '../../components/Time';
import { formatDuration, formatNumber } from '../../format';
import { useApp, useFacts } from '../../hooks';
import layout from '../layout.module.css';
import { AlertStateBadge } from './AlertStateBadge';
import styles from './alerts.module.css';
import { Contributions } from './Contributions';
import { causeLabel } from './cause-label';
import { explainCause } from './cause-words';
import { ForestTrace } from './ForestTrace';
import { LogEvidence } from './LogEvidence';
import { tellSeen } from './plain-words';
import { Votes } from './Votes';

interface AlertDetailProps {
  readonly alert: Alert;
  /** The incident it belongs to: how many alerts that has, and its address. */
  readonly incident: { readonly size: number; readonly href: string } | undefined;
}

/** One alert in full: what it means, what was seen and what can be done, in plain words; then who said so, and the numbers. */
export function AlertDetail({ alert, incident }: AlertDetailProps) {
  const { commands } = useApp();
  const [report, setReport] = useState(false);
  const quarantine = useFacts(['decisions'], (app) => app.engine.quarantineList());
  // Read again at a new peak and when it ends, not at each of its samples.
  const samples = useFacts([], (app) => app.engine.alertSamples(alert.id), [alert.id, alert.peakAt, alert.state]);
  const held = quarantine.data?.some((entry) => entry.deviceId === alert.deviceId) ?? false;
  return (
    <div className={styles.detail}>
      <div className={styles.badges}>
        <SeverityBadge severity={alert.severity} />
        <AlertStateBadge alert={alert} />
      </div>
      <p className={styles.reason}>{explainCause(alert.cause)}</p>
      <div className={layout.buttons}>
        {held ? (
          <Button
            icon={<LogIn aria-hidden="true" />}
            onClick={() => void commands.release([alert.deviceId], `released from alert ${alert.id}`)}
          >
            Release device
          </Button>
        ) : (
          <Button
            variant="danger"
            icon={<Ban aria-hidden="true" />}
            onClick={() =>
              void commands.quarantine([alert.deviceId], `${causeLabel(alert)}: quarantined by hand from its alert`)
            }
          >
            Quarantine
          </Button>
        )}
        <Button
          icon={<Check aria-hidden="true" />}
          onClick={() => void commands.acknowledge(alert.id, !alert.acknowledged)}
        >
          {alert.acknowledged ? 'Mark as not seen' : 'Acknowledge'}
        </Button>
        <Button icon={<FileText aria-hidden="true" />} onClick={() => setReport(true)}>
          Incident report
        </Button>
        <LinkButton variant="ghost" href={`#/overview?device=${encodeURIComponent(alert.deviceId)}`}>
          Charts
        </LinkButton>
      </div>
      <section className={layout.section} aria-label="What was seen">
        <h3 className={layout.heading}>What was seen</h3>
        <ul className={styles.seen}>
          {tellSeen(alert).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section className={layout.section} aria-label="Remedy">
        <h3 className={layout.heading}>What to do</h3>
        {alert.remedy.length === 0 ? (
          <p className={layout.note}>No remedy is known for this cause.</p>
        ) : (
          <ol className={styles.remedy}>
            {alert.remedy.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
      </section>
      <Votes alert={alert} />
      <Contributions alert={alert} samples={samples.data?.ok === true ? samples.data.value : undefined} />
      {alert.contributions.length === 0 ? null : <ForestTrace alert={alert} />}
      <LogEvidence lines={alert.logs} />
      <section className={layout.section} aria-label="Facts">
        <h3 className={layout.heading}>Facts</h3>
        <dl className={layout.facts}>
          <dt>Cause</dt>
          <dd>{causeLabel(alert)}</dd>
          <dt>Named because</dt>
          <dd>{alert.causeRule}</dd>
          <dt>In numbers</dt>
          <dd>{alert.reason}</dd>
          <dt>Opened</dt>
          <dd>
            <Time t={alert.openedAt} style="datetime" />
          </dd>
          <dt>Peak</dt>
          <dd>
            <Time t={alert.peakAt} style="datetime" /> at score {formatNumber(alert.peakScore, 1)} (
            {severityOf(alert.peakScore) ?? 'below warning'})
          </dd>
          <dt>{alert.closedAt === undefined ? 'Last flagged' : 'Closed'}</dt>
          <dd>
            <Time t={alert.closedAt ?? alert.lastAt} style="datetime" />, after{' '}
            {formatDuration((alert.closedAt ?? alert.lastAt) - alert.openedAt)}
          </dd>
          <dt>Flagged samples</dt>
          <dd>{formatNumber(alert.flagged)}</dd>
          <dt>Incident</dt>
          <dd>
            {incident === undefined ? (
              <span className={layout.mono}>{alert.incidentId}</span>
            ) : (
              <a href={incident.href}>
                {incident.size === 1 ? 'this alert alone' : `one of ${formatNumber(incident.size)} alerts`}
              </a>
            )}
          </dd>
        </dl>
      </section>
      {report ? <ReportDialog alert={alert} onClose={() => setReport(false)} /> : null}
    </div>
  );
}
