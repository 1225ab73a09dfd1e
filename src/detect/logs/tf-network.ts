import * as tf from '@tensorflow/tfjs-core';
import type { DenseWeights } from './autoencoder';
import { ascend, columnSums, crossEntropy, errorAtOutput, maskDead } from './gradients';

/** Rows of one inference. Always the same number, so that a row's result cannot depend on how many rows came with it. */
const INFERENCE_ROWS = 64;

/** What one gradient step found, before the step. */
export interface Gradients {
  /** Mean binary cross-entropy of the rows. */
  readonly loss: number;
  /** Kernel and bias of each layer in order, in the shapes of its weights. */
  readonly parameters: readonly Float32Array[];
}

/**
 * n rows of `inputs` values as dense layers answer them, row-major; the last layer's units wide. Rows go through in blocks of fixed size. The matrix products are TensorFlow's.
 */
export function answerRows(layers: readonly DenseWeights[], rows: Float32Array, n: number): Float32Array {
  const inputs = layers[0].inputs;
  const units = layers[layers.length - 1].units;
  const out = new Float32Array(n * units);
  tf.tidy(() => {
    const weights = layers.map(({ kernel, bias, inputs: from, units: to }) => ({
      kernel: tf.tensor2d(kernel.slice(), [from, to]),
      bias: tf.tensor1d(bias.slice()),
    }));
    for (let from = 0; from < n; from += INFERENCE_ROWS) {
      const values = rows.subarray(from * inputs, Math.min(n, from + INFERENCE_ROWS) * inputs);
      // A new array each time: the wasm back end may keep the one that it is given.
      const block = new Float32Array(INFERENCE_ROWS * inputs);
      block.set(values);
      tf.tidy(() => {
        let x: tf.Tensor = tf.tensor2d(block, [INFERENCE_ROWS, inputs]);
        layers.forEach(({ activation }, i) => {
          const { kernel, bias } = weights[i];
          x =
            activation === 'relu'
              ? tf.fused.matMul({ a: x as tf.Tensor2D, b: kernel, bias, activation: 'relu' })
              : tf.sigmoid(tf.add(tf.matMul(x as tf.Tensor2D, kernel), bias));
        });
        const answer = x.dataSync() as Float32Array;
        out.set(answer.subarray(0, (values.length / inputs) * units), from * units);
      });
    }
  });
  return out;
}

/**
 * Gradients of the mean binary cross-entropy of n rows that the layers should repeat: relu inside, sigmoid at the end. Written out, since
 * tfjs's own differentiation takes several times as long on a network this small. On WebAssembly equal to it to the bit.
 * parameters: kernel and bias of each layer, as in `Gradients`, in place of those in `layers`.
 */
export function findGradients(
  layers: readonly DenseWeights[],
  parameters: readonly Float32Array[],
  rows: Float32Array,
  n: number,
): Gradients {
  const found: Float32Array[] = [];
  let loss = Number.NaN;
  // Nothing is returned from `tidy`: it would look for tensors in each number of an array.
  tf.tidy(() => {
    const kernels = layers.map(({ inputs, units }, l) => tf.tensor2d(parameters[2 * l].slice(), [inputs, units]));
    const fed = [tf.tensor2d(rows.slice(), [n, layers[0].inputs])];
    const answers: Float32Array[] = [];
    layers.forEach(({ units, activation }, l) => {
      const sums = tf.matMul(fed[l], kernels[l]);
      if (activation === 'relu') {
        const values = sums.dataSync().slice() as Float32Array;
        ascend(values, parameters[2 * l + 1]);
        answers.push(values);
        fed.push(tf.tensor2d(values.slice(), [n, units]));
      } else {
        const biased = tf.add(sums, tf.tensor1d(parameters[2 * l + 1].slice()));
        answers.push(tf.sigmoid(biased).dataSync().slice() as Float32Array);
      }
    });
    const given = answers[answers.length - 1];
    loss = crossEntropy(rows, given);
    let error = errorAtOutput(rows, given);
    for (let l = layers.length - 1; l >= 0; l--) {
      const { units } = layers[l];
      const errors = tf.tensor2d(error.slice(), [n, units]);
      found.unshift(
        tf.matMul(fed[l], errors, true, false).dataSync().slice() as Float32Array,
        columnSums(error, n, units),
      );
      if (l === 0) break;
      error = tf.matMul(errors, kernels[l], false, true).dataSync().slice() as Float32Array;
      maskDead(error, answers[l - 1]);
    }
  });
  return { loss, parameters: found };
}
