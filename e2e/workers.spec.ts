import { expect, openApp, test, waitUntilScoring } from './support/story';

declare global {
  interface Window {
    /** The page's workers by name, caught as they are made. */
    caughtWorkers?: Map<string, Worker>;
  }
}

test('detection goes on after each of the workers has died', async ({ page }) => {
  test.setTimeout(150_000);
  await page.addInitScript(() => {
    const caught = new Map<string, Worker>();
    window.caughtWorkers = caught;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        caught.set(options?.name ?? '', this);
      }
    };
  });
  await openApp(page);
  const clock = page.getByRole('region', { name: 'Latest records' }).getByRole('row').nth(1);
  for (const name of ['sim', 'metric', 'log', 'engine']) {
    await test.step(name, async () => {
      await page.evaluate((worker) => {
        // What a crash looks like to the page, and then silence.
        window.caughtWorkers?.get(worker)?.dispatchEvent(new ErrorEvent('error', { message: 'killed by the test' }));
      }, name);
      await expect(page.getByLabel('Status', { exact: true })).not.toHaveText('Running');
      await waitUntilScoring(page);
      const before = await clock.textContent();
      await expect(clock).not.toHaveText(before ?? '', { timeout: 15_000 });
    });
  }
});

test('a second tab waits for the first, and takes over when that one is closed', async ({ page, context }) => {
  await openApp(page);
  const second = await context.newPage();
  await second.goto('./');
  await expect(second.getByText(/open in another tab/)).toBeVisible();
  await page.close();
  await waitUntilScoring(second);
});
