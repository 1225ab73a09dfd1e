import { createNoveltyTrack, type NoveltyTrack, stepNovelty, stepOnset } from './novelty';
import type { Pace } from './pace';
import type { RowStore } from './row-store';

/** 280 KB each. */
const MAX_REMEMBERED_DEVICES = 64;

/** What each device's values were, on slow data with a single metric. Never saved. */
export type ValueMemory = Map<number, NoveltyTrack>;

/** Whether values are remembered: with one metric a value alone can be new, and the memory of a few devices is small. */
export function remembersValues(pace: Pace, metrics: number, devices: number): boolean {
  return pace === 'slow' && metrics === 1 && devices <= MAX_REMEMBERED_DEVICES;
}

/** Remembers a device's level (standard deviations, finite) and gives the rarity of the event that begins with it, 0 = none. */
export function stepMemory(memory: ValueMemory, device: number, level: number): number {
  let track = memory.get(device);
  if (!track) {
    track = createNoveltyTrack();
    memory.set(device, track);
  }
  return stepOnset(track, stepNovelty(track, level));
}

/** What the first training saw is known, in the order in which it came. parts: slots of the store. */
export function rememberRows(memory: ValueMemory, rows: RowStore, parts: readonly Uint32Array[]): void {
  const slots = parts.flatMap((part) => [...part]).sort((a, b) => rows.sample[a] - rows.sample[b]);
  for (const slot of slots) stepMemory(memory, rows.device[slot], rows.data[slot * rows.f]);
}
