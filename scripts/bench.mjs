import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ROOT, requireSetup } from './tools.mjs';

/**
 * node scripts/bench.mjs NAME …: bundles bench/NAME/main.ts with the app's own sources as the workers get them, and runs it in this process.
 * Packages stay outside of the bundle.
 */
try {
  requireSetup();
  const name = process.argv[2] ?? '';
  // One folder a process: two benches may run at once.
  const outDir = join(ROOT, '.cache', `bench-${name}-${process.pid}`);
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: join('bench', name, 'main.ts'), outDir, target: 'es2022', emptyOutDir: true, copyPublicDir: false },
  });
  process.argv.splice(2, 1);
  const { main } = await import(pathToFileURL(join(outDir, 'main.js')).href);
  await main(process.argv.slice(2));
} catch (cause) {
  console.error(cause instanceof Error ? (cause.stack ?? cause.message) : cause);
  process.exitCode = 1;
}
