// The WebAssembly back end of TensorFlow.js with the kernels that the autoencoder calls, in place of all 150: less to load and to compile.
// `src/detect/logs/tf-network.test.ts` holds it to what is really called.

import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul';
import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul';
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid';
import { registerKernel } from '@tensorflow/tfjs-core';

for (const config of [addConfig, batchMatMulConfig, _fusedMatMulConfig, reshapeConfig, sigmoidConfig])
  registerKernel(config);

export * from '@tensorflow/tfjs-backend-wasm/dist/base';
