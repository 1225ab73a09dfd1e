import type { NormalEventSpec } from '../../domain/events';
import { type ParamSpec, strengthParams } from '../../domain/params';
import type { LogLevel } from '../../domain/telemetry';
import type { Effect } from '../effects';

/** Where one device is in its part of an event. */
export interface EventMoment {
  /** Whole seconds since the device's turn began, 0 .. turnS - 1. */
  readonly elapsedS: number;
  /** How long the device's turn lasts, in seconds. */
  readonly turnS: number;
  /** (0, 1] */
  readonly intensity: number;
}

/** A line that the event writes: once in the given second of the device's turn, or `perSecond` times on average. text: as in the grammar. */
export interface EventLine {
  readonly level: LogLevel;
  readonly text: string;
  readonly when: { readonly atS: number } | { readonly perSecond: (moment: EventMoment) => number };
}

/** A kind of normal event: one file and one line in registry.ts. */
export interface NormalEvent {
  readonly spec: NormalEventSpec;
  /** Longest turn of one device in seconds where devices take turns; undefined: all at once, each for the whole duration. */
  readonly turnS: number | undefined;
  /** Writes into `effect`, which comes as no effect, what the event does to a device in this second. */
  apply(effect: Effect, moment: EventMoment): void;
  readonly lines: readonly EventLine[];
}

/** The two parameters that every normal event has. durationS: default in seconds. */
export function eventParams(durationS: number): readonly ParamSpec[] {
  const help = 'How much the event changes: 0.05 is hard to see, 1 is as much as a healthy fleet shows.';
  return strengthParams(durationS, { default: 0.5, help }, 'How long the event lasts, all devices together.');
}

/** 0 to 1 over the first `edgeS` seconds of a turn, 1 between, back to 0 over its last ones. */
export function softEdges({ elapsedS, turnS }: EventMoment, edgeS: number): number {
  const edge = Math.max(1, Math.min(edgeS, turnS / 2));
  return Math.min(1, (elapsedS + 1) / edge, (turnS - elapsedS) / edge);
}
