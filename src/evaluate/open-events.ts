import { MEMBERS } from '../domain/scoreboard';
import type { OpenEventState } from './board-state';

/** What really was, as it stands now. */
export interface TruthSpan {
  readonly device: number;
  /** Kind of fault, or of normal event. */
  readonly fault: string;
  /** The disturbed samples are those with from <= t < to. `to` may lie ahead, and may come nearer. */
  readonly from: number;
  readonly to: number;
  /** A normal event (a deployment, a backup) is no fault: an alert on it alone is a false alarm, counted apart. */
  readonly isNormal: boolean;
  /** When a creeping fault reaches half of its final size; undefined: it does not creep. */
  readonly halfAt: number | undefined;
  /** In which telemetry it shows: what a member cannot see is no miss of its own. The hybrid sees both. */
  readonly seenIn: { readonly metrics: boolean; readonly logs: boolean };
}

/** An event under way, or whose alerts are. */
export interface OpenEvent {
  readonly device: number;
  readonly fault: string;
  readonly scenario: string;
  readonly from: number;
  readonly isNormal: boolean;
  halfAt: number | undefined;
  /** One entry a member. */
  readonly isVisible: boolean[];
  to: number;
  /** From here on the device's data was refused: what nobody could see is not held against a detector. */
  cutAt: number;
  /** Samples inside it that were scored, and those that nobody could score. */
  seen: number;
  blind: number;
  /** One entry a member: of the alerts that are over. */
  readonly coveredMs: number[];
  readonly pieces: number[];
  readonly noticedAt: number[];
}

/** A copy that shares nothing: also what plain data of an event become, and the other way round. */
export function copyEvent({
  isVisible,
  coveredMs,
  pieces,
  noticedAt,
  ...event
}: OpenEventState): OpenEvent & OpenEventState {
  return {
    ...event,
    halfAt: event.halfAt,
    isVisible: [...isVisible],
    coveredMs: [...coveredMs],
    pieces: [...pieces],
    noticedAt: [...noticedAt],
  };
}

/** Puts what is news of a span into its event, or begins one. Gives the event. */
export function noteSpan(events: Map<number, OpenEvent[]>, span: TruthSpan, scenario: string): OpenEvent {
  const list = events.get(span.device) ?? [];
  const known = list.find((event) => event.from === span.from && event.fault === span.fault);
  if (known !== undefined) {
    known.to = span.to;
    known.halfAt = span.halfAt;
    return known;
  }
  const { seenIn, ...facts } = span;
  const event: OpenEvent = {
    ...facts,
    isVisible: MEMBERS.map((member) => member === 'hybrid' || seenIn[member]),
    scenario,
    cutAt: Number.POSITIVE_INFINITY,
    seen: 0,
    blind: 0,
    coveredMs: MEMBERS.map(() => 0),
    pieces: MEMBERS.map(() => 0),
    noticedAt: MEMBERS.map(() => Number.NaN),
  };
  list.push(event);
  events.set(span.device, list);
  return event;
}
