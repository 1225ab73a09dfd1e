/** Scores with their truth. NaN scores (not scorable) are left out everywhere; infinities rank as such. */
export interface RankingInput {
  /** n scores, higher = more anomalous. */
  readonly scores: ArrayLike<number>;
  /** n labels, 1 = anomalous, anything else normal. */
  readonly labels: ArrayLike<number>;
}

/** Rows of one distinct score, highest score first. */
interface ScoreGroup {
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Area under the ROC curve: the probability that an anomalous row scores higher than a normal one, ties counted half (mid-ranks; Hanley and McNeil
 * 1982). 0.5 = no better than chance. NaN without positives or without negatives.
 */
export function rocAuc(input: RankingInput): number {
  const groups = groupByScore(input);
  let above = 0;
  let negativesSeen = 0;
  let positives = 0;
  for (const group of groups) {
    above += group.negatives * (positives + group.positives / 2);
    positives += group.positives;
    negativesSeen += group.negatives;
  }
  return positives === 0 || negativesSeen === 0 ? Number.NaN : above / (positives * negativesSeen);
}

/**
 * Average precision: sum over distinct thresholds of (recall gained) x precision, rows of equal score taken together (as scikit-learn's
 * `average_precision_score`). Chance gives the share of positives. NaN without positives.
 */
export function averagePrecision(input: RankingInput): number {
  const groups = groupByScore(input);
  const total = groups.reduce((sum, group) => sum + group.positives, 0);
  if (total === 0) return Number.NaN;
  let hits = 0;
  let rows = 0;
  let area = 0;
  for (const group of groups) {
    hits += group.positives;
    rows += group.positives + group.negatives;
    area += (group.positives / total) * (hits / rows);
  }
  return area;
}

/** One point a distinct score, highest threshold first: what flagging all rows at or above it would give. */
export interface CurvePoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** The precision-recall curve. Empty without positives. */
export function precisionRecallCurve(input: RankingInput): readonly CurvePoint[] {
  const groups = groupByScore(input);
  const total = groups.reduce((sum, group) => sum + group.positives, 0);
  if (total === 0) return [];
  let hits = 0;
  let rows = 0;
  return groups.map(({ score, positives, negatives }) => {
    hits += positives;
    rows += positives + negatives;
    return { threshold: score, precision: hits / rows, recall: hits / total };
  });
}

function groupByScore({ scores, labels }: RankingInput): readonly (ScoreGroup & { readonly score: number })[] {
  if (scores.length !== labels.length)
    throw new Error(`scores and labels differ in length: ${scores.length} and ${labels.length}`);
  const rows: number[] = [];
  for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i])) rows.push(i);
  // Comparing instead of subtracting: Infinity - Infinity is NaN.
  const order = Uint32Array.from(rows).sort((a, b) => (scores[a] > scores[b] ? -1 : scores[a] < scores[b] ? 1 : 0));
  const groups: { score: number; positives: number; negatives: number }[] = [];
  for (const row of order) {
    let group = groups[groups.length - 1];
    if (group === undefined || group.score !== scores[row]) {
      group = { score: scores[row], positives: 0, negatives: 0 };
      groups.push(group);
    }
    if (labels[row] === 1) group.positives++;
    else group.negatives++;
  }
  return groups;
}
