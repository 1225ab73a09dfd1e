import { expect, it } from 'vitest';
import { runId } from '../domain/ids';
import { createRandom } from '../domain/random';
import type { LogChunk } from '../domain/records';
import type { Engine } from '../engine/engine';
import type { Store } from '../engine/ports';
import { createBench } from '../engine/testing';
import { createReplay } from '../ingest/replay';
import { readWhole } from '../ingest/testing';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import { previewSensitivity, searchStoredLogs } from './stored-queries';

const RUN = runId('run');
const NOW = 100_000_000;

/** Two lines, a second apart. */
function chunk(seq: number, from: number): LogChunk {
  const bytes = new TextEncoder().encode(`line ${seq}aline ${seq}b`);
  return {
    runId: RUN,
    seq,
    n: 2,
    from,
    to: from + 1000,
    t: Float64Array.of(from, from + 1000),
    device: new Uint16Array(2),
    level: new Uint8Array(2),
    bytes,
    offsets: Uint32Array.of(0, bytes.length / 2, bytes.length),
    template: new Uint32Array(2),
    score: new Float32Array(2),
  };
}

async function openStored(
  chunks: number,
): Promise<{ readonly engine: Engine; readonly store: Store; readonly read: () => number }> {
  const store = storeOver(openMemoryBackend(), () => undefined);
  for (let seq = 0; seq < chunks; seq++) await store.addLogs(chunk(seq, NOW - (chunks - seq) * 100_000));
  let read = 0;
  const counting = {
    ...store,
    logs: async (...args: Parameters<typeof store.logs>) => {
      const found = await store.logs(...args);
      read += found.length;
      return found;
    },
  };
  const engine = {
    flush: async () => undefined,
    detection: { templates: new Map() },
    run: {
      info: { runId: RUN, stepMs: 1000 },
      now: NOW,
      catalog: { devices: [{ id: 'd', name: 'd' }], metrics: [] },
    },
  } as unknown as Engine;
  return { engine, read: () => read, store: counting };
}

it('finds every stored line once, newest first, over any length of history', async () => {
  const { engine, store } = await openStored(300);
  const lines = await searchStoredLogs(store, engine, { text: '', levels: [], deviceId: undefined, limit: 1000 });
  expect(lines).toHaveLength(600);
  expect(lines.every((line, i) => i === 0 || line.t < lines[i - 1].t)).toBe(true);
  expect(lines[0].message).toBe('line 299b');
});

it('reads only the newest chunks when they hold enough', async () => {
  const opened = await openStored(300);
  const lines = await searchStoredLogs(opened.store, opened.engine, {
    text: 'LINE',
    levels: [],
    deviceId: undefined,
    limit: 5,
  });
  expect(lines.map((line) => line.message)).toEqual(['line 299b', 'line 299a', 'line 298b', 'line 298a', 'line 297b']);
  expect(opened.read()).toBeLessThan(10);
});

it('previews a sensitivity by the very rule that flags: the same settings give the same flags, and rows an hour apart are flagged in 1 of 50 at most', async () => {
  const random = createRandom(3, 'preview');
  const rows = Array.from({ length: 900 }, (_, i) => {
    const spike = i === 400 || i === 401 ? 60 : 0;
    return `${new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString()},web,${30 + 3 * random.normal() + spike}`;
  });
  const file = readWhole(['time,host,cpu', ...rows].join('\n'));
  if (!file.ok) throw new Error(file.error.message);
  const bench = await createBench();
  const replay = () => createReplay(file.value, RUN);
  bench.play(replay);
  expect((await bench.engine.openFile(replay().info, 'train')).ok).toBe(true);
  await bench.runUntil(() => bench.engine.run.finished);
  const { settings } = bench.engine;
  const same = await previewSensitivity(bench.store, bench.engine, settings);
  expect(same.flaggedNow).toBeGreaterThan(0);
  expect(same.flagged).toBe(same.flaggedNow);
  // Ten alarms a day would be more than 1 in 50 rows either way.
  const more = await previewSensitivity(bench.store, bench.engine, { ...settings, falseAlarmsPerDay: 10 });
  expect(more.flagged).toBe(same.flagged);
  const fewer = await previewSensitivity(bench.store, bench.engine, { ...settings, falseAlarmsPerDay: 0.01 });
  expect(fewer.flagged).toBeLessThan(same.flagged);
});
