import { combine } from '../detect/hybrid';
import type { LogChunk } from '../domain/records';
import type { Settings } from '../domain/settings';
import { LOG_LEVELS, logMessage } from '../domain/telemetry';
import type { Engine } from '../engine/engine';
import type { Store } from '../engine/ports';
import type { RunState } from '../engine/run-state';
import type { LogSearch, StoredLogLine } from './api';

/** The newest ten minutes of a fleet. */
const FIRST_SPAN_STEPS = 600;

/** Stored lines of the present run that match, newest first, at most `limit`. Text matches anywhere in the message, whatever the case. */
export async function searchStoredLogs(
  store: Store,
  engine: Engine,
  search: LogSearch,
): Promise<readonly StoredLogLine[]> {
  const { run } = engine;
  await engine.flush();
  const wanted = search.text.toLowerCase();
  const found: StoredLogLine[] = [];
  for await (const chunk of newestFirst(store, run)) {
    for (let i = chunk.n - 1; i >= 0; i--) {
      const level = LOG_LEVELS[chunk.level[i]];
      const device = run.catalog.devices[chunk.device[i]];
      if (device === undefined) continue;
      if (search.levels.length > 0 && !search.levels.includes(level)) continue;
      if (search.deviceId !== undefined && device.id !== search.deviceId) continue;
      const message = logMessage(chunk, i);
      if (wanted !== '' && !message.toLowerCase().includes(wanted)) continue;
      const template = engine.detection.templates.get(chunk.template[i])?.text ?? '';
      found.push({
        t: chunk.t[i],
        deviceId: device.id,
        deviceName: device.name,
        level,
        message,
        template,
        score: chunk.score[i],
      });
      if (found.length >= search.limit) return found;
    }
  }
  return found;
}

/**
 * Stored log chunks of a run from the newest to the oldest, read in spans that double: whoever stops early has not loaded the whole history.
 */
async function* newestFirst(store: Store, run: RunState): AsyncGenerator<LogChunk> {
  let span = FIRST_SPAN_STEPS * run.info.stepMs;
  let seen = Number.POSITIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  let from = run.now - span;
  for (;;) {
    const chunks = await store.logs(run.info.runId, Math.max(0, from), to);
    for (const chunk of [...chunks].reverse()) {
      // A chunk on the border overlaps both spans.
      if (chunk.seq >= seen) continue;
      seen = chunk.seq;
      yield chunk;
    }
    if (from <= 0) return;
    to = from;
    span *= 2;
    from -= span;
  }
}

/** How many stored samples of the present run other settings would have flagged, from the stored scores: nothing is scored again. */
export async function previewSensitivity(
  store: Store,
  engine: Engine,
  settings: Settings,
): Promise<{ readonly flagged: number; readonly flaggedNow: number; readonly of: number }> {
  const { run } = engine;
  await engine.flush();
  const thresholds = engine.detection.thresholdsAt(settings);
  const count = { flagged: 0, flaggedNow: 0, of: 0 };
  for await (const chunk of store.walkTelemetry(run.info.runId)) {
    for (let i = 0; i < chunk.n; i++) {
      if (Number.isNaN(chunk.score[i])) continue;
      count.of++;
      count.flaggedNow += chunk.flagged[i];
      const rarities = { metricRarity: chunk.metricScore[i] / 10, logRarity: chunk.logScore[i] / 10 };
      if (combine({ ...rarities, settings, thresholds }).flagged) count.flagged++;
    }
  }
  return count;
}
