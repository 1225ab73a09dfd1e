import { type Frame, type LiveLogLine, MAX_FILE_POINTS, type RecordVerdict, type RunKind } from '../domain/frame';
import type { LiveRings, SeriesWindow } from './types';

/** Two hours at a sample a second; files are drawn whole (the engine joins the steps of longer ones). */
const CAPACITY: Readonly<Record<RunKind, number>> = { fleet: 7200, file: MAX_FILE_POINTS + 1 };
const MAX_RECORDS = 200;
const MAX_LOGS = 2000;

export interface Rings extends LiveRings {
  /** Takes in a frame and calls the listeners once. A frame of another run empties the rings first. */
  push(frame: Frame): void;
}

interface Columns {
  readonly capacity: number;
  t: Float64Array;
  mean: Float32Array[];
  high: Float32Array[];
  focus: Float32Array[];
  flagged: Uint16Array;
  score: Float32Array;
}

/** Typed-array rings of the last 7,200 ticks (50,000 points of a file), 200 records and 2,000 log lines. */
export function createRings(): Rings {
  let columns = allocate(0, 1);
  /** Points ever written in this run: slot = count % capacity. */
  let count = 0;
  let run: string | undefined;
  let records: RecordVerdict[] = [];
  let logs: LiveLogLine[] = [];
  let version = 0;
  const listeners = new Set<() => void>();

  const clear = (metricCount: number, kind: RunKind, keepLists: boolean): void => {
    columns = allocate(metricCount, CAPACITY[kind]);
    count = 0;
    if (keepLists) return;
    records = [];
    logs = [];
  };

  const slotOf = (point: number): number => point % columns.capacity;

  return {
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push: (frame) => {
      const metricCount = frame.ticks.mean.length;
      if (frame.reset || frame.runId !== run || metricCount !== columns.mean.length) {
        clear(metricCount, frame.runKind, frame.runId === run);
      }
      run = frame.runId;
      for (let i = 0; i < frame.ticks.n; i++) {
        const slot = slotOf(count++);
        columns.t[slot] = frame.ticks.t[i];
        for (let m = 0; m < metricCount; m++) {
          columns.mean[m][slot] = frame.ticks.mean[m][i];
          columns.high[m][slot] = frame.ticks.high[m][i];
          columns.focus[m][slot] = frame.ticks.focus[m][i];
        }
        columns.flagged[slot] = frame.ticks.flagged[i];
        columns.score[slot] = frame.ticks.score[i];
      }
      if (frame.records.length > 0) records = [...records, ...frame.records].slice(-MAX_RECORDS);
      if (frame.logs.length > 0) logs = [...logs, ...frame.logs].slice(-MAX_LOGS);
      version++;
      for (const listener of listeners) listener();
    },
    series: (spanMs, maxPoints) => {
      const first = Math.max(0, count - columns.capacity);
      const newest = count === 0 ? 0 : columns.t[slotOf(count - 1)];
      let from = first;
      while (from < count && columns.t[slotOf(from)] <= newest - spanMs) from++;
      return decimate(columns, from, count, Math.max(2, maxPoints));
    },
    records: (limit) => records.slice(-limit).reverse(),
    logs: (limit) => logs.slice(-limit).reverse(),
  };
}

function allocate(metricCount: number, capacity: number): Columns {
  const metricColumns = (): Float32Array[] => Array.from({ length: metricCount }, () => new Float32Array(capacity));
  return {
    capacity,
    t: new Float64Array(capacity),
    mean: metricColumns(),
    high: metricColumns(),
    focus: metricColumns(),
    flagged: new Uint16Array(capacity),
    score: new Float32Array(capacity),
  };
}

/**
 * Points [from, to) in at most maxPoints buckets. `high`, `score` and `flagged` keep each bucket's largest value, so that no peak is
 * lost; `mean` and `focus` keep the value farthest from the bucket's first one, so that dips show too. A bucket with any missing mean
 * is missing, so that a gap stays a gap.
 */
function decimate(columns: Columns, from: number, to: number, maxPoints: number): SeriesWindow {
  const per = Math.max(1, Math.ceil((to - from) / maxPoints));
  const n = Math.ceil((to - from) / per);
  const pick = (choose: (slots: readonly number[]) => number): Float32Array => {
    const out = new Float32Array(n);
    for (let b = 0; b < n; b++) {
      const slots: number[] = [];
      for (let point = from + b * per; point < Math.min(to, from + (b + 1) * per); point++)
        slots.push(point % columns.capacity);
      out[b] = choose(slots);
    }
    return out;
  };
  const largest =
    (source: Float32Array | Uint16Array) =>
    (slots: readonly number[]): number => {
      let best = Number.NaN;
      for (const slot of slots) if (!(source[slot] <= best)) best = Number.isNaN(source[slot]) ? best : source[slot];
      return best;
    };
  const farthest =
    (source: Float32Array) =>
    (slots: readonly number[]): number => {
      const first = source[slots[0]];
      let best = first;
      for (const slot of slots) {
        if (Number.isNaN(source[slot])) return Number.NaN;
        if (Math.abs(source[slot] - first) > Math.abs(best - first)) best = source[slot];
      }
      return best;
    };
  const t = new Float64Array(n);
  for (let b = 0; b < n; b++) t[b] = columns.t[(from + b * per) % columns.capacity];
  return {
    n,
    t,
    mean: columns.mean.map((source) => pick(farthest(source))),
    high: columns.high.map((source) => pick(largest(source))),
    focus: columns.focus.map((source) => pick(farthest(source))),
    flagged: Uint16Array.from(pick(largest(columns.flagged))),
    score: pick(largest(columns.score)),
  };
}
