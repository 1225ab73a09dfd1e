import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlainData } from '../../domain/models';
import { createRandom, type Random } from '../../domain/random';
import { anomalyScore } from '../../domain/scores';
import { type LogLine, packLogLines } from '../../domain/telemetry';
import type { LogPipeline, PipelineConfig } from '../contract';
import { rarityThreshold } from '../threshold';
import type { LogBackend } from './autoencoder';
import { createLogPipeline } from './pipeline';
import { probeLogModel } from './probe';
import { exportTfjs, startTfBackend } from './tf-autoencoder';

const CONFIG: PipelineConfig = {
  seed: 1,
  falseAlarmsPerDay: 0.5,
  samplesPerDay: 43_200,
  retrainEvery: 1000,
  keepRows: 5000,
};
const HEALTHY = new Uint8Array(4);
const START = Date.UTC(2026, 0, 1);
const LINES = 1500;
const NEWS: LogLine = { t: START + 3_700_000, device: 1, level: 'error', message: 'something new broke' };

let backend: LogBackend;
let model: PlainData;
const open: LogPipeline[] = [];

beforeAll(async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  if (!started.ok) throw new Error(started.error.message);
  backend = started.value;
  const pipeline = await trainAnew();
  model = await savedModel(pipeline);
  pipeline.dispose();
}, 60_000);

afterEach(() => {
  for (const pipeline of open.splice(0)) pipeline.dispose();
});

function openPipeline(config: Partial<PipelineConfig> = {}): LogPipeline {
  const pipeline = createLogPipeline({ ...CONFIG, ...config }, backend);
  open.push(pipeline);
  return pipeline;
}

/** A small grammar: common info lines, some warnings, few errors, one rare harmless line. */
function writeLine(random: Random, t: number): LogLine {
  const device = random.int(4);
  const id = random.int(100_000);
  const dice = random.int(1000);
  if (dice < 2) return { t, device, level: 'info', message: `certificate rotated serial ${id}` };
  if (dice < 8)
    return {
      t,
      device,
      level: 'error',
      message: `upstream 10.0.0.${random.int(250)} refused connection after ${random.int(9)} tries`,
    };
  if (dice < 50) return { t, device, level: 'warning', message: `slow query on shard ${random.int(8)} took ${id} ms` };
  const common = [
    `request GET /api/items/${id} finished in ${random.int(300)} ms`,
    `user ${id} logged in from 192.168.0.${random.int(250)}`,
    `cache refreshed with ${id} entries`,
    `heartbeat sent sequence ${id}`,
    `worker ${random.int(16)} picked job ${id} from queue mail`,
  ];
  return { t, device, level: 'info', message: random.pick(common) };
}

/** n lines, five a second. */
function writeLines(n: number, seed: number, from = START): LogLine[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => writeLine(random, from + i * 200));
}

const CANARY: LogLine = { t: START, device: 0, level: 'info', message: 'user 918273645 logged in from 203.0.113.99' };

async function trainAnew(): Promise<LogPipeline> {
  const pipeline = openPipeline();
  pipeline.score(packLogLines([CANARY, ...writeLines(LINES - 1, 1)]), 0, HEALTHY);
  await retrain(pipeline);
  return pipeline;
}

async function retrain(pipeline: LogPipeline, onProgress: () => void = () => undefined): Promise<void> {
  const trained = await pipeline.train(onProgress, () => false);
  if (!trained.ok) throw new Error(trained.error.message);
}

/** A pipeline with the model that `beforeAll` trained: training is the slow part. */
async function trainedPipeline(): Promise<LogPipeline> {
  const pipeline = openPipeline();
  const loaded = await pipeline.load(structuredClone(model));
  if (!loaded.ok) throw new Error(loaded.error.message);
  return pipeline;
}

function scoreOf(pipeline: LogPipeline, line: Partial<LogLine> & { message: string }): number {
  const full: LogLine = { t: START + 3_600_000, device: 0, level: 'info', ...line };
  return anomalyScore(pipeline.score(packLogLines([full]), 0, HEALTHY).rarity[0]);
}

async function savedModel(pipeline: LogPipeline): Promise<PlainData> {
  const saved = await pipeline.save();
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value;
}

describe('before the first training', () => {
  it('is warming up, scores nothing and says how much is needed', () => {
    const pipeline = openPipeline();
    const verdicts = pipeline.score(packLogLines(writeLines(50, 1)), 7, HEALTHY);
    expect(verdicts).toMatchObject({
      seq: 7,
      n: 50,
      state: { kind: 'warming-up', have: 50, need: 128 },
      retrainDue: false,
    });
    expect(verdicts.rarity.every(Number.isNaN)).toBe(true);
    expect(verdicts.templates.length).toBeGreaterThan(3);
  });

  it('refuses to train on too few lines and has no model to save', async () => {
    const pipeline = openPipeline();
    pipeline.score(packLogLines(writeLines(50, 1)), 0, HEALTHY);
    const trained = await pipeline.train(
      () => undefined,
      () => false,
    );
    expect(trained).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
    expect(await pipeline.save()).toMatchObject({ ok: false, error: { code: 'too-few-rows' } });
  });

  it('answers an empty batch', () => {
    expect(openPipeline().score(packLogLines([]), 0, HEALTHY)).toMatchObject({ n: 0, explanations: [], templates: [] });
  });
});

describe('a trained pipeline', () => {
  it('finds an error or critical line of a new template, and leaves ordinary lines alone', async () => {
    const pipeline = await trainedPipeline();
    expect(
      scoreOf(pipeline, { level: 'critical', message: 'kernel panic: unable to mount root filesystem' }),
    ).toBeGreaterThanOrEqual(90);
    const failed = [0, 1, 2, 3, 4].map((s) =>
      scoreOf(pipeline, {
        t: NEWS.t + 1000 * s,
        level: 'error',
        message: `checksum mismatch in segment ${s}, data lost`,
      }),
    );
    // After so few lines one error alone can be no rarer than one in as many.
    expect(failed[0]).toBeGreaterThan(25);
    expect(failed[0]).toBeLessThan(50);
    expect(failed[4]).toBeGreaterThanOrEqual(anomalyScore(rarityThreshold(CONFIG)));
    expect(scoreOf(pipeline, { message: 'request GET /api/items/5 finished in 9 ms' })).toBeLessThan(25);
    expect(scoreOf(pipeline, { message: 'user 5 logged in from 192.168.0.9' })).toBeLessThan(25);
  });

  it('does not alarm at rare lines that were in training', async () => {
    const pipeline = await trainedPipeline();
    const alarmAt = 10 * -Math.log10(CONFIG.falseAlarmsPerDay / CONFIG.samplesPerDay);
    expect(scoreOf(pipeline, { message: 'certificate rotated serial 99' })).toBeLessThan(alarmAt);
    expect(
      scoreOf(pipeline, { level: 'error', message: 'upstream 10.0.0.3 refused connection after 2 tries' }),
    ).toBeLessThan(alarmAt);
  });

  it('finds a known template at a level that it never had', async () => {
    const pipeline = await trainedPipeline();
    const usual = scoreOf(pipeline, { message: 'heartbeat sent sequence 4' });
    expect(scoreOf(pipeline, { level: 'critical', message: 'heartbeat sent sequence 5' })).toBeGreaterThan(usual + 25);
  });

  it('finds a word that changed in a known template, and again when the template has given way', async () => {
    const pipeline = await trainedPipeline();
    const line = { level: 'critical', message: 'worker 3 picked job 12 from queue poison' } as const;
    expect(scoreOf(pipeline, line)).toBeGreaterThanOrEqual(75);
    expect(scoreOf(pipeline, line)).toBeGreaterThanOrEqual(75);
  });

  it('finds a flood of an ordinary line', async () => {
    const pipeline = await trainedPipeline();
    const flood = Array.from(
      { length: 300 },
      (_, i): LogLine => ({
        t: START + 3_600_000 + i * 10,
        device: 2,
        level: 'info',
        message: `user ${i} logged in from 10.1.2.${i % 250}`,
      }),
    );
    const { rarity, explanations } = pipeline.score(packLogLines(flood), 0, HEALTHY);
    expect(anomalyScore(rarity[0])).toBeLessThan(25);
    expect(anomalyScore(rarity[299])).toBeGreaterThanOrEqual(50);
    expect(explanations[0].notes.join()).toContain('burst');
  });

  it('keeps its false alarms on clean lines to few', async () => {
    const pipeline = await trainedPipeline();
    const { rarity } = pipeline.score(packLogLines(writeLines(5000, 2, START + 3_600_000)), 0, HEALTHY);
    const threshold = -Math.log10(CONFIG.falseAlarmsPerDay / CONFIG.samplesPerDay);
    expect(rarity.every((value) => value >= 0)).toBe(true);
    expect(rarity.filter((value) => value >= threshold).length).toBeLessThanOrEqual(2);
    expect(rarity.filter((value) => anomalyScore(value) >= 25).length).toBeLessThan(50);
  });

  it('explains what stands out: words with their shares, the nearest template, notes', async () => {
    const pipeline = await trainedPipeline();
    const line: LogLine = {
      t: START,
      device: 0,
      level: 'critical',
      message: 'user 9 hijacked session from 192.168.0.7',
    };
    const { explanations } = pipeline.score(packLogLines([line]), 0, HEALTHY);
    expect(explanations).toHaveLength(1);
    const [explanation] = explanations;
    expect(explanation).toMatchObject({ line: 0, templateSeenInTraining: false });
    expect(explanation.template).toBe('user <*> hijacked session from <*>');
    expect(explanation.nearestTemplate).toBe('user <*> logged in from <*>');
    expect(explanation.words.map(({ word }) => word)).toContain('hijacked');
    const shares = explanation.words.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    expect(explanation.notes.join('; ')).toMatch(/never seen in training.*"hijacked".*level critical is rare/);
  });

  it('counts the lines of an opened log in the second pass alone, and says that an outbreak comes nowhere else', async () => {
    const pipeline = openPipeline({ history: 'mixed', samplesPerDay: 1000 });
    const usual = writeLines(1200, 3).map((line, i) => ({ ...line, t: START + i * 80_000 }));
    const odd = Array.from({ length: 20 }, (_, i): LogLine => {
      const t = usual[600].t + i * 200_000 + 1;
      return { t, device: 0, level: 'warning', message: `tape drive ${i} wants to be cleaned` };
    });
    const all = [...usual, ...odd].sort((x, y) => x.t - y.t);
    const lines = packLogLines(all);
    pipeline.score(lines, 0, HEALTHY);
    await retrain(pipeline);
    const { rarity, explanations } = pipeline.score(lines, 1, HEALTHY);
    const first = all.indexOf(odd[0]);
    const flagged = odd.map((line) => rarity[all.indexOf(line)] >= -Math.log10(1 / 50));
    // For the first quarter of an hour; then it is known.
    expect(flagged.slice(0, 5)).toEqual(new Array(5).fill(true));
    const notes = explanations.find(({ line }) => line === first)?.notes.join('; ');
    expect(notes).toMatch(
      /^template comes nowhere else in this log; words that come nowhere else in this log: .*"tape"/,
    );
    expect(notes).not.toMatch(/training/);
    expect(pipeline.templates().find(({ text }) => text.startsWith('tape drive'))?.count).toBe(20);
  });

  it('gives the same scores whatever the batches', async () => {
    const lines = [...writeLines(300, 4, START + 3_600_000), NEWS];
    const whole = (await trainedPipeline()).score(packLogLines(lines), 0, HEALTHY);
    const other = await trainedPipeline();
    const pieces = lines.map((line) => other.score(packLogLines([line]), 0, HEALTHY));
    expect(pieces.map((piece) => piece.raw[0])).toEqual([...whole.raw]);
    expect(pieces.map((piece) => piece.rarity[0])).toEqual([...whole.rarity]);
  });

  it('stops when it is told to, and the old model stays', async () => {
    const pipeline = await trainedPipeline();
    pipeline.score(packLogLines(writeLines(400, 5, START + 7_200_000)), 0, HEALTHY);
    const before = await savedModel(pipeline);
    const result = await pipeline.train(
      () => undefined,
      () => true,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(pipeline.state()).toEqual({ kind: 'ready' });
    expect(await savedModel(pipeline)).toEqual(before);
  });

  it('learns neither flagged lines nor those of suspect devices, and asks for retraining only for what it learned', async () => {
    const pipeline = await trainedPipeline();
    const fault = (device: number, level: 'info' | 'error') =>
      Array.from(
        { length: 1200 },
        (_, i): LogLine => ({
          t: START + 3_600_000 + i * 1000,
          device,
          level,
          message: 'strange outbound tunnel established',
        }),
      );
    expect(pipeline.score(packLogLines(fault(0, 'info')), 0, Uint8Array.of(1, 0, 0, 0)).retrainDue).toBe(false);
    expect(pipeline.score(packLogLines(fault(1, 'error')), 0, HEALTHY).retrainDue).toBe(false);
    const lines = writeLines(3000, 5, START + 7_200_000);
    expect(pipeline.score(packLogLines(lines), 0, HEALTHY).retrainDue).toBe(true);
    const tensors = backend.tensorCount();
    let during = Number.NaN;
    let t = START + 9_000_000;
    await retrain(pipeline, () => {
      t += 60_000;
      during = scoreOf(pipeline, { t, message: 'heartbeat sent sequence 4' });
    });
    // The old model serves meanwhile, and nothing of it stays behind.
    expect(during).toBeLessThan(25);
    expect(backend.tensorCount()).toBe(tensors);
    expect(pipeline.score(packLogLines([]), 0, HEALTHY).retrainDue).toBe(false);
    // Still unknown to the model, however long ago it was flagged: alone it is a rarity, but not when it comes back.
    const again = [600_000, 601_000, 602_000, 603_000].map((ms) =>
      scoreOf(pipeline, { t: t + ms, level: 'error', message: 'strange outbound tunnel established' }),
    );
    expect([again[0] < 50, again[3] >= 60]).toEqual([true, true]);
  });

  it('keeps its number of tensors through scoring', async () => {
    const pipeline = await trainedPipeline();
    const tensors = backend.tensorCount();
    for (let i = 0; i < 50; i++) pipeline.score(packLogLines([...writeLines(5, 100 + i), NEWS]), i, HEALTHY);
    expect(backend.tensorCount()).toBe(tensors);
  });
});

describe('a saved model', () => {
  it('comes back to the bit, in content and in scores', async () => {
    const pipeline = await trainAnew();
    const saved = structuredClone(await savedModel(pipeline));
    // Same lines, same seed: the model that `beforeAll` trained.
    expect(saved).toEqual(model);
    const copy = openPipeline();
    expect(await copy.load(saved)).toMatchObject({ ok: true, value: { rows: LINES } });
    expect(await savedModel(copy)).toEqual(saved);
    // An hour later, when the burst counts of the training lines, which are no part of the model, have decayed.
    const lines = packLogLines([...writeLines(200, 9, START + 3_600_000), NEWS]);
    const { templates: _, ...expected } = pipeline.score(lines, 0, HEALTHY);
    expect(copy.score(lines, 0, HEALTHY)).toMatchObject(expected);
  }, 60_000);

  it('holds no line of the data: no example, no parameter', () => {
    const text = JSON.stringify(model);
    expect(text).toContain('heartbeat');
    expect(text).not.toContain('918273645');
    expect(text).not.toContain('203.0.113.99');
  });

  it('gives the same finite probe scores each time, and leaves no tensors', async () => {
    const tensors = backend.tensorCount();
    const first = await probeLogModel(model, backend);
    const second = await probeLogModel(model, backend);
    expect(first.ok && first.value.every(Number.isFinite)).toBe(true);
    expect(second).toEqual(first);
    expect(backend.tensorCount()).toBe(tensors);
  });

  it('exports TF.js files whose weights fill the manifest exactly', async () => {
    const exported = exportTfjs(model);
    if (!exported.ok) throw new Error(exported.error.message);
    const files = JSON.parse(exported.value.modelJson) as {
      weightsManifest: { paths: string[]; weights: { shape: number[] }[] }[];
    };
    const [group] = files.weightsManifest;
    const size = group.weights.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
    expect(group.paths).toEqual(['./weights.bin']);
    expect(exported.value.weights.byteLength).toBe(4 * size);
  });

  it('is refused when a part of it is wrong, and the active model stays', async () => {
    const pipeline = await trainedPipeline();
    const saved = await savedModel(pipeline);
    const tensors = backend.tensorCount();
    const broken: readonly (readonly [Record<string, unknown>, RegExp])[] = [
      [{ kind: 'forest' }, /kind/],
      [{ schema: 1 }, /schema/],
      [{ novelShare: 0 }, /novelShare/],
      [{ atLeast: new Float64Array(6) }, /atLeast\[0\]/],
      [{ errors: null }, /errors/],
      [{ bursts: 7 }, /bursts/],
      [{ evidence: null }, /evidence/],
      [{ templates: {} }, /templates\.nextId/],
      [{ trained: [] }, /trained/],
      [{ network: { topology: '{}', weights: [] } }, /network\.topology/],
      [{ summary: { rows: -1, windowFrom: 0, windowTo: 0, rawThreshold: 0, params: {} } }, /rows/],
      [{ more: 1 }, /more/],
    ];
    for (const [change, message] of broken) {
      const result = await pipeline.load({ ...(saved as Record<string, unknown>), ...change });
      expect(result).toMatchObject({ ok: false, error: { code: 'bad-model' } });
      if (!result.ok) expect(result.error.message).toMatch(message);
    }
    expect(await pipeline.load('model')).toMatchObject({ ok: false });
    expect(await savedModel(pipeline)).toEqual(saved);
    expect(backend.tensorCount()).toBe(tensors);
  });
});
