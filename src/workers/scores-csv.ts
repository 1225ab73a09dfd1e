import type { LogChunk, TelemetryChunk } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import { LOG_LEVELS, logMessage } from '../domain/telemetry';
import type { Store } from '../engine/ports';
import type { RunState } from '../engine/run-state';
import { type CsvCell, writeCsv } from '../ingest/csv-write';

const LINE_HEADER = ['time', 'device', 'level', 'log_score', 'message'];

/**
 * Every stored sample (or line, where the run has no metrics) of the run with its scores, as CSV; a file that was scored to its end with the
 * rank of each row, uncapped. Chunk by chunk: the text of each becomes a Blob at once, which a browser keeps outside of the worker's memory.
 * Errors: `nothing-scored`.
 */
export async function scoresAsCsv(store: Store, run: RunState): Promise<Result<Blob>> {
  const isLog = run.catalog.metrics.length === 0;
  const parts: Blob[] = [];
  const add = (rows: Iterable<readonly CsvCell[]>): void => {
    const header = parts.length > 0 ? undefined : isLog ? LINE_HEADER : sampleHeader(run);
    parts.push(new Blob([...writeCsv(header, rows)]));
  };
  if (isLog) {
    for await (const chunk of store.walkLogs(run.info.runId)) add(lineRows(run, chunk));
  } else {
    let row = await firstStoredRow(store, run);
    for await (const chunk of store.walkTelemetry(run.info.runId)) {
      add(sampleRows(run, chunk, row));
      row += chunk.n;
    }
  }
  if (parts.length === 0) return err('nothing-scored', 'nothing has been scored yet');
  return ok(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
}

/** Row of the file that the first stored one was: later than 0 where storage was pruned. Only ranks are told by it. */
async function firstStoredRow(store: Store, { rank, info }: RunState): Promise<number> {
  if (rank === undefined) return 0;
  let stored = 0;
  for await (const chunk of store.walkTelemetry(info.runId)) stored += chunk.n;
  return rank.length - stored;
}

function sampleHeader({ catalog, rank }: RunState): string[] {
  const metrics = catalog.metrics.map((metric) => metric.key);
  const scores = ['metric_score', 'log_score', 'score', ...(rank === undefined ? [] : ['rank']), 'flagged'];
  return ['time', 'device', ...metrics, ...scores];
}

function* sampleRows({ catalog, rank }: RunState, chunk: TelemetryChunk, firstRow: number): Generator<CsvCell[]> {
  for (let i = 0; i < chunk.n; i++) {
    yield [
      new Date(chunk.t[i]).toISOString(),
      catalog.devices[chunk.device[i]]?.name,
      ...chunk.metrics.map((column) => column[i]),
      chunk.metricScore[i],
      chunk.logScore[i],
      chunk.score[i],
      ...(rank === undefined ? [] : [rank[firstRow + i]]),
      chunk.flagged[i],
    ];
  }
}

function* lineRows({ catalog }: RunState, chunk: LogChunk): Generator<CsvCell[]> {
  for (let i = 0; i < chunk.n; i++) {
    const name = catalog.devices[chunk.device[i]]?.name;
    const level = LOG_LEVELS[chunk.level[i]];
    yield [new Date(chunk.t[i]).toISOString(), name, level, chunk.score[i], logMessage(chunk, i)];
  }
}
