import { haveLogsSpoken } from '../suspicion';
import { compress } from './features';
import { countSample, judgeEpisode, LOOKED_AT } from './known-episodes';
import type { Lesson } from './learn-row';

/** What members said of one row: rarity by how it departs, and by what stands still, which no known episode explains. */
export interface RowRarity {
  readonly departs: number;
  readonly still: number;
}

/**
 * The rarity that row i of a block is told with: of what is like episodes that the fleet has had, no more than they are rare. Allocates nothing for a row that
 * is neither unusual nor part of an episode.
 */
export function tellRarity(lesson: Lesson, i: number, { departs, still }: RowRarity): number {
  const { episodes, calm } = lesson.state;
  const { threshold } = lesson.rules;
  const row = lesson.from + i;
  const device = lesson.batch.device[row];
  const t = lesson.batch.t[row];
  if (!episodes || !countSample(episodes, device, t, departs >= LOOKED_AT * threshold)) return Math.max(departs, still);
  const told = judgeEpisode(episodes, {
    device,
    sample: calm.samples[device],
    t,
    rarity: departs,
    threshold,
    setAside: still >= threshold || haveLogsSpoken(lesson.suspect, device),
    values: readValues(lesson, i, device, episodes.width),
  });
  return Math.max(told, still);
}

/** A row's features, and how far each metric's level has shifted where that is looked for. */
function readValues({ state, block }: Lesson, i: number, device: number, width: number): Float32Array {
  const { f, shift } = state;
  const values = new Float32Array(width);
  values.set(block.features.subarray(i * f, (i + 1) * f));
  if (!shift) return values;
  const m = width - f;
  for (let metric = 0; metric < m; metric++) values[f + metric] = compress(shift.out[device * m + metric]);
  return values;
}
