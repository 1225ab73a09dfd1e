import type { Alert, AlertState, Cause } from '../../../domain/alerts';
import { compareSeverity, type Severity } from '../../../domain/scores';

/** Alerts that carry the same incident id: one trouble that flared up several times, as a person would tell it. */
export interface IncidentGroup {
  readonly id: string;
  /** Oldest first; never empty. */
  readonly alerts: readonly Alert[];
  /** Names, each once, in the order of their first alert. */
  readonly devices: readonly string[];
  /** Causes, each once, in the order of their first alert. */
  readonly causes: readonly Cause[];
  /** First opening and last flagged sample (or closing), ms since 1970 UTC of the data's clock. */
  readonly from: number;
  readonly to: number;
  /** The worst of its alerts. */
  readonly severity: Severity;
  readonly peakScore: number;
  /** Ongoing while one of its alerts is; else resolved when all calmed down, else expired. */
  readonly state: AlertState;
  readonly acknowledged: boolean;
}

/** Groups alerts, in any order, by the incident that they are stamped with; newest incident first. Degenerate: none gives none. */
export function groupByIncident(alerts: readonly Alert[]): IncidentGroup[] {
  const byId = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const members = byId.get(alert.incidentId);
    if (members === undefined) byId.set(alert.incidentId, [alert]);
    else members.push(alert);
  }
  return [...byId]
    .map(([id, members]) => describe(id, members))
    .sort((a, b) => b.from - a.from || (a.id < b.id ? -1 : 1));
}

function describe(id: string, members: readonly Alert[]): IncidentGroup {
  const alerts = [...members].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const states = new Set(alerts.map((alert) => alert.state));
  return {
    id,
    alerts,
    devices: [...new Set(alerts.map((alert) => alert.deviceName))],
    causes: [...new Set(alerts.map((alert) => alert.cause))],
    from: alerts[0].openedAt,
    to: alerts.reduce((latest, alert) => Math.max(latest, alert.closedAt ?? alert.lastAt), Number.NEGATIVE_INFINITY),
    severity: alerts
      .map((alert) => alert.severity)
      .reduce((worst, one) => (compareSeverity(one, worst) > 0 ? one : worst)),
    peakScore: Math.max(...alerts.map((alert) => alert.peakScore)),
    state: states.has('ongoing') ? 'ongoing' : states.has('expired') ? 'expired' : 'resolved',
    acknowledged: alerts.every((alert) => alert.acknowledged),
  };
}
