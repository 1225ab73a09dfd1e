import type { AlertTrace } from '../../../app/types';
import { anomalyScore } from '../../../domain/scores';
import type { SampleTrace, TreePath } from '../../../domain/trace';
import { splitFeatureName } from './feature-words';

/** One split on the way down, as it is told. */
export interface StoryStep {
  /** Name of the feature, split into its metric's key and what of the metric it is. */
  readonly metric: string;
  readonly kind: string;
  /** The sample's value lies on this side of the threshold; both in robust standard deviations of the device. */
  readonly side: '<' | '≥';
  readonly threshold: number;
  readonly value: number;
  /** Here a typical sample goes the other way. */
  readonly parts: boolean;
}

/** One tree: the sample's way, and where a typical one ends. */
export interface TreeStory {
  readonly tree: number;
  readonly steps: readonly StoryStep[];
  readonly leafSize: number;
  readonly length: number;
  /** Undefined where the typical sample was not traced through this tree. */
  readonly typical: { readonly depth: number; readonly leafSize: number; readonly length: number } | undefined;
}

/** The sample's shortest paths, at most `limit`, shortest first, each beside the typical sample's path in the same tree. */
export function tellTrees({ sample, typical }: AlertTrace, limit: number): TreeStory[] {
  const others = new Map(typical.paths.map((path) => [path.tree, path]));
  return sample.paths.slice(0, limit).map((path) => tellTree(path, others.get(path.tree)));
}

function tellTree(path: TreePath, other: TreePath | undefined): TreeStory {
  // Both begin at the root: as long as they went the same way they are at the same split.
  const partsAt = path.steps.findIndex((step, i) => other?.steps[i]?.goesLeft === !step.goesLeft);
  return {
    tree: path.tree,
    steps: path.steps.map(({ name, threshold, value, goesLeft }, i) => ({
      ...splitFeatureName(name),
      side: goesLeft ? '<' : '≥',
      threshold,
      value,
      parts: i === partsAt,
    })),
    leafSize: path.leafSize,
    length: path.length,
    typical:
      other === undefined ? undefined : { depth: other.steps.length, leafSize: other.leafSize, length: other.length },
  };
}

/** The chain of numbers from path lengths to the anomaly score. */
export interface ScoreChain {
  readonly trees: number;
  readonly meanLength: number;
  readonly cPsi: number;
  readonly rawScore: number;
  readonly rarity: number;
  /** How many normal samples there are for one that scores as high: 10^rarity. */
  readonly oneIn: number;
  readonly score: number;
}

/** What a sample's score is made of: 2^(-meanLength / cPsi), how rare that is, and the anomaly score of such a rarity. */
export function tellChain({ trees, meanLength, cPsi, rawScore, rarity }: SampleTrace): ScoreChain {
  return { trees, meanLength, cPsi, rawScore, rarity, oneIn: 10 ** rarity, score: anomalyScore(rarity) };
}

/** Scores are shown in whole points: a difference below that is none to a reader. */
const VISIBLE_DIFFERENCE = 0.5;

/** Whether the present forest gives another score than was given when the alert was raised. */
export function hasChanged({ sample, scoreThen }: AlertTrace): boolean {
  if (scoreThen === undefined || Number.isNaN(scoreThen)) return false;
  return Math.abs(anomalyScore(sample.rarity) - scoreThen) >= VISIBLE_DIFFERENCE;
}
