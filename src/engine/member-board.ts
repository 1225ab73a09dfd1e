import { fadedValue } from '../detect/hybrid';
import type { MemberVote } from '../domain/alerts';
import type { FleetMember } from '../domain/frame';
import type { ModelKind } from '../domain/models';
import { anomalyScore } from '../domain/scores';
import type { LogVerdicts, MetricVerdicts } from '../domain/verdicts';
import type { Point } from './points';
import { logHoldMs, type RunState } from './run-state';

/** Rarity by device that one member said last; NaN where it has said nothing. */
interface MemberColumn {
  readonly kind: ModelKind;
  rarity: Float32Array;
}

/** What each member of both models said last on each device, by detector id. Grows with the devices; a few columns in all. */
export type MemberBoard = Map<string, MemberColumn>;

/** Rarity from which each model alone raises an alarm. */
export interface Thresholds {
  readonly metric: number;
  readonly log: number;
}

/**
 * Takes down what the members said of one point. Call after `holdLogRarity`: members of the logs are taken from the line that speaks for
 * the device, and only when it begins to.
 */
export function noteMembers(run: RunState, point: Point, metrics: MetricVerdicts, logs: LogVerdicts): void {
  if (point.row >= 0) {
    for (const member of metrics.members) note(run, 'metrics', member.detector, point.device, member.rarity[point.row]);
  }
  const { at, value } = run.logHold[point.device];
  if (point.lines.length === 0 || at !== point.t || value !== point.logRarity) return;
  for (const member of logs.members ?? []) {
    note(run, 'logs', member.detector, point.device, member.rarity[point.lines[0]]);
  }
}

/** What each member says of a device at time t (ms, the data's clock); members with nothing to say are left out. */
export function votesOn(run: RunState, device: number, t: number, thresholds: Thresholds): MemberVote[] {
  const fade = logFade(run, device, t);
  const votes: MemberVote[] = [];
  for (const [member, { kind, rarity }] of run.members) {
    const score = anomalyScore(rarity[device] * (kind === 'logs' ? fade : 1));
    if (!Number.isNaN(score)) votes.push({ member, kind, score, alarmAt: alarmScore(kind, thresholds) });
  }
  return votes;
}

/** The whole board for a frame, each array its own. */
export function fleetMembers(run: RunState, thresholds: Thresholds): FleetMember[] {
  const fades = Float32Array.from(run.logHold, (_, device) => logFade(run, device, run.now));
  return [...run.members].map(([member, { kind, rarity }]) => ({
    member,
    kind,
    alarmAt: alarmScore(kind, thresholds),
    score: rarity.map((value, device) => anomalyScore(value * (kind === 'logs' ? fades[device] : 1))),
  }));
}

function note(run: RunState, kind: ModelKind, member: string, device: number, rarity: number): void {
  const devices = run.catalog.devices.length;
  let column = run.members.get(member);
  if (column === undefined) {
    column = { kind, rarity: new Float32Array(devices).fill(Number.NaN) };
    run.members.set(member, column);
  }
  if (column.rarity.length < devices) {
    const grown = new Float32Array(devices).fill(Number.NaN);
    grown.set(column.rarity);
    column.rarity = grown;
  }
  column.rarity[device] = rarity;
}

/** What is left at time t of what a device's line said, 0..1; NaN when nothing is. */
function logFade(run: RunState, device: number, t: number): number {
  const hold = run.logHold[device];
  return hold === undefined || !(hold.value > 0) ? Number.NaN : fadedValue(hold, t, logHoldMs(run)) / hold.value;
}

function alarmScore(kind: ModelKind, thresholds: Thresholds): number {
  return anomalyScore(kind === 'metrics' ? thresholds.metric : thresholds.log);
}
