import { createIntervalState, type IntervalRules, type IntervalSample, stepInterval } from '../detect/intervals';
import { MEMBERS, type Member } from '../domain/scoreboard';
import type { AlarmStates } from './scoreboard-state';

/** What becomes of one member's alert on one device. */
export interface AlarmListener {
  /** A flagged sample at t of an alert that begins at `from`. */
  alarm(member: Member, device: number, from: number, t: number): void;
  /** The alert is over and will not come back. */
  rest(member: Member, device: number): void;
}

/** Alerts of each member by the rules of the desk, so that all three are compared at the same hysteresis. */
export interface MemberAlarms {
  step(member: Member, device: number, sample: IntervalSample): void;
  /** The device's data is refused: its alerts end. */
  cutOff(device: number): void;
  /** Nothing was scored for so long that whatever stood then is over: all alerts end. */
  cutOffAll(): void;
  save(): AlarmStates;
}

/** rules: those of the desk. Memory: only devices with a recent flag. */
export function createMemberAlarms(listener: AlarmListener, rules: IntervalRules, saved?: AlarmStates): MemberAlarms {
  const states = new Map(
    MEMBERS.map((member) => [member, new Map(saved?.[member].map((state) => [state.device, state]))]),
  );
  const cutOff = (device: number): void => {
    for (const member of MEMBERS) if (states.get(member)?.delete(device)) listener.rest(member, device);
  };
  const statesOf = (member: Member) => [...(states.get(member)?.values() ?? [])];
  return {
    step: (member, device, sample) => {
      const known = states.get(member);
      const before = known?.get(device);
      if (before === undefined && !sample.flagged) return;
      const { state, event } = stepInterval(before ?? createIntervalState(device), sample, rules);
      const { interval, recent, sinceClosed } = state;
      if ((event === 'opened' || event === 'extended') && interval !== undefined)
        listener.alarm(member, device, interval.from, sample.t);
      const mayComeBack = interval !== undefined && (interval.open || sinceClosed < rules.refractorySamples);
      if (interval !== undefined && !mayComeBack) listener.rest(member, device);
      if (mayComeBack) known?.set(device, state);
      else if (recent.some((entry) => entry.flagged)) known?.set(device, { ...createIntervalState(device), recent });
      else known?.delete(device);
    },
    cutOff,
    cutOffAll: () => {
      for (const device of new Set(MEMBERS.flatMap((member) => [...(states.get(member)?.keys() ?? [])])))
        cutOff(device);
    },
    save: () => ({ hybrid: statesOf('hybrid'), metrics: statesOf('metrics'), logs: statesOf('logs') }),
  };
}
