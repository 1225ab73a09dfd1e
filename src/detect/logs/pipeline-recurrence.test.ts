import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { type LogLine, packLogLines } from '../../domain/telemetry';
import type { LogPipeline } from '../contract';
import { rarityThreshold } from '../threshold';
import { createLogPipeline } from './pipeline';
import { startTfBackend } from './tf-autoencoder';

const CONFIG = { seed: 1, falseAlarmsPerDay: 0.25, samplesPerDay: 43_200, retrainEvery: 1e6, keepRows: 5000 };
const HEALTHY = new Uint8Array(4);
const START = Date.UTC(2026, 0, 1);
let pipeline: LogPipeline;
/** Each test begins long after the one before. */
let now = START + 1_000_000;

beforeAll(async () => {
  const backend = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!backend.ok) throw new Error(backend.error.message);
  pipeline = createLogPipeline(CONFIG, backend.value);
  const random = createRandom(1);
  const lines = Array.from({ length: 1500 }, (_, i): LogLine => {
    const id = random.int(100_000);
    const common = [`request GET /api/items/${id} finished`, `cache refreshed with ${id} entries`, `heartbeat ${id}`];
    const device = random.int(4);
    const t = START + i * 200;
    return i % 40 === 0
      ? { t, device, level: 'warning', message: `slow query took ${id} ms` }
      : { t, device, level: 'info', message: random.pick(common) };
  });
  pipeline.score(packLogLines(lines), 0, HEALTHY);
  const trained = await pipeline.train(
    () => undefined,
    () => false,
    'quick',
  );
  if (!trained.ok) throw new Error(trained.error.message);
}, 60_000);

afterAll(() => pipeline.dispose());

/** Rarities of a template that one device, or several in turn, write at these seconds. */
function tell(
  words: string,
  seconds: readonly number[],
  level: LogLine['level'] = 'info',
  devices: readonly number[] = [2],
): number[] {
  now += 5_000_000;
  const lines = seconds.map((s, i) => ({
    t: now + s * 1000,
    device: devices[i % devices.length],
    level,
    message: `${words} ${100 + i}`,
  }));
  return [...pipeline.score(packLogLines(lines), 1, HEALTHY).rarity];
}

const every = (seconds: number, times: number): number[] => Array.from({ length: times }, (_, i) => i * seconds);

it('flags a harmless new line that a device keeps writing, not one that it writes now and then', () => {
  const threshold = rarityThreshold(CONFIG);
  const attempts = tell('sshd refused the password of somebody from port', every(2, 20));
  expect(attempts[0]).toBeLessThan(threshold);
  expect(Math.max(...attempts)).toBeGreaterThan(threshold);
  const copying = tell('copied a part of the snapshot elsewhere as number', every(30, 20));
  expect(Math.max(...copying)).toBeLessThan(threshold);
});

it('minds a new warning sooner', () => {
  const firstFlag = (rarities: number[]): number => rarities.findIndex((r) => r >= rarityThreshold(CONFIG));
  const warning = firstFlag(tell('volume was throttled by whoever owns the machine', every(4, 20), 'warning'));
  expect(warning).toBeGreaterThan(0);
  expect(warning).toBeLessThan(firstFlag(tell('lease of the address was renewed by number', every(4, 20))));
});

it('no longer counts recurrences of what has been written for a quarter of an hour', () => {
  const rarities = tell('indexer moved a page of the new shelf', every(5, 400));
  const threshold = rarityThreshold(CONFIG);
  expect(Math.max(...rarities.slice(0, 150))).toBeGreaterThan(threshold);
  expect(Math.max(...rarities.slice(190))).toBeLessThan(threshold);
});

it('flags what one device goes on saying for longer than a job takes, a warning sooner, but not what several say', () => {
  const threshold = rarityThreshold(CONFIG);
  const firstFlag = (rarities: number[]): number => rarities.findIndex((r) => r >= threshold);
  const warnings = firstFlag(tell('objective of the checkout missed for number', every(100, 36), 'warning'));
  expect((100 * warnings) / 60).toBeGreaterThan(3);
  expect((100 * warnings) / 60).toBeLessThan(15);
  const infos = firstFlag(tell('cursor read rows of the archive into number', every(50, 72)));
  expect((50 * infos) / 60).toBeGreaterThan(30);
  expect((50 * infos) / 60).toBeLessThan(55);
  const onMany = tell('certificate of the mesh comes to its end in', every(50, 72), 'warning', [0, 1, 2]);
  expect(firstFlag(onMany)).toBe(-1);
});

it('does not learn what one device says alone, before it has gone on for long enough', async () => {
  const news = ['spindle hums in a low key', 'spindle sings in a high key'] as const;
  tell(news[0], every(10, 9));
  tell(news[1], every(10, 9), 'info', [0, 1, 3]);
  // What waits is settled by what comes half a minute later.
  tell('heartbeat', [0]);
  const trained = await pipeline.train(
    () => undefined,
    () => false,
    'quick',
  );
  expect(trained.ok).toBe(true);
  const explained = news.map((words) => {
    now += 5_000_000;
    const lines = [0, 1, 2, 3].map((s) => ({
      t: now + s * 1000,
      device: 2,
      level: 'error' as const,
      message: `${words} ${s}`,
    }));
    const last = pipeline.score(packLogLines(lines), 1, HEALTHY).explanations.find(({ line }) => line === 3);
    return last?.templateSeenInTraining;
  });
  expect(explained).toEqual([false, true]);
});
