import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, portArgument, serveOnPort } from './serve.mjs';
import { ROOT, requireSetup, runTool } from './tools.mjs';

/** What the built site is made of. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

try {
  const wanted = portArgument();
  requireSetup();
  if (isBuildNeeded() && !(await runTool('vite', ['build']))) throw new Error('The build failed; nothing is served.');
  const site = await serveOnPort(wanted);
  console.log(`\n  Cloud Anomaly Dashboard: ${site.url}\n  Ctrl+C stops it.\n`);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}

function isBuildNeeded() {
  const page = join(DIST, 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  return SOURCES.some((source) => newest(join(ROOT, source)) > builtAt);
}

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), found.mtimeMs);
}
