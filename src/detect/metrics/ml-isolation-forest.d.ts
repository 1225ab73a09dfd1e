/** What is used of the package (it has no types of its own). A node is inner when it has `left` and `right`. */
declare module 'ml-isolation-forest' {
  export interface GrownNode {
    readonly left?: GrownNode;
    readonly right?: GrownNode;
    readonly splitColumn?: number;
    readonly splitValue?: number;
    /** Rows of a leaf. */
    readonly trainingSet?: readonly (readonly number[])[];
  }
  export class IsolationForest {
    constructor(options: { readonly nEstimators: number });
    readonly forest: readonly GrownNode[];
    train(rows: readonly (readonly number[])[]): void;
  }
}
