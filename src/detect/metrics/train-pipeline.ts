import { err, ok, type Result } from '../../domain/result';
import type { DetectError, MetricDetector } from '../contract';
import { CALM_SAMPLES } from './device-calm';
import { fitModel, type JudgedRows, type MetricModel, type ModelMaking } from './model';
import type { PipelineState } from './pipeline-state';
import { gatherRows, type RowStore, trainableSlots } from './row-store';
import { screenRows } from './screen-rows';
import { settleStore } from './settle';
import { rememberRows } from './value-memory';

/** Rows that a first model needs. */
export const NEED_ROWS = 128;

/** A model fitted to kept rows: how many, and the times (ms) of the first and the last. */
export interface Training {
  readonly scorer: MetricModel;
  readonly rows: number;
  readonly windowFrom: number;
  readonly windowTo: number;
}

/**
 * Fits a model to the rows kept. Before the first one the scalers are settled on these rows, and their values remembered if `remembers`;
 * of a mixed history those that stand out are taken away before (`screenRows`). alarmsPerRow: that the budget allows.
 * Errors: too-few-rows under NEED_ROWS; what a detector's `fit` gives. The state keeps the other rows either way.
 */
export function trainOnRows(
  state: PipelineState,
  detectors: readonly MetricDetector[],
  { seed, making }: { readonly seed: number; readonly making: ModelMaking },
  has: { readonly model: boolean; readonly remembers: boolean; readonly mixed: boolean; readonly alarmsPerRow: number },
): Result<Training, DetectError> {
  // Before the first model nothing could be flagged, so there is nothing to wait for.
  const delay = has.model ? CALM_SAMPLES : 0;
  if (!has.model && has.mixed) {
    screenRows(state.rows, { pace: state.pace, least: NEED_ROWS, due: has.alarmsPerRow * state.rows.validCount });
  }
  const { grow, calibrate } = trainableSlots(state.rows, delay, (device) => state.calm.samples[device]);
  const rows = grow.length + calibrate.length;
  if (rows < NEED_ROWS) return err('too-few-rows', `training needs ${NEED_ROWS} unflagged rows, got ${rows}`);
  if (!has.model) settleStore(state.rows, state.tracks);
  if (!has.model && has.remembers) rememberRows(state.memory, state.rows, [grow, calibrate]);
  const fitting = {
    grow: gatherRows(state.rows, grow),
    calibrate: gatherRows(state.rows, calibrate),
    previous: previousRows(state.rows, calibrate),
    // A mixed history is the file that is judged next.
    ...(!has.model && has.mixed && state.pace === 'slow' ? { judged: gatherJudged(state.rows) } : {}),
  };
  const scorer = fitModel(fitting, detectors, seed, making);
  if (!scorer.ok) return scorer;
  return ok({ scorer: scorer.value, rows, ...timeSpan(state.rows, [grow, calibrate]) });
}

/** For each of the slots the position of the same device's sample one earlier among those before it, -1 for none. */
function previousRows(rows: RowStore, slots: Uint32Array): Int32Array {
  const newest = new Map<number, number>();
  return Int32Array.from(slots, (slot, i) => {
    const before = newest.get(rows.device[slot]) ?? -1;
    newest.set(rows.device[slot], i);
    return before >= 0 && rows.sample[slots[before]] + 1 === rows.sample[slot] ? before : -1;
  });
}

/** Places of two devices' rows are so far apart. */
const DEVICE_PLACES = 2 ** 32;

function gatherJudged(rows: RowStore): JudgedRows {
  const slots: number[] = [];
  for (let slot = 0; slot < rows.capacity; slot++) if (rows.valid[slot] === 1) slots.push(slot);
  slots.sort((a, b) => rows.device[a] - rows.device[b] || rows.sample[a] - rows.sample[b]);
  const ordered = Uint32Array.from(slots);
  return {
    rows: gatherRows(rows, ordered),
    previous: previousRows(rows, ordered),
    at: Float64Array.from(slots, (slot) => rows.device[slot] * DEVICE_PLACES + rows.sample[slot]),
  };
}

function timeSpan(rows: RowStore, parts: readonly Uint32Array[]): Pick<Training, 'windowFrom' | 'windowTo'> {
  let windowFrom = Number.POSITIVE_INFINITY;
  let windowTo = Number.NEGATIVE_INFINITY;
  for (const slots of parts) {
    for (const slot of slots) {
      windowFrom = Math.min(windowFrom, rows.t[slot]);
      windowTo = Math.max(windowTo, rows.t[slot]);
    }
  }
  return { windowFrom, windowTo };
}
