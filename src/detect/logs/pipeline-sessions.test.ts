import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { type LogLine, packLogLines } from '../../domain/telemetry';
import type { LogExplanation } from '../../domain/verdicts';
import type { LogPipeline } from '../contract';
import type { LogBackend } from './autoencoder';
import { createLogPipeline } from './pipeline';
import { startTfBackend } from './tf-autoencoder';

const HEALTHY = new Uint8Array(4);
const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const TRAINED_JOBS = 700;
const OPTIONS = { seed: 1, falseAlarmsPerDay: 0.5, samplesPerDay: 86_400, retrainEvery: 1e9, keepRows: 20_000 };

let backend: LogBackend;
let pipeline: LogPipeline;
let saved: unknown;

/** A job of 2 to 4 stages, each half a second after the line before. */
function writeJob(i: number, stages: number, finishes: boolean): LogLine[] {
  const device = i % 4;
  const id = `job-${700_000 + i * 37}`;
  const messages = [
    `${id} accepted by the scheduler`,
    `worker picked up ${id} from the queue`,
    ...Array.from({ length: stages }, (_, k) => `${id} completed stage ${k + 1}`),
    ...(finishes ? [`${id} finished and released its lease`] : []),
  ];
  return messages.map((message, k) => ({ t: START + i * 1000 + k * 500, device, level: 'info', message }));
}

function byTime(lines: readonly LogLine[]): LogLine[] {
  return [...lines].sort((a, b) => a.t - b.t);
}

function normalJobs(from: number, n: number, seed: number): LogLine[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => writeJob(from + i, 2 + random.int(3), true)).flat();
}

interface Scored {
  readonly rarity: number[];
  readonly explanations: readonly LogExplanation[];
}

function scoreIn(lines: readonly LogLine[], size: number, by: LogPipeline = pipeline): Scored {
  const rarity: number[] = [];
  const explanations: LogExplanation[] = [];
  for (let from = 0; from < lines.length; from += size) {
    const verdicts = by.score(packLogLines(lines.slice(from, from + size)), from, HEALTHY);
    rarity.push(...verdicts.rarity);
    explanations.push(...verdicts.explanations.map((entry) => ({ ...entry, line: from + entry.line })));
  }
  return { rarity, explanations };
}

/** A fresh pipeline with the trained model, warmed by jobs before `from`. */
async function reopen(from: number): Promise<LogPipeline> {
  const opened = createLogPipeline(OPTIONS, backend);
  const loaded = await opened.load(saved);
  if (!loaded.ok) throw new Error(loaded.error.message);
  scoreIn(byTime(normalJobs(from - 60, 60, 9)), 64, opened);
  return opened;
}

beforeAll(async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!started.ok) throw new Error(started.error.message);
  backend = started.value;
  pipeline = createLogPipeline(OPTIONS, backend);
  scoreIn(byTime(normalJobs(0, TRAINED_JOBS, 1)), 100);
  const trained = await pipeline.train(
    () => undefined,
    () => false,
  );
  if (!trained.ok) throw new Error(trained.error.message);
  expect(trained.value.params['session name']).toBe('job#');
  const content = await pipeline.save();
  if (!content.ok) throw new Error(content.error.message);
  saved = content.value;
}, 60_000);

it('raises nothing on normal sessions that it has not seen', () => {
  const { rarity } = scoreIn(byTime(normalJobs(TRAINED_JOBS, 600, 2)), 100);
  expect(rarity.filter((value) => value >= 2).length).toBeLessThanOrEqual(0.02 * rarity.length);
  expect(Math.max(...rarity)).toBeLessThan(3);
});

it('finds a session that ends without a line that all have, on the next line of its device, and says which is missing', async () => {
  const from = 2000;
  const opened = await reopen(from);
  const broken = writeJob(from + 5, 2, false);
  const lines = byTime([...normalJobs(from, 5, 3), ...broken, ...normalJobs(from + 6, 120, 4)]);
  const { rarity, explanations } = scoreIn(lines, 10, opened);
  const told = explanations.filter(({ notes }) => notes.some((note) => note.includes('job-774185')));
  expect(told).toHaveLength(1);
  expect(told[0].notes[0]).toBe(
    'session job-774185 ended after 4 lines without "job-<*> finished and released its lease"',
  );
  expect(lines[told[0].line].device).toBe((from + 5) % 4);
  expect(lines[told[0].line].t).toBeGreaterThan(broken[3].t);
  expect(rarity[told[0].line]).toBeGreaterThan(2.5);
  expect(told[0].members?.find(({ id }) => id === 'session')?.rarity).toBeGreaterThan(2.5);
  opened.dispose();
});

it('finds a session with too many lines while it goes on', async () => {
  const from = 4000;
  const opened = await reopen(from);
  const lines = byTime([...normalJobs(from, 5, 5), ...writeJob(from + 5, 40, true)]);
  const { explanations } = scoreIn(lines, 7, opened);
  const notes = explanations.flatMap((entry) => entry.notes.filter((note) => note.includes('normal sessions')));
  expect(notes[0]).toMatch(
    /^session job-\d+: \d+ x "job-<\*> completed stage <\*>" by now, normal sessions have at most 4$/,
  );
  opened.dispose();
});

it('gives the same scores whatever the batches', async () => {
  const from = 6000;
  const lines = byTime([...normalJobs(from, 40, 6), ...writeJob(from + 41, 9, false), ...normalJobs(from + 50, 60, 7)]);
  const runs: number[][] = [];
  for (const size of [1, 13, lines.length]) {
    const opened = await reopen(from);
    runs.push(scoreIn(lines, size, opened).rarity);
    opened.dispose();
  }
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
});

it('forgets the lines before a leap back in time, and leaves no tensors', async () => {
  const before = backend.tensorCount();
  const opened = await reopen(8000);
  const first = scoreIn(byTime(normalJobs(8000, 100, 8)), 50, opened).rarity;
  expect(Math.max(...scoreIn(byTime(normalJobs(8000, 100, 8)), 50, opened).rarity)).toBeLessThanOrEqual(
    Math.max(3, ...first),
  );
  scoreIn([{ t: START + 8000 * 1000 + 60 * MINUTE_MS, device: 0, level: 'info', message: 'idle' }], 1, opened);
  opened.dispose();
  expect(backend.tensorCount()).toBe(before);
});
