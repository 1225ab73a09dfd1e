import { type Alert, CAUSES, type Cause } from '../../domain/alerts';
import type { Kpis } from '../../domain/frame';
import { formatPercent } from '../format';

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

/** Each cause keeps its colour, 1..7 in the category palette: related causes share one. */
export const CAUSE_COLOURS: Readonly<Record<Cause, number>> = {
  ddos: 5,
  'memory-leak': 4,
  'cpu-spike': 2,
  'crypto-mining': 2,
  'disk-failure': 1,
  'disk-full': 1,
  'disk-thrashing': 1,
  ransomware: 6,
  'network-partition': 5,
  'packet-loss': 5,
  'dns-failure': 5,
  'connection-pool': 4,
  'cascading-failure': 6,
  'noisy-neighbour': 2,
  'bad-deploy': 3,
  'crash-loop': 3,
  'log-storm': 3,
  'credential-stuffing': 6,
  'data-exfiltration': 6,
  'clock-skew': 7,
  'flat-line': 7,
  'level-shift': 4,
  'log-error': 3,
  unknown: 7,
};

/** Anomalous against normal records of the run in words; empty before the first record. A run without metrics counts its lines. */
export function describeShare(kpis: Kpis | undefined): string {
  const records = kpis === undefined ? 0 : kpis.samples > 0 ? kpis.samples : kpis.logLines;
  if (kpis === undefined || records === 0) return '';
  const anomalous = kpis.flagged / records;
  return `${formatPercent(1 - anomalous, 1)} normal, ${formatPercent(anomalous, 1)} anomalous.`;
}
