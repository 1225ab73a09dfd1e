import { test as base, expect, type Page } from '@playwright/test';

declare global {
  interface Window {
    policyViolations?: string[];
  }
}

/** What must never happen in any story: a request to another origin, an error on the console, a violated policy. */
interface Watch {
  readonly foreignRequests: string[];
  readonly consoleErrors: string[];
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context, page, baseURL }, use) => {
      const watch: Watch = { foreignRequests: [], consoleErrors: [] };
      const own = new URL(baseURL ?? '').origin;
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== own) watch.foreignRequests.push(request.url());
      });
      context.on('console', (message) => {
        if (message.type() === 'error') watch.consoleErrors.push(message.text());
      });
      context.on('weberror', (error) => {
        watch.consoleErrors.push(String(error.error()));
      });
      await page.addInitScript(() => {
        window.policyViolations = [];
        document.addEventListener('securitypolicyviolation', (event) => {
          window.policyViolations?.push(`${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      await use(watch);
      if (!page.isClosed()) expect(await page.evaluate(() => window.policyViolations ?? [])).toEqual([]);
      expect(watch.foreignRequests).toEqual([]);
      expect(watch.consoleErrors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page of the app and waits until both models score. `hash` e.g. `overview?seed=7`. */
export async function openApp(page: Page, hash = 'overview'): Promise<void> {
  await page.goto(`./#/${hash}`);
  await waitUntilScoring(page);
}

export async function waitUntilScoring(page: Page): Promise<void> {
  await expect(page.getByLabel('Status', { exact: true })).toHaveText('Running', { timeout: 60_000 });
}

/** Goes to a page by the rail's link. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Injects a fault by the form, as a person would. Gives the device's name. */
export async function injectFault(page: Page, fault: string, deviceIndex: number): Promise<string> {
  await page.getByRole('button', { name: 'Inject fault' }).click();
  const drawer = page.getByRole('dialog', { name: 'Inject' });
  await drawer.getByRole('radio', { name: fault }).check({ force: true });
  const select = drawer.getByLabel('Device', { exact: true });
  await select.selectOption({ index: deviceIndex });
  const device = await select.inputValue();
  await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
  await expect(drawer.getByText(/is running on/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  return device;
}

/** A CSV of the fleet's own four metrics, calm but for a flood near the end; the same text at every call. */
export function metricsCsv(rows = 600, stepMs = 60_000): string {
  const lines = ['timestamp,cpu_usage,memory_usage,disk_io,network_traffic,label'];
  for (let i = 0; i < rows; i++) {
    const wave = Math.sin(i / 9) + Math.sin(i / 3.7) + ((i * 7919) % 13) / 13;
    const flood = i >= rows - 60 && i < rows - 30;
    const time = new Date(Date.UTC(2026, 0, 5) + i * stepMs).toISOString();
    const [cpu, memory, disk, network] = [30 + 3 * wave, 50 + wave, 12 + 2 * wave, 100 + 10 * wave];
    const values = flood ? [cpu + 45, memory + 2, disk, network * 15] : [cpu, memory, disk, network];
    lines.push(`${time},${values.map((value) => value.toFixed(3)).join()},${flood ? 1 : 0}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Opens a file on the Data page through the picker and waits for its result. */
export async function openFile(
  page: Page,
  name: string,
  text: string,
  models: 'train' | 'active' = 'train',
): Promise<void> {
  await goTo(page, 'Data');
  await page.getByLabel('Data file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByLabel('Models', { exact: true }).selectOption(models);
  await page.getByRole('button', { name: /^Open/ }).last().click();
  await expect(page.getByRole('heading', { name: `Result: ${name}` })).toBeVisible({ timeout: 45_000 });
}

/** The text of a file that a click downloads. */
export async function downloadText(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const stream = await download.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
