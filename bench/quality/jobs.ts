import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Which part of a file a row's score may use. */
export type FileUse = 'history' | 'stream' | 'whole';

export interface FileJob {
  /** Path under the data folder, with slashes; the answer gets the same one. */
  readonly rel: string;
  readonly path: string;
  /** Path of the answer under the output folder. */
  readonly answer: string;
  readonly kind: 'metrics' | 'lines' | 'sessions' | 'templates';
  readonly use: FileUse;
  /** File of normal data to learn from. */
  readonly history?: string;
  readonly onProgress?: (rows: number) => void;
}

/** Families of the data: the first folder of a path. */
export const FAMILIES = ['smd', 'asd', 'nab', 'cloudmon', 'logs', 'logparse'] as const;

/** All files under `data` that get scores, in order of their paths. `only`: families or parts of paths; empty = all. */
export function listJobs(data: string, only: readonly string[]): FileJob[] {
  const wanted = (rel: string): boolean =>
    only.length === 0 || only.some((part) => rel.startsWith(`${part}/`) || rel.includes(part));
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .flatMap((rel) => {
      const job = describeFile(data, rel);
      return job && wanted(rel) ? [job] : [];
    });
}

/** What a file is for, by its folder and ending as data/README.md defines them; undefined = it gets no scores. */
function describeFile(data: string, rel: string): FileJob | undefined {
  const family = rel.split('/')[0];
  const path = join(data, rel);
  const plain = { rel, path, answer: rel };
  const beside = (ending: string): string => path.replace(/_test\w*\.csv$/, ending);
  if ((family === 'smd' || family === 'asd') && rel.endsWith('_test.csv')) {
    return { ...plain, kind: 'metrics', use: 'history', history: beside('_train.csv') };
  }
  if (family === 'nab' && rel.endsWith('.csv')) return { ...plain, kind: 'metrics', use: 'stream' };
  if (family === 'cloudmon' && rel.endsWith('.csv')) return { ...plain, kind: 'metrics', use: 'whole' };
  if (family === 'logparse' && rel.endsWith('.content.csv')) {
    return { ...plain, answer: rel.replace(/\.content\.csv$/, '.csv'), kind: 'templates', use: 'stream' };
  }
  if (family !== 'logs' || !rel.endsWith('.csv')) return undefined;
  if (rel.endsWith('_test_sessions.csv')) {
    return { ...plain, kind: 'sessions', use: 'history', history: beside('_train_sessions.csv') };
  }
  const isPart = /_(train|test)_(lines|sessions)\.csv$/.test(rel);
  return isPart ? undefined : { ...plain, kind: 'lines', use: 'whole' };
}
