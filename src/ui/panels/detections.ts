import { type Alert, CAUSES, type Cause } from '../../domain/alerts';

export interface CauseCount {
  readonly cause: Cause;
  readonly count: number;
}

/** Alerts by cause, most frequent first, causes without an alert left out. */
export function countCauses(alerts: readonly Alert[]): readonly CauseCount[] {
  const counts = new Map<Cause, number>();
  for (const alert of alerts) counts.set(alert.cause, (counts.get(alert.cause) ?? 0) + 1);
  return CAUSES.map((cause) => ({ cause, count: counts.get(cause) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** Each cause keeps its colour, 1..7 in the category palette. */
export const CAUSE_COLOURS: Readonly<Record<Cause, number>> = {
  ddos: 5,
  'memory-leak': 4,
  'cpu-spike': 2,
  'disk-failure': 1,
  'log-error': 3,
  unknown: 7,
};
