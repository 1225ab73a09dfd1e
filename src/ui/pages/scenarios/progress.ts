import type { Injection } from '../../../domain/faults';
import type { Scenario } from '../../../domain/scenario';
import { labelOfEvent, labelOfFault, type ScenarioWords } from './timeline';

/** How far a scenario is, and what comes. Times in ms since 1970 UTC of the data's clock. */
export interface ScenarioProgress {
  /** before: the history that trains the models is still being gone through; over: it is past its duration, and the fleet goes on. */
  readonly phase: 'before' | 'playing' | 'over';
  /** Since live data began; 0 before that. */
  readonly elapsedMs: number;
  /** 0..1 */
  readonly share: number;
  readonly next: { readonly label: string; readonly at: number } | undefined;
}

export interface ProgressInput {
  readonly now: number;
  readonly liveAt: number;
  readonly durationS: number;
  readonly injections: readonly Pick<Injection, 'status' | 'from' | 'faultLabel' | 'deviceName' | 'group'>[];
  /** The whole scenario where it is known: it also tells of normal events and of devices that join. */
  readonly scenario: Pick<Scenario, 'faults' | 'events'> | undefined;
  readonly words: ScenarioWords;
}

/** Where a scenario stands. Degenerate: nothing is to come any more: next is undefined. */
export function followScenario({
  now,
  liveAt,
  durationS,
  injections,
  scenario,
  words,
}: ProgressInput): ScenarioProgress {
  const elapsedMs = Math.max(0, now - liveAt);
  const durationMs = durationS * 1000;
  const toCome: { readonly label: string; readonly at: number }[] = [];
  for (const one of injections) {
    if (one.status !== 'scheduled' || one.from <= now) continue;
    const alike = injections.filter(({ group, from }) => group === one.group && from === one.from).length;
    toCome.push({ label: `${one.faultLabel} on ${alike > 1 ? `${alike} devices` : one.deviceName}`, at: one.from });
  }
  for (const { at, event } of scenario?.events ?? [])
    toCome.push({ label: labelOfEvent(event), at: liveAt + at * 1000 });
  for (const { at, fault, target } of scenario?.faults ?? []) {
    // Those on devices that are there stand among the injections.
    if (target.kind !== 'new-device') continue;
    toCome.push({ label: `${labelOfFault(fault, words)} on ${target.name}`, at: liveAt + at * 1000 });
  }
  const next = toCome
    .filter(({ at }) => at > now)
    .reduce<ScenarioProgress['next']>(
      (first, one) => (first === undefined || one.at < first.at ? one : first),
      undefined,
    );
  return {
    phase: now < liveAt ? 'before' : elapsedMs > durationMs ? 'over' : 'playing',
    elapsedMs,
    share: Math.min(1, elapsedMs / durationMs),
    next,
  };
}
