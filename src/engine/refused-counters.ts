import type { RunRecord } from '../domain/records';
import type { RunState } from './run-state';

const REFUSED_SAMPLES = 'refused:';
const REFUSED_BATCHES = 'refused-batches:';

/** What the gate refused of each device, as counters of the run's record. */
export function packRefused(run: RunState): Record<string, number> {
  const packed: Record<string, number> = {};
  for (const [device, n] of run.refusedSamples) packed[REFUSED_SAMPLES + device] = n;
  for (const [device, n] of run.refusedBatches) packed[REFUSED_BATCHES + device] = n;
  return packed;
}

/** The inverse of `packRefused`; {} without a record. */
export function refusedCounts(last: RunRecord | undefined): Record<string, { samples: number; batches: number }> {
  const counts: Record<string, { samples: number; batches: number }> = {};
  for (const [key, n] of Object.entries(last?.counters ?? {})) {
    if (!key.startsWith(REFUSED_SAMPLES)) continue;
    const device = key.slice(REFUSED_SAMPLES.length);
    counts[device] = { samples: n, batches: last?.counters[REFUSED_BATCHES + device] ?? 0 };
  }
  return counts;
}
