import type { Source } from './ports';
import type { RunState } from './run-state';

/**
 * Tells the simulated fleet who is quarantined, where that changed since it was last told: who gets no traffic any more, so that the peers
 * carry it. Takes effect at the next sample. Files have nobody to tell.
 */
export async function tellBlocked(source: Pick<Source, 'setBlocked'>, run: RunState): Promise<void> {
  if (run.info.kind !== 'fleet') return;
  const { blocked, toldBlocked } = run;
  if (toldBlocked?.length === blocked.length && blocked.every((flag, i) => flag === toldBlocked[i])) return;
  const now = blocked.slice();
  await source.setBlocked([...now.keys()].filter((device) => now[device] === 1));
  run.toldBlocked = now;
}
