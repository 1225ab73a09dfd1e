import AxeBuilder from '@axe-core/playwright';
import { expect, openApp, test } from './support/story';

test('a link with an unknown scenario or a bad seed says so with the value and what would do, and changes nothing', async ({
  page,
}) => {
  await openApp(page, 'overview?scenario=nope&seed=5');
  await expect(page.getByText('No scenario "nope"')).toBeVisible();
  const known = page.getByText(/^Known are .*Nothing was changed/);
  for (const id of ['drill', 'quiet-week']) await expect(known).toContainText(id);
  await expect(page.getByRole('button', { name: 'Seed 1', exact: true })).toBeVisible();

  await page.goto('./#/overview?scenario=drill&seed=abc');
  await expect(page.getByText('No seed "abc"')).toBeVisible();
  await expect(page.getByText(/must be a whole number in \[0, 4294967295\]/)).toBeVisible();
  await page.goto('./#/overview?seed=4294967296');
  await expect(page.getByText('No seed "4294967296"')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Seed 1', exact: true })).toBeVisible();
  await page.goto('./#/overview?scenario=recorded-1&named=Mine');
  await expect(page.getByText('The scenario "Mine" is not in this browser')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Scenario that is playing' })).toBeHidden();
});

test('a link to a device, alert or template that is not there says so, and leads back', async ({ page }) => {
  test.setTimeout(240_000);
  await openApp(page, 'overview?device=srv-none');
  for (const [hash, words, back] of [
    ['overview?device=srv-none', 'No device «srv-none»', 'Show the whole fleet'],
    ['map?device=srv-none', 'No device «srv-none»', 'Show all devices'],
    ['logs?device=srv-none', 'No device «srv-none»', 'Show all devices'],
    ['alerts?device=srv-none', 'No device «srv-none»', 'Show all alerts'],
    ['alerts?id=alert-none', 'No alert «alert-none»', 'Show all alerts'],
    ['alerts?incident=inc-none', 'No incident «inc-none»', 'Show all alerts'],
    ['scoreboard?device=srv-none&at=1&from=1&to=2', 'No device «srv-none»', 'Show the whole scoreboard'],
    ['logs?tab=templates&template=99999', 'No template «99999»', 'Show all templates'],
    ['alerts/nope', 'No page «alerts/nope»', 'Show the overview'],
  ] as const) {
    await page.goto(`./#/${hash}`);
    await expect(page.getByText(words), hash).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations.map(({ id }) => `${hash}: ${id}`)).toEqual([]);
    await page.getByRole('link', { name: back }).click();
    await expect(page.getByText(words), hash).toBeHidden();
  }
});
