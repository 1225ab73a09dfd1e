import type { Alert } from '../domain/alerts';
import type { AlertId } from '../domain/ids';

const WRITE_EVERY_MS = 500;

/** Puts changed alerts into storage, soon or at once. */
export interface AlertWriter {
  /**
   * Takes changed alerts. What a person would notice (new, another state, severity or cause) is written at once, with all that waits; a
   * peak that creeps up with every sample waits for half a second. [] writes what has waited long enough.
   */
  write(changed: readonly Alert[]): Promise<void>;
  /** Forgets everything: storage was erased. */
  clear(): void;
}

/** wallClock: ms. put: writes and tells. */
export function createAlertWriter(
  wallClock: () => number,
  put: (alerts: readonly Alert[]) => Promise<void>,
): AlertWriter {
  const waiting = new Map<AlertId, Alert>();
  const written = new Map<AlertId, Alert>();
  let writtenAt = 0;
  return {
    write: async (changed) => {
      let urgent = false;
      for (const alert of changed) {
        const known = waiting.get(alert.id) ?? written.get(alert.id);
        urgent ||= known?.state !== alert.state || known.severity !== alert.severity || known.cause !== alert.cause;
        waiting.set(alert.id, alert);
      }
      const now = wallClock();
      if (waiting.size === 0 || (!urgent && now - writtenAt < WRITE_EVERY_MS)) return;
      writtenAt = now;
      const alerts = [...waiting.values()];
      waiting.clear();
      for (const alert of alerts) {
        if (alert.state === 'ongoing') written.set(alert.id, alert);
        else written.delete(alert.id);
      }
      await put(alerts);
    },
    clear: () => {
      waiting.clear();
      written.clear();
    },
  };
}
