import type { Alert, AlertContribution, AlertLogEvidence, AlertMember, Interval } from '../domain/alerts';
import type { DeviceId, RunId } from '../domain/ids';
import { compareSeverity, type Severity, severityOf } from '../domain/scores';
import { inferCause } from './causes';
import { deriveAlertId, deriveIncidentId } from './derive-ids';
import { mergeEvidence } from './evidence';
import { composeReason } from './reasons';
import { suggestRemedy } from './remedies';

/** Whose alert it is. */
export interface AlertSubject {
  readonly runId: RunId;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  /** Milliseconds between two samples of the device. */
  readonly stepMs: number;
}

/** What was measured at one flagged moment of an interval. */
export interface AlertEvidence {
  /** ms since 1970 UTC of the data's clock. */
  readonly t: number;
  /** Hybrid anomaly score, 0..100. */
  readonly score: number;
  /** Weighted hybrid value and the value at which it alarms. */
  readonly hybrid: number;
  readonly alarmAt: number;
  /** Each member's anomaly score, 0..100; NaN where it had nothing to say. */
  readonly metricScore: number;
  readonly logScore: number;
  /** What each member of both models said. */
  readonly members: readonly AlertMember[];
  /** How much had been seen of what spoke, 0..1. */
  readonly confidence: number;
  /** As from `describeContributions`; [] where the sample was not explained. */
  readonly contributions: readonly AlertContribution[];
  /** As from `describeLogLine`; [] where no line spoke. */
  readonly logs: readonly AlertLogEvidence[];
}

/** Opens the alert of an interval. The id depends on run, device and `interval.from` only. */
export function openAlert(subject: AlertSubject, interval: Interval, evidence: AlertEvidence): Alert {
  const logs = mergeEvidence([], evidence.logs);
  const peakScore = Math.max(interval.peakScore, evidence.score);
  const { contributions, metricScore, logScore, hybrid, alarmAt } = evidence;
  const verdict = inferCause({
    contributions,
    logs,
    metricScore,
    logScore,
    stepMs: subject.stepMs,
    earlier: [],
    previous: undefined,
  });
  return {
    id: deriveAlertId(subject.runId, subject.deviceId, interval.from),
    runId: subject.runId,
    incidentId: deriveIncidentId(subject.runId, subject.deviceId, verdict.cause, interval.from),
    deviceId: subject.deviceId,
    deviceName: subject.deviceName,
    openedAt: interval.from,
    lastAt: Math.max(interval.to, evidence.t),
    closedAt: undefined,
    state: 'ongoing',
    acknowledged: false,
    cause: verdict.cause,
    causeRule: verdict.rule,
    severity: severityOf(peakScore) ?? 'warning',
    peakScore,
    peakAt: evidence.score >= interval.peakScore ? evidence.t : interval.peakAt,
    hybrid,
    alarmAt,
    metricScore,
    logScore,
    members: evidence.members,
    confidence: evidence.confidence,
    flagged: interval.flagged,
    contributions,
    logs,
    reason: composeReason({ contributions, logs, peakScore, hybrid, alarmAt }),
    remedy: suggestRemedy(verdict.cause),
  };
}

/**
 * Takes further evidence of the same interval along. Peak, scores and contributions are those of the highest sample so far; severity only rises;
 * lines are collected; the cause is sought again while evidence grows. Contributions of a lower sample are taken only
 * where the alert has none. `logScore` and `metricScore` keep their last known value when the new peak lacks that member.
 */
export function updateAlert(alert: Alert, interval: Interval, evidence: AlertEvidence, stepMs: number): Alert {
  const higher = isWorse(evidence, alert);
  const explains = evidence.contributions.length > 0 && (higher || alert.contributions.length === 0);
  const logs = mergeEvidence(alert.logs, evidence.logs);
  const seen: Alert = {
    ...alert,
    lastAt: Math.max(alert.lastAt, interval.to, evidence.t),
    flagged: Math.max(alert.flagged, interval.flagged),
    peakScore: higher ? evidence.score : alert.peakScore,
    peakAt: higher ? evidence.t : alert.peakAt,
    hybrid: higher ? evidence.hybrid : alert.hybrid,
    alarmAt: higher ? evidence.alarmAt : alert.alarmAt,
    metricScore: higher || explains ? known(evidence.metricScore, alert.metricScore) : alert.metricScore,
    logScore: higher || logs !== alert.logs ? highest(alert.logScore, evidence.logScore, higher) : alert.logScore,
    members: mergeMembers(alert.members ?? [], evidence.members, higher),
    confidence: higher ? known(evidence.confidence, alert.confidence ?? Number.NaN) : alert.confidence,
    contributions: explains ? keepSince(evidence.contributions, alert.contributions) : alert.contributions,
    logs,
    severity: worse(alert.severity, severityOf(evidence.score)),
  };
  if (!higher && !explains && logs === alert.logs) return seen;
  const verdict = inferCause({
    contributions: seen.contributions,
    logs: seen.logs,
    metricScore: seen.metricScore,
    logScore: seen.logScore,
    stepMs,
    earlier: explains ? alert.contributions : [],
    previous: alert.cause,
  });
  // A cause that was once named is not taken back for want of new support, only replaced by a better one.
  const keep = verdict.cause === 'unknown';
  const cause = keep ? alert.cause : verdict.cause;
  return {
    ...seen,
    cause,
    causeRule: keep ? alert.causeRule : verdict.rule,
    incidentId:
      cause === alert.cause ? alert.incidentId : deriveIncidentId(alert.runId, alert.deviceId, cause, alert.openedAt),
    reason: composeReason(seen),
    remedy: cause === alert.cause ? alert.remedy : suggestRemedy(cause),
  };
}

/** The interval closed on calm. closedAt: ms since 1970 UTC of the data's clock. An alert that is no longer ongoing stays as it is. */
export function resolveAlert(alert: Alert, closedAt: number): Alert {
  return endAlert(alert, 'resolved', closedAt);
}

/** The run ended, or its data was refused, while the alert was ongoing: nobody can say whether it would have calmed down. */
export function expireAlert(alert: Alert, at: number): Alert {
  return endAlert(alert, 'expired', at);
}

/** The same interval went on within the refractory time: one event stays one alert. */
export function reopenAlert(alert: Alert): Alert {
  return alert.state === 'ongoing' ? alert : { ...alert, state: 'ongoing', closedAt: undefined };
}

export function acknowledgeAlert(alert: Alert, acknowledged: boolean): Alert {
  return alert.acknowledged === acknowledged ? alert : { ...alert, acknowledged };
}

function endAlert(alert: Alert, state: 'resolved' | 'expired', at: number): Alert {
  return alert.state === 'ongoing' ? { ...alert, state, closedAt: Math.max(at, alert.lastAt) } : alert;
}

/** Scores end at 100 and the hybrid value has an end, too: beyond that the larger departure tells which sample was the worse. */
function isWorse(evidence: AlertEvidence, alert: Alert): boolean {
  if (evidence.score !== alert.peakScore) return evidence.score > alert.peakScore;
  if (evidence.hybrid !== alert.hybrid) return evidence.hybrid > alert.hybrid;
  return largestZ(evidence.contributions) > largestZ(alert.contributions);
}

function largestZ(contributions: readonly AlertContribution[]): number {
  return contributions.reduce((largest, { z }) => Math.max(largest, Math.abs(z) || 0), 0);
}

function worse(a: Severity, b: Severity | undefined): Severity {
  return b !== undefined && compareSeverity(b, a) > 0 ? b : a;
}

function known(fresh: number, old: number): number {
  return Number.isNaN(fresh) ? old : fresh;
}

function highest(old: number, fresh: number, replace: boolean): number {
  if (Number.isNaN(fresh)) return old;
  return replace || Number.isNaN(old) ? fresh : Math.max(old, fresh);
}

/**
 * What the members said at the peak. replace: the fresh sample is the peak; else what a member said higher, or only now, counts, since metrics
 * and lines of one event rarely peak together.
 */
function mergeMembers(
  old: readonly AlertMember[],
  fresh: readonly AlertMember[],
  replace: boolean,
): readonly AlertMember[] {
  const key = (member: AlertMember): string => `${member.model} ${member.id}`;
  const merged = new Map(old.map((member) => [key(member), member]));
  for (const member of fresh) {
    const known = merged.get(key(member));
    const silent = Number.isNaN(member.score);
    if (known === undefined || (replace && !silent) || member.score > known.score || Number.isNaN(known.score))
      merged.set(key(member), member);
  }
  return [...merged.values()];
}

/** A departure goes on since its first sample was seen, however much of the past is still held. */
function keepSince(
  fresh: readonly AlertContribution[],
  old: readonly AlertContribution[],
): readonly AlertContribution[] {
  return fresh.map((contribution) => {
    const before = old.find((entry) => entry.metric === contribution.metric && entry.z * contribution.z > 0);
    if (before?.since === undefined || contribution.since === undefined) return contribution;
    return { ...contribution, since: Math.min(before.since, contribution.since) };
  });
}
