import type { StorageUsage } from '../domain/records';
import type { StoreContext } from './context';
import { readTotals } from './retention';

/** What the store holds and what the browser says about it. `counts.damaged`: records skipped since the store was opened. */
export async function readUsage(context: StoreContext, damaged: number): Promise<StorageUsage> {
  const { totals, counts } = await context.backend.read(
    ['chunks', 'counters', 'runs', 'alerts', 'decisions', 'injections', 'models', 'scenarios'],
    async (tx) => ({
      totals: await readTotals(tx),
      counts: {
        runs: await tx.count('runs'),
        alerts: await tx.count('alerts'),
        decisions: await tx.count('decisions'),
        injections: await tx.count('injections'),
        models: await tx.count('models'),
        scenarios: await tx.count('scenarios'),
      },
    }),
  );
  const { bytes, persisted } = await askBrowser(context);
  return {
    bytes,
    telemetryBytes: totals.telemetryBytes,
    logBytes: totals.logBytes,
    counts: {
      telemetry: totals.telemetryChunks,
      samples: totals.samples,
      logs: totals.logChunks,
      logLines: totals.logLines,
      ...counts,
      damaged,
    },
    mode: context.backend.mode,
    persisted,
  };
}

async function askBrowser(
  context: StoreContext,
): Promise<{ readonly bytes: number | undefined; readonly persisted: boolean | undefined }> {
  const unknown = { bytes: undefined, persisted: undefined };
  // Absent in old browsers, in insecure contexts and in Node.
  if (typeof navigator === 'undefined' || navigator.storage?.estimate === undefined) return unknown;
  try {
    const [estimate, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
    return { bytes: estimate.usage, persisted };
  } catch (error) {
    context.trouble(`the browser does not say how much is stored: ${String(error)}`);
    return unknown;
  }
}
