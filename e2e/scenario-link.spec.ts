import { expect, goTo, openApp, test } from './support/story';

test('a link plays a scenario: its name, time and next step show, the fault strikes, and the scoreboard fills', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await openApp(page, 'overview?scenario=drill&seed=7');
  const strip = page.getByRole('complementary', { name: 'Scenario that is playing' });
  await expect(strip).toContainText('Drill: every fault once');
  await expect(strip).toContainText(/\d+ s of 7 h 3 min/);
  await expect(strip).toContainText(/Next: Memory leak on .* in \d+ min/);
  await expect(page.getByRole('button', { name: 'Seed 7' })).toBeVisible();

  // The leak comes after ten minutes: five seconds at this speed.
  await page.getByRole('button', { name: '120x real time' }).first().click();
  await goTo(page, 'Scoreboard');
  const faults = page.getByRole('group', { name: /kinds of fault/i });
  await expect(faults.getByText('Memory leak')).toBeVisible({ timeout: 60_000 });
  await expect(strip).toContainText('Next: DDoS / network flood', { timeout: 30_000 });

  // The same page, another link: as by a click on it.
  await page.goto('./#/overview?scenario=quiet-week&seed=9');
  await expect(strip).toContainText('Quiet week', { timeout: 45_000 });
  await expect(page.getByRole('button', { name: 'Seed 9' })).toBeVisible();
});

test('a scenario that is not known is told, and nothing is started anew', async ({ page }) => {
  await openApp(page, 'scenarios?seed=5');
  await page.goto('./#/scenarios?scenario=nothing-such');
  await expect(page.getByText('No scenario "nothing-such"')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Seed 5' })).toBeVisible();
});
