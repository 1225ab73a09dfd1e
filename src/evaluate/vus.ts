export interface VusInput {
  /** n scores in order of time, higher = more anomalous; what is not finite takes the lowest finite score. */
  readonly scores: ArrayLike<number>;
  /** n labels, 1 = anomalous. */
  readonly labels: ArrayLike<number>;
  /** Widest buffer around an event that is tried, in samples; >= 0. */
  readonly maxWindow: number;
  /** Thresholds that are tried, evenly spaced over the ranks. Default 250. */
  readonly thresholds?: number;
}

/**
 * Volume under the precision-recall surface (Paparrizos et al. 2022, "Volume under the surface", VLDB): the area under a precision-recall
 * curve whose labels are softened by a buffer around each event and whose recall asks that events are noticed at all, averaged over the
 * buffer widths 0..maxWindow. Needs no threshold and forgives a few samples at the edges. One device's samples at a time.
 * NaN without anomalous rows or without normal ones. Takes maxWindow * n steps.
 */
export function vusPr(input: VusInput): number {
  const n = input.scores.length;
  if (input.labels.length !== n) throw new Error(`scores and labels differ in length: ${n} and ${input.labels.length}`);
  const labels = Uint8Array.from(input.labels, (label) => (label === 1 ? 1 : 0));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === n) return Number.NaN;
  const scores = finiteScores(input.scores);
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  const cuts = cutRanks(scores, order, input.thresholds ?? 250);
  const events = eventRows(labels);
  let volume = 0;
  for (let window = 0; window <= input.maxWindow; window++) {
    const soft = softLabels(labels, events, window);
    volume += areaOf({ labels, soft, order, cuts, positives, peaks: peakScores(scores, events, window >> 1) });
  }
  return volume / (input.maxWindow + 1);
}

interface Cut {
  readonly score: number;
  /** Rows with at least that score. */
  readonly rows: number;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

function finiteScores(scores: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(scores);
  const lowest = copy.reduce((low, score) => (Number.isFinite(score) ? Math.min(low, score) : low), Infinity);
  const filler = Number.isFinite(lowest) ? lowest : 0;
  return copy.map((score) => (Number.isFinite(score) ? score : filler));
}

function cutRanks(scores: Float64Array, order: Uint32Array, thresholds: number): readonly Cut[] {
  const n = order.length;
  const step = (n - 1) / (thresholds - 1);
  return Array.from({ length: thresholds }, (_, i) => {
    const rank = i === thresholds - 1 ? n - 1 : Math.floor(i * step);
    const score = scores[order[rank]];
    let rows = rank + 1;
    while (rows < n && scores[order[rows]] === score) rows++;
    return { score, rows };
  });
}

function eventRows(labels: Uint8Array): readonly Rows[] {
  const events: { from: number; to: number }[] = [];
  labels.forEach((label, row) => {
    const last = events[events.length - 1];
    if (label === 0) return;
    if (last !== undefined && last.to === row - 1) last.to = row;
    else events.push({ from: row, to: row });
  });
  return events;
}

/** Labels that fall off to both sides of each event as sqrt(1 - distance / window), up to half the window; at most 1. */
function softLabels(labels: Uint8Array, events: readonly Rows[], window: number): Float64Array {
  const soft = Float64Array.from(labels);
  const half = window >> 1;
  for (const event of events) {
    for (let distance = 1; distance <= half; distance++) {
      const value = Math.sqrt(1 - distance / window);
      if (event.to + distance < soft.length) soft[event.to + distance] += value;
      if (event.from - distance >= 0) soft[event.from - distance] += value;
    }
  }
  return soft.map((value) => Math.min(1, value));
}

/** Highest score of each event with its buffer; events whose buffers touch are one. */
function peakScores(scores: Float64Array, events: readonly Rows[], half: number): readonly number[] {
  const merged: { from: number; to: number }[] = [];
  for (const event of events) {
    const from = Math.max(0, event.from - half);
    const to = Math.min(scores.length - 1, event.to + half);
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last.to) last.to = to;
    else merged.push({ from, to });
  }
  return merged.map(({ from, to }) => scores.subarray(from, to + 1).reduce((high, score) => Math.max(high, score)));
}

interface AreaInput {
  readonly labels: Uint8Array;
  readonly soft: Float64Array;
  readonly order: Uint32Array;
  readonly cuts: readonly Cut[];
  readonly positives: number;
  readonly peaks: readonly number[];
}

function areaOf({ labels, soft, order, cuts, positives, peaks }: AreaInput): number {
  let rows = 0;
  let hit = 0;
  let bufferHit = 0;
  let area = 0;
  let lastRecall = 0;
  for (const cut of cuts) {
    for (; rows < cut.rows; rows++) {
      hit += soft[order[rows]];
      if (labels[order[rows]] === 0) bufferHit += soft[order[rows]];
    }
    const noticed = peaks.filter((peak) => peak >= cut.score).length / peaks.length;
    const recall = Math.min(hit / (positives + bufferHit / 2), 1) * noticed;
    area += (recall - lastRecall) * (hit / rows);
    lastRecall = recall;
  }
  return area;
}
