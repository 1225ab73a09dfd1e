import type { Tx } from './backend';
import { type ChunkMeta, type ChunkTotals, parseChunkMeta, parseTotals } from './check';
import { keepSound, type StoreContext } from './context';
import { isQuotaError } from './trouble';

const TOTALS_KEY = 'chunks';
/** Chunks deleted in one transaction: few enough that other writers wait less than 50 ms (RELIABILITY.md, R9). */
const PRUNE_BATCH = 32;

export const EMPTY_TOTALS: ChunkTotals = {
  nextOrder: 0,
  telemetryBytes: 0,
  logBytes: 0,
  telemetryChunks: 0,
  logChunks: 0,
  samples: 0,
  logLines: 0,
};

/** The kept counters; counted anew from `chunks` when they are missing or damaged. Needs the tables `counters` and `chunks`. */
export async function readTotals(tx: Tx): Promise<ChunkTotals> {
  const stored = parseTotals(await tx.get('counters', TOTALS_KEY));
  if (stored.ok) return stored.value;
  let totals = EMPTY_TOTALS;
  for (const record of await tx.range('chunks', { index: 'byAge' })) {
    const meta = parseChunkMeta(record);
    if (meta.ok) totals = { ...addToTotals(totals, meta.value, 1), nextOrder: meta.value.order + 1 };
  }
  return totals;
}

export async function writeTotals(tx: Tx, totals: ChunkTotals): Promise<void> {
  await tx.put('counters', [{ ...totals, key: TOTALS_KEY }]);
}

/** The counters with one chunk more (sign 1) or less (sign -1). Never below 0. */
export function addToTotals(totals: ChunkTotals, meta: ChunkMeta, sign: 1 | -1): ChunkTotals {
  const add = (value: number, by: number): number => Math.max(0, value + sign * by);
  return meta.kind === 'telemetry'
    ? {
        ...totals,
        telemetryBytes: add(totals.telemetryBytes, meta.bytes),
        telemetryChunks: add(totals.telemetryChunks, 1),
        samples: add(totals.samples, meta.n),
      }
    : {
        ...totals,
        logBytes: add(totals.logBytes, meta.bytes),
        logChunks: add(totals.logChunks, 1),
        logLines: add(totals.logLines, meta.n),
      };
}

/**
 * Deletes the oldest telemetry and log chunks, of whichever run, until they hold at most `bytes` bytes of columns. Alerts, decisions,
 * models and settings are never touched. Gives the number of chunks deleted. Degenerate: 0 bytes deletes them all.
 */
export async function pruneChunks(context: StoreContext, bytes: number): Promise<number> {
  let left = await storedChunkBytes(context);
  let deleted = 0;
  let totals: ChunkTotals | undefined;
  while (left > bytes) {
    const known = totals;
    const pruned = await context.backend.write(['telemetry', 'logs', 'chunks', 'counters'], 'relaxed', (tx) =>
      deleteOldest(context, tx, left - bytes, known),
    );
    if (pruned.doomed.length === 0) break;
    deleted += pruned.doomed.length;
    for (const meta of pruned.doomed) left -= meta.bytes;
    totals = pruned.totals;
  }
  if (totals !== undefined) await keepTotals(context, totals);
  return deleted;
}

/**
 * Puts the corrected counters back, so that a store at its limit does not count tens of thousands of chunks at every write. Where another
 * write has counted meanwhile, or the disk is too full to write, what is there is right.
 */
async function keepTotals(context: StoreContext, totals: ChunkTotals): Promise<void> {
  try {
    await context.backend.write(['counters'], 'relaxed', async (tx) => {
      if ((await tx.get('counters', TOTALS_KEY)) === undefined) await writeTotals(tx, totals);
    });
  } catch (error) {
    if (!isQuotaError(error)) throw error;
  }
}

/**
 * Deletes at most PRUNE_BATCH of the oldest chunks, enough for `excess` bytes if they suffice. Only deletes: on a full disk browsers refuse any
 * transaction that writes something. So the kept counters are not corrected here but dropped, and counted anew by whoever needs them next.
 * known: the counters that an earlier part of this pruning dropped; right as long as no other write has put them back. Gives the corrected ones.
 */
async function deleteOldest(
  context: StoreContext,
  tx: Tx,
  excess: number,
  known: ChunkTotals | undefined,
): Promise<{ readonly doomed: readonly ChunkMeta[]; readonly totals: ChunkTotals }> {
  const stored = parseTotals(await tx.get('counters', TOTALS_KEY));
  let totals = stored.ok ? stored.value : (known ?? (await readTotals(tx)));
  const records = await tx.range('chunks', { index: 'byAge', limit: PRUNE_BATCH });
  const doomed: ChunkMeta[] = [];
  let freed = 0;
  for (const meta of keepSound(context, 'chunks', records, parseChunkMeta)) {
    if (freed >= excess) break;
    freed += meta.bytes;
    totals = addToTotals(totals, meta, -1);
    doomed.push(meta);
  }
  for (const kind of ['telemetry', 'logs'] as const) {
    const keys = doomed.filter((meta) => meta.kind === kind).map((meta) => [meta.runId, meta.seq]);
    if (keys.length > 0) await tx.remove(kind, keys);
  }
  const metaKeys = doomed.map((meta) => [meta.kind, meta.runId, meta.seq]);
  await tx.remove('chunks', metaKeys);
  await tx.remove('counters', [TOTALS_KEY]);
  return { doomed, totals };
}

/** Bytes of columns in all stored telemetry and log chunks. */
export async function storedChunkBytes(context: StoreContext): Promise<number> {
  const totals = await context.backend.read(['chunks', 'counters'], readTotals);
  return totals.telemetryBytes + totals.logBytes;
}
