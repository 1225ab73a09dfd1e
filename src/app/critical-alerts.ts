import { type Alert, CAUSE_LABELS } from '../domain/alerts';
import type { NewNotice } from './notices';

/** Where the app is when alerts are looked at. runId undefined: no run is open yet. */
export interface Watched {
  readonly runId: string | undefined;
  /** The fleet runs live: neither its history is scored nor a file open. */
  readonly isLive: boolean;
}

export interface CriticalAlerts {
  /** Looks at the newest alerts of all runs and gives a notice for each that is critical, of the present run, and new. */
  announce(alerts: readonly Alert[], watched: Watched): readonly NewNotice[];
}

/**
 * Tells critical alerts apart that are news. What a run holds when it is looked at for the first time is none (a reload, the way back from a
 * file), and neither is what its history held or what another run holds.
 */
export function createCriticalAlerts(): CriticalAlerts {
  let known: string | undefined;
  let seen: ReadonlySet<string> = new Set();
  return {
    announce: (alerts, { runId, isLive }) => {
      if (runId === undefined) return [];
      const critical = alerts.filter((alert) => alert.severity === 'critical' && alert.runId === runId);
      const news = isLive && known === runId ? critical.filter(({ id }) => !seen.has(id)) : [];
      seen = new Set([...(known === runId ? seen : []), ...critical.map(({ id }) => id)]);
      known = runId;
      return news.map(tellAlert);
    },
  };
}

function tellAlert(alert: Alert): NewNotice {
  const { id, deviceName, cause, reason } = alert;
  return {
    kind: 'critical',
    title: `Critical on ${deviceName}: ${CAUSE_LABELS[cause]}`,
    detail: reason,
    alert,
    link: { href: `#/alerts?id=${encodeURIComponent(id)}`, label: 'Show' },
  };
}
