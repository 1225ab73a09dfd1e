import type { MetricBatch } from '../../domain/telemetry';

/** Rows scored at once: the forest's blocks stay in the cache. */
const MAX_BLOCK = 512;

/** Tells which devices a block of rows holds already: the number of the block that each was last in. */
export interface BlockCuts {
  count: number;
  last: Float64Array;
}

export function createCuts(): BlockCuts {
  return { count: 0, last: new Float64Array(0) };
}

/** The end of the longest run from `from` on in which no device comes twice: within it no row depends on what another teaches. */
export function blockEnd(cuts: BlockCuts, batch: MetricBatch, from: number): number {
  cuts.count += 1;
  const limit = Math.min(batch.n, from + MAX_BLOCK);
  let to = from;
  for (; to < limit; to++) {
    const device = batch.device[to];
    if (device >= cuts.last.length) widen(cuts, device + 1);
    if (cuts.last[device] === cuts.count) break;
    cuts.last[device] = cuts.count;
  }
  return to;
}

function widen(cuts: BlockCuts, devices: number): void {
  const last = new Float64Array(Math.max(devices, 2 * cuts.last.length));
  last.set(cuts.last);
  cuts.last = last;
}
