import type { Catalog, Device } from '../../../domain/catalog';
import type { Injection } from '../../../domain/faults';
import { DEVICE_STATES, type DeviceState, type FleetSnapshot } from '../../../domain/frame';
import type { MapArc, MapDevice } from '../../globe/types';

/** One device with what is known of it now. */
export interface DeviceRow {
  readonly index: number;
  readonly device: Device;
  readonly state: DeviceState;
  /** Anomaly score 0..100; NaN while warming up. */
  readonly score: number;
  /** Latest value of each metric, in its unit; NaN where nothing came yet. */
  readonly values: readonly number[];
}

type ShownFleet = Pick<FleetSnapshot, 'latest' | 'score' | 'state'>;

/**
 * Joins the catalog with the latest values. A device that the snapshot does not cover yet is silent, without values.
 * Degenerate: no snapshot gives every device as silent.
 */
export function joinDeviceRows(catalog: Catalog, fleet: ShownFleet | undefined): DeviceRow[] {
  return catalog.devices.map((device, index) => ({
    index,
    device,
    state: stateAt(fleet, index),
    score: fleet?.score[index] ?? Number.NaN,
    values: catalog.metrics.map((_, metric) => fleet?.latest[metric]?.[index] ?? Number.NaN),
  }));
}

function stateAt(fleet: ShownFleet | undefined, index: number): DeviceState {
  const code = fleet?.state[index];
  return code === undefined ? 'silent' : (DEVICE_STATES[code] ?? 'silent');
}

/** Where a device stands, in words; '' when the data does not say. */
export function placeOf(device: Device): string {
  return [device.city, device.country].filter((part) => part !== '').join(', ');
}

/** The devices that have a place on the map. */
export function mapDevices(rows: readonly DeviceRow[]): MapDevice[] {
  return rows
    .filter(({ device }) => Number.isFinite(device.latitude) && Number.isFinite(device.longitude))
    .map(({ index, device, state, score }) => ({
      index,
      name: device.name,
      place: placeOf(device),
      state,
      score,
      latitude: device.latitude,
      longitude: device.longitude,
    }));
}

/** An arc for each running injection on a device that has a place. */
export function mapArcs(injections: readonly Injection[], rows: readonly DeviceRow[]): MapArc[] {
  const arcs: MapArc[] = [];
  for (const injection of injections) {
    const target = rows.find((row) => row.device.id === injection.deviceId)?.device;
    if (injection.status !== 'running' || target === undefined || !Number.isFinite(target.latitude)) continue;
    arcs.push({
      id: injection.id,
      label: `${injection.faultLabel}: ${injection.origin.city} → ${injection.deviceName}`,
      fromLatitude: injection.origin.latitude,
      fromLongitude: injection.origin.longitude,
      toLatitude: target.latitude,
      toLongitude: target.longitude,
    });
  }
  return arcs;
}

/** How many devices are in each state. */
export function countStates(rows: readonly { readonly state: DeviceState }[]): Record<DeviceState, number> {
  const counts: Record<DeviceState, number> = { ok: 0, warning: 0, alert: 0, quarantined: 0, silent: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}
