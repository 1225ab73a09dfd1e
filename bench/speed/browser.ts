import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { serveFolder } from '../../scripts/serve.mjs';
import type { Figure } from './figures';
import type { WorkerOrder } from './worker';

const TF_WASM = 'tfjs-backend-wasm-simd.wasm';

/** Runs worker.ts in a Chromium. Errors: no Chromium, or what the worker threw. */
export async function measureInChromium(root: string, order: Omit<WorkerOrder, 'wasmUrl'>): Promise<Figure[]> {
  const executablePath = await findChromium({ install: false });
  const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: folder,
        target: 'es2022',
        copyPublicDir: false,
        emptyOutDir: true,
        lib: { entry: join(root, 'bench/speed/worker.ts'), formats: ['es'], fileName: 'worker' },
      },
    });
    copyFileSync(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', TF_WASM), join(folder, TF_WASM));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bench</title>');
    const site = await serveFolder({ folder, base: '/bench/' });
    const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      const answer = await page.evaluate(
        ({ settings, wasm }) =>
          new Promise<{ figures?: unknown; error?: string }>((resolve) => {
            const worker = new Worker(new URL('worker.js', location.href), { type: 'module' });
            worker.onmessage = (event) => resolve(event.data);
            worker.onerror = (event) => resolve({ error: event.message });
            worker.postMessage({ ...settings, wasmUrl: new URL(wasm, location.href).href });
          }),
        { settings: order, wasm: TF_WASM },
      );
      if (answer.error !== undefined) throw new Error(`in the worker: ${answer.error}`);
      return answer.figures as Figure[];
    } finally {
      await browser.close();
      await site.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
