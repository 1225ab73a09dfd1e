import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type Sequential, sequential, layers as tfLayers } from '@tensorflow/tfjs-layers';
import { createRandom, type Random } from '../../domain/random';
import { err, ok, type Result } from '../../domain/result';
import type { DetectError } from '../contract';
import { type Adam, createAdam } from './adam';
import type { Autoencoder, DenseWeights, LogBackend, NetworkWeights, TrainOptions } from './autoencoder';

export { exportTfjs } from './log-model-file';

export interface TfBackendOptions {
  /** Address of tfjs-backend-wasm-simd.wasm; undefined leaves it to the package (Node). */
  readonly wasmUrl: string | undefined;
  /** Milliseconds after which WebAssembly is given up and plain JavaScript serves. */
  readonly deadlineMs: number;
  /** Which to try first. Default `wasm`. */
  readonly prefer?: 'wasm' | 'cpu';
}

/** Rows of one inference. Always the same number, so that a row's result cannot depend on how many rows came with it. */
const INFERENCE_ROWS = 64;

/** Keeps the logarithm of an output of exactly 0 or 1 finite; float32 has steps of 6e-8 below 1. */
const LOG_FLOOR = 1e-6;

interface Host {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}
// The pure folders know no timers; this file, which waits for WebAssembly and lets other work in between epochs, needs the host's.
const host = globalThis as unknown as Host;

/**
 * Starts TensorFlow.js: WebAssembly with SIMD on one thread, or plain JavaScript where that fails or takes longer than the deadline.
 * Errors: backend when neither starts.
 */
export async function startTfBackend(options: TfBackendOptions): Promise<Result<LogBackend, DetectError>> {
  // Detecting threads can hang for ever in a worker (FACTS.md), and one thread is enough for a network this small.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (options.wasmUrl !== undefined) {
    const url = options.wasmUrl;
    // The package wants an address for each build, although only the SIMD one is ever asked for.
    setWasmPaths({
      'tfjs-backend-wasm.wasm': url,
      'tfjs-backend-wasm-simd.wasm': url,
      'tfjs-backend-wasm-threaded-simd.wasm': url,
    });
  }
  const order = options.prefer === 'cpu' ? ['cpu'] : ['wasm', 'cpu'];
  const reasons: string[] = [];
  for (const name of order) {
    const started = await tryBackend(name, options.deadlineMs);
    if (started === undefined) return ok(createTfBackend(name));
    reasons.push(`${name}: ${started}`);
  }
  return err('backend', `TensorFlow.js did not start (${reasons.join('; ')})`);
}

/** undefined when the back end runs, else why not. */
async function tryBackend(name: string, deadlineMs: number): Promise<string | undefined> {
  let timer: unknown;
  const late = new Promise<string>((resolve) => {
    timer = host.setTimeout(() => resolve(`no answer within ${deadlineMs} ms`), deadlineMs);
  });
  const start = registerBackend(name)
    .then(() => tf.setBackend(name))
    .then((done) => (done ? undefined : 'refused'))
    .catch((error: unknown) => String(error));
  const answer = await Promise.race([start, late]);
  host.clearTimeout(timer);
  return answer;
}

/** Plain JavaScript is fetched only where WebAssembly does not start: a fifth of the worker's size that hardly any browser needs. */
async function registerBackend(name: string): Promise<void> {
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
}

function createTfBackend(name: string): LogBackend {
  return {
    name,
    create: (sizes, seed) => wrapModel(buildModel(seededWeights(sizes, seed))),
    restore: (weights) => wrapModel(buildModel(weights)),
    tensorCount: () => tf.memory().numTensors,
  };
}

/** Glorot and Bengio 2010, uniform, from our own stream: tfjs's own initialisers differ from back end to back end. */
function seededWeights(sizes: readonly number[], seed: number): NetworkWeights {
  const random = createRandom(seed, 'autoencoder');
  const layers = sizes.slice(1).map((units, i): DenseWeights => {
    const inputs = sizes[i];
    const limit = Math.sqrt(6 / (inputs + units));
    const isLast = i === sizes.length - 2;
    return {
      name: isLast ? 'output' : `hidden-${i + 1}`,
      activation: isLast ? 'sigmoid' : 'relu',
      inputs,
      units,
      kernel: Float32Array.from({ length: inputs * units }, () => (random.next() * 2 - 1) * limit),
      bias: new Float32Array(units),
    };
  });
  return { layers };
}

function buildModel(weights: NetworkWeights): Sequential {
  const model = sequential({
    name: 'autoencoder',
    layers: weights.layers.map(({ name, activation, inputs, units }) =>
      tfLayers.dense({ name, activation, units, inputShape: [inputs], kernelInitializer: 'zeros' }),
    ),
  });
  tf.tidy(() => {
    const tensors = weights.layers.flatMap(({ kernel, bias, inputs, units }) => [
      tf.tensor2d(kernel, [inputs, units]),
      tf.tensor1d(bias),
    ]);
    model.setWeights(tensors);
  });
  return model;
}

function wrapModel(model: Sequential): Autoencoder {
  const inputs = model.inputs[0].shape[1] ?? 0;
  return {
    inputs,
    train: (rows, n, options) => trainModel(model, inputs, rows, n, options),
    reconstruct: (rows, n) => reconstruct(model, inputs, rows, n),
    weights: () => readWeights(model),
    dispose: () => {
      model.dispose();
    },
  };
}

function reconstruct(model: Sequential, inputs: number, rows: Float32Array, n: number): Float32Array {
  const out = new Float32Array(n * inputs);
  const block = new Float32Array(INFERENCE_ROWS * inputs);
  for (let from = 0; from < n; from += INFERENCE_ROWS) {
    const values = rows.subarray(from * inputs, Math.min(n, from + INFERENCE_ROWS) * inputs);
    block.fill(0);
    block.set(values);
    const answer = tf.tidy(() => {
      // slice: the wasm back end may keep the array that it is given.
      const x = tf.tensor2d(block.slice(), [INFERENCE_ROWS, inputs]);
      return (model.predictOnBatch(x) as tf.Tensor).dataSync();
    });
    out.set(answer.subarray(0, values.length), from * inputs);
  }
  return out;
}

/** Own loop instead of `model.fit`: fit shuffles by Math.random and waits for animation frames, which never come in a hidden tab. */
async function trainModel(
  model: Sequential,
  inputs: number,
  rows: Float32Array,
  n: number,
  options: TrainOptions,
): Promise<Result<number, DetectError>> {
  const random = createRandom(options.seed, 'batches');
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const adam = createAdam(variables.map((variable) => variable.dataSync() as Float32Array));
  let loss = Number.NaN;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    if (options.cancelled())
      return err('cancelled', `training was cancelled after ${epoch} of ${options.epochs} epochs`);
    shuffle(order, random);
    const rate = options.learningRate * learningRateAt(epoch / options.epochs);
    let sum = 0;
    for (let from = 0; from < n; from += options.batch) {
      const picked = order.subarray(from, Math.min(n, from + options.batch));
      sum += runStep(model, variables, adam, gatherRows(rows, picked, inputs), picked.length, rate) * picked.length;
    }
    loss = sum / n;
    if (!Number.isFinite(loss)) return err('backend', `training diverged: loss ${loss} after epoch ${epoch + 1}`);
    options.onProgress((epoch + 1) / options.epochs);
    await new Promise<void>((resolve) => {
      host.setTimeout(resolve, 0);
    });
  }
  return ok(loss);
}

/** One gradient step on n rows. Gives their loss before the step. */
function runStep(
  model: Sequential,
  variables: readonly tf.Variable[],
  adam: Adam,
  rows: Float32Array,
  n: number,
  rate: number,
): number {
  return tf.tidy(() => {
    const x = tf.tensor2d(rows, [n, rows.length / n]);
    const loss = () => crossEntropy(x, model.apply(x) as tf.Tensor);
    // The list is needed: without it tfjs gathers the variables of every live model, the serving one too.
    const { value, grads } = tf.variableGrads(loss, [...variables]);
    const values = adam.step(
      variables.map((variable) => grads[variable.name].dataSync() as Float32Array),
      rate,
    );
    variables.forEach((variable, i) => {
      variable.assign(tf.tensor(values[i].slice(), variable.shape));
    });
    return value.dataSync()[0];
  });
}

/** Mean binary cross-entropy. Learns slots of 0 and 1 in a third of the steps that the squared error needs, whose gradient dies with the sigmoid. */
function crossEntropy(wanted: tf.Tensor, given: tf.Tensor): tf.Scalar {
  const present = tf.mul(wanted, tf.log(tf.add(given, LOG_FLOOR)));
  const absent = tf.mul(tf.sub(1, wanted), tf.log(tf.sub(1 + LOG_FLOOR, given)));
  return tf.neg(tf.mean(tf.add(present, absent)));
}

/** From 1 down to a tenth along a half cosine. progress: 0..1. */
function learningRateAt(progress: number): number {
  return 0.1 + 0.45 * (1 + Math.cos(Math.PI * progress));
}

function gatherRows(rows: Float32Array, picked: Uint32Array, inputs: number): Float32Array {
  const out = new Float32Array(picked.length * inputs);
  picked.forEach((row, i) => {
    out.set(rows.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  });
  return out;
}

/** Fisher-Yates. */
function shuffle(order: Uint32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

function readWeights(model: Sequential): NetworkWeights {
  const layers = model.layers.map((layer): DenseWeights => {
    const [kernel, bias] = layer.getWeights();
    return {
      name: layer.name,
      activation: layer.getConfig().activation === 'sigmoid' ? 'sigmoid' : 'relu',
      inputs: kernel.shape[0],
      units: kernel.shape[1] ?? 0,
      kernel: Float32Array.from(kernel.dataSync()),
      bias: Float32Array.from(bias.dataSync()),
    };
  });
  return { layers };
}
