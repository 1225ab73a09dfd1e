import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { type BlankSite, serveBlankSite } from './support/blank-site';
import type * as StoragePage from './support/storage-page';

/** The bundle's one global inside the page. */
declare const storagePage: typeof StoragePage;

let bundle = '';
let site: BlankSite;

test.beforeAll(async () => {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./support/storage-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'storagePage',
      },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [output] = [built].flat();
  bundle = output?.output[0].code ?? '';
  site = await serveBlankSite();
});

test.afterAll(() => site.close());

async function openPage(page: Page): Promise<void> {
  await page.goto(site.url);
  await page.addScriptTag({ content: bundle });
}

test('the store on disk keeps its contract', async ({ page }) => {
  await openPage(page);
  const { mode, checked, said } = await page.evaluate(async () => {
    const said: string[] = [];
    const store = await storagePage.openStore({ name: 'contract', onTrouble: (message) => said.push(message) });
    const checked = await storagePage.runStoreContract(store);
    store.close();
    return { mode: store.mode, checked, said };
  });
  expect(mode).toBe('disk');
  expect(checked.length).toBeGreaterThanOrEqual(20);
  expect(said.filter((message) => !/damaged|append-only/.test(message))).toEqual([]);
});

test('what was stored is there after a reload, in a database with our prefix', async ({ page }) => {
  await openPage(page);
  await page.evaluate(async () => {
    const { openStore, sampleDecision, sampleLogs, sampleModel, sampleTelemetry } = storagePage;
    const store = await openStore();
    await store.addDecisions([sampleDecision('a', 1)]);
    await store.putModel(sampleModel('metrics', 1));
    await store.addTelemetry(sampleTelemetry(0));
    await store.addLogs(sampleLogs(0));
  });
  await page.reload();
  await page.addScriptTag({ content: bundle });
  const found = await page.evaluate(async () => {
    const { openStore, RUN } = storagePage;
    const store = await openStore();
    const usage = await store.usage();
    return {
      decisions: (await store.decisions(RUN)).length,
      active: (await store.activeModel('metrics'))?.info.id,
      samples: (await store.telemetry(RUN, 0, 1e15))[0]?.n,
      lines: (await store.logs(RUN, 0, 1e15))[0]?.n,
      bytesKnown: usage.bytes !== undefined && usage.bytes > 0,
      persisted: typeof usage.persisted,
      databases: (await indexedDB.databases()).map((database) => database.name),
    };
  });
  expect(found).toEqual({
    decisions: 1,
    active: 'metrics-1',
    samples: 3,
    lines: 2,
    bytesKnown: true,
    persisted: 'boolean',
    databases: ['cloud-anomaly-dashboard'],
  });
});

test('a lost connection heals and no write is lost', async ({ page }) => {
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    const connections: IDBDatabase[] = [];
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    };
    Object.assign(globalThis, {
      loseConnections: () => {
        for (const connection of connections) connection.close();
        return connections.length;
      },
    });
  });
  await openPage(page);
  const result = await page.evaluate(async () => {
    const { openStore, RUN, sampleDecision, sampleTelemetry } = storagePage;
    const { loseConnections } = globalThis as unknown as { loseConnections: () => number };
    const store = await openStore({ name: 'healing' });
    const opened = loseConnections();
    await Promise.all([
      store.addDecisions([sampleDecision('a', 1)]),
      store.addTelemetry(sampleTelemetry(0)),
      store.addDecisions([sampleDecision('b', 2)]),
    ]);
    loseConnections();
    const decisions = (await store.decisions(RUN)).map((decision) => decision.id).sort();
    return { opened, decisions, samples: (await store.usage()).counts.samples, openedInAll: loseConnections() };
  });
  expect(result.opened).toBe(2);
  expect(result.openedInAll).toBeGreaterThanOrEqual(4);
  expect(result.decisions).toEqual(['a', 'b']);
  expect(result.samples).toBe(3);
});

test('a full disk deletes the oldest telemetry and stores the decision', async ({ page }) => {
  await openPage(page);
  const result = await page.evaluate(async () => {
    const { openStore, RUN, sampleDecision, sampleTelemetry } = storagePage;
    const said: string[] = [];
    const store = await openStore({ name: 'full', onTrouble: (message) => said.push(message) });
    for (let seq = 0; seq < 10; seq++) await store.addTelemetry(sampleTelemetry(seq));
    const original = IDBObjectStore.prototype.put;
    let failures = 1;
    // As Chromium does it: the request is taken, then the transaction aborts for want of room.
    IDBObjectStore.prototype.put = function (...args) {
      const request = original.apply(this, args);
      if (this.name === 'decisions' && failures-- > 0) {
        Object.defineProperty(this.transaction, 'error', {
          value: new DOMException('no room left', 'QuotaExceededError'),
        });
        this.transaction.abort();
      }
      return request;
    };
    await store.addDecisions([sampleDecision('a', 1)]);
    IDBObjectStore.prototype.put = original;
    return {
      decisions: (await store.decisions(RUN)).length,
      seqs: (await store.telemetry(RUN, 0, 1e15)).map((chunk) => chunk.seq),
      said,
    };
  });
  expect(result.said).toEqual(['storage is full: the 5 oldest chunks of telemetry were deleted to make room']);
  expect(result.seqs).toEqual([5, 6, 7, 8, 9]);
  expect(result.decisions).toBe(1);
});

test('a real quota makes room in telemetry instead of failing', async ({ page }) => {
  await openPage(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 4_000_000 });
  const result = await page.evaluate(async () => {
    const { openStore, RUN, sampleDecision, sampleTelemetry } = storagePage;
    const said: string[] = [];
    const store = await openStore({ name: 'quota', onTrouble: (message) => said.push(message) });
    const rows = 20_000;
    // Random, since the database compresses. getRandomValues fills at most 65,536 bytes at a time.
    const noise = (bytes: number): ArrayBuffer => {
      const filled = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(filled.subarray(at, at + 65_536));
      return filled.buffer;
    };
    for (let seq = 0; seq < 20; seq++) {
      await store.addTelemetry({
        ...sampleTelemetry(seq),
        n: rows,
        t: new Float64Array(noise(rows * 8)),
        device: new Uint16Array(noise(rows * 2)),
        metrics: [new Float32Array(noise(rows * 4))],
        metricScore: new Float32Array(noise(rows * 4)),
        logScore: new Float32Array(noise(rows * 4)),
        score: new Float32Array(noise(rows * 4)),
        flagged: new Uint8Array(noise(rows)),
      });
    }
    await store.addDecisions([sampleDecision('a', 1)]);
    return { mode: store.mode, said, decisions: (await store.decisions(RUN)).length };
  });
  expect(result.mode).toBe('disk');
  expect(result.said.some((message) => message.startsWith('storage is full'))).toBe(true);
  expect(result.decisions).toBe(1);
});

for (const [name, breakIt] of Object.entries({
  'missing IndexedDB': () => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  },
  'an IndexedDB that fails to open': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied by policy', 'SecurityError');
    };
  },
  'an IndexedDB that never answers': () => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  },
})) {
  test(`${name} gives a working store in memory and says so`, async ({ page }) => {
    await page.addInitScript(breakIt);
    await openPage(page);
    const { mode, checked, said } = await page.evaluate(async () => {
      const said: string[] = [];
      const store = await storagePage.openStore({ onTrouble: (message) => said.push(message), openDeadlineMs: 500 });
      const checked = await storagePage.runStoreContract(store);
      return { mode: store.mode, checked, said };
    });
    expect(mode).toBe('memory');
    expect(said[0]).toContain('nothing survives this tab');
    expect(checked.length).toBeGreaterThanOrEqual(20);
  });
}

test('data of a newer schema is left alone', async ({ page }) => {
  await openPage(page);
  const result = await page.evaluate(async () => {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('cloud-anomaly-dashboard-newer', 90);
      request.onupgradeneeded = () => request.result.createObjectStore('of-the-future').put('kept', 'key');
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onerror = () => reject(request.error);
    });
    const said: string[] = [];
    const store = await storagePage.openStore({ name: 'newer', onTrouble: (message) => said.push(message) });
    await store.addDecisions([storagePage.sampleDecision('a', 1)]);
    const databases = await indexedDB.databases();
    const kept = await new Promise<unknown>((resolve, reject) => {
      const request = indexedDB.open('cloud-anomaly-dashboard-newer');
      request.onsuccess = () => {
        const read = request.result.transaction('of-the-future').objectStore('of-the-future').get('key');
        read.onsuccess = () => resolve(read.result);
      };
      request.onerror = () => reject(request.error);
    });
    return { mode: store.mode, said, kept, version: databases.find((entry) => entry.name?.endsWith('newer'))?.version };
  });
  expect(result.mode).toBe('memory');
  expect(result.said[0]).toContain('newer version');
  expect(result.kept).toBe('kept');
  expect(result.version).toBe(90);
});
