import { createRandom } from '../../domain/random';
import { err, ok, type Result } from '../../domain/result';
import { type Calibration, fitCalibration } from '../calibration';
import type { DetectError, TrainSummary } from '../contract';
import { type Autoencoder, type LogBackend, reconstructionErrors } from './autoencoder';
import { BURST_MS, burstScore } from './bursts';
import { ENCODING_SLOTS, encodeLine, SLOT_NAMES } from './encode';
import type { LineColumns } from './line-store';
import { errorAtRarity, type LogModel, MEMBER_COST, shareAtLeast, type TrainedTemplate } from './log-model';
import type { TemplateMiner } from './template-miner';

/** Fewer lines say too little about what is normal. */
export const MIN_TRAIN_LINES = 128;

/** With 32-8-32 inside, 100 templates are repeated ten times worse after the same steps (bottleneck too tight to learn quickly). */
const LAYERS = [ENCODING_SLOTS, 48, 16, 48, ENCODING_SLOTS] as const;
const EPOCHS = 12;
/** Fixed, so that training time does not grow with the lines: what is learned grows with the steps more than with the rows of each. */
const STEPS_PER_EPOCH = 48;
const LEARNING_RATE = 0.01;
/** Rows of an epoch: distinct encodings, the frequent ones more often. Bounds the time of a training whatever the number of lines. */
const MIN_ROWS = 1024;
const MAX_ROWS = 4096;
/** Share of the newest lines that is kept from the network and calibrates its errors. */
const REFERENCE_SHARE = 1 / 3;
/** A window shorter than this says nothing about rates. */
const MIN_CLOCK_MS = 3 * BURST_MS;

export interface TrainRequest {
  readonly lines: LineColumns;
  readonly miner: TemplateMiner;
  /** The model before, whose templates are rehearsed. */
  readonly previous: LogModel | undefined;
  readonly backend: LogBackend;
  readonly seed: number;
  /** Rarity at which the pipeline flags, for the summary. */
  readonly rarityThreshold: number;
  readonly onProgress: (progress: number) => void;
  readonly cancelled: () => boolean;
}

/** Distinct (template, level, shape) with how many lines had it. Entries are aligned. */
interface Distinct {
  readonly template: TrainedTemplate[];
  readonly level: number[];
  readonly shape: number[];
  readonly count: number[];
}

/**
 * Trains a model on kept lines. Deterministic: same lines, miner, seed and back end give the same weights.
 * Errors: too-few-rows under MIN_TRAIN_LINES; cancelled; backend when training diverged.
 */
export async function trainLogModel(request: TrainRequest): Promise<Result<LogModel, DetectError>> {
  const { miner, previous, backend, seed } = request;
  // Templates may have been merged since their lines were kept.
  const lines = { ...request.lines, template: request.lines.template.map((id) => miner.get(id)?.id ?? id) };
  if (lines.n < MIN_TRAIN_LINES) {
    return err('too-few-rows', `training needs at least ${MIN_TRAIN_LINES} log lines, got ${lines.n}`);
  }
  const clockMs = lines.t[lines.n - 1] - lines.t[0];
  const templates = listTemplates(lines, miner, previous, clockMs);
  const split = splitLines(lines, templates, previous);
  const network = backend.create(LAYERS, seed);
  const rows = sampleRows(split.training, seed);
  const n = rows.length / ENCODING_SLOTS;
  const loss = await network.train(rows, n, {
    seed,
    epochs: EPOCHS,
    batch: Math.ceil(n / STEPS_PER_EPOCH),
    learningRate: LEARNING_RATE,
    onProgress: request.onProgress,
    cancelled: request.cancelled,
  });
  if (!loss.ok) {
    network.dispose();
    return loss;
  }
  const errors = fitCalibration(expandErrors(network, split.reference));
  if (!errors.ok) {
    network.dispose();
    return errors;
  }
  const trained = [...templates.values()];
  const summary: TrainSummary = {
    rows: lines.n,
    windowFrom: lines.t[0],
    windowTo: lines.t[lines.n - 1],
    featureNames: SLOT_NAMES,
    rawThreshold: errorAtRarity(errors.value, request.rarityThreshold + MEMBER_COST),
    params: {
      layers: LAYERS.join('-'),
      epochs: EPOCHS,
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
    atLeast: shareAtLeast(lines.level),
    novelShare: measureNovelShare(lines.novel),
    errors: errors.value,
    bursts: fitBursts(lines, templates, clockMs),
    summary,
  });
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
  for (const id of previous?.templates.keys() ?? []) counts.set(miner.get(id)?.id ?? id, 0);
  for (let i = 0; i < lines.n; i++) {
    counts.set(lines.template[i], (counts.get(lines.template[i]) ?? 0) + 1);
    newest.set(lines.template[i], i);
  }
  const deviceMs = new Set(lines.device).size * clockMs;
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
    });
  }
  return templates;
}

/**
 * The older lines train; the newest third is the reference of the calibration, except the first line of a template that no older line has:
 * the network must have met every template, since whether one is new is judged by another member.
 */
function splitLines(
  lines: LineColumns,
  templates: ReadonlyMap<number, TrainedTemplate>,
  previous: LogModel | undefined,
): { readonly training: Distinct; readonly reference: Distinct } {
  const training = createDistinct();
  const reference = createDistinct();
  const met = new Set<number>();
  const referenceFrom = Math.floor(lines.n * (1 - REFERENCE_SHARE));
  for (let i = 0; i < lines.n; i++) {
    const template = templates.get(lines.template[i]);
    if (template === undefined) continue;
    const part = i < referenceFrom || !met.has(template.id) ? training : reference;
    met.add(template.id);
    part.add(template, lines.level[i], lines.shape[i]);
  }
  for (const template of previous === undefined ? [] : templates.values()) {
    if (!met.has(template.id)) training.add(template, template.level, template.shape);
  }
  return { training: training.distinct, reference: reference.distinct };
}

function createDistinct(): { distinct: Distinct; add(template: TrainedTemplate, level: number, shape: number): void } {
  const distinct: Distinct = { template: [], level: [], shape: [], count: [] };
  const known = new Map<string, number>();
  return {
    distinct,
    add(template, level, shape) {
      const key = `${template.id} ${level} ${shape}`;
      const at = known.get(key);
      if (at !== undefined) {
        distinct.count[at]++;
        return;
      }
      known.set(key, distinct.count.length);
      distinct.template.push(template);
      distinct.level.push(level);
      distinct.shape.push(shape);
      distinct.count.push(1);
    },
  };
}

function encodeDistinct(distinct: Distinct): Float32Array {
  const rows = new Float32Array(distinct.count.length * ENCODING_SLOTS);
  distinct.count.forEach((_, i) => {
    encodeLine(distinct.template[i].words, distinct.level[i], distinct.shape[i], rows, i * ENCODING_SLOTS);
  });
  return rows;
}

/**
 * Training rows: each encoding at least once while there is room, and more often by the fourth root of its count, so that rare harmless lines
 * are learned too. Systematic sampling: even, and needs one random number.
 */
function sampleRows(distinct: Distinct, seed: number): Float32Array {
  const encoded = encodeDistinct(distinct);
  const n = distinct.count.length;
  const total = Math.min(MAX_ROWS, Math.max(MIN_ROWS, 2 * n));
  const once = n <= total / 2 ? n : 0;
  const rows = new Float32Array(total * ENCODING_SLOTS);
  rows.set(encoded.subarray(0, once * ENCODING_SLOTS));
  const weight = distinct.count.reduce((sum, count) => sum + rowWeight(count), 0);
  const step = weight / (total - once);
  let next = createRandom(seed, 'sample').next() * step;
  let reached = 0;
  let out = once;
  for (let i = 0; i < n; i++) {
    reached += rowWeight(distinct.count[i]);
    for (; next < reached && out < total; next += step, out++) {
      rows.set(encoded.subarray(i * ENCODING_SLOTS, (i + 1) * ENCODING_SLOTS), out * ENCODING_SLOTS);
    }
  }
  return rows.subarray(0, out * ENCODING_SLOTS);
}

function rowWeight(count: number): number {
  return count ** 0.25;
}

/** The error of every reference line, one entry a line. */
function expandErrors(network: Autoencoder, reference: Distinct): Float64Array {
  const rows = encodeDistinct(reference);
  const n = reference.count.length;
  const errors = reconstructionErrors(rows, network.reconstruct(rows, n), n, ENCODING_SLOTS);
  const lines = reference.count.reduce((sum, count) => sum + count, 0);
  const expanded = new Float64Array(lines);
  let at = 0;
  for (let i = 0; i < n; i++) {
    expanded.fill(errors[i], at, at + reference.count[i]);
    at += reference.count[i];
  }
  return expanded;
}

/** Share of novel lines in the newer half, one line added: what is new at the start of a window is new only to the miner. */
function measureNovelShare(novel: Uint8Array): number {
  const newer = novel.subarray(novel.length >> 1);
  return (newer.reduce((sum, bit) => sum + bit, 0) + 1) / (newer.length + 1);
}

function fitBursts(
  lines: LineColumns,
  templates: ReadonlyMap<number, TrainedTemplate>,
  clockMs: number,
): Calibration | undefined {
  if (!(clockMs >= MIN_CLOCK_MS)) return undefined;
  const scores = Float64Array.from(lines.burst, (count, i) =>
    burstScore(count, templates.get(lines.template[i])?.ratePerMs ?? 0),
  );
  const fitted = fitCalibration(scores);
  return fitted.ok ? fitted.value : undefined;
}
