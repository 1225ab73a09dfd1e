import { existsSync } from 'node:fs';
import type { LogBackend } from '../../src/detect/logs/autoencoder';
import { createLogPipeline } from '../../src/detect/logs/pipeline';
import {
  gatherSessions,
  type SessionLines,
  scoreSessions as scoreSessionsOf,
} from '../../src/detect/logs/session-file';
import type { Session } from '../../src/detect/logs/session-vectors';
import { scoreLogFile } from '../../src/detect/score-file';
import type { Settings } from '../../src/domain/settings';
import type { FileJob } from './jobs';
import { cellsOf, columnOf, formatScore, formatTable, readTable } from './table';
import { readLogTable } from './telemetry';

interface Answer {
  readonly text: string;
  readonly rows: number;
}

const HEALTHY = new Uint8Array(1);
const SCORE_PER_RARITY = 10;

/** Scores a file of log lines: `line,score,alert`, lines counted from 1. */
export async function scoreLines(job: FileJob, settings: Settings, backend: LogBackend): Promise<Answer> {
  const { batch, stepMs } = readLogTable(job.path);
  const scored = await scoreLogFile((config) => createLogPipeline(config, backend), batch, {
    mode: { kind: 'whole' },
    settings,
    stepMs,
    onProgress: job.onProgress,
  });
  if (!scored.ok) throw new Error(`${job.rel}: ${scored.error.message}`);
  const { rarity, flagged } = scored.value;
  const rows = Array.from(rarity, (value, line) => [
    String(line + 1),
    formatScore(value * SCORE_PER_RARITY),
    String(flagged[line]),
  ]);
  return { text: formatTable(['line', 'score', 'alert'], rows), rows: batch.n };
}

/**
 * Scores sessions, learned from the train sessions: `session,score,alert`. Their templates are mined from the lines beside them, or are the events
 * that the file names where there are no lines.
 */
export async function scoreSessions(job: FileJob, settings: Settings, backend: LogBackend): Promise<Answer> {
  const order = readEvents(job.path);
  const [normal, sessions] = readSessions(job.history ?? '', job.path);
  job.onProgress?.(sessions.length);
  const scored = await scoreSessionsOf(backend, normal, sessions, {
    seed: settings.seed,
    onProgress: () => job.onProgress?.(sessions.length),
    cancelled: () => false,
  });
  if (!scored.ok) throw new Error(`${job.rel}: ${scored.error.message}`);
  const { ids, evidence, flagged } = scored.value;
  const at = new Map(ids.map((id, i) => [id, i]));
  const rows = order.map(({ id }) => {
    const i = at.get(id) ?? -1;
    return [id, formatScore(evidence[i] ?? 0), String(flagged[i] ?? 0)];
  });
  const lines = [...normal, ...sessions].reduce((sum, { templates }) => sum + templates.length, 0);
  return { text: formatTable(['session', 'score', 'alert'], rows), rows: lines };
}

/** The sessions of the files, from the lines beside each or, where one has none, from the events that all name. */
function readSessions(...paths: readonly string[]): Session[][] {
  const lines = paths.map((path) => path.replace(/_sessions\.csv$/, '_lines.csv'));
  if (!lines.every((path) => existsSync(path))) return paths.map(readEvents);
  return gatherSessions(
    lines.map((path): SessionLines => {
      const { batch, sessions } = readLogTable(path);
      return { lines: batch, sessions };
    }),
  );
}

function readEvents(path: string): Session[] {
  const table = readTable(path);
  const ids = cellsOf(table, columnOf(table, 'session', path));
  const events = cellsOf(table, columnOf(table, 'events', path));
  return ids.map((id, i) => ({ id, templates: events[i].split(' ').filter(Boolean).map(Number) }));
}

/** The template of each line: `line_id,template_id`. Where templates were merged while the lines were read, the one that took the others in. */
export function groupLines(job: FileJob, settings: Settings, backend: LogBackend): Answer {
  const table = readTable(job.path);
  const ids = cellsOf(table, columnOf(table, 'line_id', job.path));
  const { batch } = readLogTable(job.path, 'content');
  const pipeline = createLogPipeline(
    { seed: settings.seed, falseAlarmsPerDay: 1, samplesPerDay: 86_400, retrainEvery: 1e9, keepRows: 1000 },
    backend,
  );
  const { template, templates } = pipeline.score(batch, 0, HEALTHY);
  pipeline.dispose();
  const mergedInto = new Map(templates.map(({ id, mergedInto }) => [id, mergedInto]));
  const finalOf = (id: number): number => {
    const next = mergedInto.get(id);
    return next === undefined ? id : finalOf(next);
  };
  const rows = ids.map((id, line) => [id, String(finalOf(template[line]))]);
  return { text: formatTable(['line_id', 'template_id'], rows), rows: batch.n };
}
