import type { FaultSpec } from '../../domain/faults';
import { type ParamSpec, strengthParams } from '../../domain/params';
import type { Random } from '../../domain/random';
import type { LogLevel } from '../../domain/telemetry';
import type { MetricValues } from '../bounds';

/** Where a running fault is. */
export interface FaultMoment {
  /** Seconds since its onset, >= 0. */
  readonly elapsedS: number;
  /** How strong it is now: the requested intensity times what the onset has reached. (0, 1] */
  readonly intensity: number;
  /** The intensity that was asked for. (0, 1] */
  readonly requested: number;
  /** growthOf: 1 at full size, and beyond for faults that go on growing. */
  readonly growth: number;
  /** All of the fault's own params. */
  readonly params: Readonly<Record<string, number>>;
  /** The device's values when the fault began, undisturbed by it. */
  readonly before: Readonly<MetricValues>;
}

/** A line that the fault writes, `perSecond` times on average (>= 0, at most 10). text: as in the log grammar. */
export interface FaultLine {
  readonly level: LogLevel;
  readonly text: string;
  readonly perSecond: (moment: FaultMoment) => number;
}

/** A kind of fault: one file and one line in registry.ts. Draws only from its own stream, so that all other data stays as it was. */
export interface Fault {
  readonly spec: FaultSpec;
  /** Whether the fleet has it by itself now and then. Not for what quarantines by policy. */
  readonly ambient: boolean;
  /** Whether no traffic reaches the device meanwhile, so that its peers must serve it. */
  readonly offline?: boolean;
  /** Changes one device's undisturbed values in place, once a tick. Bounds are kept by the caller. */
  perturb(values: MetricValues, moment: FaultMoment, random: Random): void;
  readonly lines: readonly FaultLine[];
}

/** What a fault file says of itself; the rest of its spec has defaults. */
export interface FaultDescription
  extends Pick<FaultSpec, 'id' | 'label' | 'description' | 'severity' | 'signature'>,
    Partial<Pick<FaultSpec, 'seenIn' | 'creeping' | 'spread'>> {
  /** Default duration in seconds. */
  readonly durationS: number;
  /** The natural onset; at once unless given. */
  readonly ramp?: number;
  readonly creep?: number;
  /** Params of its own beside intensity and duration. */
  readonly params?: readonly ParamSpec[];
}

/** Completes a fault's spec: step onset, seen in metrics and logs, not creeping, does not spread, unless described otherwise. */
export function describeFault(description: FaultDescription): FaultSpec {
  const { durationS, ramp, creep, params = [], ...rest } = description;
  const onset = creep !== undefined ? 'creep' : ramp !== undefined ? 'ramp' : 'step';
  return {
    seenIn: { metrics: true, logs: true },
    creeping: false,
    ...rest,
    params: [...faultParams(durationS), ...params],
    onset,
    onsetS: creep ?? ramp ?? 0,
  };
}

/** The two parameters that every fault has. durationS: default in seconds. */
function faultParams(durationS: number): readonly ParamSpec[] {
  const help = 'How strong the fault is: 0.05 is hard to see, 1 is the worst case.';
  return strengthParams(durationS, { default: 0.8, help }, 'How long the fault lasts.');
}

/** How many of the devices around a single target a spreading fault hits. help: whom it means. */
export function reachParam(help: string): ParamSpec {
  return { key: 'reach', label: 'Reach', unit: '', min: 0, max: 1, default: 0.6, step: 0.05, help };
}
