import type { StoreContext } from './context';
import { pruneChunks, storedChunkBytes } from './retention';
import { describeError, isQuotaError } from './trouble';

/** Share of the telemetry that is kept when room has to be made. */
const KEPT_SHARE = 0.5;
/** Browsers take a while to notice that deleted records left room: a fact is tried again after these pauses. */
const RETRY_PAUSES_MS = [200, 800, 3000];
/** For the same reason telemetry does not halve what is stored more often than this: a few chunks are lost instead of the history. */
const PRUNE_REST_MS = 10_000;

/**
 * Writes telemetry. When the disk is full, older telemetry makes room and the write is repeated once; when that fails too, or the write
 * fails otherwise, it is reported and given up: detection goes on without it. Never rejects.
 */
export async function writeTelemetry(context: StoreContext, write: () => Promise<void>): Promise<void> {
  try {
    const rested = performance.now() - context.pressure.prunedAt >= PRUNE_REST_MS;
    await repeatAfterPruning(context, write, rested ? [KEPT_SHARE] : []);
  } catch (error) {
    context.trouble(`telemetry was not saved: ${describeError(error)}`);
  }
}

/**
 * Writes a fact (decision, alert, model, settings). When the disk is full, older telemetry makes room, at last all of it. Rejects, after
 * reporting, when the fact could not be stored: whoever acknowledges it must know.
 */
export async function writeFact(context: StoreContext, what: string, write: () => Promise<void>): Promise<void> {
  try {
    await repeatAfterPruning(context, write, [KEPT_SHARE, 0, ...RETRY_PAUSES_MS.map(() => 0)]);
  } catch (error) {
    context.trouble(`${what} could not be saved: ${describeError(error)}`);
    throw error;
  }
}

/** Tries once more for each share of the telemetry to keep, as long as room is what lacks. */
async function repeatAfterPruning(
  context: StoreContext,
  write: () => Promise<void>,
  keptShares: readonly number[],
): Promise<void> {
  for (let tries = 0; ; tries++) {
    const share = keptShares[tries];
    try {
      await write();
      return;
    } catch (error) {
      if (share === undefined || !isQuotaError(error)) throw error;
    }
    context.pressure.prunedAt = performance.now();
    const deleted = await pruneChunks(context, (await storedChunkBytes(context)) * share);
    if (deleted > 0 || tries === 0) {
      context.trouble(`storage is full: the ${deleted} oldest chunks of telemetry were deleted to make room`);
    }
    const pauseMs = RETRY_PAUSES_MS[tries - 2];
    if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
