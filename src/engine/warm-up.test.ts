import { expect, it } from 'vitest';
import { createBench, type TestBench } from './testing';

async function openFleet(): Promise<TestBench> {
  const bench = await createBench();
  await bench.engine.setSettings({ ...bench.engine.settings, ambientFaults: false, deviceCount: 6, logsOn: false });
  expect((await bench.engine.start(undefined)).ok).toBe(true);
  return bench;
}

const isWarm = ({ engine }: TestBench): boolean => engine.run.stepsDone >= engine.run.info.warmUpSteps;

it('has the source make the next batch of the warm-up while one is scored, in order and without a gap', async () => {
  const bench = await openFleet();
  const { source, metric } = bench.parts;
  const { pull } = source;
  const { score } = metric;
  const story: string[] = [];
  let pulled = 0;
  source.pull = (steps) => {
    story.push(`pull ${pulled++}`);
    return pull(steps);
  };
  metric.score = async (...args) => {
    story.push(`score ${args[1]}`);
    const verdicts = await score(...args);
    await new Promise((resolve) => setTimeout(resolve, 1));
    story.push(`scored ${args[1]}`);
    return verdicts;
  };
  await bench.runUntil(() => isWarm(bench));
  expect(story.slice(0, 7)).toEqual(['pull 0', 'score 0', 'pull 1', 'scored 0', 'score 1', 'pull 2', 'scored 1']);
  expect(bench.engine.run.counters.samples).toBe(6 * bench.engine.run.info.warmUpSteps);
});

it('loses neither the batch that is scored nor the one that was made meanwhile when a scorer dies', async () => {
  const bench = await openFleet();
  const { metric } = bench.parts;
  const { score } = metric;
  let deaths = 2;
  const scored: number[] = [];
  metric.score = async (...args) => {
    if (args[1] === 1 && deaths-- > 0) throw new Error('the metric worker is not running');
    scored.push(args[1]);
    return score(...args);
  };
  let turns = 0;
  while (!isWarm(bench) && turns++ < 20) await bench.engine.advance().catch(() => undefined);
  expect(scored).toEqual(scored.map((_, i) => i));
  expect(deaths).toBeLessThanOrEqual(0);
  expect(bench.engine.run.counters.samples).toBe(6 * bench.engine.run.info.warmUpSteps);
});

it('stands still between two batches of the warm-up when it is paused', async () => {
  const bench = await openFleet();
  const { metric } = bench.parts;
  const { score } = metric;
  metric.score = (...args) => {
    bench.engine.setPaused(true);
    return score(...args);
  };
  await bench.engine.advance();
  const { stepsDone, held } = bench.engine.run;
  expect(stepsDone).toBeLessThan(bench.engine.run.info.warmUpSteps);
  expect(held).toEqual([]);
  await bench.engine.advance();
  expect(bench.engine.run.stepsDone).toBe(stepsDone);
});
