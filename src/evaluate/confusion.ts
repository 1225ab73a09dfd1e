/** Rows by truth and flag. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Counts n rows. flags, labels: n entries, 1 = flagged / anomalous, anything else not. Degenerate: no rows give zeros. */
export function countConfusion(flags: ArrayLike<number>, labels: ArrayLike<number>): Confusion {
  if (flags.length !== labels.length)
    throw new Error(`flags and labels differ in length: ${flags.length} and ${labels.length}`);
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] === 1) counts[labels[i] === 1 ? 'truePositives' : 'falsePositives']++;
    else counts[labels[i] === 1 ? 'falseNegatives' : 'trueNegatives']++;
  }
  return counts;
}

/** Share of the flagged rows that are anomalous, 0..1. NaN when nothing was flagged. */
export function precisionOf({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}

/** Share of the anomalous rows that were flagged, 0..1. NaN when nothing is anomalous. */
export function recallOf({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

/**
 * Harmonic mean of precision and recall, as 2 TP / (2 TP + FP + FN), 0..1. 0 when anomalies stand but nothing was flagged. NaN when nothing is
 * anomalous.
 */
export function f1Of({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  if (truePositives + falseNegatives === 0) return Number.NaN;
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
