import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random';
import { type Autoencoder, type LogBackend, reconstructionErrors } from './autoencoder';
import { ENCODING_SLOTS } from './encode';
import { saveNetwork } from './network-file';
import { exportTfjs, startTfBackend } from './tf-autoencoder';

const INPUTS = 16;
const SIZES = [INPUTS, 12, 6, 12, INPUTS];

/** n rows of three patterns, with the pattern that a row has at row % 3. */
function patternRows(n: number): Float32Array {
  const random = createRandom(3);
  const patterns = Array.from({ length: 3 }, () => Array.from({ length: INPUTS }, () => random.int(2)));
  return Float32Array.from({ length: n * INPUTS }, (_, i) => patterns[Math.floor(i / INPUTS) % 3][i % INPUTS]);
}

const options = {
  seed: 5,
  epochs: 40,
  batch: 16,
  learningRate: 0.02,
  onProgress: () => undefined,
  cancelled: () => false,
};

// cpu last: the back end that started last is the one that serves.
for (const name of ['wasm', 'cpu'] as const) {
  describe(`on ${name}`, () => {
    let backend: LogBackend;
    beforeAll(async () => {
      const started = await startTfBackend({ wasmUrl: undefined, deadlineMs: 10_000, prefer: name });
      if (!started.ok) throw new Error(started.error.message);
      backend = started.value;
    });

    async function trained(epochs = options.epochs): Promise<Autoencoder> {
      const network = backend.create(SIZES, 1);
      expect((await network.train(patternRows(48), 48, { ...options, epochs })).ok).toBe(true);
      return network;
    }

    it('starts', () => {
      expect(backend.name).toBe(name);
    });

    it('repeats what it was trained on better than what it was not, the same each time', async () => {
      const network = await trained();
      const known = patternRows(3);
      const unknown = known.map((value) => 1 - value);
      const error = (rows: Float32Array): number =>
        Math.max(...reconstructionErrors(rows, network.reconstruct(rows, 3), 3, INPUTS));
      expect(error(known)).toBeLessThan(0.02);
      expect(error(unknown)).toBeGreaterThan(0.2);
      const again = await trained();
      expect(again.weights()).toEqual(network.weights());
      network.dispose();
      again.dispose();
    });

    it('repeats a row the same whatever comes with it, to the bit', async () => {
      const network = backend.create(SIZES, 2);
      const rows = Float32Array.from({ length: 200 * INPUTS }, (_, i) => ((i * 7919) % 101) / 100);
      const together = network.reconstruct(rows, 200);
      for (const row of [0, 1, 63, 64, 131, 199]) {
        const alone = network.reconstruct(rows.subarray(row * INPUTS, (row + 1) * INPUTS), 1);
        expect(alone).toEqual(together.slice(row * INPUTS, (row + 1) * INPUTS));
      }
      network.dispose();
    });

    it('comes back from its weights to the bit', () => {
      const network = backend.create(SIZES, 2);
      const copy = backend.restore(network.weights());
      const rows = patternRows(3);
      expect(copy.weights()).toEqual(network.weights());
      expect(copy.reconstruct(rows, 3)).toEqual(network.reconstruct(rows, 3));
      network.dispose();
      copy.dispose();
    });

    it('is exported as files that TF.js itself loads, with the same answers', async () => {
      const network = backend.create([ENCODING_SLOTS, 8, ENCODING_SLOTS], 2);
      const exported = exportTfjs({ network: saveNetwork(network.weights()) });
      if (!exported.ok) throw new Error(exported.error.message);
      const files = JSON.parse(exported.value.modelJson);
      const model = await loadLayersModel(
        tf.io.fromMemory({
          modelTopology: files.modelTopology,
          weightSpecs: files.weightsManifest[0].weights,
          weightData: Uint8Array.from(exported.value.weights).buffer,
        }),
      );
      const row = Float32Array.from({ length: ENCODING_SLOTS }, (_, i) => i / ENCODING_SLOTS);
      const answer = tf.tidy(() => (model.predict(tf.tensor2d(row, [1, ENCODING_SLOTS])) as tf.Tensor).dataSync());
      expect(Float32Array.from(answer)).toEqual(network.reconstruct(row, 1));
      model.dispose();
      network.dispose();
    });

    it('tells its progress and stops when it is told to', async () => {
      const network = backend.create(SIZES, 1);
      const progress: number[] = [];
      const result = await network.train(patternRows(12), 12, {
        ...options,
        epochs: 4,
        onProgress: (share) => progress.push(share),
        cancelled: () => progress.length === 2,
      });
      expect(progress).toEqual([0.25, 0.5]);
      expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      network.dispose();
    });

    it('leaves no tensors behind', async () => {
      const before = backend.tensorCount();
      const network = await trained(2);
      const alive = backend.tensorCount();
      for (let i = 0; i < 20; i++) network.reconstruct(patternRows(70), 70);
      expect(backend.tensorCount()).toBe(alive);
      network.dispose();
      expect(backend.tensorCount()).toBe(before);
    });
  });
}
