import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST, serveFolder } from '../scripts/serve.mjs';
import { expect, test, waitUntilScoring } from './support/story';

let folder = '';

// A copy of the built site that this story may change, on a port of its own.
test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are wanted from the pattern
  baseURL: async ({}, use) => {
    folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    cpSync(DIST, folder, { recursive: true });
    const site = await serveFolder({ folder });
    await use(site.url);
    await site.close();
    rmSync(folder, { recursive: true });
  },
});

test('a new version is offered, taken over only when it is accepted, and goes on with the stored run', async ({
  page,
}) => {
  await page.goto('./');
  await waitUntilScoring(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await waitUntilScoring(page);
  await expect(page.getByText(/new version/i)).toBeHidden();

  appendFileSync(join(folder, 'sw.js'), '\n// the next version\n');
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
  await expect(page.getByText(/new version/i).first()).toBeVisible();
  await page
    .getByRole('button', { name: /reload|update/i })
    .first()
    .click();
  await waitUntilScoring(page);
  await expect(page.getByText(/new version/i)).toBeHidden();
});
