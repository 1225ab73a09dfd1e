import type { AlertId, DecisionId, DeviceId, RunId } from './ids';

/** Append-only: who is quarantined is computed by folding these, never stored twice. */
export interface Decision {
  readonly id: DecisionId;
  readonly runId: RunId;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly type: 'quarantine' | 'release';
  readonly origin: 'policy' | 'operator' | 'import';
  readonly reason: string;
  /** ms since 1970 UTC of the data's clock. */
  readonly at: number;
  /** Wall clock of the moment it was taken; orders decisions. */
  readonly decidedAt: number;
  /** undefined = until released. */
  readonly durationMs: number | undefined;
  /** How many times the device has been quarantined by policy, this one included. */
  readonly strikes: number;
  readonly evidence: AlertId | undefined;
  /** Decided and shown, but not enforced. */
  readonly simulated: boolean;
}

/** One device in quarantine, as folded from the decisions. */
export interface QuarantineEntry {
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly reason: string;
  readonly since: number;
  readonly until: number | undefined;
  readonly origin: Decision['origin'];
  readonly strikes: number;
  readonly evidence: AlertId | undefined;
  readonly decisionId: DecisionId;
  readonly refusedBatches: number;
  readonly refusedSamples: number;
}

/** The rules that turn alerts into decisions. */
export interface Policy {
  /** `simulate`: decided and shown, but not enforced. */
  readonly mode: 'enforce' | 'simulate' | 'off';
  /** Devices that are never quarantined. */
  readonly allowlist: readonly DeviceId[];
}
