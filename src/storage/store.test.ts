import { describe, expect, it, vi } from 'vitest';
import type { Store } from '../engine/ports';
import { openMemoryBackend } from './memory-backend';
import { sampleDecision, sampleTelemetry, TELEMETRY_BYTES } from './sample-records';
import { openStore, storeOver } from './store';
import { runStoreContract } from './store-contract';

describe('the store', () => {
  it('is what the engine asks for', async () => {
    const store: Store = await openStore({ onTrouble: () => undefined });
    expect(await store.runs()).toEqual([]);
  });

  it('lives in memory and says so where there is no IndexedDB', async () => {
    const said: string[] = [];
    const store = await openStore({ onTrouble: (message) => said.push(message) });
    expect(store.mode).toBe('memory');
    expect((await store.usage()).mode).toBe('memory');
    expect(said).toEqual([
      'storage on disk is not to be had, so that nothing survives this tab: this browser has no IndexedDB',
    ]);
  });

  it('keeps its contract in memory', async () => {
    const said: string[] = [];
    const checked = await runStoreContract(storeOver(openMemoryBackend(), (message) => said.push(message)));
    expect(checked.length).toBeGreaterThanOrEqual(20);
    expect(said.filter((message) => message.includes('damaged')).length).toBe(2);
  });
});

describe('a full disk', () => {
  const full = (failures: number) => {
    const backend = openMemoryBackend();
    let left = failures;
    const said: string[] = [];
    const store = storeOver(
      {
        ...backend,
        write: (tables, durability, work) => {
          // Deleting is always possible on a full disk; adding to these tables is not.
          const adds = tables.length === 1 || tables.length === 3;
          if (adds && left > 0) {
            // The counters are put back in passing: their failure is nobody's.
            if (tables[0] !== 'counters') left--;
            const inner = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
            return Promise.reject(Object.assign(new Error('aborted'), { name: 'AbortError', inner }));
          }
          return backend.write(tables, durability, work);
        },
      },
      (message) => said.push(message),
    );
    return { store, said, fail: (n: number) => (left = n) };
  };

  it('makes room by deleting half of the telemetry and stores the fact', async () => {
    const { store, said, fail } = full(0);
    for (let seq = 0; seq < 10; seq++) await store.addTelemetry(sampleTelemetry(seq));
    fail(1);
    await store.addDecisions([sampleDecision('a', 1)]);
    expect(await store.decisions(sampleTelemetry(0).runId)).toEqual([sampleDecision('a', 1)]);
    expect((await store.telemetry(sampleTelemetry(0).runId, 0, 1e15)).map((chunk) => chunk.seq)).toEqual([
      5, 6, 7, 8, 9,
    ]);
    expect(said).toEqual(['storage is full: the 5 oldest chunks of telemetry were deleted to make room']);
  });

  it('gives up telemetry with a word and without an error', async () => {
    const { store, said } = full(9);
    await store.addTelemetry(sampleTelemetry(0));
    expect(await store.telemetry(sampleTelemetry(0).runId, 0, 1e15)).toEqual([]);
    expect(said.at(-1)).toBe('telemetry was not saved: AbortError: aborted / QuotaExceededError: no room');
  });

  it('rejects a fact that cannot be stored even without any telemetry', async () => {
    const { store, said } = full(9);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const refused = expect(store.addDecisions([sampleDecision('a', 1)])).rejects.toThrow('aborted');
    await vi.runAllTimersAsync();
    await refused;
    vi.useRealTimers();
    expect(said.at(-1)).toContain('decisions could not be saved');
  });

  it('waits for the browser to notice the room that was made before it gives up a fact', async () => {
    const { store, said } = full(4);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const stored = store.addDecisions([sampleDecision('a', 1)]);
    await vi.runAllTimersAsync();
    await stored;
    vi.useRealTimers();
    expect(await store.decisions(sampleTelemetry(0).runId)).toEqual([sampleDecision('a', 1)]);
    expect(said).toEqual(['storage is full: the 0 oldest chunks of telemetry were deleted to make room']);
  });

  it('does not delete the history again and again for the sake of new telemetry', async () => {
    const { store, said, fail } = full(0);
    for (let seq = 0; seq < 8; seq++) await store.addTelemetry(sampleTelemetry(seq));
    for (let seq = 8; seq < 11; seq++) {
      fail(2);
      await store.addTelemetry(sampleTelemetry(seq));
      fail(0);
    }
    expect((await store.telemetry(sampleTelemetry(0).runId, 0, 1e15)).map((chunk) => chunk.seq)).toEqual([4, 5, 6, 7]);
    expect(said.filter((message) => message.startsWith('storage is full')).length).toBe(1);
    expect(said.filter((message) => message.startsWith('telemetry was not saved')).length).toBe(3);
  });
});

describe('pruning at the limit', () => {
  it('does not count all chunks anew at the next write', async () => {
    const backend = openMemoryBackend();
    let counted = 0;
    const store = storeOver(
      {
        ...backend,
        write: (tables, durability, work) =>
          backend.write(tables, durability, (tx) =>
            work({
              ...tx,
              range: (table, query) => {
                if (table === 'chunks' && query.limit === undefined) counted++;
                return tx.range(table, query);
              },
            }),
          ),
      },
      () => undefined,
    );
    for (let seq = 0; seq < 100; seq++) await store.addTelemetry(sampleTelemetry(seq));
    counted = 0;
    await store.prune(20 * TELEMETRY_BYTES);
    await store.addTelemetry(sampleTelemetry(100));
    expect(counted).toBe(0);
    expect((await store.usage()).counts.telemetry).toBe(21);
    expect((await store.usage()).telemetryBytes).toBe(21 * TELEMETRY_BYTES);
  });
});
