import { createRandom } from '../../domain/random';
import { type Autoencoder, reconstructionErrors } from './autoencoder';
import { ENCODING_SLOTS, encodeLine } from './encode';
import type { LineColumns } from './line-store';
import type { LogModel, TrainedTemplate } from './log-model';

/** Rows of an epoch: distinct encodings, the frequent ones more often. Bounds the time of a training whatever the number of lines. */
const MIN_ROWS = 1024;
const MAX_ROWS = 4096;
/** Share of the newest lines that is kept from the network and calibrates its errors. */
const REFERENCE_SHARE = 1 / 3;

/** Distinct (template, level, shape) with how many lines had it. Entries are aligned. */
export interface Distinct {
  readonly template: TrainedTemplate[];
  readonly level: number[];
  readonly shape: number[];
  readonly count: number[];
}

/** A line of the reference, and which entry of the distinct ones it is. */
export interface ReferenceLine {
  readonly line: number;
  readonly entry: number;
}

export interface Split {
  readonly training: Distinct;
  readonly reference: Distinct;
  readonly referenceLines: readonly ReferenceLine[];
}

/**
 * The older lines train; the newest third is the reference of the calibration, except the first line of a template that no older line has:
 * the network must have met every template, since whether one is new is judged by another member.
 */
export function splitLines(
  lines: LineColumns,
  templates: ReadonlyMap<number, TrainedTemplate>,
  previous: LogModel | undefined,
): Split {
  const referenceLines: ReferenceLine[] = [];
  const training = createDistinct();
  const reference = createDistinct();
  const met = new Set<number>();
  const from = referenceFrom(lines.n);
  for (let i = 0; i < lines.n; i++) {
    const template = templates.get(lines.template[i]);
    if (template === undefined) continue;
    if (i < from || !met.has(template.id)) training.add(template, lines.level[i], lines.shape[i]);
    else referenceLines.push({ line: i, entry: reference.add(template, lines.level[i], lines.shape[i]) });
    met.add(template.id);
  }
  for (const template of previous === undefined ? [] : templates.values()) {
    if (!met.has(template.id)) training.add(template, template.level, template.shape);
  }
  return { training: training.distinct, reference: reference.distinct, referenceLines };
}

/** `add` gives the entry that the line counts for. */
function createDistinct(): {
  distinct: Distinct;
  add(template: TrainedTemplate, level: number, shape: number): number;
} {
  const distinct: Distinct = { template: [], level: [], shape: [], count: [] };
  const known = new Map<string, number>();
  return {
    distinct,
    add(template, level, shape) {
      const key = `${template.id} ${level} ${shape}`;
      const at = known.get(key);
      if (at !== undefined) {
        distinct.count[at]++;
        return at;
      }
      const entry = distinct.count.length;
      known.set(key, entry);
      distinct.template.push(template);
      distinct.level.push(level);
      distinct.shape.push(shape);
      distinct.count.push(1);
      return entry;
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
export function sampleRows(distinct: Distinct, seed: number): Float32Array {
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

/** The error of each distinct encoding. */
export function errorsOf(network: Autoencoder, distinct: Distinct): Float32Array {
  const rows = encodeDistinct(distinct);
  const n = distinct.count.length;
  return reconstructionErrors(rows, network.reconstruct(rows, n), n, ENCODING_SLOTS);
}

/** Index of the first line of the reference among n. */
export function referenceFrom(n: number): number {
  return Math.floor(n * (1 - REFERENCE_SHARE));
}
