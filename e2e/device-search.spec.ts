import AxeBuilder from '@axe-core/playwright';
import { downloadText, expect, goTo, openApp, test } from './support/story';

test('in a large fleet a device is found by typing, with the keyboard alone, and hit', async ({ page }) => {
  test.setTimeout(240_000);
  // Colours on their way from one theme to the other have no contrast to speak of.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page, 'scenarios');
  const shipped = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Quiet week' }) });
  const text = await downloadText(page, () => shipped.getByRole('button', { name: /^File of/ }).click());
  const large = { ...JSON.parse(text), id: 'large', name: 'Large', deviceCount: 150 };
  await page.getByLabel('Scenario file').setInputFiles({
    name: 'large.scenario.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(large)),
  });
  await page.getByRole('button', { name: 'Play Large' }).click();
  await expect(page.getByRole('complementary', { name: 'Scenario that is playing' })).toContainText(/Large.* of/, {
    timeout: 120_000,
  });

  await goTo(page, 'Overview');
  const focus = page.getByRole('combobox', { name: 'Device to focus' });
  await expect(focus).toHaveValue('Whole fleet');
  await focus.focus();
  await page.keyboard.press('ArrowDown');
  const list = page.getByRole('listbox', { name: 'Device to focus' });
  await expect(list.getByRole('option', { selected: true })).toHaveText('Whole fleet');
  // Only what is in sight is in the page.
  expect(await list.getByRole('option').count()).toBeLessThan(30);
  await page.keyboard.type('cache');
  await expect(list.getByRole('option').first()).toHaveText(/^cache/);
  const second = (await list.getByRole('option').nth(1).innerText()).trim();
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toBeAttached();
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes[0]?.target}`)).toEqual([]);
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list).toBeHidden();
  await expect(focus).toHaveValue(second);
  await expect(page).toHaveURL(/device=/);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('nothing such');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(focus).toHaveValue(second);

  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  const target = drawer.getByRole('combobox', { name: 'Device' });
  await target.click();
  await target.fill(second);
  await page.getByRole('listbox', { name: 'Device' }).getByRole('option').first().click();
  await expect(target).toHaveValue(new RegExp(`^${second}`));
  await target.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeVisible();
  await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
  await expect(drawer.getByText(/is running on/)).toContainText(second);
});
