import type { OwnScenario } from '../domain/records';
import { parseOwnScenario } from './check';
import { keepSound, type StoreContext } from './context';

/** Adds one of a person's own scenarios, or replaces the one with the same key. Durable when it resolves. */
export async function putScenario(context: StoreContext, scenario: OwnScenario): Promise<void> {
  await context.backend.write(['scenarios'], 'strict', (tx) => tx.put('scenarios', [scenario]));
}

/** All of them, newest first. Degenerate: none gives []. */
export async function listScenarios(context: StoreContext): Promise<readonly OwnScenario[]> {
  const records = await context.backend.read(['scenarios'], (tx) =>
    tx.range('scenarios', { index: 'byTime', reverse: true }),
  );
  return keepSound(context, 'scenarios', records, parseOwnScenario);
}

/** Deletes one; nothing happens where there is none with that key. */
export async function removeScenario(context: StoreContext, key: string): Promise<void> {
  await context.backend.write(['scenarios'], 'strict', (tx) => tx.remove('scenarios', [key]));
}
