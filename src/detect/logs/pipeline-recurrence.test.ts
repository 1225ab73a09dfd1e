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

/** Rarities of a template that one device writes at these seconds. */
function tell(words: string, seconds: readonly number[], level: LogLine['level'] = 'info'): number[] {
  now += 5_000_000;
  const lines = seconds.map((s, i) => ({ t: now + s * 1000, device: 2, level, message: `${words} ${100 + i}` }));
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

it('no longer counts what has been written for a quarter of an hour: it belongs to the fleet', () => {
  const rarities = tell('indexer moved a page of the new shelf', every(5, 400));
  const threshold = rarityThreshold(CONFIG);
  expect(Math.max(...rarities.slice(0, 150))).toBeGreaterThan(threshold);
  expect(Math.max(...rarities.slice(190))).toBeLessThan(threshold);
});
