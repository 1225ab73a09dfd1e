import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { serveFolder } from '../../scripts/serve.mjs';
import { type Figure, medianOf } from './figures';

const DEADLINE_MS = 60_000;

/**
 * Seconds from opening the built app, with nothing stored and nothing cached, until its status says that both models score: by the page's own
 * clock, since Playwright looks only every half second. Median of `rounds` fresh profiles. Errors: no Chromium; no built app (`npm run build`
 * first); not scoring within a minute.
 */
export async function measureOpening(root: string, rounds: number): Promise<Figure[]> {
  const folder = join(root, 'dist');
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`there is no built app in ${folder}: npm run build`);
  const executablePath = await findChromium({ install: false });
  const site = await serveFolder({ folder });
  const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox'] });
  const seconds: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.addInitScript(watchStatus);
      await page.goto(site.url);
      const status = page.getByLabel('Status', { exact: true }).filter({ hasText: /^Running$/ });
      await status.waitFor({ timeout: DEADLINE_MS });
      seconds.push((await page.evaluate(() => Number(document.documentElement.dataset.scoringAt))) / 1000);
      await context.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return [
    {
      where: 'Chromium',
      what: 'from opening the app to both models scoring',
      value: medianOf(seconds),
      unit: 's',
      target: { kind: 'at most', value: 3 },
    },
  ];
}

/** In the page: writes down when its status first says Running, in ms since the navigation began. */
function watchStatus(): void {
  const look = new MutationObserver(() => {
    if (document.querySelector('[aria-label="Status"]')?.textContent !== 'Running') return;
    look.disconnect();
    document.documentElement.dataset.scoringAt = String(performance.now());
  });
  look.observe(document, { subtree: true, childList: true, characterData: true });
}
