import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTfBackend } from '../../src/detect/logs/tf-autoencoder';
import { measureInChromium } from './browser';
import { type Clock, type Figure, formatFigures } from './figures';
import { measureForest, speedRows } from './forest';
import { measureOnnx } from './onnx';
import { measureOpening } from './opening';
import { measureLogPath, measureMetricPath } from './paths';
import { startSklearn } from './peers';
import { measureSimulator } from './sim';

const WHERE = 'Node';

/** Processor time of this process: what else runs on the machine does not count. */
const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs `npm run bench:speed -- [--rows 1000000] [--rounds 3] [--only sim,forest,metrics,logs,browser,opening] [--json FILE]`. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', default: 'sim,forest,metrics,logs,browser,opening' },
      features: { type: 'string', default: '4,38' },
      json: { type: 'string' },
    },
  });
  const rows = Number(values.rows);
  const rounds = Number(values.rounds);
  const features = values.features.split(',').map(Number);
  const only = values.only.split(',');
  const root = process.cwd();
  const figures: Figure[] = [];
  const add = (measured: readonly Figure[]): void => {
    figures.push(...measured);
    console.log(`${formatFigures(measured)}\n`);
  };
  if (only.includes('sim')) for (const devices of [10_000, 48]) add(measureSimulator(WHERE, processorClock, devices));
  if (only.includes('forest')) for (const f of features) add(await forestWithPeer(root, rows, f, rounds));
  if (only.includes('metrics')) {
    for (const devices of [10_000, 1000, 24]) {
      const memory = devices === 10_000 ? createMemoryMeter() : undefined;
      const { figures: measured, pipeline } = measureMetricPath(WHERE, processorClock, devices, 1_000_000, memory);
      // Held until it was weighed.
      if (pipeline.state().kind !== 'ready') throw new Error('the pipeline is not ready');
      add(measured);
    }
  }
  if (only.includes('logs')) {
    const backend = await startTfBackend({ wasmUrl: undefined, deadlineMs: 30_000 });
    if (backend.ok) add(await measureLogPath(WHERE, processorClock, backend.value, 100_000));
    else console.log(`log path: skipped, ${backend.error.message}`);
  }
  if (only.includes('browser')) {
    try {
      const measured = await measureInChromium(root, { rows, rounds, features });
      add([...measured, ...overSklearn(measured, figures)]);
    } catch (cause) {
      console.log(`Chromium: skipped, ${cause instanceof Error ? cause.message : cause}`);
    }
  }
  if (only.includes('opening')) {
    try {
      add(await measureOpening(root, rounds));
    } catch (cause) {
      console.log(`opening: skipped, ${cause instanceof Error ? cause.message : cause}`);
    }
  }
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify({ node: process.version, rows, rounds, figures }, null, 1)}\n`);
  }
}

/** How many times as fast as scikit-learn, where that ran before, the kernels of `measured` are. */
function overSklearn(measured: readonly Figure[], before: readonly Figure[]): Figure[] {
  return measured.flatMap(({ where, what, value }): Figure[] => {
    const kernel = /^(forest, \d+ features: )(JavaScript|WebAssembly)$/.exec(what);
    const peer = before.find((figure) => kernel !== null && figure.what === `${kernel[1]}scikit-learn`);
    if (kernel === null || peer === undefined) return [];
    const least = kernel[2] === 'JavaScript' ? 10 : 30;
    const target = { kind: 'at least', value: least } as const;
    return [{ where, what: `${what} over scikit-learn`, value: value / peer.value, unit: 'x', target }];
  });
}

async function forestWithPeer(root: string, n: number, f: number, rounds: number): Promise<Figure[]> {
  const rows = speedRows(n, f);
  const folder = mkdtempSync(join(tmpdir(), 'bench-rows-'));
  try {
    const file = join(folder, 'rows.f32');
    writeFileSync(file, new Uint8Array(rows.data.buffer));
    const sklearn = await startSklearn(root, file, n, f);
    if (sklearn === undefined) console.log('scikit-learn: skipped, no python3 here has it (python3-sklearn)');
    else console.log(`scikit-learn ${sklearn.version}, ${n} rows of ${f}, ${rounds} rounds …`);
    const figures = await measureForest(rows, {
      n,
      f,
      rounds,
      where: WHERE,
      clock: processorClock,
      peer: sklearn?.score,
    });
    sklearn?.stop();
    return [...figures, ...(await measureOnnx(WHERE, processorClock, rows, rounds))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes in use after a collection. */
function createMemoryMeter(): () => number {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    // Array buffers that the first one let go of are given back by the second.
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
}
