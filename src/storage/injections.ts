import type { Injection } from '../domain/faults';
import type { RunId } from '../domain/ids';
import { LAST_KEY } from './backend';
import { parseInjection } from './check';
import { keepSound, type StoreContext } from './context';

/** Adds injections of a run or replaces those with the same id. */
export async function putInjections(
  context: StoreContext,
  runId: RunId,
  injections: readonly Injection[],
): Promise<void> {
  if (injections.length === 0) return;
  const records = injections.map((injection) => ({ ...injection, runId }));
  await context.backend.write(['injections'], 'strict', (tx) => tx.put('injections', records));
}

/** All injections of a run, the earliest onset first. */
export async function listInjections(context: StoreContext, runId: RunId): Promise<readonly Injection[]> {
  const records = await context.backend.read(['injections'], (tx) =>
    tx.range('injections', { index: 'byRun', from: [runId], to: [runId, LAST_KEY] }),
  );
  return keepSound(context, 'injections', records, parseInjection);
}
