import { featureKinds, scaleFeatures } from './features';
import type { Pace } from './pace';
import type { RowStore } from './row-store';
import { FLEET_SLOT, type Tracks } from './tracks';

/** A device with fewer stored rows keeps its running scaler. */
const MIN_ROWS = 32;
/** Rows that the fleet's own scaler is settled on: more would only be slower. */
const FLEET_ROWS = 4096;

/**
 * Ends the time before the first model: settles each device's scaler on all of its stored rows at once, and turns the stored windows into
 * features by it, in place. A running scaler is narrow while it is young, and rows scaled by it would look like anomalies that are normal.
 */
export function settleStore(store: RowStore, tracks: Tracks): void {
  const slots: number[] = [];
  const byDevice = new Map<number, number[]>();
  for (let row = 0; row < store.capacity; row++) {
    if (store.valid[row] === 0) continue;
    slots.push(row);
    const own = byDevice.get(store.device[row]);
    if (own) own.push(row);
    else byDevice.set(store.device[row], [row]);
  }
  const stride = Math.max(1, Math.floor(slots.length / FLEET_ROWS));
  settleSlot(
    store,
    tracks,
    FLEET_SLOT,
    slots.filter((_, i) => i % stride === 0),
  );
  for (const [device, rows] of byDevice) {
    if (rows.length >= MIN_ROWS) settleSlot(store, tracks, device + 1, rows);
  }
  const scaled = new Float32Array(store.f);
  const windows = new Float64Array(store.f);
  for (const row of slots) {
    windows.set(store.data.subarray(row * store.f, (row + 1) * store.f));
    scaleFeatures(tracks, tracks.readScales(store.device[row] + 1), windows, 0, scaled, 0);
    store.data.set(scaled, row * store.f);
  }
}

/** What `usualStep` is learned from: on slow data how far the value is from its recent mean, otherwise its change. windows: value, mean, change. */
function moveIn(pace: Pace, windows: Float32Array, at: number): number {
  return pace === 'slow' ? windows[at] - windows[at + 1] : windows[at + 2];
}

function settleSlot(store: RowStore, tracks: Tracks, slot: number, rows: readonly number[]): void {
  const kinds = featureKinds(tracks.metrics, tracks.pace).length;
  for (let metric = 0; metric < tracks.metrics; metric++) {
    const at = metric * kinds;
    tracks.settle(
      slot,
      metric,
      Float64Array.from(rows, (row) => store.data[row * store.f + at]),
      Float64Array.from(rows, (row) => moveIn(tracks.pace, store.data, row * store.f + at)),
    );
  }
}
