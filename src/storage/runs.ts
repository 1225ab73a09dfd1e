import type { RunId } from '../domain/ids';
import type { RunRecord } from '../domain/records';
import { parseRun } from './check';
import { keepSound, type StoreContext } from './context';

/**
 * Adds a run or replaces the one with the same id. board: what was counted of it so far, in a table of its own but in one transaction, so that
 * both are of the same moment; without one what is kept of it stays. Durable when it resolves.
 */
export async function putRun(context: StoreContext, run: RunRecord, board?: object): Promise<void> {
  const { runId } = run;
  await context.backend.write(['runs', 'boards'], 'strict', async (tx) => {
    await tx.put('runs', [run]);
    if (board !== undefined) await tx.put('boards', [{ runId, board }]);
  });
}

/** What was last put with a run; undefined: nothing. Whoever reads it checks it. */
export async function readBoard(context: StoreContext, runId: RunId): Promise<unknown> {
  const record = await context.backend.read(['boards'], (tx) => tx.get('boards', runId));
  return typeof record === 'object' && record !== null && 'board' in record ? record.board : undefined;
}

/** One run; undefined when there is none with this id, or it is damaged. */
export async function findRun(context: StoreContext, runId: RunId): Promise<RunRecord | undefined> {
  const record = await context.backend.read(['runs'], (tx) => tx.get('runs', runId));
  return keepSound(context, 'runs', [record], parseRun)[0];
}

/** All runs, the earliest start first. Degenerate: none stored gives []. */
export async function listRuns(context: StoreContext): Promise<readonly RunRecord[]> {
  const records = await context.backend.read(['runs'], (tx) => tx.range('runs', { index: 'byStart' }));
  return keepSound(context, 'runs', records, parseRun);
}
