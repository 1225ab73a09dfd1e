import type { StoreContext } from './context';
import { pruneChunks, storedChunkBytes } from './retention';
import { describeError, isQuotaError } from './trouble';

/** Share of the telemetry that is kept when room has to be made. */
const KEPT_SHARE = 0.5;

/**
 * Writes telemetry. When the disk is full, older telemetry makes room and the write is repeated once; when that fails too, or the write
 * fails otherwise, it is reported and given up: detection goes on without it. Never rejects.
 */
export async function writeTelemetry(context: StoreContext, write: () => Promise<void>): Promise<void> {
  try {
    await repeatAfterPruning(context, write, [KEPT_SHARE]);
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
    await repeatAfterPruning(context, write, [KEPT_SHARE, 0]);
  } catch (error) {
    context.trouble(`${what} could not be saved: ${describeError(error)}`);
    throw error;
  }
}

async function repeatAfterPruning(
  context: StoreContext,
  write: () => Promise<void>,
  keptShares: readonly number[],
): Promise<void> {
  const [share, ...rest] = keptShares;
  try {
    await write();
  } catch (error) {
    if (share === undefined || !isQuotaError(error)) throw error;
    const deleted = await pruneChunks(context, (await storedChunkBytes(context)) * share);
    context.trouble(`storage is full: the ${deleted} oldest chunks of telemetry were deleted to make room`);
    await repeatAfterPruning(context, write, rest);
  }
}
