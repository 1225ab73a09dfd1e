import type { Alert, Cause, Incident } from '../domain/alerts';
import type { IncidentId } from '../domain/ids';
import { compareSeverity } from '../domain/scores';
import { deriveIncidentId } from './derive-ids';

/** Alerts of one device and cause that follow each other within this time are one incident. */
export const INCIDENT_GAP_MS = 5 * 60_000;

/**
 * Groups alerts by run, device, cause and time. Any order in; incidents and the alerts in them come out oldest first. The id is derived
 * from the incident's first alert, so that an incident keeps it while it grows. Degenerate: no alerts give no incidents.
 */
export function groupIncidents(alerts: readonly Alert[], gapMs: number = INCIDENT_GAP_MS): readonly Incident[] {
  const sorted = [...alerts].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const latest = new Map<string, Incident>();
  const incidents = new Map<IncidentId, Incident>();
  for (const alert of sorted) {
    const key = JSON.stringify([alert.runId, alert.deviceId, alert.cause]);
    const previous = latest.get(key);
    const joins = previous !== undefined && alert.openedAt - previous.to <= gapMs;
    const incident = joins ? extendIncident(previous, alert) : startIncident(alert);
    latest.set(key, incident);
    incidents.set(incident.id, incident);
  }
  return [...incidents.values()];
}

/**
 * The incident that an alert belongs to, given the device's latest earlier alert of the same cause (undefined = none): that one's if the
 * gap is short, else its own.
 */
export function incidentOf(alert: Alert, earlier: Alert | undefined, gapMs: number = INCIDENT_GAP_MS): IncidentId {
  const joins =
    earlier !== undefined &&
    earlier.id !== alert.id &&
    earlier.runId === alert.runId &&
    earlier.deviceId === alert.deviceId &&
    earlier.cause === alert.cause &&
    alert.openedAt - earlier.lastAt <= gapMs;
  return joins ? earlier.incidentId : deriveIncidentId(alert.runId, alert.deviceId, alert.cause, alert.openedAt);
}

/** A device's latest finished alert of each cause: all that is needed to find the incident of the next one. */
export type RecentAlerts = ReadonlyMap<Cause, Alert>;

function startIncident(alert: Alert): Incident {
  return {
    id: deriveIncidentId(alert.runId, alert.deviceId, alert.cause, alert.openedAt),
    runId: alert.runId,
    deviceId: alert.deviceId,
    cause: alert.cause,
    from: alert.openedAt,
    to: alert.lastAt,
    alerts: [alert.id],
    severity: alert.severity,
  };
}

function extendIncident(incident: Incident, alert: Alert): Incident {
  return {
    ...incident,
    to: Math.max(incident.to, alert.lastAt),
    alerts: [...incident.alerts, alert.id],
    severity: compareSeverity(alert.severity, incident.severity) > 0 ? alert.severity : incident.severity,
  };
}
