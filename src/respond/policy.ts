import { type Alert, CAUSE_LABELS, type Cause } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import { compareSeverity, type Severity } from '../domain/scores';
import { type DecisionDesk, quarantineDevices } from './decide';
import { foldDecisions, orderDecisions } from './quarantine';
import { formatNumber } from './words';

/**
 * After an operator's release the policy leaves the device alone for this long, in the data's time: a fault that is still going on would
 * otherwise take the release back within seconds.
 */
export const RELEASE_COOL_DOWN_MS = 60_000;

interface PolicyRule {
  readonly cause: Cause;
  readonly atLeast: Severity;
  /** Flagged samples that must have agreed. */
  readonly samples: number;
  readonly label: string;
}

/**
 * Registry: which cause quarantines by itself, and from which severity on. A flood is told by one sample. In the first two of anything else
 * a wobble of memory passes for a climb, so a leak has to last.
 */
const POLICY_RULES: readonly PolicyRule[] = [
  { cause: 'ddos', atLeast: 'critical', samples: 1, label: 'network flood at critical severity' },
  { cause: 'memory-leak', atLeast: 'critical', samples: 5, label: 'severe memory leak' },
];

export type PolicyVerdict =
  | { readonly kind: 'quarantine'; readonly decision: Decision }
  | { readonly kind: 'leave'; readonly why: LeaveReason };

export type LeaveReason =
  | 'policy-off'
  | 'not-ongoing'
  | 'no-rule'
  | 'too-early'
  | 'allowlisted'
  | 'already-quarantined'
  | 'already-decided'
  | 'cooling-down'
  | 'unknown-device';

/**
 * What the policy does about an alert. It quarantines once per alert, never while the device is quarantined, and again for the same ongoing alert only when an operator
 * released the device. After a release the device is left alone until the cool-down has passed. In mode `simulate` the decision is marked and not enforced; an alert
 * that was only simulated may still be enforced after the mode was changed.
 */
export function applyPolicy(alert: Alert, desk: DecisionDesk): PolicyVerdict {
  const { policy } = desk;
  if (policy.mode === 'off') return leave('policy-off');
  if (alert.state !== 'ongoing') return leave('not-ongoing');
  const rule = POLICY_RULES.find((r) => r.cause === alert.cause && compareSeverity(alert.severity, r.atLeast) >= 0);
  if (rule === undefined) return leave('no-rule');
  if (alert.flagged < rule.samples) return leave('too-early');
  if (policy.allowlist.includes(alert.deviceId)) return leave('allowlisted');
  if (foldDecisions(desk.decisions, desk.now).has(alert.deviceId)) return leave('already-quarantined');
  const simulated = policy.mode === 'simulate';
  const hold = holdBack(alert, desk, simulated);
  if (hold !== undefined) return leave(hold);
  const decided = quarantineDevices(desk, {
    deviceIds: [alert.deviceId],
    reason: `${CAUSE_LABELS[alert.cause]}: ${rule.label} (anomaly score ${formatNumber(alert.peakScore)}). ${alert.reason}`,
    origin: 'policy',
    durationMs: undefined,
    evidence: alert.id,
    simulated,
  });
  // Allowlist, quarantine and duration were checked above: only the device can be wrong.
  return decided.ok ? { kind: 'quarantine', decision: decided.value[0] } : leave('unknown-device');
}

/** Looks at what was decided on this alert and device before. */
function holdBack(alert: Alert, desk: DecisionDesk, simulated: boolean): LeaveReason | undefined {
  // Newest first: ES2022 has no search from the end.
  const own = orderDecisions(desk.decisions)
    .filter((d) => d.deviceId === alert.deviceId)
    .reverse();
  const last = own.findIndex(
    (d) => d.type === 'quarantine' && d.origin === 'policy' && d.evidence === alert.id && (simulated || !d.simulated),
  );
  const since = last < 0 ? own : own.slice(0, last);
  const release = since.find((d) => d.type === 'release' && !d.simulated);
  if (release === undefined) return last < 0 ? undefined : 'already-decided';
  return desk.now - release.at < RELEASE_COOL_DOWN_MS ? 'cooling-down' : undefined;
}

function leave(why: LeaveReason): PolicyVerdict {
  return { kind: 'leave', why };
}
