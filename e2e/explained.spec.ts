import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, injectFault, openApp, test } from './support/story';

/** No violation with what is open right now, in this theme. */
async function expectAccessible(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator(`html[data-theme="${colorScheme}"]`)).toBeAttached();
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map((violation) => `${colorScheme}: ${violation.id} at ${violation.nodes[0]?.target}`)).toEqual([]);
}

test('an alert tells who said what, by which features, through which trees, and to which incident it belongs', async ({
  page,
}) => {
  await openApp(page, 'alerts');
  const device = await injectFault(page, 'DDoS', 4);
  const row = page.getByRole('row').filter({ hasText: device }).filter({ hasText: 'DDoS' }).first();
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click();

  const votes = page.getByRole('region', { name: 'Votes of the models' });
  await expect(votes.getByText(/members? .*say/)).toBeVisible();
  for (const member of ['Isolation Forest', 'Mahalanobis distance'])
    await expect(votes.getByRole('listitem').filter({ hasText: member })).toContainText(/Anomaly|Normal/);

  const parts = page.getByRole('region', { name: 'Contributions of the metrics' });
  const percents = await parts.locator('ul > li > div:first-child > span:last-child').allTextContents();
  expect(percents.reduce((sum, text) => sum + Number.parseInt(text, 10), 0)).toBe(100);
  await expect(parts.getByRole('img', { name: /samples around the alert/ }).first()).toBeVisible();
  await parts.getByText('By feature').first().click();
  const features = await parts.getByRole('table').first().locator('tbody td:last-child').allTextContents();
  expect(features.reduce((sum, text) => sum + Number.parseInt(text, 10), 0)).toBe(Number.parseInt(percents[0], 10));

  const forest = page.getByRole('region', { name: 'How the forest saw it' });
  await forest.locator('summary').click();
  await expect(forest.getByRole('rowheader', { name: /^Mean path/ })).toBeVisible();
  const lengths = await forest
    .getByRole('row', { name: /^Mean path/ })
    .getByRole('cell')
    .allTextContents();
  expect(Number.parseFloat(lengths[0])).toBeLessThan(Number.parseFloat(lengths[1]));
  const trees = forest.getByRole('button', { name: /^Tree \d+/ });
  const name = (await trees.nth(1).getAttribute('aria-label')) ?? '';
  await trees.nth(1).click();
  await expect(trees.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(forest.getByText(name.split(':')[0], { exact: true })).toBeVisible();
  await expect(forest.getByText(/^Leaf at depth \d/)).toBeVisible();
  await expectAccessible(page, 'dark');
  await expectAccessible(page, 'light');

  await page.getByRole('group', { name: 'Rows' }).getByRole('button', { name: 'Incidents' }).click();
  const incident = page.getByRole('group', { name: 'Incidents' }).getByRole('row').filter({ hasText: device }).first();
  await expect(incident).toContainText('DDoS');
  await incident.click();
  await expect(votes).toBeVisible();
  await page.getByRole('link', { name: /this alert alone|one of \d+ alerts/ }).click();
  const members = page.getByRole('region', { name: 'Alerts of the incident' });
  await members.getByRole('link').first().click();
  await expect(votes).toBeVisible();
});

test('members are switched one by one, and contamination says the same as the budget of false alarms', async ({
  page,
}) => {
  await openApp(page, 'models');
  const settings = page.getByRole('region', { name: 'How scores become alarms' });
  await settings.getByLabel('False alarms').fill('86.4');
  await expect(settings.getByLabel('Contamination')).toHaveValue('0.1');
  await expect(settings.getByText(/Would have flagged/)).toBeVisible();
  await settings.getByLabel('Contamination').fill('0.2');
  await expect(settings.getByLabel('False alarms')).toHaveValue('172.8');
  await settings.getByRole('button', { name: 'Discard' }).click();
  await expect(settings.getByLabel('False alarms')).toHaveValue('0.5');

  const members = page.getByRole('region', { name: 'Members of the metric model' });
  await members.getByRole('switch', { name: 'Mahalanobis distance' }).click();
  await expect(members.getByRole('switch', { name: 'Mahalanobis distance' })).not.toBeChecked();
  await expect(members.getByRole('switch', { name: 'Isolation Forest' })).toBeDisabled();

  await page.goto('./#/map?view=flat');
  await page.getByRole('group', { name: 'Devices' }).getByRole('row').nth(3).click();
  const now = page.getByRole('region', { name: 'Votes of the members' });
  await expect(now.getByRole('listitem').filter({ hasText: 'Mahalanobis distance' })).toContainText('switched off');
  await expect(now.getByRole('listitem').filter({ hasText: 'Isolation Forest' })).toContainText(/Normal|Anomaly/);
  await expect(now.getByText(/Confidence/)).toContainText(/\d+ %|not known yet/);
  await expectAccessible(page, 'light');
});
