import { expect, openApp, test } from './support/story';

test('opening the site gives, with no click, a live fleet that is charted and scored by both models', async ({
  page,
}) => {
  await openApp(page);
  await expect(page.locator('.js-plotly-plot .scatterlayer path.js-line').first()).toBeVisible();
  const records = page.getByRole('region', { name: 'Latest records' });
  await expect(records.getByText('Normal').first()).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Models' }).first().click();
  await expect(page.getByRole('region', { name: 'Stored versions' }).getByRole('row').nth(2)).toBeVisible();
});

test('an alert of the fleet itself is explained without a click', async ({ page }) => {
  await openApp(page, 'alerts');
  // Not the row that says that there is no alert yet.
  const first = page
    .getByRole('row')
    .filter({ hasText: /Ongoing|Resolved/ })
    .first();
  await expect(first).toBeVisible({ timeout: 30_000 });
  await first.click();
  await expect(
    page
      .getByRole('region', { name: 'Contributions of the metrics' })
      .or(page.getByRole('region', { name: 'Log lines' }))
      .first(),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Votes of the models' }).first()).toBeVisible();
});

test('pause stops the clock, resume starts it, and the seed in the link chooses the fleet', async ({ page }) => {
  await openApp(page, 'overview?seed=7');
  await expect(page.getByText('Seed 7').first()).toBeVisible();
  await page.getByRole('button', { name: /Pause/ }).click();
  await expect(page.getByLabel('Status', { exact: true })).toHaveText('Paused');
  await page.getByRole('button', { name: /Go on/ }).click();
  await expect(page.getByLabel('Status', { exact: true })).toHaveText('Running');
});
