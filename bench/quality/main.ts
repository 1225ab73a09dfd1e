import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LogBackend } from '../../src/detect/logs/autoencoder';
import { startTfBackend } from '../../src/detect/logs/tf-autoencoder';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings';
import { type FileJob, listJobs } from './jobs';
import { groupLines, scoreLines, scoreSessions } from './log-files';
import { scoreMetrics } from './metric-files';
import { scorePlainForest } from './plain-forest';

const USAGE = `npm run bench:quality -- --data DIR --out DIR [--only smd,nab,…] [--seed 1] [--mode shipped|plain-forest]
  --data DIR   data in the layout of data/README.md, better a copy without labels (score.py blind)
  --out DIR    scores, under the same relative paths, and bench.json
  --only LIST  families (smd, asd, nab, cloudmon, logs, logparse) or parts of paths
  --mode       shipped: the app's own pipelines at default settings (default); plain-forest: Isolation Forest on raw values`;

interface FileFigures {
  readonly file: string;
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Largest resident memory of the whole process that was seen while the file was worked on. */
  readonly peakMb: number;
}

/** Runs `npm run bench:quality`. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      only: { type: 'string', default: '' },
      seed: { type: 'string', default: '1' },
      mode: { type: 'string', default: 'shipped' },
    },
  });
  const { data, out } = values;
  const seed = Number(values.seed);
  if (data === undefined || out === undefined || !Number.isInteger(seed) || seed < 0) throw new Error(USAGE);
  if (values.mode !== 'shipped' && values.mode !== 'plain-forest')
    throw new Error(`unknown mode ${values.mode}\n${USAGE}`);
  const plain = values.mode === 'plain-forest';
  const jobs = listJobs(
    data,
    values.only.split(',').filter((part) => part !== ''),
  ).filter((job) => !plain || job.use === 'history');
  if (jobs.length === 0) throw new Error(`nothing to score under ${data}\n${USAGE}`);

  const settings: Settings = { ...DEFAULT_SETTINGS, seed };
  const figures: FileFigures[] = [];
  for (const job of jobs) {
    const memory = watchMemory();
    const watched: FileJob = { ...job, onProgress: memory.look };
    const start = process.hrtime.bigint();
    const answer =
      plain && job.kind === 'metrics' ? scorePlainForest(watched, seed) : await scoreFile(watched, settings);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const path = join(out, job.answer);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, answer.text);
    const rowsPerSecond = Math.round(answer.rows / seconds);
    figures.push({ file: job.answer, rows: answer.rows, seconds, rowsPerSecond, peakMb: memory.peakMb() });
    console.log(
      `${job.rel.padEnd(60)} ${seconds.toFixed(2).padStart(7)} s ${String(rowsPerSecond).padStart(8)} rows/s`,
    );
  }
  const total = figures.reduce((sum, file) => sum + file.seconds, 0);
  writeFileSync(
    join(out, 'bench.json'),
    `${JSON.stringify({ mode: values.mode, seed, node: process.version, seconds: total, files: figures }, null, 1)}\n`,
  );
  console.log(`${figures.length} files in ${total.toFixed(1)} s`);
}

let started: LogBackend | undefined;

async function scoreFile(job: FileJob, settings: Settings): Promise<{ readonly text: string; readonly rows: number }> {
  if (job.kind === 'metrics') return scoreMetrics(job, settings);
  if (started === undefined) {
    const backend = await startTfBackend({ wasmUrl: undefined, deadlineMs: 30_000 });
    if (!backend.ok) throw new Error(backend.error.message);
    started = backend.value;
  }
  if (job.kind === 'lines') return scoreLines(job, settings, started);
  return job.kind === 'sessions' ? scoreSessions(job, settings, started) : groupLines(job, settings, started);
}

function watchMemory(): { readonly look: () => void; readonly peakMb: () => number } {
  let peak = process.memoryUsage.rss();
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  return {
    look,
    peakMb: () => {
      look();
      return Math.round(peak / 1e6);
    },
  };
}
