import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom, type Random } from '../../domain/random';
import { err, ok, type Result } from '../../domain/result';
import type { DetectError } from '../contract';
import { createAdam } from './adam';
import type { Autoencoder, DenseWeights, LogBackend, NetworkWeights, TrainOptions } from './autoencoder';
import { answerRows, findGradients } from './tf-network';

export { exportTfjs } from './log-model-file';

export interface TfBackendOptions {
  /** Address of tfjs-backend-wasm-simd.wasm; undefined leaves it to the package (Node). */
  readonly wasmUrl: string | undefined;
  /** Milliseconds after which WebAssembly is given up and plain JavaScript serves. */
  readonly deadlineMs: number;
  /** Which to try first. Default `wasm`. */
  readonly prefer?: 'wasm' | 'cpu';
}

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
    create: (sizes, seed) => createAutoencoder(seededWeights(sizes, seed)),
    restore: createAutoencoder,
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

function createAutoencoder(initial: NetworkWeights): Autoencoder {
  let layers = initial.layers.map(copyLayer);
  return {
    inputs: layers[0].inputs,
    train: async (rows, n, options) => {
      const trained = await trainLayers(layers, rows, n, options);
      if (!trained.ok) return trained;
      layers = trained.value.layers;
      return ok(trained.value.loss);
    },
    reconstruct: (rows, n) => answerRows(layers, rows, n),
    weights: () => ({ layers: layers.map(copyLayer) }),
    // The weights are plain arrays: no tensor outlives a call.
    dispose: () => undefined,
  };
}

function copyLayer(layer: DenseWeights): DenseWeights {
  return { ...layer, kernel: layer.kernel.slice(), bias: layer.bias.slice() };
}

interface Trained {
  readonly layers: DenseWeights[];
  /** Mean cross-entropy of the last epoch. */
  readonly loss: number;
}

/** Own loop instead of `model.fit`: fit shuffles by Math.random and waits for animation frames, which never come in a hidden tab. */
async function trainLayers(
  layers: readonly DenseWeights[],
  rows: Float32Array,
  n: number,
  options: TrainOptions,
): Promise<Result<Trained, DetectError>> {
  const { inputs } = layers[0];
  const random = createRandom(options.seed, 'batches');
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const adam = createAdam(layers.flatMap(({ kernel, bias }) => [kernel, bias]));
  let parameters: readonly Float32Array[] = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  let loss = Number.NaN;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    if (options.cancelled())
      return err('cancelled', `training was cancelled after ${epoch} of ${options.epochs} epochs`);
    shuffle(order, random);
    const rate = options.learningRate * learningRateAt(epoch / options.epochs);
    let sum = 0;
    for (let from = 0; from < n; from += options.batch) {
      const picked = order.subarray(from, Math.min(n, from + options.batch));
      const found = findGradients(layers, parameters, gatherRows(rows, picked, inputs), picked.length);
      parameters = adam.step(found.parameters, rate);
      sum += found.loss * picked.length;
    }
    loss = sum / n;
    if (!Number.isFinite(loss)) return err('backend', `training diverged: loss ${loss} after epoch ${epoch + 1}`);
    options.onProgress((epoch + 1) / options.epochs);
    await new Promise<void>((resolve) => {
      host.setTimeout(resolve, 0);
    });
  }
  const trained = layers.map((layer, l) => ({
    ...layer,
    kernel: parameters[2 * l].slice(),
    bias: parameters[2 * l + 1].slice(),
  }));
  return ok({ layers: trained, loss });
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
