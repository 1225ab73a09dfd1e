import type { FaultSpec, Start, Target } from '../../../domain/faults';
import type { Scenario, ScenarioEvent, ScenarioFault } from '../../../domain/scenario';
import type { Severity } from '../../../domain/scores';
import { formatDuration, formatNumber, formatPercent } from '../../format';

/** What a scenario is drawn and told with. */
export interface ScenarioWords {
  readonly faults: readonly Pick<FaultSpec, 'id' | 'label' | 'severity'>[];
  readonly regions: readonly { readonly id: string; readonly city: string }[];
}

/** One bar of the picture. from, to: seconds after live data begins, within the scenario. */
export interface TimelineBar {
  readonly key: string;
  readonly kind: 'fault' | 'event';
  readonly severity: Severity;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** 0 is the topmost; bars of one lane do not overlap. */
  readonly lane: number;
}

export interface Timeline {
  readonly bars: readonly TimelineBar[];
  /** At least 1. */
  readonly lanes: number;
}

/** How long a normal event is drawn that leaves its own duration to the simulator, in seconds. */
const EVENT_DRAWN_S = 300;
const MAX_BARS = 300;

/**
 * A scenario's faults and normal events as bars, in as few lanes as keep them apart; repeated faults give a bar each. What lies outside of
 * [0, durationS] is cut off or left out. At most MAX_BARS bars, the first ones. Degenerate: nothing happens: no bars, one lane.
 */
export function layOutTimeline(scenario: Scenario, words: ScenarioWords): Timeline {
  const { durationS } = scenario;
  const severityOf = (id: string): Severity => words.faults.find((fault) => fault.id === id)?.severity ?? 'warning';
  const spans = [
    ...scenario.faults.flatMap((fault, i) =>
      startsOf(fault).map((from, n) => ({
        key: `fault ${i} ${n}`,
        kind: 'fault' as const,
        severity: severityOf(fault.fault),
        label: labelOfFault(fault.fault, words),
        from,
        to: from + fault.durationMs / 1000,
      })),
    ),
    ...scenario.events.map((event, i) => ({
      key: `event ${i}`,
      kind: 'event' as const,
      severity: 'warning' as const,
      label: labelOfEvent(event.event),
      from: event.at,
      to: event.at + (event.params?.duration ?? EVENT_DRAWN_S),
    })),
  ]
    .map((span) => ({ ...span, from: Math.max(0, span.from), to: Math.min(durationS, span.to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from)
    .slice(0, MAX_BARS);
  const ends: number[] = [];
  const bars = spans.map((span): TimelineBar => {
    const free = ends.findIndex((end) => end <= span.from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = span.to;
    return { ...span, lane };
  });
  return { bars, lanes: Math.max(1, ends.length) };
}

/** Seconds after live data begins at which a scenario's fault begins, each repetition. */
function startsOf({ at, start }: ScenarioFault): readonly number[] {
  switch (start?.kind) {
    case 'in':
      return [at + start.seconds];
    case 'repeat':
      return Array.from({ length: start.times }, (_, n) => at + start.firstInSeconds + n * start.everySeconds);
    default:
      return [at];
  }
}

/** The steps of a scenario in words, in the order of time. */
export function tellSteps(scenario: Pick<Scenario, 'faults' | 'events'>, words: ScenarioWords): readonly string[] {
  const faults = scenario.faults.map((fault) => ({ at: startsOf(fault)[0], text: tellFault(fault, words) }));
  const events = scenario.events.map((event) => ({ at: event.at, text: tellEvent(event, words) }));
  return [...faults, ...events].sort((a, b) => a.at - b.at).map(({ text }) => text);
}

function tellFault(fault: ScenarioFault, words: ScenarioWords): string {
  const [first] = startsOf(fault);
  const what = `${labelOfFault(fault.fault, words)} on ${tellTarget(fault.target, words)}`;
  const course = `${formatPercent(fault.intensity, 0)} for ${formatDuration(fault.durationMs)}`;
  return `${tellOffset(first)}: ${what}, ${course}${tellAgain(fault.start)}`;
}

function tellEvent(event: ScenarioEvent, words: ScenarioWords): string {
  return `${tellOffset(event.at)}: ${labelOfEvent(event.event)} on ${tellTarget(event.target, words)}, harmless`;
}

function tellAgain(start: Start | undefined): string {
  return start?.kind === 'repeat' ? `, ${start.times} times, every ${formatDuration(start.everySeconds * 1000)}` : '';
}

/** Seconds after live data begins, in words. */
export function tellOffset(seconds: number): string {
  if (seconds < 0) return `${formatDuration(-seconds * 1000)} before the start`;
  return seconds === 0 ? 'At the start' : `After ${formatDuration(seconds * 1000)}`;
}

/** Which devices are meant, in words. */
export function tellTarget(target: Target, words: Pick<ScenarioWords, 'regions'>): string {
  switch (target.kind) {
    case 'device':
      return target.deviceId;
    case 'devices':
      return target.deviceIds.length === 1 ? target.deviceIds[0] : `${formatNumber(target.deviceIds.length)} devices`;
    case 'role':
      return `every ${target.role} server`;
    case 'region':
      return `everything in ${words.regions.find(({ id }) => id === target.region)?.city ?? target.region}`;
    case 'share':
      return `${formatPercent(target.share, 0)} of ${target.role === undefined ? 'the fleet' : `the ${target.role} servers`}`;
    case 'new-device':
      return `a new device, ${target.name}`;
  }
}

/** The name of a fault, its id where it is not known. */
export function labelOfFault(id: string, { faults }: Pick<ScenarioWords, 'faults'>): string {
  return faults.find((fault) => fault.id === id)?.label ?? id;
}

/** A normal event's id as words: `config-reload` -> `Config reload`. */
export function labelOfEvent(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
