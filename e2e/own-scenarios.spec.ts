import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { downloadText, expect, goTo, openApp, test, waitUntilScoring } from './support/story';

/** Drops a file on the page, as from the desktop. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'application/json' }));
      return transfer;
    },
    [name, text] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: data });
}

test('a scenario that is dropped on any page is kept: listed after a reload, renamed, deleted and brought back', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openApp(page, 'scenarios');
  const shipped = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Quiet week' }) });
  const text = await downloadText(page, () => shipped.getByRole('button', { name: /^File of/ }).click());
  const mine = { ...JSON.parse(text), id: 'mine', name: 'Mine' };

  await goTo(page, 'Logs');
  await dropFile(page, 'mine.json', JSON.stringify({ ...mine, seed: -1 }));
  await expect(page.getByRole('heading', { level: 1, name: 'Scenarios' })).toBeVisible();
  await expect(page.getByText(/seed must be in \[0, 4294967295\], got -1/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play Mine' })).toBeHidden();

  await goTo(page, 'Models');
  await dropFile(page, 'mine.json', JSON.stringify(mine));
  const yours = page.getByRole('region', { name: 'Yours' });
  await expect(yours.getByRole('button', { name: 'Play Mine' })).toBeVisible();
  // Its link starts it in this browser, and a pause survives.
  await page.goto('./?again#/scenarios?scenario=mine&named=Mine&seed=9');
  await waitUntilScoring(page);
  await expect(page.getByRole('heading', { name: 'Playing: Mine' })).toBeVisible();
  await page.getByRole('button', { name: /^Pause/ }).click();
  await expect(page.getByLabel('Status', { exact: true })).toHaveText('Paused');
  // A step comes after the pause was saved.
  const clock = page.getByTitle("The data's clock");
  const pausedAt = (await clock.textContent()) ?? '';
  await page.getByRole('button', { name: /^One step/ }).click();
  await expect(clock).not.toHaveText(pausedAt);
  await page.reload();
  await expect(page.getByText('Still paused, as you left it')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByLabel('Status', { exact: true })).toHaveText('Paused');
  await page.getByRole('button', { name: /^Go on/ }).click();
  await waitUntilScoring(page);
  await expect(yours.getByRole('button', { name: 'Play Mine' })).toBeVisible();

  await yours.getByRole('button', { name: 'Rename Mine' }).click();
  await yours.getByLabel('New name').fill('A calm one');
  await yours.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(yours.getByRole('heading', { name: 'A calm one' })).toBeVisible();
  await yours.getByRole('button', { name: 'Delete A calm one' }).click();
  await expect(yours).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(yours.getByRole('heading', { name: 'A calm one' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // A backup brings it back after an erase.
  await goTo(page, 'Data');
  const backup = await downloadText(page, () => page.getByRole('button', { name: 'Back up' }).click());
  await page.getByLabel(/to confirm/).fill('erase');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByText('Everything is erased')).toBeVisible({ timeout: 45_000 });
  await goTo(page, 'Scenarios');
  await expect(page.getByRole('button', { name: 'Play Quiet week' })).toBeVisible();
  await expect(yours).toBeHidden();
  await goTo(page, 'Data');
  await page
    .getByLabel('Backup file')
    .setInputFiles({ name: 'backup.json', mimeType: 'application/json', buffer: Buffer.from(backup) });
  await page.getByRole('button', { name: 'Replace and restore' }).click();
  await expect(page.getByText('Backup restored')).toBeVisible({ timeout: 45_000 });
  await goTo(page, 'Scenarios');
  await expect(yours.getByRole('button', { name: 'Play A calm one' })).toBeVisible();
});
