import type { MetricBatch } from '../../domain/telemetry';
import { stepBlame } from './blame';
import { readValues, scaleFeatures, stepWindows } from './features';
import type { PipelineState } from './pipeline-state';
import { stepSlowShift } from './slow-shift';
import { stepStillness } from './stillness';

/** What a block of rows is turned into, row-major; buffers that grow and are used again. */
export interface FeatureBlock {
  /** Rows x metrics, in the metric's unit; NaN = missing. */
  values: Float64Array;
  /** Rows x features before and after scaling. */
  windows: Float64Array;
  features: Float32Array;
  /** By row: 1 = it has a value, so that it can be scored. */
  scorable: Uint8Array;
  /** By row, once it is judged: how rare it is by the training, by which it is learned from; NaN before the first model. */
  rarity: Float64Array;
}

export function createFeatureBlock(): FeatureBlock {
  return {
    values: new Float64Array(0),
    windows: new Float64Array(0),
    features: new Float32Array(0),
    scorable: new Uint8Array(0),
    rarity: new Float64Array(0),
  };
}

/**
 * Features of the batch rows [from, to), no device of which comes twice; moves the devices' windows on. A row without any value is all 0.
 * Returns how many rows have values.
 */
export function fillBlock(
  block: FeatureBlock,
  state: PipelineState,
  batch: MetricBatch,
  rows: { readonly from: number; readonly to: number; readonly blames: boolean },
): number {
  const { tracks, f } = state;
  const m = tracks.metrics;
  const n = rows.to - rows.from;
  reserveRows(block, n, f, m);
  let scorable = 0;
  for (let i = 0; i < n; i++) {
    const row = rows.from + i;
    const present = readValues(batch, row, block.values, i * m, m);
    const slot = batch.device[row] + 1;
    block.scorable[i] = Number(present > 0);
    if (present === 0) {
      block.features.fill(0, i * f, (i + 1) * f);
      continue;
    }
    scorable += 1;
    const scales = tracks.readScales(slot);
    stepWindows(tracks, slot, batch.t[row], block.values, i * m, scales, block.windows, i * f);
    scaleFeatures(tracks, scales, block.windows, i * f, block.features, i * f);
    if (tracks.pace === 'live') stepStillness(state.still, batch.device[row], block.values, i * m);
    if (state.shift) stepSlowShift(state.shift, batch.device[row], block.values, i * m, state.peers);
    if (rows.blames) stepBlame(state.blame, tracks, slot, block.values, i * m);
  }
  return scorable;
}

function reserveRows(block: FeatureBlock, n: number, f: number, m: number): void {
  if (block.features.length < n * f) block.features = new Float32Array(n * f);
  if (block.windows.length < n * f) block.windows = new Float64Array(n * f);
  if (block.values.length < n * m) block.values = new Float64Array(n * m);
  if (block.scorable.length < n) {
    block.scorable = new Uint8Array(n);
    block.rarity = new Float64Array(n);
  }
}
