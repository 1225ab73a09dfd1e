import { ShieldBan, ShieldCheck } from 'lucide-react';
import { type Alert, CAUSE_LABELS } from '../../domain/alerts';
import { compareSeverity } from '../../domain/scores';
import { Button } from '../components/Button';
import { SeverityBadge } from '../components/badges';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { useApp, useFacts, useRunAlerts } from '../hooks';
import styles from './panels.module.css';

const SHOWN = 4;

/** Ongoing alerts, one a device and cause, the most severe first. */
export function rankOngoing(alerts: readonly Alert[]): readonly Alert[] {
  const worst = new Map<string, Alert>();
  for (const alert of alerts) {
    if (alert.state !== 'ongoing') continue;
    const key = `${alert.deviceId} ${alert.cause}`;
    const known = worst.get(key);
    if (known === undefined || alert.peakScore > known.peakScore) worst.set(key, alert);
  }
  return [...worst.values()].sort((a, b) => compareSeverity(b.severity, a.severity) || b.peakScore - a.peakScore);
}

/** What to do about the ongoing alerts, with the buttons to do the most drastic of it. */
export function CountermeasuresPanel() {
  const alerts = useRunAlerts(200);
  const blocked = useFacts(['decisions'], (app) => app.engine.quarantineList());
  const ongoing = rankOngoing(alerts.data ?? []);
  const isBlocked = (alert: Alert): boolean =>
    blocked.data?.some((entry) => entry.deviceId === alert.deviceId) ?? false;
  return (
    <Panel title="Countermeasures" subtitle="What helps against the ongoing alerts">
      <div className={styles.measures}>
        {ongoing.length === 0 ? (
          <EmptyState
            kind={alerts.status === 'ready' ? 'empty' : alerts.status}
            title={
              { ready: 'Nothing to do', loading: 'Loading', failed: 'The alerts could not be read' }[alerts.status]
            }
            detail={alerts.status === 'ready' ? 'No alert is ongoing.' : alerts.error}
            action={alerts.status === 'failed' ? { label: 'Try again', onClick: alerts.reload } : undefined}
          />
        ) : null}
        {ongoing.slice(0, SHOWN).map((alert) => (
          <Measure key={alert.id} alert={alert} blocked={isBlocked(alert)} />
        ))}
        {ongoing.length > SHOWN ? (
          <a href="#/alerts?state=ongoing">{ongoing.length - SHOWN} more ongoing alerts</a>
        ) : null}
      </div>
    </Panel>
  );
}

function Measure({ alert, blocked }: { readonly alert: Alert; readonly blocked: boolean }) {
  const { commands } = useApp();
  const reason = `${CAUSE_LABELS[alert.cause]}, anomaly score ${Math.round(alert.peakScore)}`;
  return (
    <article className={styles.measure} aria-label={`${CAUSE_LABELS[alert.cause]} on ${alert.deviceName}`}>
      <div className={styles.measureHead}>
        <SeverityBadge severity={alert.severity} />
        <b>{alert.deviceName}</b>
      </div>
      <p className={styles.quiet}>{CAUSE_LABELS[alert.cause]}</p>
      <ul className={styles.remedies}>
        {alert.remedy.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {blocked ? (
        <Button
          icon={<ShieldCheck aria-hidden="true" />}
          aria-label={`Release ${alert.deviceName}`}
          onClick={() => void commands.release([alert.deviceId], 'released on the overview')}
        >
          Release
        </Button>
      ) : (
        <Button
          icon={<ShieldBan aria-hidden="true" />}
          aria-label={`Quarantine ${alert.deviceName}`}
          onClick={() => void commands.quarantine([alert.deviceId], reason)}
        >
          Quarantine
        </Button>
      )}
    </article>
  );
}
