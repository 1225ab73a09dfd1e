import type { RunRecord } from '../domain/records';
import { parseRun } from './check';
import { keepSound, type StoreContext } from './context';

/** Adds a run or replaces the one with the same id. Durable when it resolves. */
export async function putRun(context: StoreContext, run: RunRecord): Promise<void> {
  await context.backend.write(['runs'], 'strict', (tx) => tx.put('runs', [run]));
}

/** All runs, the earliest start first. Degenerate: none stored gives []. */
export async function listRuns(context: StoreContext): Promise<readonly RunRecord[]> {
  const records = await context.backend.read(['runs'], (tx) => tx.range('runs', { index: 'byStart' }));
  return keepSound(context, 'runs', records, parseRun);
}
