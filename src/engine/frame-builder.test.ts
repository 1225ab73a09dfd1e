import { expect, test } from 'vitest';
import { createFrameBuilder, MAX_TICKS } from './frame-builder';

test('a frame that nobody takes holds the latest ticks, no more than a chart does twice over', () => {
  const builder = createFrameBuilder();
  const column = Float32Array.of(1);
  const added = 3 * MAX_TICKS;
  for (let t = 0; t < added; t++)
    builder.addTick({ t, mean: column, high: column, focus: column, flagged: 0, score: 0 });
  const { n, t } = builder.take(1).ticks;
  expect(n).toBeGreaterThanOrEqual(MAX_TICKS);
  expect(n).toBeLessThanOrEqual(2 * MAX_TICKS);
  expect([t[n - 1], t[0]]).toEqual([added - 1, added - n]);
  expect(builder.hasNews).toBe(false);
});
