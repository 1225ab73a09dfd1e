import AxeBuilder from '@axe-core/playwright';
import { expect, goTo, openApp, test } from './support/story';

test('ticked devices are quarantined together, brought back by one undo, and released together', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page, 'map?view=flat');
  const devices = page.getByRole('region', { name: 'Devices', exact: true });
  // By name: by state the rows would change places.
  await devices.getByRole('button', { name: 'Device' }).click();
  const box = (row: number) => devices.locator(`tr[data-row="${row}"]`).getByRole('checkbox');
  await box(1).check();
  await box(4).click({ modifiers: ['Shift'] });
  await expect(devices.getByText('4 ticked')).toBeVisible();
  await box(2).uncheck();
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const before = await devices.getByText('Quarantined', { exact: true }).count();
  await devices.getByRole('button', { name: 'Quarantine 3' }).click();
  await expect(devices.getByText('Quarantined', { exact: true })).toHaveCount(before + 3);
  await expect(devices.getByRole('button', { name: /^Quarantine/ })).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(devices.getByText('Quarantined', { exact: true })).toHaveCount(before);

  for (const row of [1, 3]) await box(row).check();
  await devices.getByRole('button', { name: 'Quarantine 2' }).click();
  await expect(devices.getByText('Quarantined', { exact: true })).toHaveCount(before + 2);
  for (const row of [1, 3]) await box(row).check();
  await devices.getByRole('button', { name: 'Release 2' }).click();
  await expect(devices.getByText('Quarantined', { exact: true })).toHaveCount(before);

  await goTo(page, 'Quarantine');
  const history = page.getByRole('group', { name: 'Decisions, newest first' });
  await expect(history.getByText('quarantined by hand, 3 devices at once')).toHaveCount(6);
});
