import type { RunId } from './ids';
import type { ModelKind } from './models';
import type { LogLevel } from './telemetry';
import type { DetectorState } from './verdicts';

/** What a device is, as drawn: its state decides its colour, icon and word. */
export const DEVICE_STATES = ['ok', 'warning', 'alert', 'quarantined', 'silent'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];

/** Chart points that an opened file is drawn with at most; of longer files several steps are joined to a point. The last point may be one more. */
export const MAX_FILE_POINTS = 50_000;

/** Latest value of every device, as columns over the catalog's devices. */
export interface FleetSnapshot {
  /** latest[m][device], in the metric's unit; NaN where nothing came yet. */
  readonly latest: readonly Float32Array[];
  /** Hybrid anomaly score 0..100 of the latest sample; NaN where not scorable. */
  readonly score: Float32Array;
  /** Index into DEVICE_STATES. */
  readonly state: Uint8Array;
  /** What each member said of the latest sample: metrics' members first, then the log model as a whole (id `logs`), then its members. */
  readonly members: readonly MemberColumn[];
  /** How much has been seen of each device by what scores it, 0..1; NaN where nothing is scored. */
  readonly confidence: Float32Array;
}

/** One member's calibrated scores 0..100 by device; NaN = nothing to say: warming up, no line, switched off. */
export interface MemberColumn {
  readonly id: string;
  readonly model: ModelKind;
  readonly label: string;
  /** Score from which it alone would raise an alarm: at or above it the member says "anomaly". */
  readonly alarmAt: number;
  readonly score: Float32Array;
}

/** One entry of "latest records": one sample with its verdict. */
export interface RecordVerdict {
  readonly t: number;
  readonly device: number;
  readonly values: readonly number[];
  readonly metricScore: number;
  readonly logScore: number;
  readonly score: number;
  readonly verdict: 'normal' | 'anomaly' | 'warming-up' | 'refused';
}

export interface LiveLogLine {
  readonly seq: number;
  readonly t: number;
  readonly device: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly template: string;
  readonly templateId: number;
  /** Anomaly score 0..100; NaN while warming up. */
  readonly score: number;
}

export interface Kpis {
  readonly samples: number;
  readonly logLines: number;
  readonly flagged: number;
  readonly alerts: number;
  readonly refusedSamples: number;
  readonly refusedBatches: number;
  readonly droppedRows: number;
  readonly samplesPerSecond: number;
}

export interface BreachForecast {
  readonly metric: string;
  readonly label: string;
  readonly unit: string;
  readonly device: number;
  readonly limit: number;
  readonly current: number;
  readonly slopePerMinute: number;
  /** 0..1, share of the variance that the trend explains. */
  readonly fit: number;
  readonly breachInMs: number;
}

export type RunKind = 'fleet' | 'file';

/** Where the engine is. The UI shows each by name. */
export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'warming-up'; readonly have: number; readonly need: number }
  | { readonly kind: 'training'; readonly progress: number }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'degraded'; readonly why: string };

/** Coalesced news from the engine, at most 10 a second. Column arrays are transferred: each frame owns its own. */
export interface Frame {
  readonly runId: RunId;
  readonly runKind: RunKind;
  readonly seq: number;
  /** The ticks replace everything drawn so far: another run, or another focused device with its own history. */
  readonly reset: boolean;
  readonly state: EngineState;
  /** The data's clock, ms since 1970 UTC. */
  readonly now: number;
  readonly speed: number;
  /** One entry per tick (time step) since the last frame. */
  readonly ticks: {
    readonly n: number;
    readonly t: Float64Array;
    /** mean[m][tick] over all devices that reported; NaN where none did (drawn as a gap). */
    readonly mean: readonly Float32Array[];
    /** high[m][tick]: the highest value over the devices. */
    readonly high: readonly Float32Array[];
    /** focus[m][tick]: the focused device's own value; NaN without focus. */
    readonly focus: readonly Float32Array[];
    readonly flagged: Uint16Array;
    /** Highest hybrid anomaly score over the devices, NaN while warming up. */
    readonly score: Float32Array;
  };
  readonly fleet: FleetSnapshot;
  readonly kpis: Kpis;
  /** 0..100: share of healthy devices, weighted by how close the others are to alarm. NaN while warming up. */
  readonly stability: number;
  readonly forecasts: readonly BreachForecast[];
  readonly records: readonly RecordVerdict[];
  readonly logs: readonly LiveLogLine[];
  readonly metricDetector: DetectorState;
  readonly logDetector: DetectorState;
  /** Devices whose data is refused, by device index. */
  readonly quarantined: readonly number[];
  readonly savedAt: number;
  /** Counts up with each change of the scoreboard. */
  readonly scoreboardRevision: number;
}

/** Which facts changed, so that lists ask again. */
export type FactTable =
  | 'alerts'
  | 'decisions'
  | 'injections'
  | 'models'
  | 'settings'
  | 'catalog'
  | 'runs'
  | 'scenarios'
  | 'templates';
