import type { Alert } from '../domain/alerts';
import type { AlertId, RunId } from '../domain/ids';
import { LAST_KEY } from './backend';
import { parseAlert } from './check';
import { keepSound, type StoreContext } from './context';

/** Adds alerts or replaces those with the same id. Durable when it resolves. */
export async function putAlerts(context: StoreContext, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  await context.backend.write(['alerts'], 'strict', (tx) => tx.put('alerts', alerts));
}

/** At most `limit` alerts by opening time, newest first; of all runs without `runId`. */
export async function listAlerts(
  context: StoreContext,
  query: { readonly runId?: RunId; readonly limit: number },
): Promise<readonly Alert[]> {
  const { runId, limit } = query;
  if (!(limit >= 1)) return [];
  // More than an IndexedDB cursor takes means: all.
  const cut = limit > 0xffff_ffff ? {} : { limit: Math.floor(limit) };
  const range = runId === undefined ? { index: 'byTime' } : { index: 'byRun', from: [runId], to: [runId, LAST_KEY] };
  const records = await context.backend.read(['alerts'], (tx) =>
    tx.range('alerts', { ...range, ...cut, reverse: true }),
  );
  return keepSound(context, 'alerts', records, parseAlert);
}

/** One alert; undefined when there is none with this id, or it is damaged. */
export async function findAlert(context: StoreContext, id: AlertId): Promise<Alert | undefined> {
  const record = await context.backend.read(['alerts'], (tx) => tx.get('alerts', id));
  return keepSound(context, 'alerts', [record], parseAlert)[0];
}
