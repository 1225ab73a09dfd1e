import type { Store } from '../engine/ports';
import type { RunState } from '../engine/run-state';
import { evaluateRows } from '../evaluate/evaluate';
import type { FileEvaluation } from './file-api';

/**
 * A scored file against its labels, ranked as the benchmarks rank it: by `run.rank` where there is one. labels: one entry a row (or line) of the file, in its order; the stored rows are in the same order,
 * since nothing of a file is ever refused. undefined when rows are missing, because storage was pruned meanwhile.
 */
export async function evaluateRun(
  store: Store,
  run: RunState,
  labels: Uint8Array,
  logThreshold: number,
): Promise<FileEvaluation | undefined> {
  const isLog = run.catalog.metrics.length === 0;
  const n = labels.length;
  const rows = {
    t: new Float64Array(n),
    device: new Uint16Array(n),
    score: new Float32Array(n),
    flagged: new Uint8Array(n),
    label: labels,
  };
  let at = 0;
  const chunks = isLog ? store.walkLogs(run.info.runId) : store.walkTelemetry(run.info.runId);
  for await (const chunk of chunks) {
    if (at + chunk.n > n) return undefined;
    rows.t.set(chunk.t, at);
    rows.device.set(chunk.device, at);
    rows.score.set(chunk.score, at);
    rows.flagged.set(
      'flagged' in chunk
        ? chunk.flagged
        : Uint8Array.from(chunk.score, (score) => (score >= logThreshold * 10 ? 1 : 0)),
      at,
    );
    at += chunk.n;
  }
  if (at !== n) return undefined;
  if (run.rank?.length === n) rows.score.set(run.rank);
  return evaluateRows(rows, { stepMs: run.info.stepMs });
}
