import { expect, goTo, injectFault, openApp, test, waitUntilScoring } from './support/story';

test('a memory leak is injected, named, quarantined; survives a reload; a release lets data flow again', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await openApp(page);
  await page.getByRole('button', { name: '10x real time' }).first().click();
  const device = await injectFault(page, 'Memory leak', 3);

  await goTo(page, 'Quarantine');
  const row = page.getByRole('region', { name: 'Quarantined devices' }).getByRole('row').filter({ hasText: device });
  await expect(row).toBeVisible({ timeout: 60_000 });

  await goTo(page, 'Alert History');
  await page.getByLabel('Search device, cause, reason').fill(device);
  await expect(
    page.getByRole('row').filter({ hasText: device }).filter({ hasText: 'Memory leak' }).first(),
  ).toBeVisible();

  await page.reload();
  await waitUntilScoring(page);
  await goTo(page, 'Quarantine');
  await expect(row).toBeVisible();

  await page.getByRole('button', { name: `Release ${device}` }).click();
  await expect(row).toBeHidden();
  await page.goto(`./#/overview?device=${encodeURIComponent(device)}`);
  await goTo(page, 'Threat Map');
  await expect(
    page.getByRole('row').filter({ hasText: device }).filter({ hasNotText: 'Quarantined' }).first(),
  ).toBeVisible();
});

test('an injection on a quarantined device is refused at the gate, visibly', async ({ page }) => {
  await openApp(page, 'quarantine');
  const form = page.getByRole('region', { name: 'Quarantine by hand' });
  await form.getByLabel('Device').selectOption({ index: 2 });
  const device = await form.getByLabel('Device').inputValue();
  await form.getByLabel('Reason').fill('a test');
  await form.getByRole('button', { name: 'Quarantine' }).click();
  await expect(page.getByRole('button', { name: `Release ${device}` })).toBeVisible();

  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  await drawer.getByLabel('Device', { exact: true }).selectOption(device);
  await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
  await expect(drawer.getByText(/refused: quarantined since \d/).first()).toBeVisible();
});
