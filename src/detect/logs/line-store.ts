import { createColumns, type KeptLine, type LineColumns, writeLine } from './line-columns';
import { createLineSample } from './line-sample';

export type { KeptLine, LineColumns } from './line-columns';

/** A line is learned this long after it was written, if its device has had no trouble by then: so that the lead-up to an alert is not learned. */
export const WAIT_MS = 30_000;
const MAX_DEVICES = 0x1_0000;

/** Lines of healthy devices, bounded. */
export interface LineStore {
  /** Takes a line; it waits for WAIT_MS of the data's time. */
  add(line: KeptLine): void;
  /** Forgets the waiting lines of this device up to t, and takes none of it until WAIT_MS later. */
  markTrouble(device: number, t: number): void;
  /** Moves waiting lines that are old enough at `now` to the kept ones. */
  settle(now: number): void;
  /** Moves all waiting lines: for a first training, or data without a clock. */
  settleAll(): void;
  /** Kept and waiting lines. */
  readonly size: number;
  /** Lines ever kept or waiting. */
  readonly total: number;
  kept(): LineColumns;
  clear(): void;
}

/**
 * capacity: largest number of kept lines, >= 1. As many again may wait. Of more lines the newest are kept; or, where a seed for it is given, runs of neighbours from
 * all over.
 */
export function createLineStore(capacity: number, sampleSeed?: number): LineStore {
  const kept = sampleSeed === undefined ? createRing(capacity) : createLineSample(capacity, sampleSeed);
  const waiting = createRing(capacity);
  const troubleUntil = new Float64Array(MAX_DEVICES).fill(Number.NEGATIVE_INFINITY);
  const troubleAt = new Float64Array(MAX_DEVICES).fill(Number.NEGATIVE_INFINITY);
  let total = 0;

  const settleOne = (): void => {
    const line = waiting.shift();
    if (line !== undefined && !(line.t <= troubleAt[line.device])) kept.push(line);
  };

  return {
    add(line) {
      if (line.t < troubleUntil[line.device]) return;
      if (waiting.size === capacity) settleOne();
      waiting.push(line);
      total++;
    },
    markTrouble(device, t) {
      troubleAt[device] = Math.max(troubleAt[device], t);
      troubleUntil[device] = Math.max(troubleUntil[device], t + WAIT_MS);
    },
    settle(now) {
      for (let t = waiting.firstTime(); t !== undefined && t <= now - WAIT_MS; t = waiting.firstTime()) settleOne();
    },
    settleAll() {
      while (waiting.size > 0) settleOne();
    },
    get size() {
      return kept.size + waiting.size;
    },
    get total() {
      return total;
    },
    kept: () => kept.columns(),
    clear() {
      kept.clear();
      waiting.clear();
    },
  };
}

interface Ring {
  readonly size: number;
  /** Overwrites the oldest when full. */
  push(line: KeptLine): void;
  shift(): KeptLine | undefined;
  firstTime(): number | undefined;
  columns(): LineColumns;
  clear(): void;
}

function createRing(capacity: number): Ring {
  const columns = createColumns(capacity);
  let first = 0;
  let size = 0;
  const read = (at: number): KeptLine => ({
    t: columns.t[at],
    device: columns.device[at],
    template: columns.template[at],
    level: columns.level[at],
    shape: columns.shape[at],
    burst: columns.burst[at],
    novel: columns.novel[at] === 1,
  });
  return {
    get size() {
      return size;
    },
    push(line) {
      writeLine(columns, (first + size) % capacity, line);
      if (size < capacity) size++;
      else first = (first + 1) % capacity;
    },
    shift() {
      if (size === 0) return undefined;
      const line = read(first);
      first = (first + 1) % capacity;
      size--;
      return line;
    },
    firstTime: () => (size === 0 ? undefined : columns.t[first]),
    columns() {
      const out = createColumns(size);
      for (let i = 0; i < size; i++) writeLine(out, i, read((first + i) % capacity));
      return out;
    },
    clear() {
      first = 0;
      size = 0;
    },
  };
}
