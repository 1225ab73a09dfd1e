import type { Region } from './catalog';
import type { DeviceId, InjectionId } from './ids';
import type { ParamSpec } from './params';
import type { Severity } from './scores';

/** A fault as data: what the injector shows. The simulator holds the code under the same id. */
export interface FaultSpec {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** How bad it is at full intensity. */
  readonly severity: Severity;
  /** What to expect in metrics and log lines, in words. */
  readonly signature: string;
  readonly params: readonly ParamSpec[];
}

/** What a person asks for. */
export interface InjectionRequest {
  readonly fault: string;
  readonly target:
    | { readonly kind: 'device'; readonly deviceId: DeviceId }
    | { readonly kind: 'new-device'; readonly name: string };
  /** Region id of where the attack comes from (and where a new device stands). */
  readonly origin: string;
  /** (0, 1] */
  readonly intensity: number;
  readonly durationMs: number;
}

export interface Injection {
  readonly id: InjectionId;
  readonly fault: string;
  readonly faultLabel: string;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly origin: Region;
  readonly intensity: number;
  readonly from: number;
  readonly to: number;
  readonly status: 'running' | 'ended' | 'stopped' | 'refused';
  /** Why it was refused, e.g. `refused: quarantined since 2026-11-22T10:00:00Z`. '' otherwise. */
  readonly note: string;
  /** `ambient`: the fleet's own seeded faults; `operator`: from the injector. */
  readonly by: 'operator' | 'ambient';
}

/** Ground truth. Never reaches a detector, nor storage that a detector reads. */
export interface TruthInterval {
  readonly device: number;
  readonly fault: string;
  readonly from: number;
  readonly to: number;
}
