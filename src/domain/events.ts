import type { ParamSpec } from './params';

/** A normal event as data: something that healthy fleets do and that a naive detector flags. */
export interface NormalEventSpec {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What to expect in metrics and log lines, in words. */
  readonly signature: string;
  /** `intensity` in (0, 1] and `duration` in seconds, as for faults. */
  readonly params: readonly ParamSpec[];
}

/** A normal event that took place: benign truth, for evaluation only. */
export interface NormalEventRecord {
  readonly id: string;
  readonly event: string;
  /** Device indexes, in the order of their turns. */
  readonly devices: readonly number[];
  readonly intensity: number;
  /** First and one past the last sample that it changes, ms since 1970 UTC of the data's clock. */
  readonly from: number;
  readonly to: number;
  /** `fleet`: by its own schedule; `operator`: asked for, by hand or by a scenario. */
  readonly by: 'fleet' | 'operator';
}

/** What is asked for: an event on some devices from the next sample on, or later. */
export interface NormalEventRequest {
  readonly event: string;
  /** Device indexes, at least one, each once. */
  readonly devices: readonly number[];
  /** (0, 1] */
  readonly intensity: number;
  readonly durationMs: number;
  /** Time of the first sample that it changes; not before the next sample. undefined: the next sample. */
  readonly from?: number;
}
