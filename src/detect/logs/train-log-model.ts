import { err, ok, type Result } from '../../domain/result';
import { rawAtRarity } from '../calibration';
import type { DetectError, TrainingEffort, TrainSummary } from '../contract';
import type { LogBackend } from './autoencoder';
import { measureClumping } from './clumping';
import { ENCODING_SLOTS, SLOT_NAMES } from './encode';
import type { LineColumns } from './line-store';
import type { LogModel, TrainedTemplate } from './log-model';
import { fitScales, measureNovelShare, measurePeaks } from './reference-scales';
import { screenLines, selectLines } from './screen-lines';
import type { TemplateMiner } from './template-miner';
import { errorsOf, sampleRows, splitLines } from './train-rows';

/** Fewer lines say too little about what is normal. */
export const MIN_TRAIN_LINES = 128;

/** With 32-8-32 inside, 100 templates are repeated ten times worse after the same steps (bottleneck too tight to learn quickly). */
const LAYERS = [ENCODING_SLOTS, 48, 16, 48, ENCODING_SLOTS] as const;
const EPOCHS = 12;
/** For scores soon after opening: a full training follows. */
const QUICK_EPOCHS = 6;
/** Fixed, so that training time does not grow with the lines: what is learned grows with the steps more than with the rows of each. */
const STEPS_PER_EPOCH = 48;
const LEARNING_RATE = 0.01;
/** Where outbreaks make up more of a file than this, they are how this log is. */
const MOST_ODD_SHARE = 0.1;

export interface TrainRequest {
  readonly lines: LineColumns;
  readonly miner: TemplateMiner;
  /** The model before, whose templates are rehearsed. */
  readonly previous: LogModel | undefined;
  /** What the lines are, as in `PipelineConfig`. */
  readonly history: 'normal' | 'mixed';
  readonly backend: LogBackend;
  readonly seed: number;
  readonly effort: TrainingEffort;
  /** Rarity at which the pipeline flags, for the summary. */
  readonly rarityThreshold: number;
  readonly onProgress: (progress: number) => void;
  readonly cancelled: () => boolean;
}

/**
 * Trains a model on kept lines. Deterministic: same lines, miner, seed and back end give the same weights.
 * Errors: too-few-rows under MIN_TRAIN_LINES; cancelled; backend when training diverged.
 */
export async function trainLogModel(request: TrainRequest): Promise<Result<LogModel, DetectError>> {
  const { miner, previous, backend, seed } = request;
  // Templates may have been merged since their lines were kept.
  const all = { ...request.lines, template: request.lines.template.map((id) => miner.get(id)?.id ?? id) };
  if (all.n < MIN_TRAIN_LINES) {
    return err('too-few-rows', `training needs at least ${MIN_TRAIN_LINES} log lines, got ${all.n}`);
  }
  const lines = request.history === 'mixed' ? selectNormal(all) : all;
  const clockMs = lines.t[lines.n - 1] - lines.t[0];
  const templates = listTemplates(lines, miner, previous, clockMs);
  const split = splitLines(lines, templates, previous);
  const network = backend.create(LAYERS, seed);
  const rows = sampleRows(split.training, seed);
  const n = rows.length / ENCODING_SLOTS;
  const epochs = request.effort === 'quick' ? QUICK_EPOCHS : EPOCHS;
  const loss = await network.train(rows, n, {
    seed,
    epochs,
    batch: Math.ceil(n / STEPS_PER_EPOCH),
    learningRate: LEARNING_RATE,
    onProgress: request.onProgress,
    cancelled: request.cancelled,
  });
  if (!loss.ok) {
    network.dispose();
    return loss;
  }
  const scales = fitScales(lines, templates, split.referenceLines, errorsOf(network, split.reference));
  if (!scales.ok) {
    network.dispose();
    return scales;
  }
  const trained = [...templates.values()];
  const summary: TrainSummary = {
    rows: all.n,
    windowFrom: all.t[0],
    windowTo: all.t[all.n - 1],
    featureNames: SLOT_NAMES,
    // No line is rarer than its evidence says itself.
    rawThreshold: Math.max(request.rarityThreshold, rawAtRarity(scales.value.evidence, request.rarityThreshold)),
    params: {
      layers: LAYERS.join('-'),
      epochs,
      templates: trained.length,
      encodings: split.training.count.length,
      loss: loss.value,
      'back end': backend.name,
    },
  };
  return ok({
    network,
    templates,
    vocabulary: vocabularyOf(trained),
    ...scales.value,
    // What was left out for being new counts here.
    novelShare: measureNovelShare(all.novel),
    summary,
  });
}

/** Without the outbreaks, where they are rare enough to be odd and enough is left to train on. */
function selectNormal(all: LineColumns): LineColumns {
  const normal = selectLines(all, screenLines(all));
  const isOdd = normal.n >= (1 - MOST_ODD_SHARE) * all.n;
  return isOdd && normal.n >= MIN_TRAIN_LINES ? normal : all;
}

/** Hashes of all words in these templates. */
export function vocabularyOf(templates: Iterable<TrainedTemplate>): Set<number> {
  const words = new Set<number>();
  for (const template of templates) for (const word of template.words) if (word !== 0) words.add(word);
  return words;
}

/** Snapshots of the templates of these lines and of the model before, as far as the miner still knows them. */
function listTemplates(
  lines: LineColumns,
  miner: TemplateMiner,
  previous: LogModel | undefined,
  clockMs: number,
): Map<number, TrainedTemplate> {
  const counts = new Map<number, number>();
  const newest = new Map<number, number>();
  const peaks = measurePeaks(lines, lines.n);
  for (const id of previous?.templates.keys() ?? []) counts.set(miner.get(id)?.id ?? id, 0);
  for (let i = 0; i < lines.n; i++) {
    counts.set(lines.template[i], (counts.get(lines.template[i]) ?? 0) + 1);
    newest.set(lines.template[i], i);
  }
  const deviceMs = new Set(lines.device).size * clockMs;
  const clumping = measureClumping(lines.template);
  const templates = new Map<number, TrainedTemplate>();
  for (const [id, count] of counts) {
    const template = miner.get(id);
    if (template === undefined) continue;
    const before = previous?.templates.get(id);
    const line = newest.get(id);
    templates.set(id, {
      id,
      ordinal: templates.size,
      tokens: [...template.tokens],
      hashes: template.hashes.slice(),
      words: template.words.slice(),
      count: (before?.count ?? 0) + count,
      level: line === undefined ? (before?.level ?? 0) : lines.level[line],
      shape: line === undefined ? (before?.shape ?? 0) : lines.shape[line],
      ratePerMs: deviceMs > 0 ? count / deviceMs : 0,
      peak: Math.max(1, peaks.get(id) ?? before?.peak ?? 1),
      clumping: clumping.get(id) ?? before?.clumping ?? 0,
    });
  }
  return templates;
}
