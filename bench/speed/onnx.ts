import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FeatureMatrix } from '../../src/detect/contract';
import { compileForest } from '../../src/detect/metrics/forest-kernel';
import { sumPathsInWasm } from '../../src/detect/metrics/forest-wasm';
import { type Clock, type Figure, medianOf, secondsOf } from './figures';
import { speedForest } from './forest';
import { writeOnnxModel } from './onnx-model';

/** What is used of onnxruntime-node. */
interface OnnxRuntime {
  readonly Tensor: new (
    type: 'float32',
    data: Float32Array,
    shape: readonly number[],
  ) => { readonly data: Float32Array };
  readonly InferenceSession: {
    create(model: Uint8Array, options: unknown): Promise<OnnxSession>;
  };
}
interface OnnxSession {
  run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
}

/** onnxruntime-node is no dependency of the project: it is compared with where BENCH_MODULES names a folder that it was installed in. */
export async function measureOnnx(where: string, clock: Clock, rows: FeatureMatrix, rounds: number): Promise<Figure[]> {
  const { n, f, data } = rows;
  let runtime: OnnxRuntime;
  try {
    runtime = createRequire(join(process.env.BENCH_MODULES ?? process.cwd(), 'package.json'))('onnxruntime-node');
  } catch {
    console.log(
      'onnxruntime-node: skipped, not installed (npm i onnxruntime-node in a folder, BENCH_MODULES=that folder)',
    );
    return [];
  }
  const forest = speedForest(rows);
  const kernel = compileForest(forest);
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' };
  const session = await runtime.InferenceSession.create(writeOnnxModel(forest), options);
  const inputs = { rows: new runtime.Tensor('float32', data, [n, f]) };
  const own = new Float32Array(n);
  const seconds: { readonly onnx: number[]; readonly wasm: number[] } = { onnx: [], wasm: [] };
  for (let round = 0; round < rounds; round++) {
    const start = clock();
    const { paths } = await session.run(inputs);
    seconds.onnx.push(clock() - start);
    seconds.wasm.push(secondsOf(clock, () => sumPathsInWasm(kernel, rows, own)));
    const differing = own.findIndex((sum, row) => Math.abs(sum - paths.data[row]) > 1e-2);
    if (differing >= 0)
      throw new Error(`row ${differing}: paths add to ${own[differing]}, ONNX says ${paths.data[differing]}`);
  }
  const onnx = medianOf(seconds.onnx);
  const what = (name: string): string => `forest, ${f} features: ${name}`;
  return [
    { where, what: what('onnxruntime-node'), value: n / onnx, unit: 'rows/s' },
    {
      where,
      what: what('WebAssembly over onnxruntime-node'),
      value: onnx / medianOf(seconds.wasm),
      unit: 'x',
      target: { kind: 'at least', value: 5 },
    },
  ];
}
