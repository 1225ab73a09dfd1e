import { type AddressInfo, createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/find-chromium.mjs';
import { BASE } from './scripts/serve.mjs';

const executablePath = await findChromium();
const port = Number(process.env.E2E_PORT ?? (await findFreePort()));
// Playwright reads this file again in each of its processes: they need not search again, and must not find another port.
process.env.CHROMIUM_PATH = executablePath;
process.env.E2E_PORT = String(port);

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}

export default defineConfig({
  testDir: 'e2e',
  // A story mostly waits for data time to pass: two share two cores well.
  workers: 2,
  fullyParallel: true,
  // CI's machine is shared: a story that only passes at the second try is listed as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  // Two pages with four workers each and their browsers share two cores: what is asked of a worker may take its time.
  expect: { timeout: 15_000 },
  reporter: [['line']],
  // The built site under a sub-path, as GitHub Pages serves it.
  webServer: { command: `node scripts/serve.mjs --port ${port}`, port, reuseExistingServer: false },
  use: {
    baseURL: `http://127.0.0.1:${port}${BASE}`,
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath,
      args: CHROMIUM_ARGS,
    },
  },
});
