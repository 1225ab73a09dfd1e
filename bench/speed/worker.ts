import { startTfBackend } from '../../src/detect/logs/tf-autoencoder';
import { type Figure, wallClock } from './figures';
import { measureForest, speedRows } from './forest';
import { measureLogPath, measureMetricPath } from './paths';

/** What the page sends: sizes of the run. */
export interface WorkerOrder {
  readonly rows: number;
  readonly rounds: number;
  readonly features: readonly number[];
  readonly wasmUrl: string;
}

const WHERE = 'Chromium';

/** The same measurements as in Node, in a module worker of a browser. */
async function measure({ rows, rounds, features, wasmUrl }: WorkerOrder): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const f of features) {
    figures.push(...(await measureForest(speedRows(rows, f), { n: rows, f, rounds, where: WHERE, clock: wallClock })));
  }
  for (const devices of [1000, 24]) figures.push(...measureMetricPath(WHERE, wallClock, devices, 500_000).figures);
  const backend = await startTfBackend({ wasmUrl, deadlineMs: 30_000 });
  if (!backend.ok) throw new Error(backend.error.message);
  figures.push(...(await measureLogPath(WHERE, wallClock, backend.value, 100_000)));
  return figures;
}

// The project compiles this file with the page's types: only these two of a worker are used.
const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: WorkerOrder }) => void;
  postMessage(message: unknown): void;
};
scope.onmessage = (event) => {
  measure(event.data).then(
    (figures) => scope.postMessage({ figures }),
    (cause: unknown) =>
      scope.postMessage({ error: cause instanceof Error ? `${cause.message}\n${cause.stack}` : String(cause) }),
  );
};
