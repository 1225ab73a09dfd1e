import { expect, goTo, openApp, test, waitUntilScoring } from './support/story';

test('after one visit the app opens, detects and draws with the network cut', async ({ page, context }) => {
  await openApp(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() =>
      page.evaluate(
        async () => (await caches.keys()).filter((key) => key.startsWith('cloud-anomaly-dashboard')).length,
      ),
    )
    .toBeGreaterThan(0);
  await page.reload();
  await waitUntilScoring(page);
  await context.setOffline(true);
  await page.reload();
  await waitUntilScoring(page);
  for (const name of ['Threat Map', 'Quarantine', 'System Logs', 'Alert History', 'Models', 'Data', 'Overview'])
    await goTo(page, name);
  await expect(page.locator('.js-plotly-plot').first()).toBeVisible();
  await context.setOffline(false);
});
