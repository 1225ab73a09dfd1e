import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { sequential, layers as tfLayers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import type { DenseWeights } from './autoencoder';
import { startTfBackend } from './tf-autoencoder';
import { answerRows, findGradients } from './tf-network';

const INPUTS = 8;

/** 8 -> 6 -> 3 -> 8. */
function someLayers(): DenseWeights[] {
  const random = createRandom(4);
  const weights = (length: number): Float32Array => Float32Array.from({ length }, () => random.next() * 2 - 1);
  return [6, 3, INPUTS].map((units, i) => {
    const inputs = [INPUTS, 6, 3][i];
    const activation = i === 2 ? 'sigmoid' : 'relu';
    return { name: `layer-${i}`, activation, inputs, units, kernel: weights(inputs * units), bias: weights(units) };
  });
}

function someRows(n: number): Float32Array {
  const random = createRandom(9);
  return Float32Array.from({ length: n * INPUTS }, (_, i) => (i % 3 === 0 ? random.int(2) : random.next()));
}

/** The same layers as tfjs's own model. */
function asLayersModel(layers: readonly DenseWeights[]) {
  const model = sequential({
    layers: layers.map(({ name, activation, units, inputs }) =>
      tfLayers.dense({ name, activation, units, inputShape: [inputs] }),
    ),
  });
  model.setWeights(
    layers.flatMap(({ kernel, bias, inputs, units }) => [
      tf.tensor2d(kernel.slice(), [inputs, units]),
      tf.tensor1d(bias.slice()),
    ]),
  );
  return model;
}

/** 0 and -0 are one value. */
const plain = (values: ArrayLike<number>): number[] => Array.from(values, (value) => value + 0);

for (const name of ['wasm', 'cpu'] as const) {
  describe(`on ${name}`, () => {
    beforeAll(async () => {
      const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000, prefer: name });
      if (!started.ok) throw new Error(started.error.message);
    });

    it.each([1, 7, 40])('finds the gradients of %i rows as tfjs does by itself', (n) => {
      const layers = someLayers();
      const rows = someRows(n);
      const model = asLayersModel(layers);
      const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const x = tf.tensor2d(rows.slice(), [n, INPUTS]);
      const { value, grads } = tf.variableGrads(() => {
        const given = model.apply(x) as tf.Tensor;
        const present = tf.mul(x, tf.log(tf.add(given, 1e-6)));
        const absent = tf.mul(tf.sub(1, x), tf.log(tf.sub(1 + 1e-6, given)));
        return tf.neg(tf.mean(tf.add(present, absent)));
      }, variables);
      const parameters = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
      const found = findGradients(layers, parameters, rows, n);
      expect(found.loss).toBeCloseTo(value.dataSync()[0], 4);
      for (const [i, variable] of variables.entries()) {
        const expected = plain(grads[variable.name].dataSync());
        const own = plain(found.parameters[i]);
        // To the bit; the plain back end adds up in double precision.
        if (name === 'wasm') expect(own).toEqual(expected);
        else expect(Math.max(...own.map((one, k) => Math.abs(one - expected[k])))).toBeLessThan(1e-7);
      }
    });

    it('answers as a model of tfjs does, to the bit, and leaves no tensors behind', () => {
      const layers = someLayers();
      const rows = someRows(64);
      const expected = asLayersModel(layers).predictOnBatch(tf.tensor2d(rows.slice(), [64, INPUTS])) as tf.Tensor;
      const before = tf.memory().numTensors;
      expect(plain(answerRows(layers, rows, 64))).toEqual(plain(expected.dataSync()));
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

it('calls no kernel that the built worker leaves out', async () => {
  const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000 });
  expect(started.ok && started.value.name).toBe('wasm');
  const layers = someLayers();
  const parameters = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  const { kernelNames } = await tf.profile(() => {
    findGradients(layers, parameters, someRows(5), 5);
    answerRows(layers, someRows(5), 5);
    return [];
  });
  const built = readFileSync(new URL('../../../scripts/vite/tfjs-wasm.js', import.meta.url), 'utf8');
  const shipped = [...built.matchAll(/kernels\/(\w+)'/g)].map(([, name]) => name);
  expect(kernelNames.length).toBeGreaterThan(0);
  // A fused operation is told by its own name, not by its kernel's.
  const called = kernelNames.map((kernel) => (kernel === 'fusedMatMul__op' ? '_FusedMatMul' : kernel));
  expect(called.filter((kernel) => !shipped.includes(kernel))).toEqual([]);
});
