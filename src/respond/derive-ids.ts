import type { Cause } from '../domain/alerts';
import {
  type AlertId,
  alertId,
  type DecisionId,
  type DeviceId,
  decisionId,
  type IncidentId,
  incidentId,
  type RunId,
} from '../domain/ids';
import { hashText } from '../domain/random';

/** Same run, device and opening time: same id, so that an alert written twice is one alert. openedAt: ms since 1970 UTC. */
export function deriveAlertId(run: RunId, device: DeviceId, openedAt: number): AlertId {
  return alertId(`al-${digest([run, device])}-${stamp(openedAt)}`);
}

/** Named after its first alert's opening time and its cause. openedAt: ms since 1970 UTC. */
export function deriveIncidentId(run: RunId, device: DeviceId, cause: Cause, openedAt: number): IncidentId {
  return incidentId(`in-${digest([run, device, cause])}-${stamp(openedAt)}`);
}

/** sequence: how many decisions of the run came before, which keeps two decisions of one millisecond apart. */
export function deriveDecisionId(run: RunId, device: DeviceId, decidedAt: number, sequence: number): DecisionId {
  return decisionId(`de-${digest([run, device])}-${stamp(decidedAt)}-${sequence}`);
}

/** 64 bits as text that is safe in a link. JSON keeps ['a', 'bc'] and ['ab', 'c'] apart. */
function digest(parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  return hashText(text).toString(36) + hashText(`second ${text}`).toString(36).padStart(7, '0');
}

function stamp(timeMs: number): string {
  return timeMs.toString(36);
}
