import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { createNoveltyTrack, stepNovelty, stepOnset } from './novelty';

function learned(values: (i: number) => number, n: number): ReturnType<typeof createNoveltyTrack> {
  const track = createNoveltyTrack();
  for (let i = 0; i < n; i++) stepNovelty(track, values(i));
  return track;
}

describe('novelty', () => {
  it('says nothing until 50 distances are remembered', () => {
    const track = learned((i) => i % 2, 49);
    expect(stepNovelty(track, 1000)).toBe(0);
    expect(stepNovelty(track, 2000)).toBeGreaterThan(1);
  });

  it('finds a value between two usual levels, and knows it from then on', () => {
    const random = createRandom(1, 'levels');
    const track = learned((i) => (i % 2) * 10 + 0.1 * random.normal(), 1000);
    expect(stepNovelty(track, 5)).toBeGreaterThan(4);
    expect(stepNovelty(track, 5)).toBeLessThan(1);
  });

  it('does not find values on a grid that it has seen', () => {
    const track = learned((i) => i % 7, 700);
    for (let value = 0; value < 7; value++) expect(stepNovelty(track, value)).toBeLessThan(0.1);
  });

  it('calls about one of 100 ordinary values rarer than 1 in 100', () => {
    const random = createRandom(2, 'ordinary');
    const track = learned(() => random.normal(), 4000);
    let rare = 0;
    for (let i = 0; i < 4000; i++) if (stepNovelty(track, random.normal()) >= 2) rare += 1;
    expect(rare / 4000).toBeLessThan(0.02);
  });

  it('forgets what was long ago, so that its memory is bounded', () => {
    const track = learned((i) => (i < 10 ? 100 : Math.sin(i)), 9000);
    expect(track.values.count).toBe(8640);
    expect(stepNovelty(track, 100)).toBeGreaterThan(4);
  });
});

describe('one alarm per event', () => {
  it('passes the first rare value and what exceeds it, for 200 samples', () => {
    const track = createNoveltyTrack();
    expect([2, 1, 2, 3, 0, 3].map((rarity) => stepOnset(track, rarity))).toEqual([2, 0, 0, 3, 0, 0]);
    for (let i = 0; i < 200; i++) stepOnset(track, 0);
    expect(stepOnset(track, 1)).toBe(1);
  });
});
