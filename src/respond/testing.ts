import type { Alert, AlertContribution, AlertLogEvidence, Interval } from '../domain/alerts';
import type { Device } from '../domain/catalog';
import type { Decision } from '../domain/decisions';
import { alertId, decisionId, deviceId, incidentId, runId } from '../domain/ids';
import type { LogLevel } from '../domain/telemetry';
import type { AlertEvidence, AlertSubject } from './alerts';
import type { DecisionDesk } from './decide';

/** Material for the tests of this folder. 2026-11-22T10:00:00Z. */
export const NOON = Date.UTC(2026, 10, 22, 10);

export const SUBJECT: AlertSubject = {
  runId: runId('run-1'),
  deviceId: deviceId('web-01'),
  deviceName: 'Web 01',
  stepMs: 1000,
};

const UNITS: Readonly<Record<string, readonly [label: string, unit: string]>> = {
  cpu_usage: ['CPU', '%'],
  memory_usage: ['Memory', '%'],
  disk_io: ['Disk I/O', 'MB/s'],
  network_traffic: ['Network', 'Mbit/s'],
};

/** One contribution. Actual and typical follow from z with a typical of 40 and a robust deviation of 2, unless given. */
export function contribution(
  metric: string,
  share: number,
  z: number,
  more: Partial<AlertContribution> = {},
): AlertContribution {
  const [label, unit] = UNITS[metric] ?? [metric, ''];
  return { metric, label, unit, share, actual: 40 + 2 * z, typical: 40, z, slopePerMinute: 0, ...more };
}

export function logLine(
  message: string,
  level: LogLevel = 'error',
  more: Partial<AlertLogEvidence> = {},
): AlertLogEvidence {
  return { t: NOON, level, message, template: message, score: 90, words: [], notes: [], ...more };
}

export function interval(more: Partial<Interval> = {}): Interval {
  return {
    device: 0,
    from: NOON,
    to: NOON + 1000,
    open: true,
    flagged: 2,
    peakScore: 60,
    peakAt: NOON + 1000,
    ...more,
  };
}

export function evidence(more: Partial<AlertEvidence> = {}): AlertEvidence {
  return {
    t: NOON + 1000,
    score: 60,
    hybrid: 1.2,
    alarmAt: 1,
    metricScore: 60,
    logScore: Number.NaN,
    members: [],
    confidence: 0.5,
    contributions: [contribution('network_traffic', 0.7, 30), contribution('cpu_usage', 0.3, 8)],
    logs: [],
    ...more,
  };
}

export function alert(more: Partial<Alert> = {}): Alert {
  return {
    id: alertId('al-1'),
    runId: SUBJECT.runId,
    incidentId: incidentId('in-1'),
    deviceId: SUBJECT.deviceId,
    deviceName: SUBJECT.deviceName,
    openedAt: NOON,
    lastAt: NOON + 5000,
    closedAt: undefined,
    state: 'ongoing',
    acknowledged: false,
    cause: 'ddos',
    causeRule: 'network far above typical',
    severity: 'critical',
    peakScore: 97,
    peakAt: NOON + 3000,
    hybrid: 4,
    alarmAt: 1,
    metricScore: 97,
    logScore: Number.NaN,
    flagged: 5,
    contributions: [contribution('network_traffic', 0.7, 30), contribution('cpu_usage', 0.3, 8)],
    logs: [],
    reason: 'Network 100.0 Mbit/s.',
    remedy: ['Look.'],
    ...more,
  };
}

export function device(id: string): Device {
  return {
    id: deviceId(id),
    name: id.toUpperCase(),
    region: '',
    city: 'Frankfurt',
    country: 'Germany',
    latitude: 50,
    longitude: 8,
    role: 'web',
  };
}

export function decision(more: Partial<Omit<Decision, 'id'>> & { readonly id?: string } = {}): Decision {
  const { id, ...rest } = more;
  return {
    id: decisionId(id ?? `de-${rest.deviceId ?? 'web-01'}-${rest.type ?? 'quarantine'}-${rest.decidedAt ?? NOON}`),
    runId: SUBJECT.runId,
    deviceId: SUBJECT.deviceId,
    deviceName: 'WEB-01',
    type: 'quarantine',
    origin: 'operator',
    reason: 'because',
    at: NOON,
    decidedAt: NOON,
    durationMs: undefined,
    strikes: 0,
    evidence: undefined,
    simulated: false,
    ...rest,
  };
}

export function desk(more: Partial<DecisionDesk> = {}): DecisionDesk {
  return {
    runId: SUBJECT.runId,
    devices: [device('web-01'), device('web-02')],
    decisions: [],
    now: NOON + 5000,
    wallNow: NOON + 5000,
    policy: { mode: 'enforce', allowlist: [] },
    ...more,
  };
}
