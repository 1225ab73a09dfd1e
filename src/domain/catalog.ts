import type { DeviceId } from './ids';

/** A place that telemetry or an attack comes from. Degrees, WGS 84. */
export interface Region {
  readonly id: string;
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Device {
  readonly id: DeviceId;
  readonly name: string;
  /** Region id; '' when the data does not say where the device stands. */
  readonly region: string;
  readonly city: string;
  readonly country: string;
  /** Degrees; NaN when unknown (then the device is not drawn on the map). */
  readonly latitude: number;
  readonly longitude: number;
  readonly role: string;
}

export interface MetricSpec {
  /** Machine name, e.g. `cpu_usage`. Unique in its catalog. */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  /** Physical bounds; -Infinity or Infinity where there is none. */
  readonly min: number;
  readonly max: number;
  /** Value at which an operator must have acted (time to breach); undefined where there is no such limit. */
  readonly breachAt?: number;
}

/** What a run's columns mean. Device index = position in `devices`; metric index = position in `metrics` (at most 64). */
export interface Catalog {
  readonly devices: readonly Device[];
  readonly metrics: readonly MetricSpec[];
}

export const MAX_METRICS = 64;

/** The simulator's four metrics. Files bring their own; nothing in detect/ knows these by name. */
export const CANONICAL_METRICS: readonly MetricSpec[] = [
  { key: 'cpu_usage', label: 'CPU', unit: '%', min: 0, max: 100, breachAt: 95 },
  { key: 'memory_usage', label: 'Memory', unit: '%', min: 0, max: 100, breachAt: 95 },
  { key: 'disk_io', label: 'Disk I/O', unit: 'MB/s', min: 0, max: Number.POSITIVE_INFINITY },
  { key: 'network_traffic', label: 'Network', unit: 'Mbit/s', min: 0, max: Number.POSITIVE_INFINITY },
];
