import type { FaultSpec } from '../../domain/faults';
import type { ParamSpec } from '../../domain/params';
import type { Random } from '../../domain/random';
import type { LogLevel } from '../../domain/telemetry';
import type { MetricValues } from '../workload';

/** Where a running fault is. */
export interface FaultMoment {
  /** Seconds since its onset, >= 0. */
  readonly elapsedS: number;
  /** Share of its duration that has passed, 0..1. */
  readonly progress: number;
  /** (0, 1] */
  readonly intensity: number;
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
  /** Changes one device's undisturbed values in place, once a tick. Bounds are kept by the caller. */
  perturb(values: MetricValues, moment: FaultMoment, random: Random): void;
  readonly lines: readonly FaultLine[];
}

/** The two parameters that every fault has. durationS: default in seconds. */
export function faultParams(durationS: number): readonly ParamSpec[] {
  return [
    {
      key: 'intensity',
      label: 'Intensity',
      unit: '',
      min: 0.05,
      max: 1,
      default: 0.8,
      step: 0.05,
      help: 'How strong the fault is: 0.05 is hard to see, 1 is the worst case.',
    },
    {
      key: 'duration',
      label: 'Duration',
      unit: 's',
      min: 1,
      max: 86_400,
      default: durationS,
      step: 1,
      help: 'How long the fault lasts.',
    },
  ];
}
