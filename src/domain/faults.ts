import type { Region } from './catalog';
import type { DeviceId, InjectionId } from './ids';
import type { ParamSpec } from './params';
import type { Severity } from './scores';

/** How a fault comes: at once, in a straight line, or so slowly at first that nobody notices (the square of the line). */
export const ONSET_SHAPES = ['step', 'ramp', 'creep'] as const;
export type OnsetShape = (typeof ONSET_SHAPES)[number];

/** seconds: from the first disturbed sample until the full intensity is there; 0 for a step, and only for a step. */
export interface Onset {
  readonly shape: OnsetShape;
  readonly seconds: number;
}

/** A device that joins for an injection reports so long undisturbed before its fault begins. */
export const NEW_DEVICE_CALM_MS = 20_000;

/** In which telemetry a fault shows: what a detector of the other kind cannot see is no miss of its own. */
export interface Signature {
  readonly metrics: boolean;
  readonly logs: boolean;
}

/** How a fault goes on from the device that it is put on to others. The params of these keys say how far and how fast. */
export interface Spread {
  readonly over: 'role' | 'region';
  /** Key of the param with the share of the peers, 0..1, that it reaches, at least one of them; 0: it does not spread. */
  readonly shareKey: string;
  /** Key of the param with the seconds between one device and the next; undefined: all at once. */
  readonly delayKey: string | undefined;
}

/** A fault as data: what the injector shows. The simulator holds the code under the same id. */
export interface FaultSpec {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** How bad it is at full intensity. */
  readonly severity: Severity;
  /** What to expect in metrics and log lines, in words. */
  readonly signature: string;
  readonly seenIn: Signature;
  /** `intensity` and `duration` first, then the fault's own. */
  readonly params: readonly ParamSpec[];
  /** Its natural shape: how it comes unless a request says otherwise. */
  readonly onset: OnsetShape;
  /** Seconds of the natural onset; 0 for a step. */
  readonly onsetS: number;
  /** Whether it should be found while it still grows (before half of its final size) instead of within some samples. */
  readonly creeping: boolean;
  readonly spread?: Spread;
}

/** Which devices a request means. */
export type Target =
  | { readonly kind: 'device'; readonly deviceId: DeviceId }
  | { readonly kind: 'devices'; readonly deviceIds: readonly DeviceId[] }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'region'; readonly region: string }
  /** share: (0, 1] of the fleet, or of a role; at least one device. Which ones follows from the run's seed. */
  | { readonly kind: 'share'; readonly share: number; readonly role?: string }
  /** A device that joins the fleet for it. */
  | { readonly kind: 'new-device'; readonly name: string };

/** When a request begins; each repetition lasts the request's duration. */
export type Start =
  | { readonly kind: 'now' }
  | { readonly kind: 'in'; readonly seconds: number }
  | {
      readonly kind: 'repeat';
      readonly everySeconds: number;
      readonly times: number;
      readonly firstInSeconds: number;
    };

/** What a person asks for. Checked by `checkInjectionRequest` of injection-request.ts. */
export interface InjectionRequest {
  readonly fault: string;
  readonly target: Target;
  /** Region id of where the attack comes from (and where a new device stands). Default: where the device itself stands. */
  readonly origin?: string;
  /** (0, 1] */
  readonly intensity: number;
  readonly durationMs: number;
  /** Default: the fault's natural one. */
  readonly onset?: Onset;
  /** Default: now. */
  readonly start?: Start;
  /** The fault's own params by key; those left out have their defaults. */
  readonly params?: Readonly<Record<string, number>>;
}

/** One fault on one device. A request for several devices or times gives one each, of a common group. */
export interface Injection {
  readonly id: InjectionId;
  /** Common to everything that one request gave: `grp-1`. */
  readonly group: string;
  readonly fault: string;
  readonly faultLabel: string;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly origin: Region;
  readonly intensity: number;
  readonly onset: Onset;
  /** All of the fault's own params by key. */
  readonly params: Readonly<Record<string, number>>;
  readonly from: number;
  readonly to: number;
  readonly status: 'scheduled' | 'running' | 'ended' | 'stopped' | 'refused';
  /** Why it was refused, e.g. `refused: quarantined since 2026-11-22T10:00:00Z`. '' otherwise. */
  readonly note: string;
  /** `ambient`: the fleet's own seeded faults; `operator`: from the injector; `scenario`: from a scenario's timeline. */
  readonly by: 'operator' | 'ambient' | 'scenario';
  /** When its device joined the fleet for it, ms since 1970 UTC; undefined for a device that was there. */
  readonly joinedAt?: number;
}

/** Ground truth: the disturbed samples of one device are those with from <= t < to. Never reaches a detector, nor storage that a detector reads. */
export interface TruthInterval {
  /** Index into the catalog. */
  readonly device: number;
  readonly fault: string;
  readonly from: number;
  readonly to: number;
  readonly group: string;
  readonly intensity: number;
  readonly onset: Onset;
  readonly seenIn: Signature;
}

/**
 * How far a fault has grown, `elapsedS` seconds (>= 0) after its first disturbed sample, which counts as one second: 1 is the full
 * size. Grows beyond 1 for a ramp and a creep, for those faults that go on growing.
 */
export function growthOf(onset: Onset, elapsedS: number): number {
  if (onset.shape === 'step' || onset.seconds <= 0) return 1;
  const line = (elapsedS + 1) / onset.seconds;
  return onset.shape === 'ramp' ? line : line * line;
}

/** Seconds from the onset until half of the full size is reached. 0 for a step. */
export function secondsToHalfSize(onset: Onset): number {
  if (onset.shape === 'step') return 0;
  return onset.shape === 'ramp' ? onset.seconds / 2 : onset.seconds * Math.SQRT1_2;
}

/** An injection that is not to happen on one device, and why. */
export interface Refusal {
  readonly deviceId: DeviceId;
  /** E.g. `refused: quarantined since 2026-11-22T10:00:00Z`. */
  readonly note: string;
}
