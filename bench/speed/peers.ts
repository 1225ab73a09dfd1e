import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A peer that waits: `score` lets it score all rows once and gives its seconds. */
export interface Peer {
  readonly version: string;
  score(): Promise<number>;
  stop(): void;
}

/** Interpreters to try: the first may be one without scikit-learn (pyenv), Debian's stands at the second. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Starts scikit-learn on a file of float32 rows; undefined where no Python has it. */
export async function startSklearn(root: string, file: string, n: number, f: number): Promise<Peer | undefined> {
  for (const python of PYTHONS) {
    const child = spawn(python, [join(root, 'bench/peers/sklearn_speed.py'), file, String(n), String(f)], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    const lines = readLines(child);
    const first = await lines();
    if (first?.startsWith('ready ')) {
      return {
        version: first.slice('ready '.length),
        score: async () => {
          child.stdin?.write('go\n');
          return Number(await lines());
        },
        stop: () => child.stdin?.end(),
      };
    }
  }
  return undefined;
}

/** The next line of a child's output; undefined once it has ended or could not be started. */
function readLines(child: ChildProcess): () => Promise<string | undefined> {
  const waiting: ((line: string | undefined) => void)[] = [];
  const ready: string[] = [];
  let ended = false;
  const end = (): void => {
    ended = true;
    for (const resolve of waiting.splice(0)) resolve(undefined);
  };
  child.on('error', end);
  child.on('close', end);
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const next = waiting.shift();
      if (next) next(line);
      else ready.push(line);
    });
  }
  return () => {
    const line = ready.shift();
    if (line !== undefined || ended) return Promise.resolve(line);
    return new Promise((resolve) => waiting.push(resolve));
  };
}
