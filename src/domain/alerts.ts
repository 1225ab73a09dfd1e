import type { AlertId, DeviceId, IncidentId, RunId } from './ids';
import type { ModelKind } from './models';
import type { Severity } from './scores';
import type { LogLevel } from './telemetry';
import type { LevelShift, PeerComparison } from './verdicts';

/** Consecutive flagged samples of one device; open while it goes on. Times in ms since 1970 UTC of the data's clock. */
export interface Interval {
  readonly device: number;
  readonly from: number;
  /** Time of the last flagged sample so far. */
  readonly to: number;
  readonly open: boolean;
  /** Flagged samples in it. */
  readonly flagged: number;
  readonly peakScore: number;
  readonly peakAt: number;
}

export const CAUSES = [
  'ddos',
  'memory-leak',
  'cpu-spike',
  'crypto-mining',
  'disk-failure',
  'disk-full',
  'disk-thrashing',
  'ransomware',
  'network-partition',
  'packet-loss',
  'dns-failure',
  'connection-pool',
  'cascading-failure',
  'noisy-neighbour',
  'bad-deploy',
  'crash-loop',
  'log-storm',
  'credential-stuffing',
  'data-exfiltration',
  'clock-skew',
  'flat-line',
  'level-shift',
  'log-error',
  'unknown',
] as const;
export type Cause = (typeof CAUSES)[number];

export const CAUSE_LABELS: Readonly<Record<Cause, string>> = {
  ddos: 'DDoS / network flood',
  'memory-leak': 'Memory leak',
  'cpu-spike': 'CPU spike',
  'crypto-mining': 'Crypto-mining',
  'disk-failure': 'Disk failure or saturation',
  'disk-full': 'Disk full',
  'disk-thrashing': 'Disk thrashing',
  ransomware: 'Ransomware',
  'network-partition': 'Network partition',
  'packet-loss': 'Packet loss or latency',
  'dns-failure': 'Name resolution failure',
  'connection-pool': 'Connection pool exhausted',
  'cascading-failure': 'Cascading failure',
  'noisy-neighbour': 'Noisy neighbour',
  'bad-deploy': 'Error burst after a release',
  'crash-loop': 'Crash or crash loop',
  'log-storm': 'Log storm',
  'credential-stuffing': 'Credential stuffing',
  'data-exfiltration': 'Data exfiltration',
  'clock-skew': 'Clock skew',
  'flat-line': 'Stuck sensor / flat line',
  'level-shift': 'Slow creep / level shift',
  'log-error': 'Critical log error',
  unknown: 'Unknown',
};

/** A metric's part in an alert, as measured at its peak. Shares of one alert add to 1. */
export interface AlertContribution {
  readonly metric: string;
  readonly label: string;
  readonly unit: string;
  readonly share: number;
  readonly actual: number;
  readonly typical: number;
  readonly z: number;
  readonly slopePerMinute: number;
  /** Since when the metric has been away from typical, ms since 1970 UTC; absent = not known. */
  readonly since?: number;
  /** For how many samples it has repeated one value, where it never does so; absent: it moves. */
  readonly stillFor?: number;
  /** Its level has shifted, over minutes to hours; absent: it has not. */
  readonly shift?: LevelShift;
  /** At the peak, against the other devices of its role; absent where there are too few. */
  readonly peers?: PeerComparison;
  /** The share, told apart by feature: these add to `share`. Largest first. */
  readonly features?: readonly FeatureShare[];
}

/** A feature's part in an alert. name: metric and what of it, e.g. `cpu_usage drift`. value: as the model saw it, in robust standard deviations. */
export interface FeatureShare {
  readonly name: string;
  readonly share: number;
  readonly value: number;
}

/** What one member of a model said at the peak of an alert. */
export interface AlertMember {
  /** Of `domain/members.ts`. */
  readonly id: string;
  readonly model: ModelKind;
  readonly label: string;
  /** Calibrated anomaly score, 0..100; NaN = had nothing to say. */
  readonly score: number;
  /** Rare enough to be flagged by itself. */
  readonly flagged: boolean;
}

/** A log line that spoke for the alert. */
export interface AlertLogEvidence {
  readonly t: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly template: string;
  readonly score: number;
  readonly words: readonly { readonly word: string; readonly share: number }[];
  readonly notes: readonly string[];
}

export type AlertState = 'ongoing' | 'resolved' | 'expired';

/** An interval that a person should see. */
export interface Alert {
  readonly id: AlertId;
  readonly runId: RunId;
  readonly incidentId: IncidentId;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt: number | undefined;
  readonly state: AlertState;
  readonly acknowledged: boolean;
  readonly cause: Cause;
  /** The rule that named the cause, in words. */
  readonly causeRule: string;
  readonly severity: Severity;
  /** Highest anomaly score of the interval, 0..100, and when. */
  readonly peakScore: number;
  readonly peakAt: number;
  /** Weighted hybrid value at the peak and the value at which it alarms. */
  readonly hybrid: number;
  readonly alarmAt: number;
  /** Each member's anomaly score at the peak, 0..100; NaN where the member had nothing to say. */
  readonly metricScore: number;
  readonly logScore: number;
  /** What each member of both models said at the peak; absent in alerts of earlier versions. Switched-off members are not in it. */
  readonly members?: readonly AlertMember[];
  /** How much had been seen of what spoke, 0..1 (`detect/confidence.ts`); absent in alerts of earlier versions. */
  readonly confidence?: number;
  readonly flagged: number;
  readonly contributions: readonly AlertContribution[];
  readonly logs: readonly AlertLogEvidence[];
  /** One sentence built from what was measured. */
  readonly reason: string;
  readonly remedy: readonly string[];
}

/** Alerts grouped by time, device and cause. */
export interface Incident {
  readonly id: IncidentId;
  readonly runId: RunId;
  readonly deviceId: DeviceId;
  readonly cause: Cause;
  readonly from: number;
  readonly to: number;
  readonly alerts: readonly AlertId[];
  readonly severity: Severity;
}
