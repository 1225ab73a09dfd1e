import type { RunId } from '../domain/ids';
import { LAST_KEY, primaryKeyOf, type RangeQuery } from './backend';
import { parseRun } from './check';
import { keepSound, type StoreContext } from './context';
import type { TableName } from './schema';

/** How many facts are kept; see `tidyFacts`. */
export interface FactLimits {
  readonly runs: number;
  readonly alerts: number;
  /** Runs that are open: their records stay, whatever the limit. */
  readonly open: readonly RunId[];
}

/** What was deleted. */
export interface Tidied {
  readonly runs: number;
  readonly alerts: number;
  readonly injections: number;
}

/** Twice as many as can run at once. */
export const MAX_INJECTIONS = 20_000;
/** Records deleted in one transaction: few enough that other writers wait less than 50 ms (RELIABILITY.md, R9). */
const BATCH = 100;
/** Once there are too many so many more go, so that not every new one means to look for an old one. */
const SLACK = 0.05;

/**
 * Deletes what is beyond the limits: runs that were saved longest ago, with their alerts, decisions, injections and counts; then alerts, and
 * injections beyond MAX_INJECTIONS, of the runs saved longest ago first, in each the oldest first. Telemetry is pruned by its size (retention.ts).
 * Only deletes, so that it works on a full disk; what is cut short goes on the next time. Degenerate: nothing is too much: reads three counters.
 */
export async function tidyFacts(context: StoreContext, limits: FactLimits): Promise<Tidied> {
  const count = (table: TableName): Promise<number> => context.backend.read([table], (tx) => tx.count(table));
  const excess = {
    runs: (await count('runs')) - limits.runs,
    alerts: withSlack((await count('alerts')) - limits.alerts, limits.alerts),
    injections: withSlack((await count('injections')) - MAX_INJECTIONS, MAX_INJECTIONS),
  };
  const tidied = { runs: 0, alerts: 0, injections: 0 };
  if (Math.max(excess.runs, excess.alerts, excess.injections) <= 0) return tidied;

  const records = await context.backend.read(['runs'], (tx) => tx.range('runs', { index: 'byStart' }));
  const oldestFirst = [...keepSound(context, 'runs', records, parseRun)].sort((a, b) => a.savedAt - b.savedAt);
  const closed = oldestFirst.filter(({ runId }) => !limits.open.includes(runId));
  const doomed = closed.slice(0, Math.max(0, excess.runs)).map(({ runId }) => runId);
  for (const runId of doomed) {
    for (const table of ['alerts', 'decisions', 'injections'] as const) {
      const removed = await removeOldest(context, table, runId, Number.POSITIVE_INFINITY);
      if (table !== 'decisions') {
        tidied[table] += removed;
        excess[table] -= removed;
      }
    }
    // The run itself last: where this is cut short it is still there to be found.
    await context.backend.write(['runs', 'boards'], 'relaxed', async (tx) => {
      await tx.remove('boards', [runId]);
      await tx.remove('runs', [runId]);
    });
    tidied.runs++;
  }
  for (const { runId } of oldestFirst) {
    if (doomed.includes(runId)) continue;
    for (const table of ['alerts', 'injections'] as const) {
      const removed = await removeOldest(context, table, runId, excess[table]);
      tidied[table] += removed;
      excess[table] -= removed;
    }
  }
  return tidied;
}

function withSlack(excess: number, limit: number): number {
  return excess <= 0 ? 0 : excess + Math.floor(SLACK * limit);
}

/** Deletes at most `most` of a run's records, the oldest first. Gives how many there were to delete. */
async function removeOldest(context: StoreContext, table: TableName, runId: RunId, most: number): Promise<number> {
  let removed = 0;
  while (removed < most) {
    const limit = Math.min(BATCH, most - removed);
    const query: RangeQuery = { index: 'byRun', from: [runId], to: [runId, LAST_KEY], limit };
    const found = await context.backend.write([table], 'relaxed', async (tx) => {
      const records = await tx.range(table, query);
      const keys = records.map((record) => primaryKeyOf(table, record)).filter((key) => key !== undefined);
      await tx.remove(table, keys);
      return keys.length;
    });
    removed += found;
    if (found < limit) break;
  }
  return removed;
}
