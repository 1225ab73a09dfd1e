import AxeBuilder from '@axe-core/playwright';
import { expect, injectFault, openApp, test } from './support/story';

test('an injected fault appears on the scoreboard as a hit, and leads to its moment', async ({ page }) => {
  await openApp(page, 'scoreboard');
  await expect(page.getByRole('heading', { level: 1, name: 'Scoreboard' })).toBeVisible();
  const figures = page.getByRole('group', { name: 'Figures of the hybrid and of each member' });
  await expect(figures.getByRole('row', { name: /Hybrid/ })).toBeVisible({ timeout: 60_000 });

  const device = await injectFault(page, 'Disk failure', 3);

  const hits = page.getByRole('group', { name: /^Hits/ });
  const hit = hits.getByRole('row').filter({ hasText: device }).filter({ hasText: 'Disk failure' }).first();
  await expect(hit).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('group', { name: /kinds of fault/i }).getByText('Disk failure')).toBeVisible();
  await hit.click();
  await expect(page).toHaveURL(/device=.*at=\d+/);
  await expect(page.getByRole('heading', { name: /at this moment/ })).toBeVisible();
  await expect(page.getByRole('figure', { name: /around the moment/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await figures.getByRole('row', { name: /Logs/ }).click();
  await expect(page).toHaveURL(/member=logs/);
});
