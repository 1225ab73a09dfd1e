import AxeBuilder from '@axe-core/playwright';
import { expect, openApp, test } from './support/story';

/** What axe asks of colours. All else is the same in both themes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const PAGES = ['overview', 'map', 'quarantine', 'logs', 'alerts', 'models', 'scoreboard', 'scenarios', 'data'];

for (const width of [360, 1280]) {
  test(`every page is accessible and fits in both themes: ${width} px`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await openApp(page);
    for (const [i, name] of PAGES.entries()) {
      await page.goto(`./#/${name}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // Each page is opened in one theme and changed to the other, every other one the other way round.
      const themes = i % 2 === 0 ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await expect(page.locator(`html[data-theme="${theme}"]`)).toBeAttached();
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
        const axe = new AxeBuilder({ page });
        const { violations } = await (theme === themes[0] ? axe : axe.withRules(COLOUR_RULES)).analyze();
        expect(
          violations.map(
            (violation) =>
              `${name}, ${theme}: ${violation.id} at ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
          ),
        ).toEqual([]);
      }
    }
  });
}

test('every page is a link, and the keyboard reaches the injector, the theme and the sheet of shortcuts', async ({
  page,
}) => {
  await openApp(page, 'quarantine');
  await expect(page.getByRole('heading', { level: 1, name: 'Quarantine' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await expect(page.getByRole('dialog', { name: 'Inject' })).toBeVisible();
});
