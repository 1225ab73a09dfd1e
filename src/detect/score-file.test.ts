import { describe, expect, it } from 'vitest';
import { err, ok } from '../domain/result';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { type LogBatch, type MetricBatch, packLogLines, selectMetricRows } from '../domain/telemetry';
import type { LogPipeline, TrainSummary } from './contract';
import { createMetricPipeline } from './metrics/pipeline';
import { plainCatalog, plainFleet } from './metrics/testing';
import { fileConfig } from './pipeline-config';
import { type FileMode, type MetricFileScores, scoreLogFile, scoreMetricFile } from './score-file';

const SPIKE_AT = 1500;
const CATALOG = plainCatalog(1, 2);
/** 2,000 seconds of one device with one spike in both metrics. */
const ROWS = plainFleet({
  devices: 1,
  metrics: 2,
  seed: 3,
  disturb: (tick, _, values) => {
    if (tick >= SPIKE_AT && tick < SPIKE_AT + 5) for (const m of [0, 1]) values[m] *= 8;
  },
}).next(2000);

function firstRows(batch: MetricBatch, n: number): MetricBatch {
  return selectMetricRows(
    batch,
    Uint8Array.from({ length: batch.n }, (_, row) => (row < n ? 1 : 0)),
  );
}

function scoreRows(rows: MetricBatch, mode: FileMode<MetricBatch>): MetricFileScores {
  const scored = scoreMetricFile(createMetricPipeline, CATALOG, rows, {
    mode,
    settings: DEFAULT_SETTINGS,
    stepMs: 1000,
  });
  if (!scored.ok) throw new Error(scored.error.message);
  return scored.value;
}

describe('scoring a metrics file', () => {
  it('has all of the false alarms per day for what it holds, at the pace of the file', () => {
    expect(fileConfig({ ...DEFAULT_SETTINGS, falseAlarmsPerDay: 3, seed: 7 }, 60_000)).toEqual({
      seed: 7,
      falseAlarmsPerDay: 3,
      samplesPerDay: 1440,
      retrainEvery: DEFAULT_SETTINGS.retrainEvery,
      keepRows: 20_000,
      history: 'mixed',
      members: ['isolation-forest', 'mahalanobis', 'stillness', 'slow-shift'],
    });
    expect(fileConfig(DEFAULT_SETTINGS, 1000, 'normal').history).toBe('normal');
  });

  it('streams: a row is scored by itself and earlier ones, whatever comes later', () => {
    const whole = scoreRows(ROWS, { kind: 'stream' });
    const part = scoreRows(firstRows(ROWS, 1234), { kind: 'stream' });
    expect(whole.rarity.slice(0, 1234)).toEqual(part.rarity);
    expect(whole.alert.slice(0, 1234)).toEqual(part.alert);
    expect(whole.rarity[0]).toBeNaN();
    expect(whole.rarity[400]).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['stream', { kind: 'stream' }],
    ['history', { kind: 'history', rows: firstRows(ROWS, 1000) }],
  ] satisfies [string, FileMode<MetricBatch>][])(
    'finds the spike in mode %s, explains it and ends its alert',
    (_, mode) => {
      const { rarity, flagged, alert, explanations } = scoreRows(ROWS, mode);
      const spike = rarity.subarray(SPIKE_AT, SPIKE_AT + 5);
      const before = rarity.subarray(1000, SPIKE_AT).filter((value) => value >= Math.max(...spike));
      expect(before.length).toBe(0);
      expect(flagged[SPIKE_AT]).toBe(1);
      expect(alert.subarray(SPIKE_AT, SPIKE_AT + 10).includes(1)).toBe(true);
      expect(alert[1999]).toBe(0);
      expect(
        explanations
          .get(SPIKE_AT)
          ?.contributions.map((part) => part.metric)
          .sort(),
      ).toEqual([0, 1]);
    },
  );

  it('scores the first row of a whole file by what the rest taught, and the spike highest', () => {
    const { rarity } = scoreRows(ROWS, { kind: 'whole' });
    expect(rarity[0]).toBeGreaterThanOrEqual(0);
    const rarest = rarity.reduce((best, value, row) => (value > rarity[best] ? row : best), 0);
    expect(rarest).toBeGreaterThanOrEqual(SPIKE_AT);
    expect(rarest).toBeLessThan(SPIKE_AT + 5);
  });

  it('says why a file cannot be learned from', () => {
    const options = { settings: DEFAULT_SETTINGS, stepMs: 1000 };
    const scored = scoreMetricFile(createMetricPipeline, CATALOG, firstRows(ROWS, 20), {
      ...options,
      mode: { kind: 'whole' },
    });
    expect(!scored.ok && scored.error.code).toBe('too-few-rows');
    const few = scoreRows(firstRows(ROWS, 20), { kind: 'stream' });
    expect(few.rarity.every(Number.isNaN)).toBe(true);
  });
});

const SUMMARY: TrainSummary = {
  rows: 1,
  windowFrom: 0,
  windowTo: 0,
  featureNames: [],
  rawThreshold: 0,
  params: {},
};

/** A pipeline that writes down what is asked of it and finds every line as rare as the line is long. */
function recordingPipeline(calls: string[], trains = true): LogPipeline {
  return {
    score: (batch, seq) => {
      calls.push(`score ${batch.n}`);
      const lengths = Float32Array.from({ length: batch.n }, (_, i) => batch.offsets[i + 1] - batch.offsets[i]);
      return {
        seq,
        n: batch.n,
        raw: lengths,
        rarity: lengths,
        template: Uint32Array.from(lengths),
        explanations: [],
        templates: [],
        state: { kind: 'ready' },
        retrainDue: false,
      };
    },
    train: async () => {
      calls.push('train');
      return trains ? ok(SUMMARY) : err('too-few-rows', 'too few');
    },
    configure: () => undefined,
    state: () => ({ kind: 'ready' }),
    templateEvents: () => [],
    templates: () => [],
    save: async () => err('too-few-rows', 'no model'),
    load: async () => ok(SUMMARY),
    dispose: () => {
      calls.push('dispose');
    },
  };
}

function linesOf(n: number): LogBatch {
  return packLogLines(
    Array.from({ length: n }, (_, i) => ({ t: i, device: 0, level: 'info', message: 'x'.repeat(i % 7) })),
  );
}

describe('scoring a log file', () => {
  const options = { settings: DEFAULT_SETTINGS, stepMs: 1000 };

  it('learns from the history first and scores each line once', async () => {
    const calls: string[] = [];
    const mode = { kind: 'history', rows: linesOf(600) } as const;
    const scored = await scoreLogFile(() => recordingPipeline(calls), linesOf(700), { ...options, mode });
    const judged = [...Array.from({ length: 5 }, () => 'score 128'), 'score 60'];
    expect(calls).toEqual(['score 512', 'score 88', 'train', ...judged, 'dispose']);
    expect(scored.ok && [...scored.value.rarity.slice(510, 516)]).toEqual([6, 0, 1, 2, 3, 4]);
    expect(scored.ok && [...scored.value.flagged.slice(510, 516)]).toEqual([1, 0, 0, 0, 0, 0]);
  });

  it('goes through a whole file twice, and once through a stream with trainings at each doubling', async () => {
    const whole: string[] = [];
    await scoreLogFile(() => recordingPipeline(whole), linesOf(100), { ...options, mode: { kind: 'whole' } });
    expect(whole).toEqual(['score 100', 'train', 'score 100', 'dispose']);
    const stream: string[] = [];
    await scoreLogFile(() => recordingPipeline(stream), linesOf(2048), { ...options, mode: { kind: 'stream' } });
    const [block, train] = ['score 512', 'train'];
    expect(stream).toEqual([block, train, block, train, block, block, train, 'dispose']);
  });

  it('disposes the pipeline when there is too little to learn from', async () => {
    const calls: string[] = [];
    const mode = { kind: 'whole' } as const;
    const scored = await scoreLogFile(() => recordingPipeline(calls, false), linesOf(3), { ...options, mode });
    expect(!scored.ok && scored.error.message).toBe('too few');
    expect(calls.at(-1)).toBe('dispose');
  });
});
