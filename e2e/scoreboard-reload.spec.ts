import type { Page } from '@playwright/test';
import { expect, goTo, openApp, test, waitUntilScoring } from './support/story';

/** Hits of the hybrid in what is stored of the scoreboard: of all runs together. */
function readStoredHits(page: Page): Promise<number> {
  return page.evaluate(async () => {
    interface Stored {
      readonly board: {
        readonly board: {
          readonly parts: readonly { readonly sums: { readonly hybrid: { readonly hits: readonly unknown[] } } }[];
        };
      };
    }
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('cloud-anomaly-dashboard');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const records = await new Promise<readonly Stored[]>((resolve, reject) => {
      const request = database.transaction('boards').objectStore('boards').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    database.close();
    return records
      .flatMap(({ board }) => board.board.parts)
      .reduce((sum, part) => sum + part.sums.hybrid.hits.length, 0);
  });
}

test('the scoreboard of a scenario goes on after a reload with what it had counted, at the same speed; an erase empties it', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openApp(page, 'scoreboard?scenario=drill&seed=7');
  await page.getByRole('button', { name: '120x real time' }).first().click();
  const hits = page.getByRole('group', { name: /^Hits/ });
  const hit = hits.getByRole('row').filter({ hasText: 'Memory leak' }).first();
  await expect(hit).toBeVisible({ timeout: 60_000 });
  // A leak is under way for minutes: settled, and so among what is stored for good, is what is over.
  await expect.poll(() => readStoredHits(page), { timeout: 60_000 }).toBeGreaterThan(0);
  await page.getByRole('button', { name: '10x real time' }).first().click();
  const since = page.getByText(/^Since .* of the data/);
  const row = (await hit.textContent()) ?? '';
  const from = (await since.innerText()).slice(0, 20);
  expect(row).not.toBe('');

  await page.reload();
  await waitUntilScoring(page);
  await expect(page.getByRole('complementary', { name: 'Scenario that is playing' })).toContainText('Drill');
  await expect(since).toContainText(from);
  await expect(hits.getByRole('row').filter({ hasText: 'Memory leak' }).last()).toHaveText(row);
  await expect(page.getByRole('button', { name: '10x real time' }).first()).toHaveAttribute('aria-pressed', 'true');

  await goTo(page, 'Data');
  await page.getByLabel(/to confirm/).fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByText('Everything is erased')).toBeVisible({ timeout: 45_000 });
  await waitUntilScoring(page);
  expect(await readStoredHits(page)).toBe(0);
});
