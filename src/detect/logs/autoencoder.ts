import type { Result } from '../../domain/result';
import type { DetectError } from '../contract';

export type Activation = 'relu' | 'sigmoid';

/** One dense layer: kernel is inputs x units, row-major; bias has `units` entries. */
export interface DenseWeights {
  /** Unique in its network, e.g. `hidden-1`. */
  readonly name: string;
  readonly activation: Activation;
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** A trained network as a value: layers in order, the first fed with the input. */
export interface NetworkWeights {
  readonly layers: readonly DenseWeights[];
}

export interface TrainOptions {
  readonly seed: number;
  /** Passes over the rows, >= 1. */
  readonly epochs: number;
  /** Rows of one step, >= 1. */
  readonly batch: number;
  /** Adam's step size at the first epoch; falls to a tenth along a cosine. */
  readonly learningRate: number;
  /** Told 0..1 after each epoch. */
  readonly onProgress: (progress: number) => void;
  /** Asked before each epoch; true stops. */
  readonly cancelled: () => boolean;
}

/** A network that learns to repeat its input. What it repeats badly, it has not seen. */
export interface Autoencoder {
  readonly inputs: number;
  /**
   * Trains on n rows of `inputs` values, row-major, in [0, 1]. Gives the mean cross-entropy of the last epoch. Lets other work go on
   * between epochs. Errors: cancelled; backend when the loss is no longer finite. After an error the network is of no use.
   */
  train(rows: Float32Array, n: number, options: TrainOptions): Promise<Result<number, DetectError>>;
  /** The n rows as the network repeats them, row-major. A row's answer does not depend on the other rows. */
  reconstruct(rows: Float32Array, n: number): Float32Array;
  weights(): NetworkWeights;
  /** Frees what it holds. Nothing may be called afterwards. */
  dispose(): void;
}

/** Where autoencoders come from: TensorFlow.js behind this interface, so that the pipeline knows no tensors. */
export interface LogBackend {
  /** `wasm` or `cpu`, for display. */
  readonly name: string;
  /** A new network `sizes[0] -> ... -> sizes[last]` with seeded weights: relu inside, sigmoid at the end. */
  create(sizes: readonly number[], seed: number): Autoencoder;
  /** A network with these weights, which must have passed `readNetwork`. */
  restore(weights: NetworkWeights): Autoencoder;
  /** Tensors alive, for leak tests. */
  tensorCount(): number;
}

/** Mean squared difference of n rows of f values into out[0..n). */
export function reconstructionErrors(rows: Float32Array, repeated: Float32Array, n: number, f: number): Float32Array {
  const errors = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let j = row * f; j < (row + 1) * f; j++) sum += (rows[j] - repeated[j]) ** 2;
    errors[row] = sum / f;
  }
  return errors;
}
