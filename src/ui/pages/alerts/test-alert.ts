import type { Alert } from '../../../domain/alerts';
import { alertId, deviceId, incidentId, runId } from '../../../domain/ids';

/** An alert for tests. */
export function makeAlert(changes: Partial<Alert> = {}): Alert {
  return {
    id: alertId('a1'),
    runId: runId('r1'),
    incidentId: incidentId('i1'),
    deviceId: deviceId('d1'),
    deviceName: 'web-01',
    openedAt: 0,
    lastAt: 1000,
    closedAt: undefined,
    state: 'ongoing',
    acknowledged: false,
    cause: 'memory-leak',
    causeRule: 'memory climbs',
    severity: 'major',
    peakScore: 80,
    peakAt: 1000,
    hybrid: 1.5,
    alarmAt: 1,
    metricScore: 80,
    logScore: Number.NaN,
    flagged: 3,
    contributions: [],
    logs: [],
    reason: 'Memory is 92 %, typically 40 %.',
    remedy: [],
    ...changes,
  };
}
