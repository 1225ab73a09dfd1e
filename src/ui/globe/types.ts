import type { DeviceState } from '../../domain/frame';

/** A device as drawn on a map. Degrees, WGS 84; both finite. */
export interface MapDevice {
  /** Index in the catalog. */
  readonly index: number;
  readonly name: string;
  readonly place: string;
  readonly state: DeviceState;
  /** Anomaly score 0..100; NaN while warming up. */
  readonly score: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** A running injection, from where it comes to the device that it hits. */
export interface MapArc {
  readonly id: string;
  readonly label: string;
  readonly fromLatitude: number;
  readonly fromLongitude: number;
  readonly toLatitude: number;
  readonly toLongitude: number;
}

/** Colours of the world and of the marks on it, as CSS colours that a canvas understands. */
export interface MapColors {
  readonly ocean: string;
  readonly land: string;
  readonly border: string;
  readonly grid: string;
  readonly glow: string;
  readonly arc: string;
  /** Round each mark, and inside of hollow ones. */
  readonly surface: string;
  readonly states: Readonly<Record<DeviceState, string>>;
}

/** What a map view is given, globe or flat. */
export interface MapProps {
  readonly devices: readonly MapDevice[];
  readonly arcs: readonly MapArc[];
  readonly selected: number | undefined;
  readonly onSelect: (index: number) => void;
  /** False: nothing moves by itself (paused, or reduced motion). */
  readonly moving: boolean;
  /** Said to a screen reader in place of the picture. */
  readonly summary: string;
}
