import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlainData } from '../../domain/models';
import { type LogBatch, type LogLine, packLogLines } from '../../domain/telemetry';
import type { LogPipeline } from '../contract';
import type { LogBackend } from './autoencoder';
import { createLogPipeline } from './pipeline';
import { startTfBackend } from './tf-autoencoder';

const HEALTHY = new Uint8Array(1);
const OPTIONS = { seed: 1, falseAlarmsPerDay: 0.5, samplesPerDay: 86_400, retrainEvery: 1e9, keepRows: 2000 };

let backend: LogBackend;
/** Learned from ordinary lines. */
let model: PlainData;
const open: LogPipeline[] = [];

beforeAll(async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!started.ok) throw new Error(started.error.message);
  backend = started.value;
  const pipeline = await trainOn(ordinary(300));
  const content = await pipeline.save();
  if (!content.ok) throw new Error(content.error.message);
  model = content.value;
  open.splice(0);
  pipeline.dispose();
}, 60_000);

afterEach(() => {
  for (const pipeline of open.splice(0)) pipeline.dispose();
  expect(backend.tensorCount()).toBe(0);
});

function openPipeline(): LogPipeline {
  const pipeline = createLogPipeline(OPTIONS, backend);
  open.push(pipeline);
  return pipeline;
}

function packTexts(messages: readonly string[], from = 0): LogBatch {
  return packLogLines(
    messages.map((message, i): LogLine => ({ t: (from + i) * 100, device: 0, level: 'info', message })),
  );
}

function ordinary(n: number): LogBatch {
  return packTexts(Array.from({ length: n }, (_, i) => `request ${i} took ${i % 90} ms`));
}

async function trainOn(batch: LogBatch): Promise<LogPipeline> {
  const pipeline = openPipeline();
  pipeline.score(batch, 0, HEALTHY);
  const trained = await pipeline.train(
    () => undefined,
    () => false,
  );
  if (!trained.ok) throw new Error(trained.error.message);
  return pipeline;
}

async function openTrained(): Promise<LogPipeline> {
  const pipeline = openPipeline();
  const loaded = await pipeline.load(model);
  if (!loaded.ok) throw new Error(loaded.error.message);
  return pipeline;
}

function packBytes(bytes: Uint8Array, offsets: readonly number[]): LogBatch {
  const n = offsets.length - 1;
  return {
    n,
    t: new Float64Array(n),
    device: new Uint16Array(n),
    level: new Uint8Array(n).fill(1),
    bytes,
    offsets: Uint32Array.from(offsets),
  };
}

const HOSTILE: readonly (readonly [string, () => LogBatch])[] = [
  ['an empty line', () => packTexts([''])],
  ['a line of a megabyte', () => packTexts(['x1 '.repeat(350_000), 'y'.repeat(1_000_000)])],
  ['control characters alone', () => packTexts(['\u0000\u0001\u001b\u007f\t\r', '\u0000'.repeat(5000)])],
  [
    'bytes that are no UTF-8',
    () => packBytes(Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0x80, 0x80, 0xf0, 0x9f), [0, 3, 3, 8]),
  ],
  ['a character cut by the end of its line', () => packBytes(Uint8Array.of(97, 0xe2, 0x82, 0xac, 98), [0, 2, 5])],
  ['lone surrogates and the last code points', () => packTexts(['\ud800 \udfff', '\ufffe\uffff', '\u{10ffff}'])],
  [
    '10,000 templates',
    () => packTexts(Array.from({ length: 10_000 }, (_, i) => `word${letters(i)} other${letters(i * 7)} x`)),
  ],
  ['lines that are all equal', () => packTexts(new Array<string>(3000).fill('all the same'))],
  ['a single line', () => packTexts(['one line'])],
  ['times that are none', () => ({ ...ordinary(3), t: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, -1e300) })],
  ['levels beyond the known', () => ({ ...ordinary(3), level: Uint8Array.of(6, 99, 255) })],
];

function letters(i: number): string {
  return i.toString(26).replace(/\d/g, (digit) => String.fromCharCode(113 + Number(digit)));
}

describe.each(HOSTILE)('the log pipeline, given %s', (_what, make) => {
  it('says how much is missing before the training, and scores nothing', () => {
    const pipeline = openPipeline();
    const { raw, rarity, state } = pipeline.score(make(), 0, HEALTHY);
    expect(raw.every(Number.isNaN) && rarity.every(Number.isNaN)).toBe(true);
    expect(state).toMatchObject({ kind: 'warming-up', need: 128 });
  });

  it('scores each line finitely after it, and its tensors stay as many', async () => {
    const pipeline = await openTrained();
    const before = backend.tensorCount();
    const batch = make();
    const { raw, rarity, explanations } = pipeline.score(batch, 1, HEALTHY);
    expect(raw).toHaveLength(batch.n);
    expect(raw.every(Number.isFinite) && rarity.every((value) => value >= 0 && value <= 10)).toBe(true);
    for (const { words } of explanations) expect(words.every(({ share }) => Number.isFinite(share))).toBe(true);
    expect(pipeline.templates().length).toBeLessThanOrEqual(2000);
    expect(backend.tensorCount()).toBe(before);
  });

  it('learns from it or says why not, saves and loads, and leaves nothing behind', async () => {
    const pipeline = openPipeline();
    const batch = make();
    pipeline.score(batch, 0, HEALTHY);
    const trained = await pipeline.train(
      () => undefined,
      () => false,
    );
    if (!trained.ok) {
      expect(trained.error.code).toBe('too-few-rows');
      expect(trained.error.message).toMatch(/got \d+$/);
      return;
    }
    const saved = await pipeline.save();
    if (!saved.ok) throw new Error(saved.error.message);
    const tensors = backend.tensorCount();
    const other = openPipeline();
    expect((await other.load(saved.value)).ok).toBe(true);
    expect((await other.load(saved.value)).ok).toBe(true);
    expect(backend.tensorCount()).toBe(2 * tensors);
    const next = make();
    expect(other.score(next, 0, HEALTHY).rarity).toEqual(pipeline.score(next, 1, HEALTHY).rarity);
  });
});

it('goes on scoring as before after a load: the running counts of a burst are saved', async () => {
  const pipeline = await trainOn(packTexts(Array.from({ length: 400 }, (_, i) => `${'abcd'[i % 4]} step ${i} done`)));
  const flood = packTexts(new Array<string>(200).fill('a step 1 done'), 400);
  pipeline.score(flood, 1, HEALTHY);
  const saved = await pipeline.save();
  if (!saved.ok) throw new Error(saved.error.message);
  const other = openPipeline();
  await other.load(saved.value);
  const more = packTexts(new Array<string>(50).fill('a step 1 done'), 600);
  const expected = pipeline.score(more, 2, HEALTHY).rarity;
  expect(other.score(more, 2, HEALTHY).rarity).toEqual(expected);
  expect(Math.max(...expected)).toBeGreaterThan(0);
});

it('reads a model file that was saved before running counts and sessions were', async () => {
  const { recent: _recent, news: _news, ...old } = model as Record<string, never>;
  expect((await openPipeline().load(old)).ok).toBe(true);
  const wrong = await openPipeline().load({
    ...old,
    recent: { pairs: new Float64Array(1), counts: new Float64Array(2), t: new Float64Array(1) },
  });
  expect(wrong).toMatchObject({
    ok: false,
    error: { code: 'bad-model', message: expect.stringContaining('recent.counts') },
  });
  expect(
    await openPipeline().load({ ...old, news: { lines: 3, met: Float64Array.of(0, 4, 0, 0, 0, 0) } }),
  ).toMatchObject({
    ok: false,
    error: { code: 'bad-model', message: expect.stringContaining('news.met') },
  });
  expect(await openPipeline().load({ ...old, sessions: { form: '' } })).toMatchObject({
    ok: false,
    error: { code: 'bad-model' },
  });
});
