import type { Decision } from '../domain/decisions';
import type { RunId } from '../domain/ids';
import { toJson } from '../domain/plain-data';
import { LAST_KEY, type Tx } from './backend';
import { parseDecision, parseOrder } from './check';
import { keepSound, type StoreContext } from './context';

/**
 * Appends decisions, all or none. Adding the very same decision again does nothing, so that a caller may repeat a write whose answer
 * was lost. Rejects when an id is taken by a different decision: what was decided is never rewritten.
 */
export async function addDecisions(context: StoreContext, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length === 0) return;
  await context.backend.write(['decisions'], 'strict', (tx) => append(tx, decisions));
}

async function append(tx: Tx, decisions: readonly Decision[]): Promise<void> {
  const [newest] = await tx.range('decisions', { index: 'primary', reverse: true, limit: 1 });
  const parsed = parseOrder(newest);
  let order = parsed.ok ? parsed.value.order + 1 : 0;
  for (const decision of decisions) {
    const [taken] = await tx.range('decisions', { index: 'byId', from: decision.id, to: decision.id, limit: 1 });
    if (taken === undefined) {
      await tx.put('decisions', [{ ...decision, order }]);
      order++;
    } else if (!isSame(taken, decision)) {
      throw new Error(`decision ${decision.id} exists already with other content; decisions are append-only`);
    }
  }
}

function isSame(stored: unknown, decision: Decision): boolean {
  const parsed = parseDecision(stored);
  const given = parseDecision(decision);
  return parsed.ok && given.ok && JSON.stringify(toJson(parsed.value)) === JSON.stringify(toJson(given.value));
}

/** All decisions of a run in the order in which they were added. */
export async function listDecisions(context: StoreContext, runId: RunId): Promise<readonly Decision[]> {
  const records = await context.backend.read(['decisions'], (tx) =>
    tx.range('decisions', { index: 'byRun', from: [runId], to: [runId, LAST_KEY] }),
  );
  return keepSound(context, 'decisions', records, parseDecision);
}
