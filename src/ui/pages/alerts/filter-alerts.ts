import { type Alert, type AlertState, CAUSE_LABELS, CAUSES, type Cause } from '../../../domain/alerts';
import { SEVERITIES, type Severity } from '../../../domain/scores';

export const ALERT_STATES: readonly AlertState[] = ['ongoing', 'resolved', 'expired'];

/** What of the alerts is shown; undefined or '' = no restriction. */
export interface AlertFilter {
  readonly state: AlertState | undefined;
  readonly severity: Severity | undefined;
  readonly cause: Cause | undefined;
  /** Device id. */
  readonly device: string | undefined;
  readonly text: string;
  /** Alerts of the present run only, or of all runs that are stored. */
  readonly run: 'this' | undefined;
}

const KEYS = ['state', 'severity', 'cause', 'device', 'text', 'run'] as const;

/** Reads a filter from the parameters of a link. Values that mean nothing are no restriction. */
export function readAlertFilter(params: Readonly<Record<string, string>>): AlertFilter {
  return {
    state: oneOf(ALERT_STATES, params.state),
    severity: oneOf(SEVERITIES, params.severity),
    cause: oneOf(CAUSES, params.cause),
    device: params.device === '' ? undefined : params.device,
    text: params.text ?? '',
    run: params.run === 'this' ? 'this' : undefined,
  };
}

/** The parameters of a link to the same page with this filter: other parameters stay, empty ones go. */
export function writeAlertFilter(
  params: Readonly<Record<string, string>>,
  filter: AlertFilter,
): Record<string, string> {
  const next: Record<string, string> = { ...params };
  for (const key of KEYS) {
    const value = filter[key];
    if (value === undefined || value === '') delete next[key];
    else next[key] = value;
  }
  return next;
}

/** Whether anything is left out by the filter. */
export function isFiltering(filter: AlertFilter): boolean {
  return KEYS.some((key) => filter[key] !== undefined && filter[key] !== '');
}

/** The alerts that pass, in the same order. `runId`: the present run. Text is looked for in device, cause, reason and log lines, whatever its case. */
export function filterAlerts(alerts: readonly Alert[], filter: AlertFilter, runId: string | undefined): Alert[] {
  const text = filter.text.trim().toLowerCase();
  return alerts.filter(
    (alert) =>
      (filter.state === undefined || alert.state === filter.state) &&
      (filter.severity === undefined || alert.severity === filter.severity) &&
      (filter.cause === undefined || alert.cause === filter.cause) &&
      (filter.run === undefined || alert.runId === runId) &&
      (filter.device === undefined || alert.deviceId === filter.device) &&
      (text === '' || textOf(alert).includes(text)),
  );
}

function textOf(alert: Alert): string {
  return [alert.deviceName, CAUSE_LABELS[alert.cause], alert.reason, ...alert.logs.map((line) => line.message)]
    .join('\n')
    .toLowerCase();
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((candidate) => candidate === value);
}
