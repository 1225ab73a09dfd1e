import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { hashFiles, listFiles } from './files';
import { WORKER_POLICY } from './policy';

const FILE_NAME = 'sw.js';
const TEMPLATE = new URL('./sw-template.js', import.meta.url);

/** The service worker's text. `files`: paths relative to the site's root; `version`: changes whenever any file does. */
export function renderServiceWorker(template: string, files: readonly string[], version: string): string {
  const values: Readonly<Record<string, string>> = {
    __FILES__: JSON.stringify(files),
    __POLICY__: JSON.stringify(WORKER_POLICY),
    __VERSION__: JSON.stringify(version),
  };
  const text = template.replace(/__(?:FILES|POLICY|VERSION)__/g, (mark) => values[mark] ?? mark);
  // Comments are for readers of the template; every visitor downloads the result.
  return text.replace(/^\s*\/\/.*\n/gm, '');
}

/** Writes `sw.js` once everything else is in the output folder, with the list of all files that are there and their hash as its version. */
export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'cloud-anomaly-dashboard:service-worker',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const template = readFileSync(TEMPLATE, 'utf8');
        const files = listFiles(folder).filter(
          (file) => file !== FILE_NAME && !file.endsWith('.map') && file !== '.nojekyll',
        );
        // The template's own text counts too: a new way of answering must reach those who have the same files.
        const version = createHash('sha256')
          .update(hashFiles(folder, files))
          .update(template)
          .digest('hex')
          .slice(0, 16);
        writeFileSync(join(folder, FILE_NAME), renderServiceWorker(template, files, version));
      },
    },
  };
}
