import type { LogBackend } from '../../src/detect/logs/autoencoder';
import { createLogPipeline } from '../../src/detect/logs/pipeline';
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

/** Scores sessions by their lines, learned from the train sessions' lines: `session,score,alert`. A session is as rare as its rarest line. */
export async function scoreSessions(job: FileJob, settings: Settings, backend: LogBackend): Promise<Answer> {
  const sessions = readTable(job.path);
  const order = cellsOf(sessions, columnOf(sessions, 'session', job.path));
  const test = readLogTable(job.path.replace(/_sessions\.csv$/, '_lines.csv'));
  const train = readLogTable((job.history ?? '').replace(/_sessions\.csv$/, '_lines.csv'));
  const scored = await scoreLogFile((config) => createLogPipeline(config, backend), test.batch, {
    mode: { kind: 'history', rows: train.batch },
    settings,
    stepMs: test.stepMs,
    onProgress: job.onProgress,
  });
  if (!scored.ok) throw new Error(`${job.rel}: ${scored.error.message}`);
  const rarest = new Map<string, number>();
  const flagged = new Set<string>();
  test.sessions.forEach((session, line) => {
    rarest.set(session, Math.max(rarest.get(session) ?? 0, scored.value.rarity[line]));
    if (scored.value.flagged[line] === 1) flagged.add(session);
  });
  const rows = order.map((session) => [
    session,
    formatScore((rarest.get(session) ?? 0) * SCORE_PER_RARITY),
    flagged.has(session) ? '1' : '0',
  ]);
  return { text: formatTable(['session', 'score', 'alert'], rows), rows: test.batch.n + train.batch.n };
}

/** The template that each line falls into as it is read: `line_id,template_id`. */
export function groupLines(job: FileJob, settings: Settings, backend: LogBackend): Answer {
  const table = readTable(job.path);
  const ids = cellsOf(table, columnOf(table, 'line_id', job.path));
  const { batch } = readLogTable(job.path, 'content');
  const pipeline = createLogPipeline(
    { seed: settings.seed, falseAlarmsPerDay: 1, samplesPerDay: 86_400, retrainEvery: 1e9, keepRows: 1000 },
    backend,
  );
  const { template } = pipeline.score(batch, 0, HEALTHY);
  pipeline.dispose();
  const rows = ids.map((id, line) => [id, String(template[line])]);
  return { text: formatTable(['line_id', 'template_id'], rows), rows: batch.n };
}
