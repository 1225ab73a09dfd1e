import { stepAlarm } from '../detect/alarms';
import { createIntervalState, type IntervalSample, type IntervalState, intervalRules } from '../detect/intervals';
import { markOf } from '../detect/suspicion';
import type { Alert } from '../domain/alerts';
import type { Decision, Policy, QuarantineEntry } from '../domain/decisions';
import type { RunKind } from '../domain/frame';
import type { AlertId, DeviceId } from '../domain/ids';
import type { Result } from '../domain/result';
import { samplesPerDayAt } from '../domain/sensitivity';
import type { Settings } from '../domain/settings';
import { type AlertEvent, bookFromAlerts, ongoingAlert, stepAlerts } from '../respond/alert-book';
import { type AlertEvidence, acknowledgeAlert } from '../respond/alerts';
import { type DecisionDesk, quarantineDevices, releaseDevices } from '../respond/decide';
import { applyPolicy } from '../respond/policy';
import { foldDecisions, type RefusedCount } from '../respond/quarantine';
import { measureStability } from '../respond/stability';
import { isHeardOf } from './company';
import { deviceStateIndex } from './frame-builder';
import type { SourceInfo } from './ports';
import type { RunState } from './run-state';

/** A device that sent nothing for so many steps is drawn as silent. */
const SILENT_AFTER_STEPS = 10;
const WARNING_SCORE = 25;

export interface Observation {
  readonly run: RunState;
  readonly device: number;
  readonly sample: IntervalSample;
  /** Built only when an alert wants it. */
  readonly evidence: () => AlertEvidence;
  readonly wallNow: number;
}

/** Where scored samples become intervals, alerts and decisions: the effects-free reducers of respond/, and the state between them. */
export interface Desk {
  observe(observation: Observation): { readonly alerts: readonly Alert[]; readonly decisions: readonly Decision[] };
  quarantine(ids: readonly DeviceId[], reason: string, run: RunState, wallNow: number): Result<readonly Decision[]>;
  /** Ends what is under way on devices whose data is refused from now on. Gives the alerts that changed. */
  cutOff(ids: readonly DeviceId[], run: RunState): readonly Alert[];
  release(ids: readonly DeviceId[], reason: string, run: RunState, wallNow: number): Result<readonly Decision[]>;
  entries(run: RunState): readonly QuarantineEntry[];
  decisions(): readonly Decision[];
  /** An alert that may still change. */
  find(id: AlertId): Alert | undefined;
  acknowledge(alert: Alert, acknowledged: boolean): Alert;
  /** The run ended. */
  closeAll(at: number): readonly Alert[];
  deviceStates(run: RunState): Uint8Array;
  stability(run: RunState): number;
  configure(settings: Settings, kind: RunKind): void;
}

/** decisions, alerts: what is stored of the run, so that an incident goes on where it stopped. No alert in it is ongoing. */
export function createDesk(
  settings: Settings,
  info: SourceInfo,
  stored: { readonly decisions: readonly Decision[]; readonly alerts: readonly Alert[] },
): Desk {
  let policy = policyOf(settings, info.kind);
  let book = bookFromAlerts(stored.alerts);
  let decisions = stored.decisions;
  const intervals: IntervalState[] = [];
  const rules = intervalRules(samplesPerDayAt(info.stepMs));
  const known = new Map<AlertId, Alert>();

  const apply = (events: readonly AlertEvent[]): readonly Alert[] => {
    const step = stepAlerts(book, events);
    book = step.book;
    for (const alert of step.changed) {
      if (alert.state === 'ongoing') known.set(alert.id, alert);
      else known.delete(alert.id);
    }
    return step.changed;
  };

  const deskAt = (run: RunState, wallNow: number): DecisionDesk => ({
    runId: info.runId,
    devices: run.catalog.devices,
    decisions,
    now: run.now,
    wallNow,
    policy,
  });

  const take = (decided: Result<readonly Decision[]>): Result<readonly Decision[]> => {
    if (decided.ok) decisions = [...decisions, ...decided.value];
    return decided;
  };

  /** The policy's answer to changed alerts; a quarantined device's alert ends there, since its data is refused from now on. */
  const decide = (
    changed: readonly Alert[],
    observation: Observation,
  ): { alerts: readonly Alert[]; decisions: readonly Decision[] } => {
    const taken: Decision[] = [];
    const alerts = [...changed];
    for (const alert of changed) {
      const verdict = applyPolicy(alert, deskAt(observation.run, observation.wallNow));
      if (verdict.kind === 'leave') continue;
      decisions = [...decisions, verdict.decision];
      taken.push(verdict.decision);
      if (verdict.decision.simulated) continue;
      intervals[observation.device] = createIntervalState(observation.device);
      alerts.push(...apply([{ kind: 'cut-off', deviceId: alert.deviceId, at: observation.sample.t }]));
    }
    return { alerts, decisions: taken };
  };

  const entries = (run: RunState): readonly QuarantineEntry[] => {
    const refused = new Map<DeviceId, RefusedCount>();
    for (const [id, samples] of run.refusedSamples)
      refused.set(id, { samples, batches: run.refusedBatches.get(id) ?? 0 });
    return [...foldDecisions(decisions, run.now, refused).values()];
  };

  const deviceStates = (run: RunState): Uint8Array =>
    Uint8Array.from(run.catalog.devices, (device, i) => {
      if (run.blocked[i] === 1) return deviceStateIndex('quarantined');
      if (ongoingAlert(book, device.id) !== undefined) return deviceStateIndex('alert');
      if (!(run.now - run.lastSeen[i] <= SILENT_AFTER_STEPS * info.stepMs)) return deviceStateIndex('silent');
      return deviceStateIndex(run.score[i] >= WARNING_SCORE ? 'warning' : 'ok');
    });

  return {
    observe: (observation) => {
      const { run, device, sample } = observation;
      const { id, name } = run.catalog.devices[device];
      const before = intervals[device] ?? createIntervalState(device);
      const { state, event, suspect } = stepAlarm(before, sample, rules);
      intervals[device] = state;
      run.suspect[device] = markOf(suspect, isHeardOf(run, device, sample.t));
      if (event === 'none' || state.interval === undefined) return { alerts: [], decisions: [] };
      if (event === 'closed') return { alerts: apply([{ kind: 'calmed', deviceId: id, at: sample.t }]), decisions: [] };
      if (event === 'opened' && state.interval.from !== before.interval?.from) run.counters.alerts++;
      const subject = { runId: info.runId, deviceId: id, deviceName: name, stepMs: info.stepMs };
      const flagged: AlertEvent = {
        kind: 'flagged',
        subject,
        interval: state.interval,
        evidence: observation.evidence(),
      };
      return decide(apply([flagged]), observation);
    },
    quarantine: (deviceIds, reason, run, wallNow) => {
      const request = {
        deviceIds,
        reason,
        origin: 'operator',
        durationMs: undefined,
        evidence: undefined,
        simulated: false,
      } as const;
      return take(quarantineDevices(deskAt(run, wallNow), request));
    },
    cutOff: (ids, run) =>
      ids.flatMap((id) => {
        const device = run.deviceIndex.get(id);
        if (device === undefined) return [];
        intervals[device] = createIntervalState(device);
        run.suspect[device] = 0;
        return apply([{ kind: 'cut-off', deviceId: id, at: run.now }]);
      }),
    release: (deviceIds, reason, run, wallNow) =>
      take(releaseDevices(deskAt(run, wallNow), { deviceIds, reason, origin: 'operator' })),
    entries,
    decisions: () => decisions,
    find: (id) => known.get(id),
    acknowledge: (alert, acknowledged) =>
      apply([{ kind: 'acknowledged', alert, acknowledged }])[0] ?? acknowledgeAlert(alert, acknowledged),
    closeAll: (at) => apply([{ kind: 'run-ended', at }]),
    deviceStates,
    stability: (run) => measureStability({ score: run.score, state: deviceStates(run) }),
    configure: (changed, kind) => {
      policy = policyOf(changed, kind);
    },
  };
}

/** Files are history: what the policy would have done is shown, but nothing is refused, or the rest of the file would go unscored. */
function policyOf(settings: Settings, kind: RunKind): Policy {
  return {
    mode: kind === 'file' && settings.quarantine === 'enforce' ? 'simulate' : settings.quarantine,
    allowlist: [],
  };
}
