/** One split on a sample's way down a tree: it goes left where value < threshold. */
export interface TreeStep {
  /** Position in `featureNames`. */
  readonly feature: number;
  readonly name: string;
  readonly threshold: number;
  readonly value: number;
  readonly goesLeft: boolean;
}

/** A sample's way through one tree of an isolation forest. */
export interface TreePath {
  readonly tree: number;
  /** From the root down; as many as the leaf is deep. */
  readonly steps: readonly TreeStep[];
  /** Training rows that ended in the same leaf. */
  readonly leafSize: number;
  /** Steps + c(leafSize): what the tree adds to the mean path length. Short = easily isolated = anomalous. */
  readonly length: number;
}

/** One row's way through every tree, in the order of the trees, and what its score is made of: 2^(-meanLength / cPsi). */
export interface ForestPaths {
  /** c(rows a tree was grown from): the mean path length of an ordinary row. */
  readonly cPsi: number;
  /** Mean length over all trees. */
  readonly meanLength: number;
  readonly paths: readonly TreePath[];
}

/** How the forest of the present model sees one sample. */
export interface SampleTrace {
  /** Time of the sample, ms; NaN for one that was never seen (a typical one). */
  readonly t: number;
  readonly featureNames: readonly string[];
  /** In units of the device's own scale: 0 = typical. One entry a feature name. */
  readonly features: Float32Array;
  readonly trees: number;
  /** Mean length over all trees. rawScore = 2^(-meanLength / cPsi). */
  readonly meanLength: number;
  /** c(rows a tree was grown from): the mean path length of an ordinary row. */
  readonly cPsi: number;
  readonly rawScore: number;
  /** -log10 of the probability that a normal sample scores as high in the forest. */
  readonly rarity: number;
  /** Raw score as it was given when the sample came; NaN for one never seen. Differs from rawScore where the model was trained again since. */
  readonly rawThen: number;
  /** The shortest paths, shortest first. */
  readonly paths: readonly TreePath[];
}

/**
 * Which sample is traced. `flagged`: the rarest flagged sample of a device (index) in [from, to] (ms) that is still kept. `typical`: one whose
 * every feature is typical, to compare with. `features`: one given by its scaled features.
 */
export type TraceQuery =
  | { readonly of: 'flagged'; readonly device: number; readonly from: number; readonly to: number }
  | { readonly of: 'typical' }
  | { readonly of: 'features'; readonly features: Float32Array };
