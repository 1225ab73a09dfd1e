import { type Alert, CAUSE_LABELS } from '../../../domain/alerts';
import { formatIso } from '../../format';
import { csvTable } from './csv';

const HEADER = [
  'id',
  'device',
  'state',
  'acknowledged',
  'severity',
  'cause',
  'opened_at',
  'closed_at',
  'peak_at',
  'peak_score',
  'metric_score',
  'log_score',
  'hybrid',
  'alarm_at',
  'flagged_samples',
  'reason',
] as const;

/** Alerts as CSV: one row an alert, times in ISO 8601 UTC, cells inert in spreadsheets. */
export function alertsToCsv(alerts: readonly Alert[]): string {
  return csvTable(
    HEADER,
    alerts.map((alert) => [
      alert.id,
      alert.deviceName,
      alert.state,
      alert.acknowledged,
      alert.severity,
      CAUSE_LABELS[alert.cause],
      formatIso(alert.openedAt),
      formatIso(alert.closedAt),
      formatIso(alert.peakAt),
      alert.peakScore,
      alert.metricScore,
      alert.logScore,
      alert.hybrid,
      alert.alarmAt,
      alert.flagged,
      alert.reason,
    ]),
  );
}

/** Alerts as NDJSON: one whole alert a line, contributions and log lines included. NaN becomes null. */
export function alertsToNdjson(alerts: readonly Alert[]): string {
  return alerts.map((alert) => `${JSON.stringify(alert)}\n`).join('');
}
