import { err, ok } from '../../domain/result';
import { anomalyScore, SEVERITY_BANDS } from '../../domain/scores';
import { LOG_LEVELS, type LogBatch, logMessage } from '../../domain/telemetry';
import { type DetectorState, type LogExplanation, type LogVerdicts, MAX_EXPLAINED } from '../../domain/verdicts';
import { calibrationConfidence } from '../confidence';
import type { LogPipeline, PipelineConfig } from '../contract';
import { rarityThreshold } from '../threshold';
import type { LogBackend } from './autoencoder';
import { burstScore, createBurstCounter } from './bursts';
import { packShape } from './encode';
import { explainLines, type LineToExplain } from './explain';
import { createLineScorer, type LineScorer, type SeenLine, seeLine } from './line-scorer';
import { createLineStore } from './line-store';
import { judgeLine, type LineJudgement, type LogModel } from './log-model';
import { loadLogModel, saveLogModel } from './log-model-file';
import { createLineScan, scanLine } from './normalise';
import { describeTemplate, type Template } from './template';
import { createTemplateMiner, DEFAULT_MINER } from './template-miner';
import { MIN_TRAIN_LINES, trainLogModel } from './train-log-model';

const decoder = new TextDecoder();

interface Active {
  readonly model: LogModel;
  readonly scorer: LineScorer;
}

/** What is known of each line of a batch after templating; aligned by line. */
interface ReadLines {
  readonly template: Template[];
  readonly seen: (SeenLine | undefined)[];
  readonly handle: Uint32Array;
  readonly shape: Uint16Array;
  readonly burst: Float32Array;
  readonly novel: Uint8Array;
}

/**
 * The log pipeline: mask -> template -> encode -> autoencoder, joined with what it cannot see (templates new since training, rare levels,
 * bursts), calibrated. Before the first training lines are kept and scores are NaN. Memory is bounded whatever the lines hold.
 * A line that takes part in nothing (empty) has template 0.
 */
export function createLogPipeline(initial: PipelineConfig, backend: LogBackend): LogPipeline {
  let config = initial;
  let miner = createTemplateMiner();
  let store = createLineStore(Math.max(MIN_TRAIN_LINES, config.keepRows));
  const bursts = createBurstCounter();
  const scan = createLineScan();
  let active: Active | undefined;
  let trainedAtTotal = 0;
  let progress: number | undefined;
  /** Goes up when a model is loaded or the pipeline disposed: a training that began before must not replace what came after. */
  let generation = 0;

  function state(): DetectorState {
    if (progress !== undefined) return { kind: 'training', progress };
    if (active !== undefined) return { kind: 'ready' };
    return { kind: 'warming-up', have: Math.min(store.size, MIN_TRAIN_LINES), need: MIN_TRAIN_LINES };
  }

  function readLines(batch: LogBatch): ReadLines {
    const { n } = batch;
    const lines: ReadLines = {
      template: [],
      seen: [],
      handle: new Uint32Array(n),
      shape: new Uint16Array(n),
      burst: new Float32Array(n),
      novel: new Uint8Array(n),
    };
    active?.scorer.begin();
    const text = decoder.decode(batch.bytes);
    // As many code units as bytes: every line is ASCII, and offsets into the bytes are offsets into the text.
    const isAscii = text.length === batch.bytes.length;
    for (let i = 0; i < n; i++) {
      const line = isAscii ? text : logMessage(batch, i);
      const from = isAscii ? batch.offsets[i] : 0;
      const to = isAscii ? batch.offsets[i + 1] : line.length;
      scanLine(line, from, to, scan);
      const t = finiteTime(batch.t[i]);
      const template = miner.match(scan, t, () => line.slice(from, to));
      lines.template.push(template);
      lines.novel[i] = miner.lastWasNovel ? 1 : 0;
      lines.shape[i] = packShape(scan);
      lines.burst[i] = bursts.count(batch.device[i], template.id, t);
      if (active === undefined) continue;
      const seen = seeLine(active.model, template, scan);
      lines.seen.push(seen);
      lines.handle[i] = active.scorer.ask(seen, levelOf(batch, i), lines.shape[i]);
    }
    active?.scorer.resolve();
    return lines;
  }

  function judgeLines(batch: LogBatch, lines: ReadLines, raw: Float32Array, rarity: Float32Array): LogExplanation[] {
    if (active === undefined) return [];
    const { model, scorer } = active;
    const outstanding: { readonly line: number; readonly judgement: LineJudgement }[] = [];
    for (let i = 0; i < batch.n; i++) {
      const seen = lines.seen[i];
      if (seen === undefined) continue;
      const error = scorer.errorOf(lines.handle[i]);
      const burst = burstScore(lines.burst[i], seen.trained?.ratePerMs ?? 0, seen.trained?.peak ?? 1);
      const clumping = seen.trained?.clumping ?? 0;
      const judgement = judgeLine(model, { novelty: seen.novelty, level: levelOf(batch, i), error, burst, clumping });
      raw[i] = error;
      rarity[i] = judgement.rarity;
      if (anomalyScore(judgement.rarity) >= SEVERITY_BANDS.warning) outstanding.push({ line: i, judgement });
    }
    outstanding.sort((a, b) => b.judgement.rarity - a.judgement.rarity || a.line - b.line);
    const explained = outstanding.slice(0, MAX_EXPLAINED).flatMap(({ line, judgement }): LineToExplain[] => {
      const seen = lines.seen[line];
      if (seen === undefined) return [];
      return [
        {
          line,
          text: logMessage(batch, line),
          level: levelOf(batch, line),
          shape: lines.shape[line],
          template: lines.template[line],
          seen,
          judgement,
          burst: lines.burst[line],
        },
      ];
    });
    return explainLines(model, explained);
  }

  /** Keeps what is neither flagged nor of a suspect device. */
  function learnLines(batch: LogBatch, lines: ReadLines, rarity: Float32Array, suspect: Uint8Array): void {
    const threshold = rarityThreshold(config);
    let now = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < batch.n; i++) {
      const t = finiteTime(batch.t[i]);
      const device = batch.device[i];
      now = Math.max(now, t);
      if (suspect[device] === 1 || rarity[i] >= threshold) {
        store.markTrouble(device, t);
        continue;
      }
      store.add({
        t,
        device,
        template: lines.template[i].id,
        level: levelOf(batch, i),
        shape: lines.shape[i],
        burst: lines.burst[i],
        novel: lines.novel[i] === 1,
      });
    }
    store.settle(now);
  }

  function isRetrainDue(): boolean {
    if (active === undefined) return store.size >= MIN_TRAIN_LINES;
    return store.total - trainedAtTotal >= config.retrainEvery;
  }

  function replaceModel(model: LogModel | undefined): void {
    active?.model.network.dispose();
    active = model === undefined ? undefined : { model, scorer: createLineScorer(model.network) };
    trainedAtTotal = store.total;
  }

  return {
    score(batch, seq, suspect): LogVerdicts {
      const { n } = batch;
      const raw = new Float32Array(n).fill(Number.NaN);
      const rarity = new Float32Array(n).fill(Number.NaN);
      const lines = readLines(batch);
      const explanations = judgeLines(batch, lines, raw, rarity);
      learnLines(batch, lines, rarity, suspect);
      return {
        seq,
        n,
        raw,
        rarity,
        template: Uint32Array.from(lines.template, (template) => template.id),
        ...(active === undefined ? {} : { confidence: calibrationConfidence(active.model.evidence.n) }),
        explanations,
        templates: miner.takeChanged().map(describeTemplate),
        state: state(),
        retrainDue: progress === undefined && isRetrainDue(),
      };
    },

    async train(onProgress, cancelled, effort = 'full') {
      if (progress !== undefined) return err('backend', `a training is already at ${Math.round(progress * 100)} %`);
      if (active === undefined) store.settleAll();
      const began = ++generation;
      progress = 0;
      try {
        const trained = await trainLogModel({
          lines: store.kept(),
          miner,
          previous: active?.model,
          backend,
          seed: config.seed,
          effort,
          rarityThreshold: rarityThreshold(config),
          onProgress: (share) => {
            progress = share;
            onProgress(share);
          },
          cancelled: () => generation !== began || cancelled(),
        });
        if (!trained.ok) return trained;
        if (generation !== began) {
          trained.value.network.dispose();
          return err('cancelled', 'another model was loaded during the training');
        }
        replaceModel(trained.value);
        return ok(trained.value.summary);
      } finally {
        progress = undefined;
      }
    },

    configure(next) {
      if (next.keepRows !== config.keepRows) {
        store = createLineStore(Math.max(MIN_TRAIN_LINES, next.keepRows));
        trainedAtTotal = 0;
      }
      config = next;
    },

    state,

    templates: () => miner.list().map(describeTemplate),

    async save() {
      if (active === undefined) return err('too-few-rows', 'there is no trained log model yet');
      return ok(saveLogModel(active.model, miner.save()));
    },

    async load(saved) {
      const loaded = loadLogModel(saved, backend);
      if (!loaded.ok) return loaded;
      generation++;
      miner = createTemplateMiner(DEFAULT_MINER, loaded.value.templates);
      // Kept lines name templates of the miner before.
      store.clear();
      bursts.clear();
      replaceModel(loaded.value.model);
      return ok(loaded.value.model.summary);
    },

    dispose() {
      generation++;
      replaceModel(undefined);
    },
  };
}

/** A missing time counts as 0: order is kept, and bursts see no time pass. */
function finiteTime(t: number): number {
  return Number.isFinite(t) ? t : 0;
}

/** A level beyond the known ones counts as `unknown`, the last. */
function levelOf(batch: LogBatch, line: number): number {
  return Math.min(batch.level[line], LOG_LEVELS.length - 1);
}
